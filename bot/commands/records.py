"""The contact records: list, search, show, export."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import opened_app, readable, refuse, told, whole_output
from bot.commands.register import Reference, add, correct, follow_up, import_, log, merge, outcome, unmerge
from bot.commands.speaking import Commands
from bot.language.widths import padded, trim
from bot.model import Channel, RequestKind, Resolution, Selection

if TYPE_CHECKING:
    from bot.model import ContactRecord

records = Commands(help="The contact records: enter, look up, correct, merge, export.")
for command in (add, correct, outcome, follow_up, merge, unmerge, log):
    records.command()(command)
records.command("import")(import_)

_DATE = ["%Y-%m-%d"]
_Limit = Annotated[int, typer.Option(min=1, help="How many, newest first.")]
_Before = Annotated[str, typer.Option(help="Only those before this reference.")]
_Channel = Annotated[Channel | None, typer.Option(help="Only those of this channel.")]
_Kind = Annotated[RequestKind | None, typer.Option(help="Only those of this kind.")]
_Outcome = Annotated[Resolution | None, typer.Option(help="Only those that this became of.")]
_Agency = Annotated[str, typer.Option(metavar="KEY", help="Only those of this agency.")]
_Since = Annotated[datetime | None, typer.Option("--from", formats=_DATE, help="Only those of this day and later.")]
_Until = Annotated[datetime | None, typer.Option("--to", formats=_DATE, help="Only those of this day and earlier.")]
_Due = Annotated[datetime | None, typer.Option(formats=_DATE, help="Only those to be followed up on by this day.")]


@records.command("list")
@told
def list_records(
    limit: _Limit = 20,
    before: _Before = "",
    channel: _Channel = None,
    kind: _Kind = None,
    outcome: _Outcome = None,
    agency: _Agency = "",
    since: _Since = None,
    until: _Until = None,
    due: _Due = None,
) -> None:
    """The newest contact records, a line each."""
    due_by = due.date() if due else None
    _list(limit, before, Selection((), channel, kind, outcome, agency, *_period(since, until), due_by))


@records.command()
@told
def search(
    words: Annotated[list[str], typer.Argument(help="Each of them stands in the question or the reply.")],
    limit: _Limit = 20,
    before: _Before = "",
    channel: _Channel = None,
    kind: _Kind = None,
    outcome: _Outcome = None,
    agency: _Agency = "",
    since: _Since = None,
    until: _Until = None,
) -> None:
    """The contact records that hold these words, newest first."""
    wanted = tuple(word for argument in words for word in readable(argument).split())
    _list(limit, before, Selection(wanted, channel, kind, outcome, agency, *_period(since, until)))


def _period(since: datetime | None, until: datetime | None) -> tuple[datetime | None, datetime | None]:
    """From the first moment of a day to the last one of another, in the machine's zone."""
    return since and since.astimezone(), until and (until + timedelta(days=1)).astimezone()


def _list(limit: int, before: str, selection: Selection) -> None:
    with opened_app() as app:
        for record in app.store.records.latest(limit=limit, before=before.strip().upper(), selection=selection):
            typer.echo(_line(record))


def _line(record: ContactRecord) -> str:
    from bot.desk.fields import CHANNELS, OUTCOMES

    question = trim(" ".join(record.question.split()), 80)
    when = record.asked_at.astimezone().strftime("%Y-%m-%d %H:%M")
    marks = f"  (= {record.merged_into})" if record.merged_into else ""
    channel, outcome = padded(CHANNELS[record.channel], 8), padded(OUTCOMES[record.outcome], 14)
    return f"{record.reference}  {when}  {channel}  {outcome}  {question}{marks}".rstrip()


@records.command()
@told
def show(reference: Reference) -> None:
    """One contact record, whole."""
    from bot.desk.exports import HEADER, in_words, rating_cell
    from bot.desk.register import find_record

    with opened_app() as app:
        record = find_record(app.store, reference)
        rating = app.store.feedback.of(record.reference)
        agencies = app.store.disclosures.snapshot().agency_names
    for name, cell in zip((*HEADER, "评价"), (*in_words(record, agencies), rating_cell(rating)), strict=True):
        typer.echo(f"{name}：{cell}" if "\n" not in cell else f"{name}：\n{cell}")


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"


@records.command()
@told
def export(
    output: Annotated[Path | None, typer.Option(help="The file; CSV goes to standard output without it.")] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="csv, or xlsx; without it, as the file's name says.")
    ] = None,
) -> None:
    """The contact records, oldest first, as CSV or as a workbook; formulas defused."""
    from bot.desk.exports import write_csv
    from bot.desk.workbooks import write_workbook

    named = Format.XLSX if output is not None and output.suffix.lower() == ".xlsx" else Format.CSV
    chosen = format_ or named
    if output is None and chosen is Format.XLSX:
        refuse("a workbook goes into a file; name it with --output 登记.xlsx")
    with opened_app() as app:
        if output is None:
            write_csv(app.store.records.all(), sys.stdout)
            return
        with whole_output(output) as draft:
            if chosen is Format.XLSX:
                write_workbook(app.store.records.all(), draft, app.store.disclosures.snapshot().agency_names)
            else:
                with draft.open("w", encoding="utf-8-sig", newline="") as file:
                    write_csv(app.store.records.all(), file)
