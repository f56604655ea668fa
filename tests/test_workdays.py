"""Working days with holidays and make-up workdays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workdays import CalendarUnknown, DayKind, Workdays

KNOWN = st.dates(date(2005, 1, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2025, 1, 10), 20, date(2025, 2, 13)),
        (date(2017, 9, 20), 20, date(2017, 10, 24)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 1, 10), 0, date(2025, 1, 10)),
    ],
)
def test_days_are_counted_from_the_next_one(start: date, days: int, end: date) -> None:
    assert Workdays().after(start, days) == end


def test_each_day_says_what_it_is() -> None:
    kinds = [Workdays().kind(date(2025, 9, day)) for day in (26, 27, 28)] + [Workdays().kind(date(2025, 10, 1))]
    assert kinds == [DayKind.WORKDAY, DayKind.WEEKEND, DayKind.MAKE_UP, DayKind.HOLIDAY]


def test_a_year_without_a_published_calendar_is_refused_and_never_guessed() -> None:
    with pytest.raises(CalendarUnknown, match="2033"):
        Workdays().after(date(2032, 12, 31), 1)
    with pytest.raises(CalendarUnknown, match="2003"):
        Workdays().counts(date(2003, 5, 1))


def test_what_staff_state_comes_first() -> None:
    stated = Workdays({date(2033, 1, 3): DayKind.HOLIDAY, date(2033, 1, 8): DayKind.MAKE_UP}, frozenset({2033}))
    assert stated.after(date(2033, 1, 1), 5) == date(2033, 1, 8)
    local = Workdays({date(2025, 6, 3): DayKind.HOLIDAY})
    assert local.after(date(2025, 6, 2), 1) == date(2025, 6, 4)


@given(KNOWN, st.integers(0, 60))
def test_what_is_counted_forwards_is_counted_between(start: date, days: int) -> None:
    end = Workdays().after(start, days)
    assert Workdays().between(start, end) == days
    assert Workdays().between(end, start) == -days
