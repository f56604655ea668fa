"""Questions in the hands of staff, and which message on one side is which on the other: by stored numbers, never by words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, select, update

from bot.model import Handover, Language, Link, Passage, Saying, Side
from bot.store.database import Database
from bot.store.tables import handover_links, handovers, moved_chats, sayings

KEPT = timedelta(days=90)
"""How long a hand-over is kept after the last word. It ties a chat to a record in plain, as an answer needs it."""


class Handovers:
    """The hand-overs, the sayings of both sides, and the messages that belong to them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, reference: str, citizen: int, language: Language, now: datetime) -> bool:
        """Pass a record's question on; False where it is already."""
        row = {
            "reference": reference,
            "citizen": citizen,
            "language": language.value,
            "assignee": "",
            "opened_at": now,
            "last_at": now,
        }
        opened = self._database.insert(handovers).values(row).on_conflict_do_nothing().returning(handovers.c.reference)
        with self._database.write() as connection:
            return connection.scalar(opened) is not None

    def find(self, reference: str) -> Handover | None:
        """The hand-over of a record."""
        return self._first(handovers.c.reference == reference)

    def of_topic(self, topic: int) -> Handover | None:
        """The hand-over that a topic of the staff's group was made for."""
        return self._first(handovers.c.topic == topic)

    def opened(self) -> tuple[Handover, ...]:
        """Those that are not closed, oldest first."""
        waiting = select(handovers).where(handovers.c.closed_at.is_(None)).order_by(handovers.c.opened_at)
        with self._database.read() as connection:
            return tuple(map(_to_handover, connection.execute(waiting)))

    def put_in_topic(self, reference: str, topic: int) -> None:
        """Note which topic a hand-over has."""
        self._set(reference, topic=topic)

    def show_on(self, reference: str, card: int) -> None:
        """Note which message in the staff's group shows a hand-over."""
        self._set(reference, card=card)

    def assign(self, reference: str, who: str) -> None:
        """Note who takes care of a hand-over."""
        self._set(reference, assignee=who)

    def close(self, reference: str, now: datetime) -> bool:
        """Note that nothing is left to do; False where that was noted before."""
        done = update(handovers).where(handovers.c.reference == reference, handovers.c.closed_at.is_(None))
        with self._database.write() as connection:
            return connection.execute(done.values(closed_at=now)).rowcount > 0

    def reopen(self, reference: str) -> bool:
        """Note that there is something to do again; False where it was open."""
        done = update(handovers).where(handovers.c.reference == reference, handovers.c.closed_at.is_not(None))
        with self._database.write() as connection:
            return connection.execute(done.values(closed_at=None)).rowcount > 0

    def say(
        self, side: Side, reference: str, chat: int, message_id: int, words: str, language: Language, now: datetime, *,
        who: str = "", parts: int = 1, album: str = "", attached: str = "",
    ) -> Saying | None:  # fmt: skip
        """Keep what somebody said; None where that message is kept already."""
        row = {
            "reference": reference,
            "side": side.value,
            "who": who,
            "chat": chat,
            "message_id": message_id,
            "words": words,
            "language": language.value,
            "at": now,
            "parts": parts,
            "passage": (Passage.KEPT if side is Side.NOTE else Passage.WAITING).value,
            "album": album,
            "attached": attached,
        }
        kept = self._database.insert(sayings).values(row).on_conflict_do_nothing().returning(*sayings.c)
        with self._database.write() as connection:
            said = connection.execute(kept).first()
            connection.execute(update(handovers).where(handovers.c.reference == reference).values(last_at=now))
        return _to_saying(said) if said else None

    def saying(self, number: int) -> Saying | None:
        """What was said under a number of `say`'s."""
        with self._database.read() as connection:
            found = connection.execute(select(sayings).where(sayings.c.id == number)).first()
        return _to_saying(found) if found else None

    def said(self, chat: int, message_id: int) -> Saying | None:
        """What somebody said in a message of theirs."""
        theirs = select(sayings).where(sayings.c.chat == chat, sayings.c.message_id == message_id)
        with self._database.read() as connection:
            found = connection.execute(theirs).first()
        return _to_saying(found) if found else None

    def sayings(self, reference: str) -> tuple[Saying, ...]:
        """All that was said about a hand-over, in order."""
        theirs = select(sayings).where(sayings.c.reference == reference).order_by(sayings.c.id)
        with self._database.read() as connection:
            return tuple(map(_to_saying, connection.execute(theirs)))

    def album(self, chat: int, album: str) -> tuple[Saying, ...]:
        """The pieces of an album that were said in a chat, in order."""
        pieces = select(sayings).where(sayings.c.chat == chat, sayings.c.album == album).order_by(sayings.c.id)
        with self._database.read() as connection:
            return tuple(map(_to_saying, connection.execute(pieces)))

    def leads(self, saying: Saying) -> bool:
        """Whether something was said by itself, or is the first piece of its album."""
        return not saying.album or self.album(saying.chat, saying.album)[0].id == saying.id

    def reword(self, number: int, words: str, attached: str = "") -> None:
        """Keep what somebody made of their words, and of the file with them, afterwards."""
        with self._database.write() as connection:
            changed = update(sayings).where(sayings.c.id == number)
            connection.execute(changed.values(words=words, attached=attached))

    def settle(self, number: int, passage: Passage) -> bool:
        """Note that a saying arrived or failed; False where that was noted before."""
        waiting = update(sayings).where(sayings.c.id == number, sayings.c.passage == Passage.WAITING.value)
        with self._database.write() as connection:
            return connection.execute(waiting.values(passage=passage.value)).rowcount > 0

    def link(self, chat: int, message_id: int, reference: str, saying: int | None = None) -> None:
        """Note what a message of the bot belongs to."""
        row = {"chat": chat, "message_id": message_id, "reference": reference, "saying": saying}
        kept = self._database.insert(handover_links).values(row).on_conflict_do_nothing()
        with self._database.write() as connection:
            connection.execute(kept)

    def linked(self, chat: int, message_id: int) -> Link | None:
        """What a message of the bot belongs to; None where it belongs to no hand-over."""
        found = select(handover_links.c.reference, handover_links.c.saying).where(
            handover_links.c.chat == chat, handover_links.c.message_id == message_id
        )
        with self._database.read() as connection:
            row = connection.execute(found).first()
        return Link(*row) if row else None

    def copies(self, saying: int) -> tuple[tuple[int, int], ...]:
        """The messages, (chat, message id), that a saying's copy takes so far."""
        theirs = select(handover_links.c.chat, handover_links.c.message_id).where(handover_links.c.saying == saying)
        with self._database.read() as connection:
            return tuple((row.chat, row.message_id) for row in connection.execute(theirs.order_by("message_id")))

    def follow(self, chat: int) -> int:
        """The chat that one has become, by whatever steps; itself where it is what it was."""
        with self._database.read() as connection:
            moves = dict(connection.execute(select(moved_chats.c.chat, moved_chats.c.new_chat)).all())
        seen = {chat}
        while (step := moves.get(chat)) is not None and step not in seen:
            chat = step
            seen.add(chat)
        return chat

    def move(self, chat: int, new_chat: int) -> None:
        """Follow a group that became another. It numbers its messages anew, so that no old number may lead anywhere."""
        row = {"chat": chat, "new_chat": new_chat}
        kept = self._database.insert(moved_chats).values(row).on_conflict_do_nothing()
        with self._database.write() as connection:
            connection.execute(kept)
            cards = select(handover_links.c.message_id).where(
                handover_links.c.chat == chat, handover_links.c.saying.is_(None)
            )
            shown = update(handovers).where(handovers.c.card.in_(cards))
            connection.execute(shown.values(topic=None, card=None))
            connection.execute(delete(handover_links).where(handover_links.c.chat == chat))

    def shown(self, citizen: int) -> tuple[tuple[int, int], ...]:
        """The messages in the staff's group, (chat, message id), that show a citizen's words."""
        theirs = select(handovers.c.reference).where(handovers.c.citizen == citizen)
        spoken = select(sayings.c.id).where(sayings.c.reference.in_(theirs), sayings.c.side != Side.CITIZEN.value)
        found = select(handover_links.c.chat, handover_links.c.message_id).where(
            handover_links.c.reference.in_(theirs),
            handover_links.c.chat < 0,
            handover_links.c.saying.is_(None) | handover_links.c.saying.not_in(spoken),
        )
        with self._database.read() as connection:
            return tuple((row.chat, row.message_id) for row in connection.execute(found))

    def erase(self, references: Select[tuple[str]]) -> None:
        """Blank what was said about records, and forget whose they are; Telegram numbers citizens' chats above zero."""
        said = update(sayings).where(sayings.c.reference.in_(references))
        links = delete(handover_links).where(handover_links.c.reference.in_(references), handover_links.c.chat > 0)
        with self._database.write() as connection:
            connection.execute(said.values(words="", album="", attached=""))
            connection.execute(said.where(sayings.c.chat > 0).values(chat=0, message_id=sayings.c.id))
            connection.execute(links)
            forgotten = update(handovers).where(handovers.c.reference.in_(references))
            connection.execute(forgotten.values(citizen=None))

    def forget_before(self, before: datetime) -> None:
        """Drop the hand-overs in which the last word was said earlier."""
        old = select(handovers.c.reference).where(handovers.c.last_at < before)
        with self._database.write() as connection:
            for table in (handover_links, sayings, handovers):
                connection.execute(delete(table).where(table.c.reference.in_(old)))

    def _first(self, condition: Any) -> Handover | None:
        with self._database.read() as connection:
            row = connection.execute(select(handovers).where(condition)).first()
        return _to_handover(row) if row else None

    def _set(self, reference: str, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(update(handovers).where(handovers.c.reference == reference).values(**values))


def _to_handover(row: Row[Any]) -> Handover:
    return Handover(
        row.reference,
        row.citizen,
        Language(row.language),
        row.opened_at,
        row.topic,
        row.card,
        row.assignee,
        row.closed_at,
    )


def _to_saying(row: Row[Any]) -> Saying:
    return Saying(
        row.id,
        row.reference,
        Side(row.side),
        row.who,
        row.chat,
        row.message_id,
        row.words,
        Language(row.language),
        row.at,
        row.parts,
        Passage(row.passage),
        row.album,
        row.attached,
    )
