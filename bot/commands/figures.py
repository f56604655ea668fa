"""Figures from the contact records."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import opened_app, told, write_whole

if TYPE_CHECKING:
    from bot.desk.spans import Span


class Format(StrEnum):
    """How statistics are written."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


@told
def stats(
    year: Annotated[int | None, typer.Option(min=1949, max=9998, help="A whole year; without any, this one.")] = None,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="A whole month.")] = "",
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From this day; with --to.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="To this day, which counts; today without it.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="As what; xlsx needs --output.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="The file; standard output without it.")] = None,
    charts: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Draw charts there too, SVG and PNG.")] = None,
) -> None:
    """Contacts by channel, kind, decision, outcome, category, agency, hour and day; response time, satisfaction."""
    from bot.app import now
    from bot.desk import charts as drawn
    from bot.desk import figures
    from bot.desk.statistics import count

    if form is Format.XLSX and output is None:
        raise typer.BadParameter("a workbook needs --output FILE.xlsx")
    span = _span(year, month, first, last, now().date())
    with opened_app() as app:
        found = count(app.store.contacts.all(span.selection), span)
    match form:
        case Format.XLSX:
            written = figures.as_workbook(found)
        case Format.JSON:
            written = f"{figures.as_json(found)}\n".encode()
        case Format.TEXT:
            written = "".join(f"{line}\n" for line in figures.as_text(found)).encode()
    if output:
        write_whole(output, written)
    else:
        typer.echo(written.decode(), nl=False)
    if charts:
        try:
            drawn.write_charts(found, charts)
        except OSError as error:
            typer.echo(f"{charts}: {error.strerror}; name a folder that can be written", err=True)
            raise typer.Exit(2) from None


def _span(year: int | None, month: str, first: datetime | None, last: datetime | None, today: date) -> Span:
    from bot.desk import spans

    if sum(given is not None for given in (year, month or None, first or last)) > 1:
        raise typer.BadParameter("give one of --year, --month, and --from with --to")
    if month:
        try:
            return spans.read_month(month)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    if last and not first:
        raise typer.BadParameter("--to needs --from")
    if first:
        until = last.date() if last else today
        if until < first.date():
            raise typer.BadParameter(f"{until} comes before {first.date()}; change --from or --to")
        return spans.Span(first.date(), until)
    return spans.year(year or today.year)
