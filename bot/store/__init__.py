"""The truth in SQL: what is published, what was asked, what was delivered. SQLAlchemy stays in this room."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from bot.store.disclosures import Disclosures, Tally
from bot.store.edition import Overtaken, UnfitDocuments
from bot.store.engine import Database, DatabaseUnavailable, is_there
from bot.store.inbox import Backlog, Inbox
from bot.store.records import Records
from bot.store.schema import migrate

__all__ = [
    "Backlog",
    "DatabaseUnavailable",
    "Disclosures",
    "Inbox",
    "Overtaken",
    "Records",
    "Store",
    "Tally",
    "UnfitDocuments",
    "is_there",
    "open_store",
]


class Store:
    """An open database. Threads may share it; processes each open their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.disclosures = Disclosures(database)
        self.records = Records(database)
        self.inbox = Inbox(database)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """Open a database and bring its tables up to date.

    Args:
        url: of SQLite or PostgreSQL, with or without a driver's name. SQLite makes the file and its folder.

    Raises:
        DatabaseUnavailable: it cannot be opened, with what to do about it.
    """
    database = Database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)
