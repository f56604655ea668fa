"""The annual report and the monthly bulletin, drafted from what the house has on record."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import give, opened_app, tell_findings, tell_lines, told
from bot.desk.annual.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk.annual.counts import YearCounts
    from bot.desk.annual.draft import Draft


class Format(StrEnum):
    """What the draft is written as."""

    MARKDOWN = "md"
    WORD = "docx"


@told
def report(
    year: Annotated[int, typer.Argument(min=2008, max=2100, help="The year.")],
    form: Annotated[Form, typer.Option(help="The six parts since 2021, or the seven of the years before.")] = (
        Form.SINCE_2021
    ),
    as_: Annotated[Format | None, typer.Option("--format", help="By the name of the output without it.")] = None,
    output: Annotated[Path | None, typer.Option(help="The file; Markdown to standard output without it.")] = None,
    agency: Annotated[str, typer.Option(metavar="KEY", help="Whose report; the default agency without it.")] = "",
    trace: Annotated[
        str,
        typer.Option(
            metavar="FIGURE", help="List what is behind a figure, such as 三(一)/自然人; all names every one."
        ),
    ] = "",
) -> None:
    """Draft the annual report of a year: figures from the registers and the catalogue, notes on what staff have to write."""
    from bot.app import now
    from bot.desk.annual.forms import draft_report
    from bot.desk.annual.register import gather

    with opened_app() as app:
        gathered = gather(app.store, year, agency, now())
        rules = app.application_rules()
    tell_findings(gathered.remarks)
    if trace:
        tell_lines(_traced(gathered.counts, trace))
        return
    give(_write(draft_report(form, gathered.counts, gathered.before, rules, now().date()), as_, output), output)


@told
def bulletin(
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help="The month.")],
    as_: Annotated[Format | None, typer.Option("--format", help="By the name of the output without it.")] = None,
    output: Annotated[Path | None, typer.Option(help="The file; Markdown to standard output without it.")] = None,
    agency: Annotated[str, typer.Option(metavar="KEY", help="Only this agency's inquiries; all without it.")] = "",
) -> None:
    """Draft the bulletin of a month: what the public asked, what became of it, and what is left to do."""
    from bot.app import now
    from bot.desk.bulletin import bulletin_of
    from bot.desk.spans import read_month

    try:
        span = read_month(month)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    today = now().date()
    if span.first > today:
        raise typer.BadParameter(f"{month} has not begun; name a month that has")
    with opened_app() as app:
        draft = bulletin_of(app.store, span, agency, today)
    give(_write(draft, as_, output), output)


def _write(draft: Draft, as_: Format | None, output: Path | None) -> bytes:
    """The draft in the format that was asked for, else by the file's name, else Markdown."""
    if (as_ or _by_name(output)) is Format.MARKDOWN:
        from bot.desk.annual.markdown import to_markdown

        return to_markdown(draft).encode()
    if output is None:
        raise typer.BadParameter("a Word file is no text for the terminal; name it with --output report.docx")
    from bot.desk.annual.word import to_word

    return to_word(draft)


def _by_name(output: Path | None) -> Format:
    return Format.WORD if output and output.suffix.lower() == ".docx" else Format.MARKDOWN


def _traced(counts: YearCounts, figure: str) -> Iterator[str]:
    """The references behind a figure, a line each; for all, each figure with how many there are."""
    cells = dict(counts.cells())
    if figure == "all":
        yield from (f"{len(references):>6}  {name}" for name, references in cells.items())
        return
    name = figure.replace("（", "(").replace("）", ")").replace(" ", "")
    if name not in cells:
        raise typer.BadParameter(f"{figure}: there is no such figure; `--trace all` names every one")
    yield from cells[name]
