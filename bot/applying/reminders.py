"""What staff are reminded of: answers due in 5, 2 and 0 working days, those that are late, and who was waited for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.applying.timing import answer_clock, consultation_clock
from bot.locale import translations
from bot.model import Application, Language, Step
from bot.workdays import CalendarUnknown, Workdays

AT = (5, 2, 0)
"""Working days that are left when staff are reminded of an answer."""


class Matter(StrEnum):
    """What a reminder is of: an answer that is due or late, silence after a consultation, a correction that did not come."""

    DUE = "due"
    OVERDUE = "overdue"
    NOT_HEARD = "not-heard"
    NOT_CORRECTED = "not-corrected"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line for staff; `left` working days of the time until `last_day`, fewer than none once it is over."""

    number: str
    matter: Matter
    last_day: date
    left: int


def reminders(applications: Iterable[Application], workdays: Workdays, today: date) -> tuple[Reminder, ...]:
    """The reminders of a day, the most urgent first; none on a day off.

    What depends on a year whose holidays are not known is left out.
    """
    try:
        if not workdays.counts(today):
            return ()
    except CalendarUnknown:
        return ()
    found = (each for application in applications for each in _of(application, workdays, today))
    return tuple(sorted(found, key=lambda reminder: (reminder.left, reminder.number)))


def _of(application: Application, workdays: Workdays, today: date) -> Iterator[Reminder]:
    if application.ended:
        return
    number, last = application.number, application.steps[-1]
    if last.step is Step.CORRECTION_ASKED and last.until and today > last.until:
        yield Reminder(number, Matter.NOT_CORRECTED, last.until, workdays.between(today, last.until))
    if consulted := consultation_clock(application):
        standing = consulted.stand(workdays, today)
        if standing.overdue and standing.last_day and standing.left is not None:
            yield Reminder(number, Matter.NOT_HEARD, standing.last_day, standing.left)
    if clock := answer_clock(application):
        standing = clock.stand(workdays, today)
        if standing.last_day and standing.left is not None:
            if standing.overdue:
                yield Reminder(number, Matter.OVERDUE, standing.last_day, standing.left)
            elif standing.left in AT:
                yield Reminder(number, Matter.DUE, standing.last_day, standing.left)


def line(reminder: Reminder, language: Language) -> str:
    """A reminder as staff read it; names nobody."""
    _ = translations(language).gettext
    last = reminder.last_day.isoformat()
    match reminder.matter:
        case Matter.OVERDUE:
            return _("{number} 已超过答复期限：最迟{last}，已过{days}个工作日").format(
                number=reminder.number, last=last, days=-reminder.left
            )
        case Matter.NOT_HEARD:
            return _("{number} 征求意见已满15个工作日（{last}），对方没有答复，可以继续办理").format(
                number=reminder.number, last=last
            )
        case Matter.NOT_CORRECTED:
            return _("{number} 申请人到{last}没有补正，可以按放弃申请处理").format(number=reminder.number, last=last)
    if reminder.left == 0:
        return _("{number} 今天（{last}）是答复的最后一天").format(number=reminder.number, last=last)
    return _("{number} 还有{days}个工作日，最迟{last}答复").format(
        number=reminder.number, days=reminder.left, last=last
    )
