"""One database, SQLite or PostgreSQL, with two ways in: to read and to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, exc, text
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.engine import DatabaseUnavailable, create_database_engine, first_line, parse_url

WAITED_TOO_LONG = ("55P03", "57014")
"""PostgreSQL's codes for a lock that was not to be had in time, and for a statement that took too long."""


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
