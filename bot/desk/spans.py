"""The days that figures are of."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.model import Selection

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to another one, both included, in the machine's zone."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """2017年, 2017年3月, or both days."""
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"{self.first.year}年"
        if self == month(self.first.year, self.first.month):
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first} 至 {self.last}"

    @property
    def selection(self) -> Selection:
        """The records that were asked within it."""
        since = datetime.combine(self.first, time()).astimezone()
        return Selection(since=since, until=datetime.combine(self.last + timedelta(1), time()).astimezone())

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def year(number: int) -> Span:
    """A whole year."""
    return Span(date(number, 1, 1), date(number, 12, 31))


def month(of_year: int, number: int) -> Span:
    """A whole month."""
    return Span(date(of_year, number, 1), date(of_year, number, monthrange(of_year, number)[1]))


def read_month(written: str) -> Span:
    """A month written 2017-03.

    Raises:
        ValueError: it is not written so.
    """
    found = MONTH.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"{written}: no month; write it as 2017-03")
    return month(int(found[1]), int(found[2]))


def month_before(day: date) -> Span:
    """The last month that is over."""
    last = day.replace(day=1) - timedelta(1)
    return month(last.year, last.month)
