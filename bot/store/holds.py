"""What only one process of a database may do at a time: sending, receiving, the nightly work."""

from __future__ import annotations

import contextlib
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, exc, text

from bot.store.database import Database
from bot.store.engine import MEMORY


class Hold:
    """A task that this process holds until it lets go or dies."""

    def __init__(self, lock: FileLock | None, connection: Connection | None) -> None:
        self._lock = lock
        self._connection = connection

    def stands(self) -> bool:
        """Whether it is still held: PostgreSQL lets go of it when the connection breaks."""
        if self._connection is None:
            return self._lock is None or self._lock.is_locked
        try:
            self._connection.execute(text("SELECT 1"))
        except exc.DBAPIError:
            return False
        return True

    def release(self) -> None:
        """Let go."""
        if self._lock is not None:
            self._lock.release()
        if self._connection is not None:
            with contextlib.suppress(exc.DBAPIError):
                # PostgreSQL notices a closed connection a moment later; until then nobody else could take it.
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
            self._connection.close()


def take_hold(database: Database, name: str) -> Hold | None:
    """Take hold of a task; None where another process holds it.

    Raises:
        DatabaseUnavailable: the database cannot be reached.
    """
    if database.dialect == "postgresql":
        return _of_postgresql(database, name)
    if database.file in MEMORY:
        return Hold(None, None)
    # Not each thread for itself: it is taken in one thread and let go of in another.
    lock = FileLock(Path(f"{database.file}.{name}.lock"), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return Hold(lock, None)


def _of_postgresql(database: Database, name: str) -> Hold | None:
    connection = database.open_session()
    # Such locks are the whole database's; two bots may live in it, each in a schema of its own.
    taken = text("SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || :name, 0))")
    if connection.scalar(taken, {"name": name}):
        return Hold(None, connection)
    connection.close()
    return None
