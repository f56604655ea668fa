"""The migrations: they end at the tables that the program knows."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.store import DatabaseUnavailable, Store, open_store
from bot.store.schema import HEAD, INI, revision
from bot.store.tables import metadata


def test_a_migrated_database_has_the_tables_that_the_program_knows(store: Store) -> None:
    with store._database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert revision(connection) == HEAD


def test_the_known_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(Config(INI)).get_current_head() == HEAD


@pytest.mark.e2e
def test_a_warm_start_does_not_import_alembic(database_url: str) -> None:
    """`bot ask` has one second; alembic would take a third of it."""
    script = (
        "import sys; from bot.store import open_store; open_store(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    started = [sys.executable, "-c", script, database_url]
    cold, warm = (subprocess.run(started, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert (cold, warm) == ("True\n", "False\n")


def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    with open_store(database_url) as store, store._database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match="migration 9999, which this version does not know"):
        open_store(database_url)


def test_a_migration_that_fails_leaves_nothing_half_done(database_url: str) -> None:
    """A table in the way, as if the database were another program's: none of ours stays behind."""
    from bot.store.database import Database

    database = Database(database_url)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE records (id INTEGER)"))
    with pytest.raises(DatabaseUnavailable, match="already exists"):
        open_store(database_url)
    with database.write() as connection:
        assert revision(connection) is None
        connection.execute(text("DROP TABLE records"))
    database.close()
    open_store(database_url).close()


@pytest.mark.e2e
def test_alembic_finds_nothing_to_migrate_from_the_command_line(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    open_store(database_url).close()
    checked = subprocess.run(
        [sys.executable, "-m", "alembic", "-c", INI, "check"], capture_output=True, text=True, check=True
    )
    assert "No new upgrade operations detected" in checked.stdout
