"""The applications under the law (依申请公开): entered, looked at, led step by step to their end."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot.commands.application_steps import STEPS, Number, On
from bot.commands.clocks import DATE
from bot.commands.common import opened_app, readable, scrub, tell_lines, told
from bot.commands.speaking import Commands
from bot.model import ApplicantKind, Arrival, Channel, Delivery, Language

_CHANNELS = {
    Arrival.HANDED_IN: Channel.VISIT,
    Arrival.SIGNED_POST: Channel.LETTER,
    Arrival.ORDINARY_POST: Channel.LETTER,
    Arrival.FAX: Channel.LETTER,
    Arrival.ONLINE: Channel.WEB,
}
applications = Commands(help="The applications (依申请公开): list, show, and every step.")
for step in STEPS:
    applications.command(step.__name__.replace("_", "-"))(step)


@applications.command("list")
@told
def list_applications(
    every: Annotated[bool, typer.Option("--all", help="The decided ones too.")] = False,
) -> None:
    """The open applications, oldest first: day of receipt, state, last day, working days left."""
    _list(every=every, only_overdue=False)


@applications.command()
@told
def overdue() -> None:
    """The applications whose answer is late; exit 1 where there are any."""
    if _list(every=False, only_overdue=True):
        raise typer.Exit(1)


def _list(*, every: bool, only_overdue: bool) -> int:
    from bot.app import now
    from bot.desk.applications import one_line, watch

    with opened_app() as app:
        workdays, register = app.workdays(), app.store.applications
        watched = (watch(each, workdays, now().date()) for each in (register.all() if every else register.open()))
        lines = [one_line(each) for each in watched if each.overdue or not only_overdue]
    tell_lines(lines)
    return len(lines)


@applications.command()
@told
def show(
    number: Number,
    explain: Annotated[bool, typer.Option("--explain", help="The clock day by day too.")] = False,
) -> None:
    """One application, whole: who, what, every step, the clock, which steps are possible now."""
    from bot.app import now
    from bot.applying.timing import answer_clock
    from bot.commands.clocks import tell_days
    from bot.desk.applications import find_application, watch, whole

    with opened_app() as app:
        application, workdays = find_application(app.store, number), app.workdays()
    tell_lines(whole(watch(application, workdays, now().date())))
    if explain and (clock := answer_clock(application)):
        tell_days(clock, workdays, explain=True)


@applications.command()
@told
def register(
    kind: Annotated[ApplicantKind, typer.Option(help="Who applies: a column of table 3.")],
    name: Annotated[str, typer.Option(help="The applicant's name.")],
    contact: Annotated[str, typer.Option(help="Address, phone or e-mail.")],
    sought: Annotated[str, typer.Option(help="The information that is sought.")],
    arrival: Annotated[Arrival, typer.Option(help="How it came in.")],
    delivery: Annotated[Delivery, typer.Option(help="How the information is wanted.")] = Delivery.POST,
    title: Annotated[str, typer.Option(help="The information's title, where it is known.")] = "",
    document_number: Annotated[str, typer.Option(help="Its number (文号), where it is known.")] = "",
    identity: Annotated[str, typer.Option(help="The proof of identity.")] = "",
    on: On = None,
) -> None:
    """Enter an application that came on paper; `receive` then says from when the clock runs."""
    from bot.app import now, person
    from bot.desk.applications import one_line, watch
    from bot.model import Applicant, Application, Event, Request, Step

    noted_at = now()
    day = on.date() if on else noted_at.date()
    incoming = Application(
        number="",
        kind=kind,
        channel=_CHANNELS[arrival],
        arrival=arrival,
        delivery=delivery,
        request=Request(readable(sought), readable(title), readable(document_number)),
        applicant=Applicant(readable(name), readable(contact), readable(identity)),
        citizen_key="",
        events=(Event(Step.REGISTERED, day, noted_at, person()),),
    )
    with opened_app() as app:
        application = app.store.applications.register(incoming)
        typer.echo(one_line(watch(application, app.workdays(), noted_at.date())))


@applications.command()
@told
def remind(
    on: Annotated[datetime | None, typer.Option(formats=DATE, help="As of this day; today without it.")] = None,
) -> None:
    """What is due in 5, 2 or 0 working days, late, or waiting for nobody any more; nothing on a day off."""
    from bot.app import now
    from bot.applying.reminders import line, reminders

    with opened_app() as app:
        today = on.date() if on else now().date()
        found = reminders(app.store.applications.open(), app.workdays(), today)
    tell_lines(line(reminder, Language.HANS) for reminder in found)


@applications.command()
@told
def state(number: Number, language: Annotated[Language, typer.Option(help="Of the text.")] = Language.HANS) -> None:
    """What a citizen is told of it: the state and the last day, not a word of who or what."""
    from bot.desk.applications import NoSuchApplication

    with opened_app() as app:
        app.sync_if_empty()
        told_state = app.intake.state(number, language)
    if told_state is None:
        raise NoSuchApplication(number)
    typer.echo(told_state)


@applications.command()
@told
def erase() -> None:
    """Erase who applied for what in applications closed longer ago than keep_years, and drafts of a month ago."""
    from bot.app import now
    from bot.store.expiry import closed_before

    with opened_app() as app:
        today, retention = now(), app.retention()
        numbers = app.store.expiry.expire_applications(retention, today)
        drafts = app.store.expiry.forget_passing(today)
        scrub(app)
    tell_lines(f"已删除  {number}" for number in numbers)
    before = closed_before(retention, today)
    typer.echo(f"{before}以前归档的申请删除{len(numbers)}件，草稿{drafts}份")
