"""The command line: every command a thin call, which imports the rooms that it uses, so that each starts fast."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

if TYPE_CHECKING:
    from bot.answering import Answered
    from bot.app import App
    from bot.model import ContactRecord, Finding
    from bot.publishing import Published

cli = typer.Typer(
    name="bot", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Answers the public's questions about what an agency has disclosed, in the agency's own words.",
)  # fmt: skip
records = typer.Typer(no_args_is_help=True, help="The contact records: list, show, export.", rich_markup_mode=None)
cli.add_typer(records, name="records")


def main() -> None:
    """The ``bot`` command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A machine without a UTF-8 locale must read and write Chinese all the same; a bad byte must not stop a run.
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper):
        # A lone carriage return is garbage within a line, not the end of one.
        sys.stdin.reconfigure(newline="\n")
    cli()


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose foreseeable failures reach the person as one line with place, reason and remedy; exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from bot.app import FORESEEABLE

        try:
            command(*args, **kwargs)
        except FORESEEABLE as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None
        except BrokenPipeError:
            # The reader, such as head, has had enough.
            sys.stderr.close()
            raise typer.Exit(0) from None

    return run


@contextmanager
def _app() -> Iterator[App]:
    from bot.app import App
    from bot.settings import load_settings

    with App(load_settings()) as app:
        yield app


@cli.command()
@_told
def run() -> None:
    """Sync, then serve every configured channel: Telegram when a token is set, else the console."""
    with _app() as app:
        _tell_published(app.sync(), sys.stderr)
        if app.settings.telegram_token:
            logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
            app.serve_telegram()
        else:
            app.converse()


@cli.command()
@_told
def chat() -> None:
    """A conversation in the terminal."""
    with _app() as app:
        if published := app.sync_if_empty():
            _tell_published(published, sys.stderr)
        app.converse()


@cli.command()
@_told
def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="One question; without it, one a line from standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question.")] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave no contact record.")] = False,
) -> None:
    """Answer one question, or those on standard input, streaming and in order."""
    with _app() as app:
        app.sync_if_empty()
        lines = [_readable(" ".join(question))] if question else (line.rstrip("\r\n") for line in sys.stdin)
        for line in lines:
            if not line.strip() and not as_json:
                continue
            answered = app.ask(line, record=not no_record)
            typer.echo(json.dumps(_as_json(answered), ensure_ascii=False) if as_json else _as_text(answered))
            sys.stdout.flush()


def _readable(argument: str) -> str:
    """An argument as UTF-8, whatever the locale took it for; bytes that are no text become replacement signs."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        # Lone surrogates stand for the bytes that the locale could not read; no database takes them.
        return os.fsencode(argument).decode(errors="replace")
    return argument


def _as_text(answered: Answered) -> str:
    from bot.replies import plain_text

    return plain_text(answered.reply) + "\n"


def _as_json(answered: Answered) -> dict[str, object]:
    from bot.replies import plain_text

    reply, decision = answered.reply, answered.decision
    return {
        "question": answered.question.text,
        "decision": decision.verdict.value,
        "score": round(decision.score, 4),
        "matches": [
            {
                "document": match.document.id,
                "section": match.section.id,
                "title": match.document.title,
                "heading": list(match.section.headings),
                "text": match.section.text,
                "year": match.document.year,
                "agency": match.document.agency,
                "source": match.document.source,
                "score": round(match.score, 4),
            }
            for match in decision.matches
        ],
        "quote": reply.quote.text if reply.quote else None,
        "contact": _contact_json(answered),
        "reply": plain_text(reply),
        "record": answered.reference,
    }


def _contact_json(answered: Answered) -> dict[str, str] | None:
    from dataclasses import asdict

    contact = answered.reply.contact
    return {"agency": answered.agency, **asdict(contact)} if contact else None


@cli.command()
@_told
def sync() -> None:
    """Publish the folder; exit 1 where something was refused (the rest is published)."""
    with _app() as app:
        published = app.sync()
    _tell_published(published, sys.stdout)
    if published.changes.refused or _errors(published.findings):
        raise typer.Exit(1)


def _errors(findings: tuple[Any, ...]) -> int:
    return sum(finding.severity == "error" for finding in findings)


def _tell_published(published: Published, file: TextIO) -> None:
    """What changed, document by document where they are few, and what needs a person's eye."""
    changes = published.changes
    for word, ids in (("added", changes.added), ("changed", changes.changed), ("withdrawn", changes.withdrawn)):
        for document in ids[:20]:
            typer.echo(f"{word:10}{document}", file=file)
        if len(ids) > 20:
            typer.echo(f"{word:10}… and {len(ids) - 20} more", file=file)
    for name in changes.refused:
        typer.echo(f"{'refused':10}{name}", file=file)
    _tell_findings(published.findings)
    counts = (len(changes.added), len(changes.changed), len(changes.withdrawn), len(changes.refused))
    typer.echo("{} added, {} changed, {} withdrawn, {} refused".format(*counts), file=file)


def _tell_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.severity != "note":
            typer.echo(f"{finding.severity}: {finding}", err=True)


@cli.command()
@_told
def check() -> None:
    """The review and the golden questions; writes nothing; exit 1 on any error."""
    with _app() as app:
        findings = app.check()
    for finding in findings:
        typer.echo(f"{finding.severity.value:8} {finding}")
    warnings = sum(finding.severity == "warning" for finding in findings)
    errors = _errors(findings)
    typer.echo(f"{errors} errors, {warnings} warnings, {len(findings) - errors - warnings} notes")
    if errors:
        raise typer.Exit(1)


@cli.command()
@_told
def explain(question: Annotated[list[str], typer.Argument(help="One question.")]) -> None:
    """Why a question gets its reply: what was understood, what was found, what decided; nothing is recorded."""
    from bot.desk.explaining import print_explanation

    text = _readable(" ".join(question))
    with _app() as app:
        app.sync_if_empty()
        print_explanation(app.explain(text), text, sys.stdout)


_Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="CSV files of labelled questions, FOLDER:FILE to ask another folder; without any, the folder's own.",
        show_default=False,
    ),
]
_Folder = Annotated[Path | None, typer.Option(help="The folder that is asked; without it, BOT_KNOWLEDGE.")]


@cli.command("eval")
@_told
def evaluate(
    files: _Files = None,
    knowledge: _Folder = None,
    as_json: Annotated[Path | None, typer.Option("--json", help="Keep figures and outcomes in this file.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Tell what was won and lost since such a file.")] = None,
    misses: Annotated[int, typer.Option(min=0, help="How many misses to print of each file.")] = 20,
) -> None:
    """How well labelled questions are answered, tried out in a scratch database; exit 0 whatever the figures."""
    from bot.desk import comparison
    from bot.desk.evaluation import report
    from bot.desk.questions import question_sets

    kept = comparison.load(compare) if compare else None
    evaluation = {}
    with _app() as app:
        for asked in question_sets(files or (), knowledge or app.settings.knowledge):
            _tell_findings(asked.findings)
            outcomes = evaluation[asked.name] = app.evaluate(asked)
            _tell_lines(report(asked.name, outcomes, misses))
            if kept is not None:
                _tell_lines(comparison.compare(kept, asked.name, outcomes))
    if as_json:
        comparison.save(as_json, evaluation)


def _tell_lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


@cli.command()
@_told
def fit(
    files: _Files = None,
    knowledge: _Folder = None,
    right: Annotated[float, typer.Option(min=0, max=1, help="At least this share of the answers is right.")] = 0.95,
    false: Annotated[
        float, typer.Option(min=0, max=1, help="Of what nothing answers, at most this is answered.")
    ] = 0.02,
    keep: Annotated[bool, typer.Option("--keep", help="Only measure the floors in use.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Keep the floors and their figures as data.")] = False,
) -> None:
    """Refit the floors of a decision on labelled questions; exit 1 where none keep the bounds on every file."""
    from bot.app import now
    from bot.desk.fitting import Bounds, Fit, fit_floors, fit_table, try_out
    from bot.desk.floors import write_policy
    from bot.desk.questions import question_sets

    with _app() as app:
        sets = question_sets(files or (), knowledge or app.settings.knowledge)
        for asked in sets:
            _tell_findings(asked.findings)
        samples = {asked.name: app.sample(asked) for asked in sets}
        if keep:
            today = try_out(samples, app.policy)
            found = Fit(today, today)
        else:
            found = fit_floors(samples, app.policy, Bounds(right, false))
        _tell_lines(fit_table(found))
        if found.best is None:
            raise typer.Exit(1)
        if write:
            typer.echo(f"written to {write_policy(found.best, now().date())}")


@cli.command()
@_told
def health() -> None:
    """Exit 0 when questions can be answered: the database opens and the index is brought up to it; 2 with a reason."""
    with _app() as app:
        app.refresh()


@records.command("list")
@_told
def list_records(
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20,
    before: Annotated[str, typer.Option(help="Only those before this reference.")] = "",
) -> None:
    """The newest contact records, a line each."""
    with _app() as app:
        for record in app.store.records.latest(limit=limit, before=before):
            typer.echo(_line(record))


def _line(record: ContactRecord) -> str:
    question = " ".join(record.question.split())
    question = question if len(question) <= 40 else question[:39] + "…"
    when = record.asked_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{record.reference}  {when}  {record.channel.value:8}  {record.decision.value:7}  {question}"


@records.command()
@_told
def show(reference: str) -> None:
    """One contact record, whole."""
    with _app() as app:
        record = app.store.records.find(reference.strip().upper())
        rating = app.store.feedback.of(record.reference) if record else None
    if record is None:
        typer.echo(f"{reference}: there is no such record; `bot records list` shows the newest", err=True)
        raise typer.Exit(1)
    from bot.desk.exports import HEADER, cells, rating_cell

    for name, cell in zip((*HEADER, "评价"), (*cells(record), rating_cell(rating)), strict=True):
        typer.echo(f"{name}：{cell}" if "\n" not in cell else f"{name}：\n{cell}")


@records.command()
@_told
def export(
    output: Annotated[Path | None, typer.Option(help="The CSV file; standard output without it.")] = None,
) -> None:
    """The contact records as CSV, oldest first, formulas defused; with --output as spreadsheets open it."""
    from bot.desk.exports import write_csv

    with _app() as app:
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
