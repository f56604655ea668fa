"""What every command has in common: the house it opens, and how failures and findings reach a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.app import App
    from bot.model import Finding


def told(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose foreseeable failures reach the person as one line with place, reason and remedy; exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from bot.foreseeable import FORESEEABLE

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
def opened_app() -> Iterator[App]:
    """The house as the environment sets it, closed again at the end."""
    from bot.app import App
    from bot.settings import load_settings

    with App(load_settings()) as app:
        yield app


def scrub(app: App) -> None:
    """Take what was erased out of the log of the file too, and say where that has to wait."""
    if not app.store.erasure.scrub():
        remedy = "`bot run` tries again by itself, as does every later erasure"
        typer.echo(f"the database's log is being read and still holds what was erased; {remedy}", err=True)


def refuse(reason: str) -> NoReturn:
    """Say what cannot be done and why; exit code 2."""
    typer.echo(reason, err=True)
    raise typer.Exit(2)


def readable(argument: str) -> str:
    """An argument as UTF-8, whatever the locale took it for; bytes that are no text become replacement signs."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        # Lone surrogates stand for the bytes that the locale could not read; no database takes them.
        return os.fsencode(argument).decode(errors="replace")
    return argument


def without_personal(option: str, argument: str) -> str:
    """What staff wrote, as UTF-8 and without anybody's personal data; where there was some, say so."""
    from bot.language.personal import mask_personal

    written = readable(argument)
    kept = mask_personal(written)
    if kept != written:
        tell_masked(option)
    return kept


def tell_masked(where: str) -> None:
    """Say that personal data was not kept."""
    typer.echo(f"警告：{where}里的个人信息已遮挡；登记里不需要", err=True)


def count_errors(findings: Iterable[Finding]) -> int:
    """How many of the findings keep something back."""
    return sum(finding.severity == "error" for finding in findings)


def tell_findings(findings: Iterable[Finding]) -> None:
    """Say on standard error what needs a person's eye."""
    from bot.locale.findings import SEVERITIES, tell

    for finding in findings:
        if finding.severity != "note":
            typer.echo(f"{finding.severity} {SEVERITIES[finding.severity]}: {tell(finding)}", err=True)


def tell_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)


@contextmanager
def whole_output(path: Path) -> Iterator[Path]:
    """Where to write the file that a person named; where it cannot be written, say so and end with exit code 2."""
    from bot.desk.files import whole_file

    try:
        with whole_file(path) as draft:
            yield draft
    except OSError as error:
        refuse(f"{path}: {error.strerror}; name a file in a folder that can be written")


def give(written: bytes, output: Path | None) -> None:
    """Write into the file that a person named; to standard output where they named none."""
    if output is None:
        typer.echo(written.decode(), nl=False)
        return
    with whole_output(output) as draft:
        draft.write_bytes(written)
