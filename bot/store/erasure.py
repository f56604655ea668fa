"""Erasing citizens' words wherever the store keeps them, so that not even the file holds them any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.store import facts
from bot.store.application_drafts import ApplicationDrafts
from bot.store.asked import Asked
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.feedback import Feedback
from bot.store.handovers import Handovers
from bot.store.inbox import Inbox
from bot.store.outbox import WAITING, Outbox
from bot.store.records import Records
from bot.store.tables import asked, outbox, records

# Records of a transaction: citizens who ask meanwhile wait no longer than for so many.
BATCH = 5_000
UNSCRUBBED = "unscrubbed log"


class Erasure:
    """Erases; numbers, times and what there is to count stay, with the time of the erasure."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_citizen(self, citizen_key: str, chat: int | None, at: datetime) -> int:
        """Erase what a citizen wrote and was told, and what a chat of theirs is remembered for.

        Args:
            citizen_key: the pseudonym.
            chat: their private chat; None where only what their records lead to is known.
            at: now.

        Returns:
            Of how many records.
        """
        with self._database.together():
            theirs = records.c.citizen_key == citizen_key
            for each in self._chats(theirs) | ({chat} if chat is not None else set()):
                Chats(self._database).forget(each)
                Asked(self._database).forget(each)
                Outbox(self._database).erase(each)
                Inbox(self._database).erase(each)
            if not citizen_key:
                return 0
            self._blank_letters(theirs)
            ApplicationDrafts(self._database).drop(citizen_key)
            Feedback(self._database).erase_citizen(citizen_key)
            return Records(self._database).erase_citizen(citizen_key, at)

    def of_record(self, reference: str, at: datetime) -> int | None:
        """Erase the citizen of a record, or the record alone where nobody is known by it.

        Returns:
            Of how many records; None where there is no such record.
        """
        with self._database.together():
            record = Records(self._database).find(reference)
            if record is None:
                return None
            if record.citizen_key:
                return self.of_citizen(record.citizen_key, None, at)
            return self._records(records.c.reference == reference, at)

    def older_than(self, before: datetime, at: datetime) -> int:
        """Erase the records of what was asked earlier, some in each transaction; returns how many."""
        erased = 0
        while references := self._references(before):
            with self._database.together():
                erased += self._records(records.c.reference.in_(references), at)
        return erased

    def _references(self, before: datetime) -> tuple[str, ...]:
        due = select(records.c.reference).where(_not_yet_erased(before)).limit(BATCH)
        with self._database.read() as connection:
            return tuple(connection.scalars(due))

    def late(self, at: datetime) -> int:
        """Erase the records of updates that waited while what their citizen wrote was erased; returns how many."""
        with self._database.together():
            origins = [f"telegram:{number}" for number in Inbox(self._database).take_to_erase()]
            # A message of several questions has as many records.
            of_updates = (or_(records.c.origin == each, records.c.origin.startswith(f"{each}:")) for each in origins)
            return sum(self._records(of_update, at) for of_update in of_updates)

    def count_older_than(self, before: datetime) -> int:
        """How many records `older_than` would erase."""
        with self._database.read() as connection:
            counted = select(func.count()).select_from(records).where(_not_yet_erased(before))
            return int(connection.execute(counted).scalar_one())

    def scrub(self) -> bool:
        """Take what was erased out of SQLite's write-ahead log too; waits for those who read. PostgreSQL vacuums itself.

        Returns:
            False where somebody read for so long that it could not be done; `unscrubbed` says so until it is.
        """
        done = self._database.truncate_log()
        if done is self.unscrubbed():
            with self._database.write() as connection:
                facts.note(self._database, connection, UNSCRUBBED, "" if done else "yes")
        return done

    def unscrubbed(self) -> bool:
        """Whether the log may still hold what was erased."""
        return facts.read(self._database, UNSCRUBBED) != ""

    def _records(self, condition: ColumnElement[bool], at: datetime) -> int:
        self._blank_letters(condition)
        Feedback(self._database).erase(select(records.c.reference).where(condition))
        return Records(self._database).erase(condition, at)

    def _blank_letters(self, condition: ColumnElement[bool]) -> None:
        """Take the words out of the letters of records, and of what staff and citizens said about them.

        Letters that wait still go out, and lose theirs then.
        """
        Handovers(self._database).erase(select(records.c.reference).where(condition))
        letters = and_(outbox.c.reference.in_(select(records.c.reference).where(condition)), outbox.c.state != WAITING)
        with self._database.write() as connection:
            connection.execute(update(outbox).where(letters).values(parameters={}))

    def _chats(self, theirs: ColumnElement[bool]) -> set[int]:
        """The private chats that a citizen's records lead to; Telegram numbers groups below zero."""
        references = select(records.c.reference).where(theirs, records.c.citizen_key != "")
        found: set[int] = set()
        with self._database.read() as connection:
            for table in (asked, outbox):
                known = select(table.c.chat).where(table.c.reference.in_(references), table.c.chat > 0).distinct()
                found.update(connection.scalars(known))
        return found


def _not_yet_erased(before: datetime) -> ColumnElement[bool]:
    return and_(records.c.asked_at < before, records.c.erased_at.is_(None))
