"""The clock of an application, computed from its steps."""

from __future__ import annotations

from datetime import date

import pytest

from bot.applying.procedure import take
from bot.applying.timing import answer_clock, consultation_clock
from bot.clocks import Clock, Pause
from bot.model import Application, Step
from tests.applying.histories import RECEIVED, WORKDAYS, event, registered, with_steps


def last_day(application: Application) -> date | None:
    clock = answer_clock(application)
    return clock.last_day(WORKDAYS) if clock else None


def test_without_a_receipt_no_clock_runs() -> None:
    assert answer_clock(registered()) is None


def test_twenty_working_days_from_the_receipt_and_twenty_more_once_extended() -> None:
    assert last_day(with_steps()) == date(2025, 3, 31)
    assert last_day(with_steps((Step.EXTENDED, date(2025, 3, 31)))) == date(2025, 4, 28)


def test_while_a_correction_is_awaited_no_clock_runs_and_then_it_begins_anew() -> None:
    asked = with_steps((Step.CORRECTION_ASKED, date(2025, 3, 5)))
    assert answer_clock(asked) is None
    corrected = with_steps((Step.CORRECTED, date(2025, 3, 14)), application=asked)
    assert answer_clock(corrected) == Clock(date(2025, 3, 14), 20)


def test_the_time_of_a_consultation_is_not_counted() -> None:
    consulting = with_steps((Step.CONSULTING, date(2025, 3, 5)))
    assert last_day(consulting) is None
    assert consultation_clock(consulting) == Clock(date(2025, 3, 5), 15)
    consulted = with_steps((Step.CONSULTED, date(2025, 3, 12)), application=consulting)
    assert answer_clock(consulted) == Clock(RECEIVED, 20, (Pause(date(2025, 3, 5), date(2025, 3, 12)),))
    assert last_day(consulted) == date(2025, 4, 8)
    assert consultation_clock(consulted) is None


@pytest.mark.parametrize(("received", "days"), [(date(2019, 5, 14), 15), (date(2019, 5, 15), 20)])
def test_the_rule_is_that_of_the_day_of_receipt_even_after_a_correction(received: date, days: int) -> None:
    came = take(registered(day=received), event(Step.RECEIVED, received), WORKDAYS)
    corrected = with_steps(
        (Step.CORRECTION_ASKED, date(2019, 5, 16)), (Step.CORRECTED, date(2019, 5, 20)), application=came
    )
    assert answer_clock(corrected) == Clock(date(2019, 5, 20), days)
    extended = with_steps((Step.EXTENDED, date(2019, 5, 21)), application=corrected)
    assert answer_clock(extended) == Clock(date(2019, 5, 20), 2 * days)
