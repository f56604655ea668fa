"""Working days in China: weekends and holidays are off, make-up workdays (调休) on a weekend count.

The days come from what the State Council publishes late each year for the next one, as `chinesecalendar` has it. A year that is
not published yet is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from enum import StrEnum
from functools import cache

BEIJING = timezone(timedelta(hours=8), "Beijing")
"""The agencies' clock."""


class CalendarUnknown(Exception):  # noqa: N818 - it says what is the matter
    """The holidays of a year are not known yet."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年的节假日安排还没有公布，公布以后写进 knowledge/calendar.toml")
        self.year = year


class DayKind(StrEnum):
    """What a day is: 工作日, 调休上班, 周末, 法定节假日."""

    WORKDAY = "workday"
    MAKE_UP = "make-up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def counts(self) -> bool:
        """Whether it is a working day."""
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Workdays:
    """The calendar, with what staff put into knowledge/calendar.toml.

    Attributes:
        days: days whose kind staff stated; they come before what is published.
        years: years for which all that is not in `days` is an ordinary week.
    """

    days: Mapping[date, DayKind] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def kind(self, day: date) -> DayKind:
        """What a day is.

        Raises:
            CalendarUnknown: its year's holidays are not known.
        """
        if stated := self.days.get(day):
            return stated
        if day.year in self.years:
            return DayKind.WEEKEND if day.weekday() > 4 else DayKind.WORKDAY
        return _published(day)

    def counts(self, day: date) -> bool:
        """Whether a day is a working day.

        Raises:
            CalendarUnknown: its year's holidays are not known.
        """
        return self.kind(day).counts

    def after(self, start: date, days: int) -> date:
        """The last of so many working days, counted from the day after `start`; `start` itself for 0.

        Raises:
            CalendarUnknown: it falls into a year whose holidays are not known.
        """
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.counts(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and with `end`; negative where `end` comes first.

        Raises:
            CalendarUnknown: they reach into a year whose holidays are not known.
        """
        if end < start:
            return -self.between(end, start)
        return sum(self.counts(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


# A list of applications asks for the same days over and over.
@cache
def _published(day: date) -> DayKind:
    """What a day is by what the State Council published.

    Raises:
        CalendarUnknown: its year's holidays are not published.
    """
    import chinese_calendar

    try:
        off, holiday = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        raise CalendarUnknown(day.year) from None
    if off:
        return DayKind.HOLIDAY if holiday else DayKind.WEEKEND
    return DayKind.MAKE_UP if day.weekday() > 4 else DayKind.WORKDAY
