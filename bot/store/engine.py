"""One database, SQLite or PostgreSQL, with two ways in: to read and to write."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exc, make_url, text
from sqlalchemy.dialects import postgresql, sqlite

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

WAITED_TOO_LONG = ("55P03", "57014")
"""PostgreSQL's codes for a lock that was not to be had in time, and for a statement that took too long."""

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


class Database:
    """A pool of connections; hands them out inside a transaction only."""

    def __init__(self, url: str) -> None:
        self._url = parse_url(url)
        self._engine = create_database_engine(self._url)
        self.dialect = self._engine.dialect.name
        # Both speak the same ON CONFLICT; SQLAlchemy has it twice.
        self.insert = sqlite.insert if self.dialect == "sqlite" else postgresql.insert
        self._reader: Engine = self._engine
        self._writer: Engine = self._engine
        self._joined: ContextVar[Connection | None] = ContextVar("joined", default=None)
        if self.dialect == "sqlite":
            self._writer = self._engine.execution_options(immediate=True)
        else:
            # All selects of one read see one publication; the default level would let another slip in between two.
            self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the data and waits for no writer.

        Raises:
            DatabaseUnavailable: the database went away.
        """
        if joined := self._joined.get():
            yield joined
            return
        with self._translated(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, lock: int | None = None) -> Iterator[Connection]:
        """A transaction that is committed when the block ends and rolled back when it raises.

        Args:
            lock: a number that excludes other writers who name it. SQLite has one writer anyway.

        Raises:
            DatabaseUnavailable: the database went away, is full, or another writer held it for too long.
        """
        if joined := self._joined.get():
            self._exclude(joined, lock)
            yield joined
            return
        with self._translated(), self._writer.connect() as connection, connection.begin():
            self._exclude(connection, lock)
            yield connection

    def _exclude(self, connection: Connection, lock: int | None) -> None:
        if lock is not None and self.dialect == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})

    @property
    def joined(self) -> bool:
        """Whether the caller's writes belong to a transaction that somebody else ends."""
        return self._joined.get() is not None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all that is read and written within the block, by whatever part of the store, one transaction.

        Raises:
            DatabaseUnavailable: as `write` does.
        """
        with self.write() as connection, self._join(connection):
            yield

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Make all that is read within the block, by whatever part of the store, of one state of the data.

        Raises:
            DatabaseUnavailable: as `read` does.
        """
        with self.read() as connection, self._join(connection):
            yield

    @contextmanager
    def _join(self, connection: Connection) -> Iterator[None]:
        token = self._joined.set(connection)
        try:
            yield
        finally:
            self._joined.reset(token)

    @property
    def file(self) -> str:
        """SQLite's file; empty for a database in memory, and for PostgreSQL."""
        return (self._url.database or "") if self.dialect == "sqlite" else ""

    def open_session(self) -> Connection:
        """A connection outside any transaction and any pool, for what lasts as long as a session; the caller closes it.

        Raises:
            DatabaseUnavailable: the database cannot be reached.
        """
        with self._translated():
            connection = self._engine.execution_options(isolation_level="AUTOCOMMIT").connect()
            connection.detach()
            return connection

    def size(self, connection: Connection) -> int:
        """Bytes that the database takes on its disk."""
        if self.dialect == "postgresql":
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        pages, size = (
            int(connection.execute(text(f"PRAGMA {name}")).scalar_one()) for name in ("page_count", "page_size")
        )
        return pages * size

    def truncate_log(self) -> bool:
        """Write SQLite's log into the file and empty it, which holds what was overwritten until then.

        Returns:
            False where somebody else read or wrote in it for longer than is waited for.

        Raises:
            DatabaseUnavailable: the database went away.
        """
        if self.dialect != "sqlite":
            return True
        session = self.open_session()
        try:
            blocked, *_ = session.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            return not blocked
        finally:
            session.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
            raise  # ours to answer for, not the database's
        except exc.DBAPIError as error:
            raise DatabaseUnavailable(first_line(error.orig), self._remedy(error.orig)) from error
        except exc.StatementError as error:
            # A value that its column refuses; what was said of it is enough, the statement is ours.
            raise (error.orig or error) from None
        except exc.TimeoutError as error:
            raise DatabaseUnavailable("every database connection is in use", "try again later") from error

    def _remedy(self, error: BaseException | None) -> str:
        if getattr(error, "sqlstate", "") in WAITED_TOO_LONG:
            return "try again later; pg_stat_activity shows who holds the database"
        if self.dialect == "sqlite":
            return f"check that {self._url.database} is this program's, can be written, and that its disk has room"
        place = f"{self._url.host or 'localhost'}:{self._url.port or 5432}"
        return f"check that PostgreSQL runs on {place} and knows the database and the user of BOT_DATABASE_URL"


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
