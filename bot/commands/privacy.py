"""Erasing what citizens wrote: one citizen's, or what is older than it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.common import opened_app, scrub, tell_lines, told

privacy = typer.Typer(no_args_is_help=True, help="Erase what citizens wrote.", rich_markup_mode=None)


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
        scrub(app)
    typer.echo(f"{erased} records erased")


@privacy.command()
@told
def expire(
    days: Annotated[int | None, typer.Option(min=1, help="How long words are kept, in place of keep_days.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many records.")] = False,
) -> None:
    """Erase all that is older than settings.toml has it kept (keep_days, keep_years), as `bot run` does every night."""
    from bot.app import now

    at = now()
    with opened_app() as app:
        retention = replace(app.retention(), days=days) if days else app.retention()
        if dry_run:
            due = app.store.erasure.count_older_than(at - timedelta(days=retention.days))
            typer.echo(f"{due} records would be erased")
            return
        expired = app.store.expiry.expire(retention, at)
        scrub(app)
    tell_lines(f"erased    {number}" for number in expired.applications)
    typer.echo(f"{expired.drafts} drafts, {expired.updates} updates and {expired.letters} letters dropped")
    typer.echo(f"{expired.records} records erased")
