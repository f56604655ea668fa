"""Erasing what was kept for as long as it may be: some of it within minutes, the rest every night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.model import TOPIC_LASTS, Retention
from bot.store import facts
from bot.store.allowances import Allowances
from bot.store.application_drafts import ApplicationDrafts
from bot.store.applications import Applications
from bot.store.asked import EDITABLE, Asked
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.erasure import Erasure
from bot.store.handovers import KEPT as HANDOVERS_KEPT
from bot.store.handovers import Handovers
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox

DRAFTS_KEPT = timedelta(days=30)
"""An application that nobody goes on with."""

UPDATES_KEPT = timedelta(days=30)
"""What was handled or failed. Telegram delivers nothing again after 24 hours; staff have a month to look at a failure."""

# What is counted by the day is kept for as long as that day lasts anywhere.
A_DAY = timedelta(days=1)
NIGHT = "expired night"


@dataclass(frozen=True, slots=True)
class Expired:
    """What an expiry erased or dropped.

    Attributes:
        records: how many lost their words.
        applications: the numbers of those that lost who applied for what.
        drafts: of applications.
        updates: of the inbox.
        letters: of the outbox.
    """

    records: int
    applications: tuple[str, ...]
    drafts: int
    updates: int
    letters: int


class Expiry:
    """Knows every part of the store that forgets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forget_passing(self, now: datetime) -> int:
        """Drop what a running bot remembers for a while: topics, which message became which record, counts of a day.

        What was asked while its citizen had everything erased goes too, as soon as it is answered.

        Returns:
            How many drafts of applications nobody had gone on with.
        """
        Chats(self._database).forget_topics(now - TOPIC_LASTS)
        Asked(self._database).forget_before(now - EDITABLE)
        Allowances(self._database).forget_before((now - A_DAY).date())
        if Erasure(self._database).late(now):
            Erasure(self._database).scrub()
        return ApplicationDrafts(self._database).drop_before(now - DRAFTS_KEPT)

    def expire(self, retention: Retention, now: datetime) -> Expired:
        """Erase all whose time is over, each part in a transaction of its own: what was done stays done."""
        before = now - timedelta(days=retention.days)
        drafts = self.forget_passing(now)
        records = Erasure(self._database).older_than(before, now)
        applications = self.expire_applications(retention, now)
        Handovers(self._database).forget_before(now - HANDOVERS_KEPT)
        updates = Inbox(self._database).forget(now - UPDATES_KEPT)
        # As long as the words of a record: a button below its letter belongs to it by the letter.
        letters = Outbox(self._database).forget(before)
        return Expired(records, applications, drafts, updates, letters)

    def expire_applications(self, retention: Retention, now: datetime) -> tuple[str, ...]:
        """Erase who applied for what in those closed too long ago; returns their numbers."""
        return Applications(self._database).erase_closed_before(closed_before(retention, now), now)

    def last_night(self) -> date | None:
        """The night whose run was the last one; None before the first."""
        written = facts.read(self._database, NIGHT)
        return date.fromisoformat(written) if written else None

    def note_night(self, night: date) -> None:
        """Note that a night's run is done."""
        with self._database.write() as connection:
            facts.note(self._database, connection, NIGHT, night.isoformat())


def closed_before(retention: Retention, now: datetime) -> date:
    """The day before which an application must have been closed to be erased."""
    # At most three days longer: not every year has a 29 February.
    return date(now.year - retention.application_years, now.month, min(now.day, 28))
