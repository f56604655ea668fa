"""Copies of a SQLite database, made while it serves and put back while nobody has it open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.store.engine import BUSY_SECONDS, DatabaseUnavailable, parse_url

CLAIM_SECONDS = 1.0
"""How long a restore waits for a command that is about to end."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def back_up(url: str, file: Path) -> None:
    """Copy the database as it stands at one moment; whoever writes meanwhile goes on.

    The file is complete when it bears its name, and only its owner may read it.

    Raises:
        DatabaseUnavailable: it is PostgreSQL's, it is not there, or the copy cannot be written.
    """
    path = _path(url, "pg_dump")
    if not path.is_file():
        raise DatabaseUnavailable(f"{path}: there is no database", "set BOT_DATABASE_URL to the one in use")
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _told(file), closing(_open(path)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            # In its log's mode it could not be read from where nothing can be written.
            copy.execute("PRAGMA journal_mode=DELETE")
        draft.replace(file)
    except OSError as error:
        raise DatabaseUnavailable(f"{file}: {error.strerror}", "name a file in a folder that can be written") from error
    finally:
        draft.unlink(missing_ok=True)


def restore(url: str, file: Path) -> None:
    """Put a copy in the place of the database, whole or not at all; what was written since the copy is gone.

    A database that is damaged is put aside as ``bot.db.damaged``.

    Raises:
        DatabaseUnavailable: it is PostgreSQL's, the file is no sound copy of this program's database, or somebody has the
            database open.
    """
    path = _path(url, "pg_restore")
    if not file.is_file():
        raise DatabaseUnavailable(f"{file}: there is no such file", "name one that `bot backup` wrote")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _told(file), closing(_open(file)) as copy:
        sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ours = copy.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('records', 'alembic_version')"
        ).fetchone()
        if not sound or ours != (2,):
            raise DatabaseUnavailable(f"{file}: this is no sound backup", "name another one that `bot backup` wrote")
        with closing(_alone_with(path)) as database:
            copy.backup(database)


def _path(url: str, tool: str) -> Path:
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseUnavailable("PostgreSQL has tools of its own for this", f"use {tool}")
    return Path(str(parsed.database))


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS)


def _alone_with(path: Path) -> sqlite3.Connection:
    """The database with nobody else in it, whoever opens it meanwhile waits; where it is none any more, an empty one."""
    database = sqlite3.connect(path, timeout=CLAIM_SECONDS, isolation_level=None)
    try:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        # Who has it open has the log open, also between two questions: leaving the log takes the only one.
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF not in DAMAGED:
            remedy = "stop `bot run` and whatever else has it open, then restore again"
            raise DatabaseUnavailable(f"{path}: the database is in use", remedy) from error
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                Path(f"{path}{suffix}").replace(f"{path}.damaged{suffix}")
        return _alone_with(path)
    return database


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"{file}: {error}", "name another file, and see that the disk has room") from error
