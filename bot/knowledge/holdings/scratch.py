"""A scratch database that is gone with the process, and what is read from it as often as it is gone through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

_Value = TypeVar("_Value")

# A path with its slashes as a sign that no name has, below all that names have: folders then sort as they are walked.
SLASH, AFTER = "\x01", "\x02"
_CACHE_KB = 8_192


class _Scratch(sqlite3.Connection):
    """Closed when nobody knows it any more: it is nobody's to close before, and Python remarks on what nobody closed."""

    def __del__(self) -> None:
        self.close()


def open_scratch() -> sqlite3.Connection:
    """An empty database of its own, in memory only as far as its cache reaches."""
    # Without a name it lies where temporary files do, and nobody else can open it. One thread at a time has it.
    scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False, factory=_Scratch)
    # What fails is forgotten and looked up anew, so that nothing has to be taken back.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KB}"):
        scratch.execute(f"PRAGMA {pragma}")
    # One transaction that never ends: to begin and end one for each row would take longer than the row.
    scratch.execute("BEGIN")
    return scratch


def make_tables(scratch: sqlite3.Connection, statements: str) -> None:
    """Make tables and their indices, each statement ended by a semicolon."""
    for statement in statements.split(";"):
        scratch.execute(statement)


def place_of(name: str) -> str:
    """A path inside the folder as it is kept."""
    return name.replace("/", SLASH)


def name_of(place: str) -> str:
    """The path that is kept so."""
    return place.replace(SLASH, "/")


class OnDisk(Sequence[_Value]):
    """Values in order, read from disk each time that they are gone through, as they stand then."""

    def __init__(self, values: Callable[[], Iterator[_Value]], count: Callable[[], int]) -> None:
        self._values = values
        self._count = count

    def __iter__(self) -> Iterator[_Value]:
        return self._values()

    def __len__(self) -> int:
        return self._count()

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Value]: ...
    def __getitem__(self, index: Any) -> Any:
        return tuple(self)[index]


def counted(scratch: sqlite3.Connection, what: str) -> int:
    """How many rows there are; `what` is our own: a table, and which of its rows."""
    return int(scratch.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608
