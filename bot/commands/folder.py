"""The knowledge folder: published, reviewed, looked at."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.commands.common import count_errors, opened_app, tell_findings, tell_lines, told

if TYPE_CHECKING:
    from bot.knowledge import Told
    from bot.publishing import Published


_MOST_NAMED = 20


@told
def sync(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
) -> None:
    """Publish the folder; exit 1 where something was refused (the rest is published)."""
    with opened_app() as app, _progress() as progress:
        published = app.preview(progress) if dry_run else app.sync(told=progress)
    if sys.stdout.isatty():
        tell_published(published, sys.stdout)
    else:
        _list_published(published)
    if dry_run:
        typer.echo("没有公布：只是预览", err=not sys.stdout.isatty())
    if published.changes.refused or count_errors(published.findings):
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Told]:
    """How far the reading is, where somebody looks on and it takes a while."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("正在读取"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("正在读取", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=total > 1)


def tell_published(published: Published, file: TextIO) -> None:
    """Tell a person what changed, document by document where they are few, and what needs their eye."""
    tell_findings(published.findings)
    for line in _lines_of(published, _CHINESE):
        typer.echo(line, file=file)


def _list_published(published: Published) -> None:
    """The same for scripts, which know its words."""
    for line in _lines_of(published, _ENGLISH):
        typer.echo(line)
    tell_findings(published.findings)


@dataclass(frozen=True, slots=True)
class _Words:
    """How a publishing is told: a line for each document, one where many are left out, and the sum."""

    kinds: tuple[str, str, str, str]
    each: str
    more: str
    sum: str


_ENGLISH = _Words(
    ("added", "changed", "withdrawn", "refused"),
    "{kind:10}{name}",
    "{kind:10}… and {count} more",
    "{} added, {} changed, {} withdrawn, {} refused",
)
_CHINESE = _Words(
    ("新增", "更新", "撤下", "退回"),
    "{kind}  {name}",
    "{kind}  ……另有{count}件",
    "新增{}件，更新{}件，撤下{}件，退回{}件",
)


def _lines_of(published: Published, words: _Words) -> Iterator[str]:
    changes = published.changes
    groups = (changes.added, changes.changed, changes.withdrawn, changes.refused)
    for kind, names in zip(words.kinds, groups, strict=True):
        # What is refused is to be mended, so all of it is named.
        shown = names if names is changes.refused else names[:_MOST_NAMED]
        yield from (words.each.format(kind=kind, name=name) for name in shown)
        if len(shown) < len(names):
            yield words.more.format(kind=kind, count=len(names) - len(shown))
    yield words.sum.format(*map(len, groups))


@told
def check(
    form: Annotated[str, typer.Option("--format", help="text, json (one object a line) or junit.")] = "text",
    since: Annotated[str, typer.Option(help="A commit of the folder: name the questions that changed since.")] = "",
) -> None:
    """The review and the golden questions; publishes nothing; exit 1 on any error, 2 where it cannot be done."""
    from bot.desk.findings import Format, written

    if form not in set(Format):
        raise typer.BadParameter(f"{form} is none of {', '.join(Format)}", param_hint="--format")
    with opened_app() as app:
        findings = app.check(since)
    tell_lines(written(findings, Format(form)))
    if count_errors(findings):
        raise typer.Exit(1)


@told
def recognise(
    files: Annotated[list[Path], typer.Argument(help="Scans as PDF.", exists=True, dir_okay=False, readable=True)],
) -> None:
    """Recognise the text of scans, for the next sync; 5 to 10 seconds a page; exit 1 where that is not possible."""
    from bot.knowledge.readers import UnreadableFile
    from bot.knowledge.readers.pdf import recognise as recognise_scan

    failed = False
    for file in files:
        try:
            recognise_scan(
                file.read_bytes(),
                progress=lambda done, of, file=file: typer.echo(f"{file}：第{done}页，共{of}页", err=True),  # type: ignore[misc]
            )
        except UnreadableFile as error:
            failed = True
            typer.echo(f"{file}: {error}", err=True)
    if failed:
        raise typer.Exit(1)


@told
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """What is published, how far the index is, what is refused and why; exit 1 where a person should look."""
    from bot.desk.status import lines_of, to_json

    with opened_app() as app:
        found = app.status()
    if as_json:
        typer.echo(json.dumps(to_json(found), ensure_ascii=False))
    else:
        tell_lines(lines_of(found))
    if not found.is_well:
        raise typer.Exit(1)


@told
def history(document: Annotated[str, typer.Argument(help="Its id: the path without suffix, or the 索引号.")]) -> None:
    """The versions of a document: when each was published or withdrawn, and the hash of its content."""
    from bot.model import Status

    with opened_app() as app:
        versions = app.store.disclosures.history(document)
    if not versions:
        typer.echo(f"{document}：没有公布过这份文件；`bot sync` 会列出文件的编号", err=True)
        raise typer.Exit(1)
    for version in versions:
        when = version.published_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        status = {Status.PUBLISHED: "公布", Status.WITHDRAWN: "撤下"}[version.status]
        typer.echo(f"{when}  第{version.generation}版  {status}  {version.hash[:16]}")
