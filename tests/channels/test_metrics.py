"""Metrics count and time what passes, and hold nothing of whom."""

from __future__ import annotations

import re

import pytest

from bot.channels import metrics
from bot.channels.metrics import Metrics


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def sample(found: Metrics, name: str) -> float:
    """A sample's value; 0 where there is none."""
    matched = re.search(rf"^{re.escape(name)} (\S+)$", found.text().decode(), re.MULTILINE)
    return float(matched[1]) if matched else 0.0


def test_an_update_is_timed_from_receipt_to_reply_and_to_sending() -> None:
    clock = Clock()
    found = Metrics(clock)
    found.received(7, "message")
    clock.now = 0.2
    found.decided("answer", "inquiry")
    found.composed(7)
    clock.now = 1.4
    found.sent("telegram:7")
    assert sample(found, 'bot_updates_total{kind="message"}') == 1
    assert sample(found, 'bot_decisions_total{kind="inquiry",verdict="answer"}') == 1
    assert sample(found, "bot_composed_seconds_sum") == 0.2
    assert sample(found, 'bot_composed_seconds_bucket{le="0.1"}') == 0
    assert sample(found, 'bot_composed_seconds_bucket{le="0.25"}') == 1
    assert sample(found, "bot_sent_seconds_sum") == 1.4


def test_only_the_first_of_several_letters_is_timed_and_all_are_counted() -> None:
    clock = Clock()
    found = Metrics(clock)
    found.received(7, "message")
    found.composed(7)
    found.composed(7)
    found.sent("telegram:7")
    clock.now = 9.0
    found.sent("telegram:7")
    found.sent("")
    found.sent("telegram:odd")
    assert sample(found, "bot_letters_sent_total") == 4
    assert sample(found, "bot_composed_seconds_count") == 1
    assert sample(found, "bot_sent_seconds_count") == 1


def test_what_an_earlier_run_received_is_not_timed() -> None:
    found = Metrics()
    found.composed(7)
    found.sent("telegram:7")
    assert sample(found, "bot_letters_sent_total") == 1
    assert sample(found, "bot_sent_seconds_count") == 0


def test_updates_that_lead_to_nothing_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "UPDATES_REMEMBERED", 2)
    found = Metrics()
    for number in (1, 2, 3):
        found.received(number, "message")
    found.sent("telegram:1")
    found.sent("telegram:3")
    assert sample(found, "bot_sent_seconds_count") == 1


def test_nothing_but_its_own_measures_is_told() -> None:
    """Neither the process nor the platform."""
    names = re.findall(r"^# TYPE (\w+)", Metrics().text().decode(), re.MULTILINE)
    assert names
    assert all(name.startswith("bot_") for name in names)
