"""The nightly run: once a night whatever the number of workers and starts, made up for where it was missed."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.knowledge import RetentionUnknown, read_retention
from bot.model import Retention
from bot.nightly import Nightly, night_of
from bot.store import Store, open_store
from tests.store.test_records import add

EVENING = datetime(2026, 7, 1, 18, 59, tzinfo=UTC)
"""One minute before three in the morning of 2 July in Beijing."""
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        yield opened


def erased_by(nightly: Nightly) -> int | None:
    expired = nightly.turn()
    return None if expired is None else expired.records


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (EVENING, date(2026, 7, 1)),
        (EVENING + A_MINUTE, date(2026, 7, 2)),
        (EVENING + A_DAY, date(2026, 7, 2)),
    ],
)
def test_a_night_begins_at_three_in_beijing(now: datetime, night: date) -> None:
    assert night_of(now) == night


def test_it_runs_once_a_night_and_makes_up_for_a_missed_one(store: Store, clock: Clock) -> None:
    add(store, asked_at=EVENING - timedelta(days=10))
    nightly = Nightly(store, lambda: Retention(days=10), clock)
    assert erased_by(nightly) == 0
    assert erased_by(nightly) is None
    clock.now += A_MINUTE
    assert erased_by(nightly) == 1
    assert erased_by(Nightly(store, lambda: Retention(days=10), clock)) is None
    clock.now += 5 * A_DAY
    assert erased_by(nightly) == 0
    assert erased_by(nightly) is None


def test_of_many_workers_one_does_it(store: Store, clock: Clock, database_url: str) -> None:
    hold = store.take_hold("nightly")
    assert hold
    with open_store(database_url) as other:
        nightly = Nightly(other, Retention, clock)
        assert nightly.turn() is None
        hold.release()
        assert nightly.turn() is not None


def test_nothing_is_erased_by_settings_with_an_error_and_the_night_stays_due(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    record = add(store, asked_at=EVENING - timedelta(days=1000))
    settings = tmp_path / "settings.toml"
    settings.write_text("keep_days = 3000\n[hours", encoding="utf-8")
    nightly = Nightly(store, lambda: read_retention(tmp_path), clock)
    with pytest.raises(RetentionUnknown):
        nightly.turn()
    assert store.records.find(record.reference) == record
    settings.write_text("keep_days = 999\n", encoding="utf-8")
    assert erased_by(nightly) == 1


def test_a_log_that_was_being_read_is_scrubbed_at_a_later_turn(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY_SECONDS", 0)
    with (
        open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store,
        closing(sqlite3.connect(tmp_path / "bot.db")) as reader,
    ):
        add(store, asked_at=EVENING - timedelta(days=1000))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM records").fetchall()
        nightly = Nightly(store, Retention, clock)
        assert erased_by(nightly) == 1
        assert store.erasure.unscrubbed()
        reader.execute("COMMIT")
        assert nightly.turn() is None
        assert not store.erasure.unscrubbed()


def test_in_the_background_it_says_counts_only_and_what_keeps_it_once(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    add(store, question="停车怎么收费", asked_at=EVENING - timedelta(days=1000))
    asked = threading.Event()

    def unknown() -> Retention:
        asked.set()
        raise RetentionUnknown("settings.toml: no; mend it")

    with caplog.at_level(logging.INFO):
        with Nightly(store, unknown, clock):
            assert asked.wait(20)
        with Nightly(store, Retention, clock) as nightly:
            # Leaving waits for the turn to end.
            pass
    assert nightly.turn() is None
    assert [record.message for record in caplog.records if record.name == "bot.nightly"] == [
        "the nightly run waits: settings.toml: no; mend it",
        "expired: 1 records, 0 applications, 0 drafts, 0 updates, 0 letters",
    ]
