"""A little of what `make reliability` does at full size: no question is lost, whatever is killed, sent or taken away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.bench.load import measure_load
from tests.botapi import Fault
from tests.reliability.proxy import DatabaseProxy
from tests.reliability.scenes import (
    Receiving,
    Stage,
    cut,
    database_away,
    frozen,
    in_order,
    killed_at_random,
    locked,
    poisoned,
    stopped,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


@pytest.mark.parametrize("receiving", ["polling", "webhook"])
def test_killed_at_random_it_records_each_question_once_and_answers_all(
    tmp_path: Path, receiving: Receiving, database_url: str
) -> None:
    found = killed_at_random(Stage(tmp_path, receiving, database_url), questions=20, kills=1, seed=7)
    assert max(found.interrupted) > 0
    assert (found.missing, found.doubled, found.unanswered) == (0, 0, 0)
    assert found.repeated <= found.kills


@pytest.mark.parametrize("receiving", ["polling", "webhook"])
def test_asked_to_stop_it_ends_in_time_and_nothing_is_lost(tmp_path: Path, receiving: Receiving) -> None:
    stage = Stage(tmp_path, receiving, f"sqlite:///{tmp_path / 'bot.db'}")
    found = stopped(stage, questions=20, trouble=Fault(delay_seconds=0.1, acts=True))
    assert found.code == 0
    assert found.seconds <= 10
    assert found.before > 0
    assert (found.missing, found.repeated) == (0, 0)


def test_poison_among_good_updates_stops_none_of_them(tmp_path: Path) -> None:
    assert poisoned(Stage(tmp_path, "polling", f"sqlite:///{tmp_path / 'bot.db'}"), good=50) == (50, 2)


def test_chats_are_answered_in_order(tmp_path: Path) -> None:
    assert in_order(Stage(tmp_path, "webhook", f"sqlite:///{tmp_path / 'bot.db'}"), chats=10, messages=4) == 0


def test_while_the_database_is_locked_updates_wait(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    found = database_away(Stage(tmp_path, "polling", url), locked(url), seconds=2, questions=10)
    assert (found.missing, found.doubled, found.repeated) == (0, 0, 0)


@pytest.mark.services
@pytest.mark.parametrize(("receiving", "away"), [("polling", frozen), ("webhook", cut)])
def test_while_the_database_is_gone_updates_wait(
    tmp_path: Path,
    postgresql_url: str,
    receiving: Receiving,
    away: Callable[[DatabaseProxy], AbstractContextManager[None]],
) -> None:
    with DatabaseProxy(postgresql_url) as proxy:
        found = database_away(Stage(tmp_path, receiving, proxy.url), away(proxy), seconds=2, questions=10)
    assert (found.missing, found.doubled) == (0, 0)
    # What was sent and could not be noted as sent is noted when the database is back, for the process lives.
    assert found.repeated == 0


def test_a_little_load_is_answered_whole_and_in_order(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "polling", f"sqlite:///{tmp_path / 'bot.db'}")
    found = measure_load(stage, questions=30, a_second=15, chats=10)
    assert (found.answered, found.disordered) == (30, 0)
