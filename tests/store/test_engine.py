"""Opening a database: any URL, several processes at once, and what is said when it fails."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import DatabaseUnavailable, Store, open_store
from bot.store.database import Database
from bot.store.engine import parse_url

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

OPENER = """
import sys
from bot.store import open_store
print("ready", flush=True)
sys.stdin.readline()
with open_store(sys.argv[1]) as store:
    print(store.disclosures.generation())
"""


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///var/bot.db", "sqlite"),
        ("sqlite+pysqlite:///var/bot.db", "sqlite"),
        ("sqlite+aiosqlite:///var/bot.db", "sqlite"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+psycopg"),
    ],
)
def test_any_way_to_name_a_database_gets_our_driver(url: str, driver: str) -> None:
    assert parse_url(url).drivername == driver


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://u:secret@h/d", "mysql is not supported"),
        ("var/secret.db", "the database URL cannot be read"),
        ("postgresql://u:secret@h:port/d", "the database URL cannot be read"),
        ("sqlite://u:secret@h/d.db", "Invalid SQLite URL"),
        ("", "the database URL cannot be read"),
    ],
)
def test_a_wrong_url_is_explained_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=reason) as raised:
        open_store(url)
    assert "secret" not in str(raised.value)
    assert raised.value.remedy
    assert raised.value.__cause__ is None


def test_an_unreachable_server_is_explained_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable, match=r"check that PostgreSQL runs on 127\.0\.0\.1:1 ") as raised:
        open_store("postgresql://bot:secret@127.0.0.1:1/bot")
    assert "secret" not in str(raised.value)


def test_a_missing_postgresql_database_is_explained(postgresql_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match='"nowhere" does not exist'):
        open_store(postgresql_url.replace("/test?", "/nowhere?"))


def test_a_sqlite_file_gets_its_folder(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/data/公开.db").close()
    assert (tmp_path / "var/data/公开.db").exists()


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(DatabaseUnavailable, match="cannot be made"):
        open_store(f"sqlite:///{tmp_path}/var/data/bot.db")


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("随州市招商局" * 100)
    with pytest.raises(DatabaseUnavailable, match="file is not a database"):
        open_store(f"sqlite:///{tmp_path}/bot.db")


def test_sqlite_is_durable_checked_and_readable_while_written(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, store._database.read() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        states = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert states == ["wal", 2, 1, 30_000]


def test_a_database_in_memory_serves_several_threads() -> None:
    with open_store("sqlite://") as store:
        threads = [threading.Thread(target=store.inbox.put, args=(number, "", NOW)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.inbox.pending()) == 5


def test_a_reader_sees_one_state_and_does_not_wait_for_the_writer(store: Store) -> None:
    count = text("SELECT count(*) FROM facts")
    with store._database.read() as reader:
        assert reader.scalar(count) == 0
        store.records.claim_secret("check")
        assert reader.scalar(count) == 0
    with store._database.read() as reader:
        assert reader.scalar(count) == 1


def test_a_sqlite_writer_holds_the_lock_from_its_first_moment(sqlite_url: str) -> None:
    """BEGIN IMMEDIATE: a writer that had only read could not go on after another one wrote."""
    open_store(sqlite_url).close()
    first, second = Database(sqlite_url), Database(f"{sqlite_url}?timeout=0")
    with first.write(), pytest.raises(DatabaseUnavailable, match="database is locked"), second.write():
        pass
    with second.write():
        pass
    first.close()
    second.close()


def test_writing_on_a_reading_connection_of_postgresql_is_refused(postgresql_url: str) -> None:
    with (
        open_store(postgresql_url) as store,
        pytest.raises(DatabaseUnavailable, match="read-only transaction"),
        store._database.read() as connection,
    ):
        connection.execute(text("DELETE FROM facts"))


def test_an_error_does_not_quote_what_a_citizen_asked(store: Store) -> None:
    with pytest.raises(Exception, match="nosuch") as raised, store._database.write() as connection:
        connection.execute(text("INSERT INTO nosuch VALUES (:question)"), {"question": "我的病历"})
    assert "我的病历" not in str(raised.value)


def test_a_lost_server_connection_is_replaced(postgresql_url: str) -> None:
    """PostgreSQL restarts at night; the first citizen of the morning must not notice."""
    with open_store(postgresql_url) as store, open_store(postgresql_url) as other:
        with store._database.read() as connection:
            process = connection.scalar(text("SELECT pg_backend_pid()"))
        with other._database.write() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        assert store.disclosures.generation() == 0


@pytest.mark.services
def test_a_session_of_postgresql_waits_for_nothing_without_end(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with database.read() as connection:
        limits = [connection.execute(text(f"SHOW {name}")).scalar() for name in ("lock_timeout", "statement_timeout")]
        dial = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    database.close()
    assert limits == ["30s", "2min"]
    assert (dial["connect_timeout"], dial["keepalives_idle"], dial["tcp_user_timeout"]) == ("10", "30", "60000")


@pytest.mark.services
def test_what_the_url_states_of_a_session_wins_and_a_lock_that_is_held_is_explained(postgresql_url: str) -> None:
    impatient = postgresql_url + "%20-clock_timeout%3D50ms"
    with (
        open_store(postgresql_url) as holder,
        open_store(impatient) as other,
        holder._database.write(lock=7),
        pytest.raises(DatabaseUnavailable, match="lock timeout") as raised,
        other._database.write(lock=7),
    ):
        pass
    assert "pg_stat_activity" in raised.value.remedy


@pytest.mark.e2e
def test_processes_opening_a_fresh_database_at_once_all_succeed(database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    outputs = [process.communicate("go\n", timeout=60) for process in started]
    assert outputs == [("0\n", "")] * 3


@pytest.mark.e2e
def test_importing_the_room_imports_neither_alembic_nor_the_orm() -> None:
    script = "import sys, bot.store; print(sorted({'alembic', 'sqlalchemy.orm', 'psycopg'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
