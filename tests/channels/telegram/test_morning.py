"""What staff are told in the morning: once, whatever the number of workers and starts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import docx
import pytest

from bot.app import App
from bot.applying.procedure import take as take_step
from bot.channels.telegram import Bulletin, Drafting, Office, Staff
from bot.channels.telegram.post import Post
from bot.channels.telegram.receive import InboxQueue
from bot.channels.telegram.staff.morning import Morning
from bot.model import Application, Options, Priority, Step
from bot.staffroom import Staffroom
from bot.store import Store, open_store
from bot.workdays import BEIJING
from tests.applying.histories import WORKDAYS, event, registered, with_steps
from tests.botapi import BotApi
from tests.channels.telegram.house import house
from tests.houses import settings_in, write_house
from tests.knowledge.places import write_folder
from tests.store.test_applications import register, take

STAFF = -1007001
OFFICE = Office(WORKDAYS, Options(opens=time(9), closes=time(17)))
CLOSED = Office(WORKDAYS, Options(opens=time(0), closes=time(0)))
"""In a house that serves: what falls due by the machine's own clock is not told."""
LAST = date(2025, 3, 31)
"""A Monday, on which the answer to the application is due."""
BULLETIN = Bulletin(date(2025, 2, 1), "2025年2月公众咨询情况通报", b"PK")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        enter(opened, with_steps())
        yield opened


def enter(store: Store, application: Application) -> None:
    """Put an application with its steps on record."""
    first, *later = application.events
    number = register(store, event=first).number
    for each in later:
        take(store, number, each)


def morning(store: Store, at: datetime) -> Morning:
    """A worker's morning at a moment, with a bulletin that is due."""
    return Morning(
        Post(store, InboxQueue(store.inbox)),
        Staff(STAFF, lambda: OFFICE, lambda heard, who, origin: None, lambda *_: Drafting.WRITTEN, lambda at: BULLETIN),
        lambda: at,
    )


def remind(store: Store, day: date, hour: int) -> int:
    """What a worker's first look at an hour of the office's brings."""
    return morning(store, datetime.combine(day, time(hour), BEIJING)).remind()


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


@pytest.fixture
def group(api: BotApi) -> BotApi:
    """The Bot API with the staff's group."""
    api.state.chats[STAFF] = {"id": STAFF, "type": "supergroup", "title": "值班"}
    return api


def test_reminders_of_every_kind_reach_the_group(group: BotApi, tmp_path: Path) -> None:
    """Due in 5, 2 and 0 working days, late, and waiting for nobody: each on its day, the most urgent first."""
    later = take_step(registered(day=date(2025, 3, 4)), event(Step.RECEIVED, date(2025, 3, 4)), WORKDAYS)
    with house(group, tmp_path, STAFF, lambda: CLOSED) as running:
        for application in (with_steps(), with_steps((Step.CORRECTION_ASKED, date(2025, 3, 5))), later):
            enter(running.store, application)
        days = (24, 25, 26, 27, 31, 32)
        for day in days:
            remind(running.store, date(2025, 2, 28) + timedelta(days=day), 9)
        sent = group.wait_for_sent(STAFF, len(days))
        told = {day: message.text.splitlines()[1:] for day, message in zip(days, sent, strict=True)}
    silent = "SQ-2025-000002 申请人到2025-03-20没有补正，可以按放弃申请处理"
    first, second = "SQ-2025-000001", "SQ-2025-000003"
    assert told == {
        24: [silent, f"{first} 还有5个工作日，最迟2025-03-31答复"],
        25: [silent, f"{second} 还有5个工作日，最迟2025-04-01答复"],
        26: [silent],
        27: [silent, f"{first} 还有2个工作日，最迟2025-03-31答复"],
        31: [silent, f"{first} 今天（2025-03-31）是答复的最后一天"],
        32: [
            silent,
            f"{first} 已超过答复期限：最迟2025-03-31，已过1个工作日",
            f"{second} 今天（2025-04-01）是答复的最后一天",
        ],
    }


def test_bulletin_reaches_the_group_once_as_a_file(
    group: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not again after a restart, also where the outbox has forgotten its letter."""
    due = Staffroom.due_bulletin
    monkeypatch.setattr(Staffroom, "due_bulletin", lambda room, at: due(room, datetime(2025, 10, 9, 9, tzinfo=BEIJING)))
    write_folder(tmp_path, {"settings.toml": "bulletin = true\n"})
    with house(group, tmp_path, STAFF, lambda: CLOSED) as running:
        (sent,) = group.wait_for_sent(STAFF)
        title = "随州市招商局2025年9月公众咨询情况通报"
        assert (sent.kind, sent.text.startswith(f"{title}草稿")) == ("document", True)
        name, content = group.state.files[sent.file_id]
        assert name == f"{title}.docx"
        assert title in docx.Document(io.BytesIO(content)).paragraphs[0].text
        group.wait_for(lambda: not running.store.outbox.backlog().waiting)
        assert running.store.outbox.forget(datetime.now(BEIJING) + timedelta(days=1)) == 1
    with App(settings_in(tmp_path)) as app:
        assert app.staffroom.due_bulletin(datetime.now(BEIJING)) is None


def test_bulletin_that_nobody_turned_on_is_never_due(tmp_path: Path) -> None:
    with App(write_house(tmp_path)) as app:
        assert app.staffroom.due_bulletin(datetime(2025, 10, 9, 9, tzinfo=BEIJING)) is None


def test_of_two_workers_that_drafted_a_bulletin_one_sends_it(database_url: str) -> None:
    at = datetime(2025, 3, 3, 9, tzinfo=BEIJING)
    with open_store(database_url) as first, open_store(database_url) as second:
        assert [morning(store, at).report() for store in (first, second)] == [1, 0]
        assert second.bulletins.last() == BULLETIN.month
