"""When somebody is there to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.telegram.staff.bulletins import Due
from bot.channels.telegram.staff.drafting import Draft
from bot.channels.telegram.staff.heard import Enter
from bot.model import Options
from bot.workdays import BEIJING, CalendarUnknown, Workdays

LOOKED_AHEAD = 60
"""Days; no holiday is longer."""


@dataclass(frozen=True, slots=True)
class Office:
    """The hours of an office, and the days on which they hold."""

    workdays: Workdays
    options: Options

    def next_open(self, now: datetime) -> datetime | None:
        """When somebody is there next, by the agencies' clock: `now` itself while the office is open.

        Returns:
            None where that falls into a year whose holidays are not known: then nothing may be promised.
        """
        here = now.astimezone(BEIJING)
        try:
            for days in range(LOOKED_AHEAD):
                day = (here + timedelta(days=days)).date()
                opens = datetime.combine(day, self.options.opens, BEIJING)
                closes = datetime.combine(day, self.options.closes, BEIJING)
                if here < closes and self.workdays.counts(day):
                    return max(here, opens)
        except CalendarUnknown:
            pass
        return None


@dataclass(frozen=True, slots=True)
class Staff:
    """Where the staff are, when, and what takes down what they hear elsewhere.

    Attributes:
        chat: their group.
        office: reads the hours, each time anew as they may change.
        enter: puts what they heard into the register.
        draft: makes a draft to be published of what they answered.
        bulletin: makes the bulletin of a month that is over, once its time has come.
    """

    chat: int
    office: Callable[[], Office]
    enter: Enter
    draft: Draft
    bulletin: Due
