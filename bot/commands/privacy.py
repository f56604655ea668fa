"""Erasing what citizens wrote: one citizen's, or what is older than it is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.common import opened_app, told

privacy = typer.Typer(no_args_is_help=True, help="Erase what citizens wrote.", rich_markup_mode=None)

KEEP_DAYS = 365


@privacy.command()
@told
def erase(
    reference: Annotated[str, typer.Argument(help="Any record of the citizen.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase what a citizen wrote and was told, everywhere; numbers, times and counts stay. It cannot be undone."""
    from bot.app import now

    reference = reference.strip().upper()
    if not yes:
        typer.confirm(f"{reference}: erase everything that its citizen wrote?", abort=True, err=True)
    with opened_app() as app:
        erased = app.store.erasure.of_record(reference, now())
        if erased is None:
            typer.echo(f"{reference}: there is no such record; `bot records list` shows the newest", err=True)
            raise typer.Exit(1)
        app.store.erasure.scrub()
    typer.echo(f"{erased} records erased")


@privacy.command()
@told
def expire(
    days: Annotated[int, typer.Option(min=1, help="How long words are kept.")] = KEEP_DAYS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many.")] = False,
) -> None:
    """Erase the words of inquiries that are older than they are kept; to be run every night."""
    from bot.app import now

    before = now() - timedelta(days=days)
    with opened_app() as app:
        if dry_run:
            typer.echo(f"{app.store.erasure.count_older_than(before)} records would be erased")
            return
        erased = app.store.erasure.older_than(before, now())
        app.store.erasure.scrub()
    typer.echo(f"{erased} records erased")
