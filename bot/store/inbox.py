"""What Telegram delivered, kept until it is handled: a killed process answers late, not never."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select, update

from bot.model import Backlog
from bot.store.database import Database
from bot.store.tables import inbox

PENDING = "pending"
FINISHED = "finished"
FAILED = "failed"
TO_ERASE = "to erase"

# Built once, for every question waits for it.
HANDLED = update(inbox).where(inbox.c.update_id == bindparam("number")).values(state=FINISHED, payload="")


class Inbox:
    """Updates in the order of their arrival.

    Not in the order of their numbers: after a quiet week Telegram goes on from a random one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        # What came back tells whether it is new, not a count of rows: psycopg has none here.
        self._new = database.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)

    def put(self, update_id: int, payload: str, now: datetime) -> bool:
        """Keep an update; it is on disk when this returns. False where it is known already."""
        row = {"update_id": update_id, "received_at": now, "state": PENDING, "payload": payload, "reason": ""}
        with self._database.write() as connection:
            return connection.scalar(self._new, row) is not None

    def pending(self) -> tuple[tuple[int, str], ...]:
        """The number and payload of each update that nobody has handled."""
        waiting = (
            select(inbox.c.update_id, inbox.c.payload)
            .where(inbox.c.state == PENDING)
            .order_by(inbox.c.received_at, inbox.c.update_id)
        )
        with self._database.read() as connection:
            return tuple((row.update_id, row.payload) for row in connection.execute(waiting))

    def finish(self, update_id: int) -> None:
        """Note that an update was handled. Its text, a citizen's, goes; its number stays and tells duplicates."""
        with self._database.write() as connection:
            connection.execute(HANDLED, {"number": update_id})

    def fail(self, update_id: int, reason: str) -> None:
        """Note that an update cannot be handled; it is not tried again, and staff can look at it until `forget`.

        The reason is the class of the error, never its message: that may quote the citizen.
        """
        wanted = (inbox.c.update_id == update_id, inbox.c.reason == TO_ERASE)
        with self._database.write() as connection:
            connection.execute(update(inbox).where(*wanted).values(payload=""))
            connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(state=FAILED, reason=reason))

    def erase(self, chat: int) -> None:
        """Blank the failed updates of a chat, and mark those that wait: what they lead to is to be erased as well."""
        kept = select(inbox.c.update_id, inbox.c.payload, inbox.c.state).where(
            inbox.c.state != FINISHED, inbox.c.payload != ""
        )
        with self._database.write() as connection:
            theirs = [row for row in connection.execute(kept) if _is_of(chat, json.loads(row.payload))]
            for state, values in ((FAILED, {"payload": ""}), (PENDING, {"reason": TO_ERASE})):
                numbers = [row.update_id for row in theirs if row.state == state]
                connection.execute(update(inbox).where(inbox.c.update_id.in_(numbers)).values(**values))

    def take_to_erase(self) -> tuple[int, ...]:
        """The updates that were marked and are handled by now; the mark is taken off them."""
        marked = (inbox.c.state == FINISHED, inbox.c.reason == TO_ERASE)
        with self._database.write() as connection:
            numbers = tuple(connection.scalars(select(inbox.c.update_id).where(*marked)))
            connection.execute(update(inbox).where(inbox.c.update_id.in_(numbers)).values(reason=""))
        return numbers

    def forget(self, before: datetime) -> int:
        """Drop what was received earlier and is handled or failed; returns how many.

        The newest update always stays, without its text, so that `last_update_id` has an answer.
        """
        settled = inbox.c.state != PENDING
        with self._database.write() as connection:
            newest = connection.scalar(_newest())
            old = (settled, inbox.c.received_at < before)
            if newest is None:
                return connection.execute(delete(inbox).where(*old)).rowcount
            connection.execute(update(inbox).where(*old, inbox.c.update_id == newest).values(payload=""))
            return connection.execute(delete(inbox).where(*old, inbox.c.update_id != newest)).rowcount

    def backlog(self) -> Backlog:
        """How much waits, and how much could not be handled."""
        counted = select(inbox.c.state, func.count(), func.min(inbox.c.received_at)).group_by(inbox.c.state)
        with self._database.read() as connection:
            found = {state: (count, oldest) for state, count, oldest in connection.execute(counted)}
        pending, oldest = found.get(PENDING, (0, None))
        return Backlog(pending, oldest, found.get(FAILED, (0, None))[0])

    def last_update_id(self) -> int | None:
        """The update that arrived last; None where none ever did."""
        with self._database.read() as connection:
            return connection.scalar(_newest())

    def last_received(self) -> datetime | None:
        """When the update came that arrived last; None where none is known."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(select(func.max(inbox.c.received_at)))
            return found


def _is_of(chat: int, payload: Any) -> bool:
    """Whether an update, as Telegram sent it, concerns a chat: the chat stands beneath whatever kind of update it is."""
    if isinstance(payload, dict):
        named = payload.get("chat")
        here = isinstance(named, dict) and named.get("id") == chat
        return here or any(_is_of(chat, value) for value in payload.values())
    return isinstance(payload, list) and any(_is_of(chat, value) for value in payload)


def _newest() -> Select[int]:
    # What nobody could read has no number of Telegram's; those below zero stand for it.
    numbered = select(inbox.c.update_id).where(inbox.c.update_id >= 0)
    return numbered.order_by(inbox.c.received_at.desc(), inbox.c.update_id.desc()).limit(1)
