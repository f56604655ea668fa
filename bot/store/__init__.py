"""The truth in SQL: what is published, what was asked, what was delivered. SQLAlchemy stays in this room."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from bot.store.allowances import Allowances
from bot.store.application_drafts import ApplicationDrafts
from bot.store.applications import Applications
from bot.store.asked import Asked
from bot.store.backup import back_up, restore
from bot.store.blocks import Blocks
from bot.store.bulletins import Bulletins
from bot.store.cases import Cases
from bot.store.chats import Chats
from bot.store.contacts import Contacts
from bot.store.corrections import CannotMerge, Corrections
from bot.store.database import Database
from bot.store.disclosures import Disclosures, Tally
from bot.store.edition import Overtaken, UnfitDocuments
from bot.store.engine import DatabaseUnavailable, is_there
from bot.store.erasure import Erasure
from bot.store.expiry import Expired, Expiry
from bot.store.feedback import Feedback
from bot.store.handovers import Handovers
from bot.store.holds import Hold, take_hold
from bot.store.inbox import Inbox
from bot.store.insights import Insights
from bot.store.listings import Listings
from bot.store.outbox import Outbox
from bot.store.records import Records
from bot.store.schema import migrate

__all__ = [
    "Allowances",
    "ApplicationDrafts",
    "Applications",
    "Asked",
    "Blocks",
    "Bulletins",
    "CannotMerge",
    "Cases",
    "Chats",
    "Contacts",
    "Corrections",
    "DatabaseUnavailable",
    "Disclosures",
    "Erasure",
    "Expired",
    "Expiry",
    "Feedback",
    "Handovers",
    "Hold",
    "Inbox",
    "Insights",
    "Listings",
    "Outbox",
    "Overtaken",
    "Records",
    "Store",
    "Tally",
    "UnfitDocuments",
    "back_up",
    "is_there",
    "open_store",
    "restore",
]


class Store:
    """An open database. Threads may share it; processes each open their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.disclosures = Disclosures(database)
        self.records = Records(database)
        self.contacts = Contacts(database)
        self.corrections = Corrections(database)
        self.inbox = Inbox(database)
        self.outbox = Outbox(database)
        self.chats = Chats(database)
        self.asked = Asked(database)
        self.feedback = Feedback(database)
        self.insights = Insights(database)
        self.listings = Listings(database)
        self.handovers = Handovers(database)
        self.blocks = Blocks(database)
        self.allowances = Allowances(database)
        self.applications = Applications(database)
        self.application_drafts = ApplicationDrafts(database)
        self.cases = Cases(database)
        self.bulletins = Bulletins(database)
        self.erasure = Erasure(database)
        self.expiry = Expiry(database)

    def together(self) -> AbstractContextManager[None]:
        """Make all that is written within, by whatever part of the store, one transaction."""
        return self._database.together()

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Make all that is read within of one state of the data, whatever is written meanwhile."""
        return self._database.at_one_moment()

    def take_hold(self, name: str) -> Hold | None:
        """Take hold of a task that only one process may do; None where another one holds it."""
        return take_hold(self._database, name)

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
