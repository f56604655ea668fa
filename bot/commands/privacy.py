"""Erasing what citizens wrote: one citizen's, or what is older than it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.common import opened_app, scrub, tell_lines, told
from bot.commands.speaking import Commands, confirm

privacy = Commands(help="Erase what citizens wrote.")


@privacy.command()
@told
def erase(
    reference: Annotated[str, typer.Argument(help="Any record of the citizen.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase what a citizen wrote and was told, everywhere; numbers, times and counts stay. It cannot be undone."""
    from bot.app import now
    from bot.desk.register import find_record

    with opened_app() as app:
        reference = find_record(app.store, reference).reference
        if not yes:
            confirm(f"{reference}：删除这位提问人写过的全部内容？不能恢复")
        erased = app.store.erasure.of_record(reference, now())
        scrub(app)
    typer.echo(f"已删除{erased}条登记的内容")


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
            typer.echo(f"将删除{due}条登记的内容")
            return
        expired = app.store.expiry.expire(retention, at)
        scrub(app)
    tell_lines(f"已删除  {number}" for number in expired.applications)
    typer.echo(f"已清除申请草稿{expired.drafts}份、来信{expired.updates}条、去信{expired.letters}条")
    typer.echo(f"已删除{expired.records}条登记的内容")
