"""An open store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import Store, open_store
from bot.store.tables import metadata
from tests.conftest import fresh_schema, need_postgresql

RESTARTED = text(
    "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"
)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied: the migrations take longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "bot.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def kept_schema() -> Iterator[str]:
    """The URL of a PostgreSQL schema with all tables, to be emptied for each test."""
    with fresh_schema() as url:
        open_store(url).close()
        yield url


@contextmanager
def emptied(url: str) -> Iterator[Store]:
    """The store of a schema that others have used; TRUNCATE, which writes files anew, would take 15 times as long."""
    with open_store(url) as opened:
        with opened._database.write() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            connection.execute(RESTARTED)
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, once of each kind."""
    if request.param == "postgresql":
        need_postgresql()
        with emptied(request.getfixturevalue("kept_schema")) as opened:
            yield opened
    else:
        copy = shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "bot.db")
        with open_store(f"sqlite:///{copy}") as opened:
            yield opened
