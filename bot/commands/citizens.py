"""The block list: citizens whom staff no longer serve, by a record of theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NoReturn

import typer

from bot.commands.common import opened_app, told

citizens = typer.Typer(
    no_args_is_help=True, help="Citizens whom staff no longer serve: block, unblock, list.", rich_markup_mode=None
)


@citizens.command()
@told
def block(reference: str) -> None:
    """Serve the citizen of a contact record no longer; they are told so once, and what they send is counted and dropped."""
    reference = reference.strip().upper()
    with opened_app() as app:
        record = app.store.records.find(reference)
        if record is None:
            _refuse(f"{reference}: there is no such record; `bot records list` shows the newest")
        if not record.citizen_key:
            _refuse(f"{reference}: this record says nothing of who asked; name another record of the same citizen")
        if app.store.blocks.add(record.citizen_key, reference, datetime.now(UTC)):
            typer.echo(f"{reference}: its citizen is blocked; `bot citizens unblock {reference}` undoes it")
        else:
            typer.echo(f"{reference}: its citizen is blocked already")


@citizens.command()
@told
def unblock(reference: str) -> None:
    """Serve the citizen of a contact record again."""
    reference = reference.strip().upper()
    with opened_app() as app:
        record = app.store.records.find(reference)
        key = (record.citizen_key if record else "") or app.store.blocks.named(reference)
        if not app.store.blocks.lift(key):
            _refuse(f"{reference}: nobody is blocked by this record; `bot citizens list` shows who is")
        typer.echo(f"{reference}: its citizen is served again")


@citizens.command("list")
@told
def list_blocked() -> None:
    """Who is blocked: the record, since when, how much has come from them since."""
    with opened_app() as app:
        for each in app.store.blocks.all():
            typer.echo(f"{each.reference}  {each.at.astimezone():%Y-%m-%d %H:%M}  {each.dropped}")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)
