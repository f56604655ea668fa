"""Reviews and lawsuits (行政复议、行政诉讼), and what is counted beside them, as staff enter them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot.commands.clocks import DATE
from bot.commands.common import opened_app, refuse, tell_lines, told, without_personal
from bot.commands.speaking import Commands
from bot.model import Case, CaseEvent, CaseKind, CaseResult

cases = Commands(help="Reviews and lawsuits (table 4), and complaints, corrections and petitions, counted apart.")
Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="Such as AJ-2026-000001.")]
On = Annotated[datetime | None, typer.Option("--on", formats=DATE, help="The day it happened; today without it.")]


@cases.command()
@told
def add(
    kind: Annotated[CaseKind, typer.Argument(help="What was filed.")],
    about: Annotated[str, typer.Option(metavar="NUMBER", help="The application that it is about.")] = "",
    note: Annotated[str, typer.Option(help="In staff's words.")] = "",
    on: On = None,
) -> None:
    """Enter what was filed; its result is noted once it is there."""
    from bot.app import now, person
    from bot.desk.applications import find_application
    from bot.desk.cases import one_line

    noted_at = now()
    filed_on = on.date() if on else noted_at.date()
    if filed_on > noted_at.date():
        raise typer.BadParameter(f"{filed_on}还没有到，提出以后再记")
    with opened_app() as app:
        number = find_application(app.store, about).number if about else ""
        case = app.store.cases.add(
            Case("", kind, filed_on, number, without_personal("--note", note), noted_at, person())
        )
    typer.echo(one_line(case))


@cases.command()
@told
def decide(
    reference: Reference,
    result: Annotated[CaseResult, typer.Argument(help="How it ended; pending takes a wrong entry back.")],
    note: Annotated[str, typer.Option(help="In staff's words.")] = "",
    on: On = None,
) -> None:
    """Note how a case ended; an earlier entry stays on paper, and the last one holds."""
    from bot.app import now, person
    from bot.desk.cases import one_line

    noted_at = now()
    day = on.date() if on else noted_at.date()
    with opened_app() as app:
        known = _find(app.store.cases.find(reference.strip().upper()), reference)
        if not known.filed_on <= day <= noted_at.date():
            raise typer.BadParameter(f"{day}早于提出的{known.filed_on}，或者还没有到")
        event = CaseEvent(day, result, noted_at, person(), without_personal("--note", note))
        case = app.store.cases.note(known.reference, event)
    typer.echo(one_line(_find(case, reference)))


@cases.command("list")
@told
def list_cases() -> None:
    """Every case, a line each."""
    from bot.desk.cases import one_line

    with opened_app() as app:
        tell_lines(map(one_line, app.store.cases.all()))


@cases.command()
@told
def show(reference: Reference) -> None:
    """One case with every entry on it."""
    from bot.desk.cases import whole

    with opened_app() as app:
        case = _find(app.store.cases.find(reference.strip().upper()), reference)
    tell_lines(whole(case))


@cases.command()
@told
def table(year: Annotated[int, typer.Argument(min=2008, max=2100, help="The year.")]) -> None:
    """Table 4 of a year, and beside it what is counted apart."""
    from bot.applying.remedies import table_four
    from bot.desk.cases import table_lines

    with opened_app() as app:
        tell_lines(table_lines(table_four(app.store.cases.all(), year)))


def _find(case: Case | None, reference: str) -> Case:
    if case is None:
        refuse(f"{reference}：没有这件案件；`bot cases list` 列出全部")
    return case
