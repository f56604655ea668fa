"""The contact records: list, show, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import opened_app, told

if TYPE_CHECKING:
    from bot.model import ContactRecord

records = typer.Typer(no_args_is_help=True, help="The contact records: list, show, export.", rich_markup_mode=None)


@records.command("list")
@told
def list_records(
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20,
    before: Annotated[str, typer.Option(help="Only those before this reference.")] = "",
) -> None:
    """The newest contact records, a line each."""
    with opened_app() as app:
        for record in app.store.records.latest(limit=limit, before=before):
            typer.echo(_line(record))


def _line(record: ContactRecord) -> str:
    question = " ".join(record.question.split())
    question = question if len(question) <= 40 else question[:39] + "…"
    when = record.asked_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{record.reference}  {when}  {record.channel.value:8}  {record.outcome.value:17}  {question}"


@records.command()
@told
def show(reference: str) -> None:
    """One contact record, whole."""
    with opened_app() as app:
        record = app.store.records.find(reference.strip().upper())
        rating = app.store.feedback.of(record.reference) if record else None
    if record is None:
        typer.echo(f"{reference}: there is no such record; `bot records list` shows the newest", err=True)
        raise typer.Exit(1)
    from bot.desk.exports import HEADER, cells, rating_cell

    for name, cell in zip((*HEADER, "评价"), (*cells(record), rating_cell(rating)), strict=True):
        typer.echo(f"{name}：{cell}" if "\n" not in cell else f"{name}：\n{cell}")


@records.command()
@told
def export(
    output: Annotated[Path | None, typer.Option(help="The CSV file; standard output without it.")] = None,
) -> None:
    """The contact records as CSV, oldest first, formulas defused; with --output as spreadsheets open it."""
    from bot.desk.exports import write_csv

    with opened_app() as app:
        if output is None:
            write_csv(app.store.records.all(), sys.stdout)
            return
        draft = output.with_name(f".{output.name}.part")
        try:
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                write_csv(app.store.records.all(), file)
            draft.replace(output)
        except OSError as error:
            typer.echo(f"{output}: {error.strerror}; name a file in a folder that can be written", err=True)
            raise typer.Exit(2) from None
        finally:
            draft.unlink(missing_ok=True)
