"""The clocks of the law: their lengths, what of the time is not counted, and how each explains itself."""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

import pytest
from chinese_calendar import constants

from bot.clocks import Clock, CountedDay, Pause, Standing, Term, received_on
from bot.model import Arrival
from bot.workdays import CalendarUnknown, DayKind, Workdays

WORKDAYS = Workdays()
LAST_KNOWN = date(2026, 12, 31)


@cache
def every_working_day() -> tuple[date, ...]:
    """A second counting, by lists: every ordinary weekday that is no holiday, and every make-up day, in order."""
    every = [date(2005, 1, 1) + timedelta(days=step) for step in range((LAST_KNOWN - date(2005, 1, 1)).days + 1)]
    ordinary = {day for day in every if day.isoweekday() < 6} - set(constants.holidays)
    return tuple(sorted(ordinary | set(constants.workdays)))


def working_days(paused: tuple[tuple[date, date], ...] = ()) -> list[date]:
    """Those outside of pauses."""
    return [day for day in every_working_day() if not any(since < day <= until for since, until in paused)]


def random_clocks() -> list[tuple[date, int, tuple[tuple[date, date], ...]]]:
    """200 periods: every second one with a pause or two."""
    drawn = random.Random(2019)
    clocks = []
    for place in range(200):
        began = date(2008, 5, 1) + timedelta(days=drawn.randrange(6500))
        pauses = []
        for _ in range(place % 2 * drawn.randint(1, 2)):
            since = began + timedelta(days=drawn.randint(0, 25))
            pauses.append((since, since + timedelta(days=drawn.randint(0, 40))))
        clocks.append((began, drawn.choice((7, 15, 20, 30, 40)), tuple(pauses)))
    return clocks


@pytest.mark.parametrize(
    ("began", "days", "last"),
    [(date(2025, 1, 10), 20, date(2025, 2, 13)), (date(2017, 9, 20), 20, date(2017, 10, 24))],
)
def test_dates_that_were_checked_by_hand(began: date, days: int, last: date) -> None:
    assert Clock(began, days).last_day(WORKDAYS) == last


def test_200_random_periods_end_where_a_second_counting_ends_them() -> None:
    for began, days, pauses in random_clocks():
        working = working_days(pauses)
        expected = working[bisect_right(working, began) + days - 1]
        clock = Clock(began, days, tuple(Pause(*pause) for pause in pauses))
        assert clock.last_day(WORKDAYS) == expected, (began, days, pauses)


def test_what_is_left_on_each_day_agrees_with_the_second_counting() -> None:
    for began, days, pauses in random_clocks()[:20]:
        working = working_days(pauses)
        clock = Clock(began, days, tuple(Pause(*pause) for pause in pauses))
        for step in (0, 3, 11, 30, 90):
            today = began + timedelta(days=step)
            used = bisect_right(working, today) - bisect_right(working, began)
            standing = clock.stand(WORKDAYS, today)
            assert standing.left == days - used
            assert standing.overdue == (standing.last_day is not None and today > standing.last_day)


@pytest.mark.parametrize(
    ("term", "received", "days", "article"),
    [
        (Term.ANSWER, date(2019, 5, 14), 15, "2008年）第二十四条"),
        (Term.EXTENSION, date(2019, 5, 14), 15, "2008年）第二十四条"),
        (Term.ANSWER, date(2019, 5, 15), 20, "条例第三十三条"),
        (Term.EXTENSION, date(2019, 5, 15), 20, "条例第三十三条"),
        (Term.CORRECTION, date(2025, 1, 1), 7, "第三十条"),
        (Term.CONSULTATION, date(2025, 1, 1), 15, "第三十二条"),
        (Term.PUBLICATION, date(2025, 1, 1), 20, "第二十六条"),
    ],
)
def test_lengths_go_by_the_rule_in_force_and_name_it(term: Term, received: date, days: int, article: str) -> None:
    assert term.days(received) == days
    assert article in term.article(received)


@pytest.mark.parametrize("arrival", Arrival)
def test_the_day_of_receipt_goes_by_the_way_of_receipt(arrival: Arrival) -> None:
    """Handed in and signed for: that day. Ordinary post, internet and fax: the day of confirmation, and none before it."""
    came, confirmed = date(2025, 3, 3), date(2025, 3, 6)
    at_once = arrival in (Arrival.HANDED_IN, Arrival.SIGNED_POST)
    assert received_on(arrival, came, confirmed) == (came if at_once else confirmed)
    assert received_on(arrival, came, None) == (came if at_once else None)


def test_days_of_a_pause_are_not_counted_and_the_day_it_begins_on_is() -> None:
    clock = Clock(date(2025, 6, 2), 3, (Pause(date(2025, 6, 3), date(2025, 6, 5)),))
    assert list(clock.explained(WORKDAYS)) == [
        CountedDay(date(2025, 6, 3), DayKind.WORKDAY, False, 1),
        CountedDay(date(2025, 6, 4), DayKind.WORKDAY, True, None),
        CountedDay(date(2025, 6, 5), DayKind.WORKDAY, True, None),
        CountedDay(date(2025, 6, 6), DayKind.WORKDAY, False, 2),
        CountedDay(date(2025, 6, 7), DayKind.WEEKEND, False, None),
        CountedDay(date(2025, 6, 8), DayKind.WEEKEND, False, None),
        CountedDay(date(2025, 6, 9), DayKind.WORKDAY, False, 3),
    ]


def test_a_pause_that_lasts_leaves_the_last_day_open_and_what_is_left_as_it_was() -> None:
    clock = Clock(date(2025, 6, 2), 20, (Pause(date(2025, 6, 5)),))
    assert clock.stand(WORKDAYS, date(2025, 9, 1)) == Standing(None, 17, paused=True)
    assert clock.stand(WORKDAYS, date(2025, 6, 5)) == Standing(None, 17, paused=True)
    assert len(list(clock.explained(WORKDAYS))) == 3


def test_a_pause_after_the_last_day_changes_nothing() -> None:
    clock = Clock(date(2025, 6, 2), 1, (Pause(date(2025, 6, 20)),))
    assert clock.last_day(WORKDAYS) == date(2025, 6, 3)


def test_over_the_weekend_after_its_last_day_a_period_is_over() -> None:
    clock = Clock(date(2025, 6, 5), 1)
    assert clock.stand(WORKDAYS, date(2025, 6, 6)) == Standing(date(2025, 6, 6), 0)
    assert clock.stand(WORKDAYS, date(2025, 6, 7)) == Standing(date(2025, 6, 6), 0, overdue=True)
    assert clock.stand(WORKDAYS, date(2025, 6, 9)) == Standing(date(2025, 6, 6), -1, overdue=True)


def test_a_last_day_in_a_year_without_a_calendar_is_not_known_yet() -> None:
    clock = Clock(date(2032, 12, 30), 20)
    known = Workdays({}, frozenset({2032}))
    assert clock.stand(known, date(2032, 12, 31)) == Standing(None, 19, unknown_year=2033)
    with pytest.raises(CalendarUnknown, match="2033"):
        clock.last_day(known)


def test_a_period_of_no_days_ends_where_it_began() -> None:
    assert Clock(date(2025, 6, 2), 0).last_day(WORKDAYS) == date(2025, 6, 2)
    assert list(Clock(date(2025, 6, 2), 0).explained(WORKDAYS)) == []
