"""Alembic's way in: on the connection it is given, else on BOT_DATABASE_URL."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from bot.store.database import Database
from bot.store.tables import metadata


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    # A migration is history and must not change with the classes of today: it names the plain type beneath.
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run(connection: Connection) -> None:
    # SQLite too can roll back a change of tables now that we say BEGIN ourselves: a killed migration leaves nothing
    # half done. Batch mode because SQLite alters little in place.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = Database(os.environ.get("BOT_DATABASE_URL", "sqlite:///var/bot.db"))
    try:
        with database.write() as own:
            run(own)
    finally:
        database.close()
