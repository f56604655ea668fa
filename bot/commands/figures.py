"""Figures from the contact records."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import give, opened_app, refuse, tell_lines, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk.spans import Span
    from bot.model import ContactRecord


class Format(StrEnum):
    """How statistics are written."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


_Year = Annotated[int | None, typer.Option("--year", min=1949, max=9998, help="A whole year; without any, this one.")]
_Month = Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="A whole month.")]
_First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="From this day; with --to.")]
_Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="To this day, which counts; today without it.")
]


@told
def stats(
    year: _Year = None,
    month: _Month = "",
    first: _First = None,
    last: _Last = None,
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
        agencies = app.store.disclosures.snapshot().agency_names
        found = count(app.store.contacts.all(span.selection), span, agencies)
    match form:
        case Format.XLSX:
            written = figures.as_workbook(found)
        case Format.JSON:
            written = f"{figures.as_json(found)}\n".encode()
        case Format.TEXT:
            written = "".join(f"{line}\n" for line in figures.as_text(found)).encode()
    give(written, output)
    if charts:
        try:
            drawn.write_charts(found, charts)
        except OSError as error:
            refuse(f"{charts}: {error.strerror}; name a folder that can be written")


@told
def insights(
    year: _Year = None,
    month: _Month = "",
    first: _First = None,
    last: _Last = None,
    limit: Annotated[int, typer.Option(min=1, help="How many questions, the most frequent first.")] = 20,
    accept: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="Carry out what was suggested by this number.")
    ] = None,
) -> None:
    """What the public asked and did not find, grouped, with what is nearest and what to do about it."""
    from bot.app import now
    from bot.desk import insights as desk
    from bot.desk.statistics import count
    from bot.desk.unanswered import gather
    from bot.model import Verdict

    if accept:
        _accept(accept)
        return
    span = _span(year, month, first, last, now().date())
    quoted: set[str] = set()
    with opened_app() as app:
        app.sync_if_empty()

        def noted() -> Iterator[ContactRecord]:
            for record in app.store.records.all(span.selection):
                if record.decision is Verdict.ANSWER and record.matches:
                    quoted.add(record.matches[0][0])
                yield record

        groups = gather(noted(), app.store.feedback.all())
        found = desk.advise(groups[:limit], app.answering, app.policy, now())
        app.store.insights.keep(desk.suggestions(found))
        silent = desk.never_quoted(app.store.disclosures.documents(), frozenset(quoted))
        titles = {document.id: document.title for document in silent}
        alone = count(app.store.contacts.all(span.selection), span).alone
    typer.echo(f"{span.name}：未得到满意答复的问题 {len(groups)} 组")
    tell_lines(desk.lines_of(found, titles, limit))
    typer.echo(
        f"机器人受理 {alone.asked}，给出答案或选项 {alone.shown}，未被评为没帮助 {alone.kept}，独立答复 {alone.alone}"
    )


def _accept(number: int) -> None:
    from bot.desk.drafts import NotAccepted
    from bot.desk.insights import accept
    from bot.model import Advice

    with opened_app() as app:
        suggestion = app.store.insights.find(number)
        if suggestion is None:
            raise NotAccepted(f"{number}: nothing was suggested by this number; `bot insights` shows what is")
        record = app.store.records.find(suggestion.reference)
        document = app.store.disclosures.find(suggestion.document) if suggestion.document else None
        path = accept(suggestion, record, document, app.settings.knowledge)
    then = "publishes it" if suggestion.advice is Advice.ALIAS else "publishes it once it is written and out of drafts"
    typer.echo(f"{path}: written; `bot check` looks it through, `bot sync` {then}")


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
