"""The steps of an application, each noted by a command of its own with its date and reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.clocks import DATE
from bot.commands.common import opened_app, readable, told
from bot.model import Event, Outcome, Step

if TYPE_CHECKING:
    from collections.abc import Callable

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as SQ-2026-000001.")]
On = Annotated[datetime | None, typer.Option("--on", formats=DATE, help="The day it happened; today without it.")]
Reason = Annotated[str, typer.Option(help="Why, or what was said; kept with the step.")]


def _note(number: str, step: Step, on: datetime | None, reason: str, **belongs: Any) -> None:
    """Note a step and show how the application stands with it."""
    from bot.app import now, person
    from bot.desk.applications import note_step, one_line, watch

    noted_at = now()
    event = Event(step, on.date() if on else noted_at.date(), noted_at, person(), readable(reason), **belongs)
    with opened_app() as app:
        workdays = app.workdays()
        application = note_step(app.store, number, event, workdays)
    typer.echo(one_line(watch(application, workdays, noted_at.date())))


@told
def receive(number: Number, on: On = None, reason: Reason = "") -> None:
    """It is received: handed in, signed for, or confirmed by both sides on that day (article 31)."""
    _note(number, Step.RECEIVED, on, reason)


@told
def ask_correction(
    number: Number,
    until: Annotated[datetime, typer.Option(formats=DATE, help="The last day on which the applicant may correct it.")],
    reason: Annotated[str, typer.Option(help="What has to be corrected.")],
    on: On = None,
) -> None:
    """A correction is asked: once only, within 7 working days (article 30)."""
    _note(number, Step.CORRECTION_ASKED, on, reason, until=until.date())


@told
def corrected(number: Number, on: On = None, reason: Reason = "") -> None:
    """The correction has arrived; the clock begins anew (article 30)."""
    _note(number, Step.CORRECTED, on, reason)


@told
def consult(number: Number, on: On = None, reason: Reason = "") -> None:
    """Others are consulted; the time is not counted (articles 32 to 34)."""
    _note(number, Step.CONSULTING, on, reason)


@told
def consulted(number: Number, on: On = None, reason: Reason = "") -> None:
    """Who was consulted has answered; the clock goes on."""
    _note(number, Step.CONSULTED, on, reason)


@told
def not_heard(number: Number, on: On = None, reason: Reason = "") -> None:
    """Who was consulted is silent after 15 working days (articles 32, 34)."""
    _note(number, Step.NOT_HEARD, on, reason)


@told
def extend(
    number: Number,
    approved_by: Annotated[str, typer.Option(help="The head of the disclosure office.")],
    reason: Annotated[str, typer.Option(help="What the applicant was told.")],
    on: On = None,
) -> None:
    """The time to answer is extended, once only (article 33)."""
    _note(number, Step.EXTENDED, on, reason, approved_by=readable(approved_by))


@told
def answer(
    number: Number,
    outcome: Annotated[Outcome, typer.Option(help="The row of table 3 that it counts in.")],
    on: On = None,
    reason: Reason = "",
) -> None:
    """It is answered (article 36); what is not granted in full needs a reason."""
    _note(number, Step.ANSWERED, on, reason, outcome=outcome)


@told
def abandon(number: Number, on: On = None, reason: Reason = "") -> None:
    """It was not corrected in time: taken as abandoned (article 30)."""
    _note(number, Step.ABANDONED, on, reason)


@told
def withdraw(number: Number, on: On = None, reason: Reason = "") -> None:
    """The applicant has withdrawn it."""
    _note(number, Step.WITHDRAWN, on, reason)


@told
def close(number: Number, on: On = None, reason: Reason = "") -> None:
    """It is filed; from now on runs how long its words are kept."""
    _note(number, Step.CLOSED, on, reason)


@told
def take_back(
    number: Number,
    reason: Annotated[str, typer.Option(help="What was noted wrongly.")],
    on: On = None,
) -> None:
    """The last step was noted wrongly; it stays on paper."""
    _note(number, Step.TAKEN_BACK, on, reason)


STEPS: tuple[Callable[..., None], ...] = (
    receive, ask_correction, corrected, consult, consulted, not_heard, extend, answer, abandon, withdraw, close,
    take_back,
)  # fmt: skip
"""In the order in which they may follow."""
