"""Telegram's limits are kept."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.channels.telegram import pace
from bot.channels.telegram.pace import Pace


class Clock:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def wait(keeper: Pace, chat: int) -> float:
    """Seconds until a message may be sent to a chat."""
    return max(keeper.wait(), keeper.resting().get(chat, 0.0))


@pytest.fixture(autouse=True)
def _limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "CHAT_SECONDS", 1.0)
    monkeypatch.setattr(pace, "OVERALL_SECONDS", 1 / 30)


def test_no_more_than_thirty_a_second_go_out_and_evenly() -> None:
    clock = Clock()
    keeper = Pace(clock)
    sent: list[float] = []
    for chat in range(1, 91):
        clock.now += wait(keeper, chat)
        keeper.note(chat)
        sent.append(clock.now)
    assert sent[-1] - sent[0] == pytest.approx(88.5 / 30)
    assert all(later - earlier > 0.03 for earlier, later in pairwise(sent[1:]))


def test_one_chat_gets_one_a_second_while_others_go_on() -> None:
    clock = Clock()
    keeper = Pace(clock)
    keeper.note(1)
    clock.now += 0.1
    assert wait(keeper, 1) == pytest.approx(0.9)
    assert wait(keeper, 2) == 0


def test_a_group_gets_twenty_a_minute() -> None:
    clock = Clock()
    keeper = Pace(clock)
    started = clock.now
    for _ in range(21):
        clock.now += wait(keeper, -5)
        keeper.note(-5)
    assert clock.now - started == pytest.approx(60)
    assert wait(keeper, -6) == pytest.approx(0, abs=0.04)


def test_whom_telegram_asks_to_leave_alone_is_left_alone() -> None:
    clock = Clock()
    keeper = Pace(clock)
    keeper.hold(1, 30)
    keeper.note(1)
    assert wait(keeper, 1) == pytest.approx(30)
    clock.now += 1
    assert wait(keeper, 2) == 0
    keeper.hold_all(5)
    assert wait(keeper, 2) == pytest.approx(5)


def test_chats_that_have_rested_are_forgotten() -> None:
    clock = Clock()
    keeper = Pace(clock)
    for chat in range(-10, 10):
        keeper.note(chat)
    assert set(keeper.resting()) == set(range(-10, 10))
    clock.now += 1
    assert keeper.resting() == {}
    assert not keeper._chats
    assert set(keeper._groups) == set(range(-10, 0))
    clock.now += 60
    assert keeper.resting() == {}
    assert not keeper._groups
