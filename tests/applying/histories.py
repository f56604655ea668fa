"""Applications with the steps that a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.applying.procedure import take
from bot.model import (
    Applicant,
    ApplicantKind,
    Application,
    Arrival,
    Channel,
    Delivery,
    Event,
    Outcome,
    Request,
    Step,
)
from bot.workdays import Workdays

WORKDAYS = Workdays()
RECEIVED = date(2025, 3, 3)  # a Monday; no holiday until 4 April


def event(step: Step, day: date, **stated: Any) -> Event:
    """A step with all that belongs to it, noted on the evening of its day."""
    belongs: dict[str, Any] = {"noted_at": datetime.combine(day, time(18), UTC), "reason": "理由"}
    if step is Step.CORRECTION_ASKED:
        belongs["until"] = date.fromordinal(day.toordinal() + 15)
    if step is Step.ANSWERED:
        belongs["outcome"] = Outcome.GRANTED
    if step is Step.EXTENDED:
        belongs["approved_by"] = "主任"
    return Event(step, day, noted_by="office", **belongs | stated)


def registered(
    number: str = "SQ-2025-000001",
    day: date = RECEIVED,
    kind: ApplicantKind = ApplicantKind.PERSON,
    arrival: Arrival = Arrival.HANDED_IN,
) -> Application:
    """An application that came in on a day."""
    return Application(
        number,
        kind,
        Channel.CONSOLE,
        arrival,
        Delivery.EMAIL,
        Request("2024年招商项目清单"),
        Applicant("张三", "zhang@example.org"),
        "",
        (event(Step.REGISTERED, day),),
    )


def with_steps(*steps: tuple[Step, date], application: Application | None = None) -> Application:
    """An application received on `RECEIVED`, or the one given, that went through steps."""
    application = application or take(registered(), event(Step.RECEIVED, RECEIVED), WORKDAYS)
    for step, day in steps:
        application = take(application, event(step, day), WORKDAYS)
    return application


def numbered(application: Application, number: str) -> Application:
    """The same under another number."""
    return replace(application, number=number)
