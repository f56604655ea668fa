"""The block list: citizens whom staff no longer serve, by a record of theirs."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from bot.commands.common import opened_app, refuse, told
from bot.commands.register import Reference
from bot.commands.speaking import Commands

citizens = Commands(help="Citizens whom staff no longer serve: block, unblock, list.")


@citizens.command()
@told
def block(reference: Reference) -> None:
    """Serve the citizen of a contact record no longer; they are told so once, and what they send is counted and dropped."""
    from bot.desk.register import find_record

    with opened_app() as app:
        record = find_record(app.store, reference)
        reference = record.reference
        if not record.citizen_key:
            refuse(f"{reference}：这条登记没有提问人；请写同一提问人的另一条登记")
        if app.store.blocks.add(record.citizen_key, reference, datetime.now(UTC)):
            typer.echo(f"{reference}：不再受理这位提问人；`bot citizens unblock {reference}` 可以撤销")
        else:
            typer.echo(f"{reference}：早已不再受理这位提问人")


@citizens.command()
@told
def unblock(reference: Reference) -> None:
    """Serve the citizen of a contact record again."""
    reference = reference.strip().upper()
    with opened_app() as app:
        record = app.store.records.find(reference)
        key = (record.citizen_key if record else "") or app.store.blocks.named(reference)
        if not app.store.blocks.lift(key):
            refuse(f"{reference}：没有因这条登记停止受理的人；`bot citizens list` 列出停止受理的")
        typer.echo(f"{reference}：恢复受理这位提问人")


@citizens.command("list")
@told
def list_blocked() -> None:
    """Who is blocked: the record, since when, how much has come from them since."""
    with opened_app() as app:
        for each in app.store.blocks.all():
            typer.echo(f"{each.reference}  {each.at.astimezone():%Y-%m-%d %H:%M}  {each.dropped}")
