"""The clock of an application, computed from its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.clocks import Clock, Pause, Term
from bot.model import Application, Event, Step


def answer_clock(application: Application) -> Clock | None:
    """The clock within which an application is answered, as its steps have made it.

    It begins with the receipt, begins anew when a correction arrives, does not count the time of consultations, and is
    longer once extended. It goes on to be computed after the answer, to tell whether that was in time.

    Returns:
        None before the receipt, and while a correction is awaited.

    Source: 政府信息公开条例第三十条、第三十三条.
    """
    clock: Clock | None = None
    for event in application.steps:
        clock = _after(clock, event, application.received_on or event.day)
    return clock


def _after(clock: Clock | None, event: Event, received: date) -> Clock | None:
    match event.step:
        case Step.RECEIVED | Step.CORRECTED:
            return Clock(event.day, Term.ANSWER.days(received))
        case Step.CORRECTION_ASKED:
            return None
    if clock is None:
        return None
    match event.step:
        case Step.CONSULTING:
            return replace(clock, pauses=(*clock.pauses, Pause(event.day)))
        case Step.CONSULTED | Step.NOT_HEARD | Step.WITHDRAWN:
            return replace(clock, pauses=_closed(clock.pauses, event))
        case Step.EXTENDED:
            return replace(clock, days=clock.days + Term.EXTENSION.days(received))
    return clock


def _closed(pauses: tuple[Pause, ...], event: Event) -> tuple[Pause, ...]:
    return tuple(pause if pause.until else Pause(pause.since, event.day) for pause in pauses)


def consultation_clock(application: Application) -> Clock | None:
    """The clock of whoever is consulted just now; None where nobody is.

    Counted from the day on which they were asked.

    Source: 政府信息公开条例第三十二条、第三十四条.
    """
    last = application.steps[-1]
    return Clock(last.day, Term.CONSULTATION.days(last.day)) if last.step is Step.CONSULTING else None
