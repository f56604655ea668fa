"""What there is to say of a folder's files, on disk and by file."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from enum import IntEnum

from bot.knowledge.holdings.scratch import make_tables, name_of, place_of
from bot.model import Finding, Severity

_TABLES = """
CREATE TABLE remarks (about INTEGER, place TEXT, is_note INTEGER, once INTEGER, finding BLOB);
CREATE INDEX in_order ON remarks (about, place);
CREATE INDEX grave ON remarks (about, place) WHERE NOT is_note;
CREATE INDEX of_place ON remarks (place);
"""


class About(IntEnum):
    """What somebody looked at."""

    FILE = 0
    FIELDS = 1
    DATES = 2
    LINKS = 3


class Remarks:
    """Findings by file, in the order of their paths."""

    def __init__(self, scratch: sqlite3.Connection) -> None:
        self._scratch = scratch
        make_tables(scratch, _TABLES)

    def add(self, remarks: Iterable[tuple[About, str, Finding]], *, once: bool = False) -> None:
        """Say this of files.

        Args:
            remarks: (what was looked at, path inside the folder, finding whose own path does not matter).
            once: whether each is told once for the whole folder, whichever file it is of.
        """
        rows = (
            (about, place_of(name), finding.severity is Severity.NOTE, once, pickle.dumps(_values(finding)))
            for about, name, finding in remarks
        )
        self._scratch.executemany("INSERT INTO remarks VALUES (?, ?, ?, ?, ?)", rows)

    def drop(self, name: str) -> None:
        """Say nothing of a file."""
        self._scratch.execute("DELETE FROM remarks WHERE place = ?", (place_of(name),))

    def clear(self, *abouts: About, which: str) -> None:
        """Say nothing about this of some files; `which` is our own: a condition on their cards."""
        self._scratch.execute(
            f"DELETE FROM remarks WHERE about IN ({_listed(abouts)}) "  # noqa: S608 - our own words
            f"AND place IN (SELECT place FROM cards WHERE {which})"
        )

    def tell(self, about: tuple[About, ...], prefix: str, *, notes: bool) -> Iterator[Finding]:
        """What there is to say, with or without notes, by file and line of inquiry; `prefix` goes before paths."""
        told: set[str] = set()
        query = (
            f"SELECT place, once, finding FROM remarks WHERE about IN ({_listed(about)}) "  # noqa: S608 - numbers of our own
            f"{'' if notes else 'AND NOT is_note'} ORDER BY place, about, rowid"
        )
        for place, once, packed in self._scratch.execute(query):
            severity, line, reason, remedy, rule = pickle.loads(packed)  # noqa: S301 - our own writing
            if once and reason in told:
                continue
            if once:
                told.add(reason)
            yield Finding(Severity(severity), f"{prefix}{name_of(place)}", line, reason, remedy, rule)


def _listed(abouts: tuple[About, ...]) -> str:
    return ", ".join(str(int(about)) for about in abouts)


def _values(finding: Finding) -> tuple[str, int, str, str, str]:
    return finding.severity.value, finding.line, finding.reason, finding.remedy, finding.rule


__all__ = ["About", "Remarks"]
