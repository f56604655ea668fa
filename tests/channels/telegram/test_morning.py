"""Reminders to staff: once each working day from the opening on, whatever the number of workers and starts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from bot.channels.telegram import Drafting, Office, Staff
from bot.channels.telegram.post import Post
from bot.channels.telegram.receive import InboxQueue
from bot.channels.telegram.staff.morning import Morning
from bot.model import Options, Priority
from bot.store import Store, open_store
from bot.workdays import BEIJING
from tests.applying.histories import WORKDAYS, with_steps
from tests.store.test_applications import register, take

STAFF = -1007001
OFFICE = Office(WORKDAYS, Options(opens=time(9), closes=time(17)))
LAST = date(2025, 3, 31)
"""A Monday, on which the answer to the application is due."""


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        first, *later = with_steps().events
        number = register(opened, event=first).number
        for event in later:
            take(opened, number, event)
        yield opened


def remind(store: Store, day: date, hour: int) -> int:
    """A worker's first look at an hour of the office's."""
    at = datetime.combine(day, time(hour), BEIJING)
    return Morning(
        Post(store, InboxQueue(store.inbox)),
        Staff(STAFF, lambda: OFFICE, lambda heard, who, origin: None, lambda *_: Drafting.WRITTEN),
        lambda: at,
    ).remind()


def test_it_is_sent_once_while_the_office_is_open(store: Store) -> None:
    assert [remind(store, LAST, hour) for hour in (8, 9, 9, 12, 17)] == [0, 1, 0, 0, 0]
    (queued,) = store.outbox.due(datetime.now(BEIJING), 9)
    assert (queued.letter.chat, queued.letter.priority) == (STAFF, Priority.STAFF)
    assert "SQ-2025-000001 今天（2025-03-31）是答复的最后一天" in queued.letter.parameters["text"]
    assert "欧阳" not in queued.letter.parameters["text"]


def test_a_bot_that_starts_in_the_afternoon_makes_up_for_the_morning(store: Store) -> None:
    assert remind(store, LAST, 16) == 1


def test_days_off_and_days_on_which_nothing_is_due_are_quiet(store: Store) -> None:
    assert remind(store, LAST - timedelta(days=1), 10) == 0
    assert remind(store, date(2025, 3, 25), 10) == 0
    assert remind(store, LAST + timedelta(days=1), 10) == 1
