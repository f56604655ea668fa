"""Which message of a chat became which contact record, so that an edit of the message reaches it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.tables import asked

EDITABLE = timedelta(hours=48)
"""How long Telegram lets a message be edited."""


class Asked:
    """The messages that may still be edited. It ties a chat to its records in plain, so it is kept no longer than that."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._new = database.insert(asked).on_conflict_do_nothing()

    def put(self, chat: int, message_id: int, reference: str, now: datetime) -> None:
        """Keep which record a message became; the first one stays it."""
        row = {"chat": chat, "message_id": message_id, "reference": reference, "at": now}
        with self._database.write() as connection:
            connection.execute(self._new, row)

    def reference_of(self, chat: int, message_id: int) -> str:
        """The record that a message became; empty where it became none, or is too old."""
        found = select(asked.c.reference).where(asked.c.chat == chat, asked.c.message_id == message_id)
        with self._database.read() as connection:
            return connection.scalar(found) or ""

    def latest(self, chat: int, limit: int = 10) -> tuple[str, ...]:
        """The records that a chat's last messages became, newest first."""
        newest = select(asked.c.reference).where(asked.c.chat == chat).order_by(asked.c.message_id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(connection.scalars(newest))

    def forget_before(self, before: datetime) -> None:
        """Drop the messages that were written earlier."""
        with self._database.write() as connection:
            connection.execute(delete(asked).where(asked.c.at < before))

    def forget(self, chat: int) -> None:
        """Drop all that is known of a chat's messages."""
        with self._database.write() as connection:
            connection.execute(delete(asked).where(asked.c.chat == chat))
