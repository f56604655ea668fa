"""Brings a database to the tables that this program knows; safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from bot.store.database import Database
from bot.store.engine import DatabaseUnavailable, first_line

HEAD = "0002"
"""The newest migration; a test compares it with the folder."""

MIGRATING = 7_306_001
"""Advisory lock of whoever migrates."""

INI = Path(__file__).parent / "migrations" / "alembic.ini"


def migrate(database: Database) -> None:
    """Migrate to the newest tables; does nothing, and imports nothing, where they are there.

    Raises:
        DatabaseUnavailable: it cannot be reached, or a newer version of this program made it.
    """
    with database.read() as connection:
        if revision(connection) == HEAD:
            return
    try:
        with database.write(lock=MIGRATING) as connection:
            # Whoever waited for the lock may find the work done.
            if revision(connection) != HEAD:
                _upgrade(connection)
    except ProgrammingError as error:
        reason = f"the tables cannot be made: {first_line(error.orig)}"
        raise DatabaseUnavailable(
            reason, "give the user the right to create tables, in a database of its own"
        ) from error


def revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None where there was none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    # Imported here because it takes as long as all else that a start needs.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(INI)
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        reason = f"the database stands at migration {revision(connection)}, which this version does not know"
        raise DatabaseUnavailable(reason, "install the newer version, or use another database") from error
