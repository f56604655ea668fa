"""What was found in a folder, on disk, against what is held of it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.holdings.scratch import OnDisk, counted, make_tables, name_of, place_of
from bot.knowledge.walk import Found

_TABLES = "CREATE TABLE found (place TEXT PRIMARY KEY, path BLOB, size INTEGER, fingerprint TEXT);"


class Listing:
    """The files that a pass found."""

    def __init__(self, scratch: sqlite3.Connection) -> None:
        self._scratch = scratch
        make_tables(scratch, _TABLES)

    def clear(self) -> None:
        """Nothing is found."""
        self._scratch.execute("DELETE FROM found")

    def add(self, found: Found) -> bool:
        """Note a file; whether it is another one of a name that is there."""
        row = (place_of(found.name), os.fsencode(found.path), found.size, found.fingerprint)
        added = self._scratch.execute("INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?)", row).rowcount
        if added:
            return False
        path = self._scratch.execute("SELECT path FROM found WHERE place = ?", row[:1]).fetchone()[0]
        return bool(path != row[1])

    def drop(self, names: Iterable[str]) -> None:
        """Overlook files."""
        self._scratch.executemany("DELETE FROM found WHERE place = ?", ((place_of(name),) for name in names))

    def has(self, name: str) -> bool:
        """Whether a file was found."""
        return self._scratch.execute("SELECT 1 FROM found WHERE place = ?", (place_of(name),)).fetchone() is not None

    def missing(self) -> list[str]:
        """Paths of all files that are held and were not found, for a pass that looked for all."""
        query = "SELECT place FROM files WHERE place NOT IN (SELECT place FROM found)"
        return [name_of(place) for (place,) in self._scratch.execute(query)]

    def changed(self, basis: str) -> Sequence[tuple[Found, str]]:
        """(file, hash of its content as it is held) of those that are not held as they were found.

        Args:
            basis: digest of what files are read by now; of what was read by another one, no hash counts.
        """
        self._scratch.execute("DROP TABLE IF EXISTS changed")
        self._scratch.execute(
            "CREATE TABLE changed AS SELECT found.*, CASE files.basis WHEN :basis THEN files.hash ELSE '' END AS hash "
            "FROM found LEFT JOIN files USING (place) WHERE files.place IS NULL OR files.basis != :basis "
            "OR files.fingerprint != found.fingerprint ORDER BY found.place",
            {"basis": basis},
        )

        def stream() -> Iterator[tuple[Found, str]]:
            for place, path, size, print_, hash_ in self._scratch.execute("SELECT * FROM changed ORDER BY rowid"):
                yield Found(name_of(place), os.fsdecode(path), size, print_), hash_

        return OnDisk(stream, lambda: counted(self._scratch, "changed"))


__all__ = ["Listing"]
