"""The clocks of the law: periods in working days, what of the time is not counted, and how each came to its last day.

Counting starts on the next day. Time that is not counted runs from the day after a pause begins up to and with the day on which
it ends: as with the period itself, the day on which something is asked is not yet part of the time that it takes.

Source: 政府信息公开条例 (2019) 第二十六、三十、三十一、三十二、三十三、三十四条; for applications before 2019-05-15 the 条例 of
2008, 第二十四条. That counting starts on the next day is known from one secondary copy only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.model import Arrival
from bot.workdays import CalendarUnknown, DayKind, Workdays

REVISED = date(2019, 5, 15)
"""What is received from this day on goes by the revised 条例."""


class Term(StrEnum):
    """The periods of the law: 答复, 延长答复, 告知补正, 征求意见, 主动公开."""

    ANSWER = "answer"
    EXTENSION = "extension"
    CORRECTION = "correction"
    CONSULTATION = "consultation"
    PUBLICATION = "publication"

    def days(self, received: date) -> int:
        """How many working days it has, for what was received on a day."""
        return _LENGTHS[self][received < REVISED]

    def article(self, received: date) -> str:
        """Where the law states it."""
        if received < REVISED and self in (Term.ANSWER, Term.EXTENSION):
            return "政府信息公开条例（2008年）第二十四条"
        return f"政府信息公开条例{_ARTICLES[self]}"


_LENGTHS = {
    Term.ANSWER: (20, 15),
    Term.EXTENSION: (20, 15),
    Term.CORRECTION: (7, 7),
    Term.CONSULTATION: (15, 15),
    Term.PUBLICATION: (20, 20),
}
_ARTICLES = {
    Term.ANSWER: "第三十三条",
    Term.EXTENSION: "第三十三条",
    Term.CORRECTION: "第三十条",
    Term.CONSULTATION: "第三十二条、第三十四条",
    Term.PUBLICATION: "第二十六条",
}


def received_on(arrival: Arrival, arrived: date, confirmed: date | None) -> date | None:
    """The day on which an application counts as received; None while a confirmation that it takes is missing.

    Args:
        arrival: the way that it came.
        arrived: when it was handed in, signed for, or came.
        confirmed: when the agency and the applicant confirmed that it came.

    Source: 政府信息公开条例第三十一条.
    """
    return arrived if arrival in (Arrival.HANDED_IN, Arrival.SIGNED_POST) else confirmed


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that is not counted: after the day `since`, up to and with the day `until`; None while it lasts."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day falls into it."""
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of a period; `number` is the how-manieth working day it is, None where it is not counted."""

    day: date
    kind: DayKind
    paused: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clock stands on a day.

    Attributes:
        last_day: of the period; None while a pause lasts, and where a year's holidays are not known yet.
        left: working days of the period that come after today, fewer than none once it is over; None where unknown.
        paused: whether it stands still.
        unknown_year: the year whose holidays are missing.
        overdue: whether the last day has passed.
    """

    last_day: date | None
    left: int | None
    paused: bool = False
    unknown_year: int | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of working days after the day on which it began."""

    began: date
    days: int
    pauses: tuple[Pause, ...] = ()

    def count(self, workdays: Workdays) -> Iterator[CountedDay]:
        """Day by day from the day after it began, without an end.

        Raises:
            CalendarUnknown: the count comes to a year whose holidays are not known.
        """
        day, number = self.began, 0
        while True:
            day += timedelta(days=1)
            kind, paused = workdays.kind(day), self._paused(day)
            counts = kind.counts and not paused
            number += counts
            yield CountedDay(day, kind, paused, number if counts else None)

    def explained(self, workdays: Workdays) -> Iterator[CountedDay]:
        """Day by day up to its last day, or to a pause that lasts.

        Raises:
            CalendarUnknown: the count comes to a year whose holidays are not known; the days before it were yielded.
        """
        left = self.days
        lasting = self._lasting
        for counted in self.count(workdays) if left else ():
            if lasting and counted.day > lasting.since:
                return
            yield counted
            left -= counted.number is not None
            if left == 0:
                return

    def last_day(self, workdays: Workdays) -> date | None:
        """The last day of the period; None while a pause lasts that began before it.

        Raises:
            CalendarUnknown: it falls into a year whose holidays are not known.
        """
        if self.days == 0:
            return self.began
        return next((counted.day for counted in self.explained(workdays) if counted.number == self.days), None)

    def used(self, workdays: Workdays, today: date) -> int:
        """How many working days were counted up to and with a day.

        Raises:
            CalendarUnknown: a year's holidays are not known.
        """
        if today <= self.began:
            return 0
        number = 0
        for counted in self.count(workdays):
            number += counted.number is not None
            if counted.day >= today:
                break
        return number

    def stand(self, workdays: Workdays, today: date) -> Standing:
        """How it stands on a day; what a missing calendar leaves open is None and never guessed."""
        unknown: int | None = None
        last_day: date | None = None
        left: int | None = None
        try:
            left = self.days - self.used(workdays, today)
            last_day = self.last_day(workdays)
        except CalendarUnknown as error:
            unknown = error.year
        overdue = last_day is not None and today > last_day
        # From the very day on which it was begun a pause that lasts leaves the last day open.
        lasting = self._lasting is not None and last_day is None and unknown is None
        return Standing(last_day, left, lasting or self._paused(today), unknown, overdue)

    @property
    def _lasting(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.until is None), None)

    def _paused(self, day: date) -> bool:
        return any(pause.holds(day) for pause in self.pauses)
