"""A database URL to SQLAlchemy's engine: SQLite or PostgreSQL, each as this house wants it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exc, make_url

from bot.store.tables import from_json, to_json

BUSY_SECONDS = 30.0
"""How long a writer waits for another before it gives up."""

STATEMENT_SECONDS = 120
"""How long PostgreSQL works on one statement; none of ours comes near it, and a thread is not lost to one that hangs."""

# A server that vanished without a word is noticed after a minute; the system's own default is two hours.
POSTGRESQL = {
    "connect_timeout": 10,
    "application_name": "bot",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
MEMORY = ("", ":memory:")


class DatabaseUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """The database cannot be opened or reached; the message holds no password.

    Attributes:
        reason: what went wrong.
        remedy: what staff can do about it.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


def parse_url(url: str) -> URL:
    """Read a database URL and pick the driver.

    Raises:
        DatabaseUnavailable: it is no URL of SQLite or PostgreSQL.
    """
    remedy = "set BOT_DATABASE_URL to sqlite:///path/to/bot.db or postgresql://user:password@host/database"
    try:
        parsed = make_url(url)
        # Whatever driver was named, this one is installed and works without an event loop.
        driver = DRIVERS[parsed.get_backend_name() if "+" in parsed.drivername else parsed.drivername]
    except KeyError:
        raise DatabaseUnavailable(f"{parsed.drivername} is not supported", remedy) from None
    except (exc.ArgumentError, ValueError):
        # Without the cause, for it may quote the URL with its password.
        raise DatabaseUnavailable("the database URL cannot be read", remedy) from None
    return parsed.set(drivername=driver)


def is_there(url: str) -> bool:
    """Whether there may be a database already; opening a SQLite file that is not there would make it.

    Raises:
        DatabaseUnavailable: it is no URL of SQLite or PostgreSQL.
    """
    parsed = parse_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(str(parsed.database)).exists()


def create_database_engine(url: URL) -> Engine:
    """Make the engine; for SQLite also the folder that the file stands in.

    Raises:
        DatabaseUnavailable: the folder cannot be made, or the URL has parts that its database does not know.
    """
    # Parameters are what citizens asked: they belong in no log and no error message.
    options: dict[str, Any] = {"hide_parameters": True, "json_serializer": to_json, "json_deserializer": from_json}
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url, options)
        arguments = _unless_stated(url, POSTGRESQL) | {"options": _session_options(url)}
        # Pinged first: a restarted server must not cost a citizen the reply.
        return create_engine(url, connect_args=arguments, pool_pre_ping=True, **options)
    except exc.ArgumentError as error:
        raise DatabaseUnavailable(first_line(error), "correct BOT_DATABASE_URL") from None


def _session_options(url: URL) -> str:
    """What each session of PostgreSQL is limited to; what the URL says comes last and wins."""
    limits = f"-c lock_timeout={BUSY_SECONDS:.0f}s -c statement_timeout={STATEMENT_SECONDS}s"
    stated = url.query.get("options", "")
    return " ".join((limits, stated) if isinstance(stated, str) else (limits, *stated)).strip()


def _sqlite_engine(url: URL, options: dict[str, Any]) -> Engine:
    arguments = _unless_stated(url, {"timeout": BUSY_SECONDS})
    if (url.database or "") in MEMORY:
        # A database in memory lives in its one connection; threads take turns.
        arguments["check_same_thread"] = False
        options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    elif not str(url.database).startswith("file:"):
        folder = Path(str(url.database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = f"the folder {folder} cannot be made: {error.strerror}"
            raise DatabaseUnavailable(reason, "create it, or name another one in BOT_DATABASE_URL") from error
    engine = create_engine(url, connect_args=arguments, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # sqlite3 would begin late and never immediately; we say BEGIN ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    _switch_to_wal(connection)
    # FULL, not NORMAL: a record is a register entry whose number the citizen may have been told, and NORMAL may lose
    # the last ones when the power fails (not when the process is killed). It costs one fsync a record.
    connection.execute("PRAGMA synchronous=FULL")
    # What is erased is overwritten with zeros, not only let go of.
    connection.execute("PRAGMA secure_delete=ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Let readers and the writer work side by side; kept in the file, so it is needed once."""
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() not in {("wal",), ("memory",)}:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait for its busy timeout here: two processes may be opening a new file at once.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    # A writer that starts as a reader fails at once when another one wrote in between; an immediate one queues.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _unless_stated(url: URL, arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in url.query}


def first_line(error: BaseException | None) -> str:
    """What a database said, without its traceback or the statement."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
