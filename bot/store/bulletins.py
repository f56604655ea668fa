"""Which months' bulletins staff were sent."""

from __future__ import annotations

from datetime import date

from bot.store import facts
from bot.store.database import Database

SENT = "bulletin of"


class Bulletins:
    """The last month whose bulletin was put into the outbox; known for longer than the outbox knows its letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> date | None:
        """The first day of that month; None before the first bulletin."""
        written = facts.read(self._database, SENT)
        return date.fromisoformat(written) if written else None

    def note(self, month: date) -> None:
        """Note that a month's bulletin is in the outbox; to be called in the transaction that puts it there."""
        with self._database.write() as connection:
            facts.note(self._database, connection, SENT, month.isoformat())
