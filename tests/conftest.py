"""What tests of several rooms share: a fresh database of either kind, and no clock for made-up examples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict

# How long an example takes says more about what else runs on the machine than about the code.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples in each run: a change fails for what it did, never for what another run happened to draw.
settings.register_profile("same", UNTIMED, derandomize=True)
settings.register_profile("thorough", UNTIMED, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Made-up examples run untraced, and what is marked as first comes first.

    Tracing triples what made-up examples take, and what they reach single examples reach as well.
    """
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/test")
"""A database in which the tests may make and drop schemas."""


@cache
def why_no_postgresql() -> str:
    """What keeps PostgreSQL from being reached; empty where it is there. Asked once a process."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        place = conninfo_to_dict(POSTGRESQL)
        return f"PostgreSQL on {place.get('host')}:{place.get('port')} is not reachable: {str(error).splitlines()[0]}"
    return ""


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The URL of a fresh PostgreSQL schema; without a server it skips, or fails where REQUIRE_SERVICES=1."""
    need_postgresql()
    with fresh_schema() as url:
        yield url


def need_postgresql() -> None:
    """Skip a test where there is no server, or fail it where REQUIRE_SERVICES=1."""
    if reason := why_no_postgresql():
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def fresh_schema() -> Iterator[str]:
    """The URL of a fresh PostgreSQL schema, dropped in the end."""
    # A name of its own, so that the workers of pytest-xdist do not meet.
    schema = f"test_{uuid4().hex}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            mark = "&" if "?" in POSTGRESQL else "?"
            yield f"{POSTGRESQL}{mark}options=-csearch_path%3D{schema}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
