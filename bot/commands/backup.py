"""Backups of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import told
from bot.commands.speaking import confirm


@told
def backup(file: Annotated[Path, typer.Argument(help="Where to; an earlier file of that name is replaced.")]) -> None:
    """Copy the SQLite database as it stands at one moment, also while the bot serves. PostgreSQL: use pg_dump."""
    from bot.settings import load_settings
    from bot.store import back_up

    back_up(load_settings().database_url.reveal(), file)
    typer.echo(f"{file}：已备份，{file.stat().st_size}字节")


@told
def restore(
    file: Annotated[Path, typer.Argument(help="What `bot backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the database; refused while the bot runs. What was written since the backup is gone."""
    from bot import store
    from bot.settings import load_settings

    if not yes:
        confirm(f"{file}：用它换掉现在的数据库？换掉的内容不能恢复")
    store.restore(load_settings().database_url.reveal(), file)
    typer.echo(f"{file}：已恢复")
