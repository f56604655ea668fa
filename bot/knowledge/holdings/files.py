"""The files of a folder as they were last read, with all that is held of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from bot.knowledge.holdings.cards import Cards
from bot.knowledge.holdings.listing import Listing
from bot.knowledge.holdings.remarks import About, Remarks
from bot.knowledge.holdings.scratch import AFTER, SLASH, OnDisk, counted, make_tables, name_of, open_scratch, place_of
from bot.knowledge.holdings.spool import Spool
from bot.model import Agency, Finding, KnownFile, Stamp

_TABLES = """
CREATE TABLE files (
    place TEXT PRIMARY KEY, fingerprint TEXT, hash TEXT, basis TEXT, refused INTEGER, unknown BLOB, findings BLOB,
    noted INTEGER
);
CREATE INDEX unnoted ON files (place) WHERE NOT noted;
CREATE INDEX restless ON files (place) WHERE basis = '';
CREATE INDEX refused ON files (place) WHERE refused;
CREATE TABLE gone (place TEXT PRIMARY KEY);
"""
BATCH = 500
"""Files taken in at once."""

_COLUMNS = "place, fingerprint, hash, basis, refused, unknown, findings"


class Holdings:
    """What a folder holds.

    It is what the store knows when `filled` from it and when `settled`; passes go away from that. Not for two threads at
    once.

    Attributes:
        stamp: of what was published when it was last what the store knows; None where it has to be filled.
        agencies: those that are published; they stand in where agencies.toml cannot be read.
        basis: digest of what the last pass read files by; empty before the first.
        linked: names of files that are links: nothing tells when what they lead to changes.
        shape: another number wherever files have come or gone.
        reviewer: who looked it through; to anybody else all of it is new.
        cards, remarks, found, documents: of its files.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._scratch = open_scratch()
        make_tables(self._scratch, _TABLES)
        self.cards = Cards(self._scratch)
        self.remarks = Remarks(self._scratch)
        self.found = Listing(self._scratch)
        self.documents = Spool(self._scratch, self.cards)
        self.stamp: Stamp | None = None
        self.agencies: tuple[Agency, ...] = ()
        self.basis = ""
        self.linked: set[str] = set()
        self.shape = 0
        self.reviewer: object = None

    def forget(self) -> None:
        """Hold nothing, to be filled again."""
        self._scratch.close()
        self._begin()

    def fill(self, stamp: Stamp, files: Iterable[KnownFile], agencies: tuple[Agency, ...]) -> None:
        """Hold what the store knows, and nothing else."""
        self.forget()
        rest = iter(files)
        while batch := list(islice(rest, BATCH)):
            self._insert(batch)
        self.settle(stamp, agencies)

    def settle(self, stamp: Stamp, agencies: tuple[Agency, ...]) -> None:
        """From now on the store knows all this, at this stamp."""
        self._scratch.execute("UPDATE files SET noted = 1 WHERE NOT noted")
        self._scratch.execute("DELETE FROM gone")
        self.documents.clear()
        self.stamp, self.agencies = stamp, agencies

    def get(self, name: str) -> KnownFile | None:
        """A file as it was read; None where nobody has read it."""
        return next(self._select("place = ?", place_of(name)), None)

    def put(self, file: KnownFile) -> None:
        """Hold a file as it was read."""
        place = place_of(file.path)
        if not self._clear(file.path):
            self.shape += 1
            self._scratch.execute("DELETE FROM gone WHERE place = ?", (place,))
        self._insert([file])

    def _insert(self, files: Sequence[KnownFile]) -> None:
        rows = ((place_of(file.path), *_told(file), _packed(file.unknown), _packed(file.findings)) for file in files)
        self._scratch.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, 0)", rows)
        self.cards.put(files)
        self.remarks.add(((About.FILE, file.path, each) for file in files for each in file.unknown), once=True)
        self.remarks.add((About.FILE, file.path, each) for file in files for each in file.findings)

    def touch(self, name: str, fingerprint: str) -> None:
        """Hold a file as it is held, with another fingerprint."""
        changed = "UPDATE files SET fingerprint = :print, noted = 0 WHERE place = :place AND fingerprint != :print"
        self._scratch.execute(changed, {"print": fingerprint, "place": place_of(name)})

    def drop(self, name: str) -> None:
        """Hold a file no more."""
        if self._clear(name):
            self.shape += 1
            self._scratch.execute("INSERT OR IGNORE INTO gone VALUES (?)", (place_of(name),))

    def _clear(self, name: str) -> bool:
        if not self._scratch.execute("DELETE FROM files WHERE place = ?", (place_of(name),)).rowcount:
            return False
        self.cards.drop(name)
        self.remarks.drop(name)
        return True

    @property
    def files(self) -> OnDisk[KnownFile]:
        """Every file, in the order of their paths."""
        return OnDisk(lambda: self._select("1"), lambda: counted(self._scratch, "files"))

    @property
    def unnoted(self) -> OnDisk[KnownFile]:
        """Those of which the store knows something else, or nothing."""
        return OnDisk(lambda: self._select("NOT noted"), lambda: counted(self._scratch, "files WHERE NOT noted"))

    @property
    def gone(self) -> list[str]:
        """Paths of those that the store may know, and that are no more."""
        return self._names("SELECT place FROM gone ORDER BY place")

    @property
    def restless(self) -> list[str]:
        """Paths of those that are to be looked at each time."""
        return self._names("SELECT place FROM files WHERE basis = ''")

    @property
    def refused(self) -> frozenset[str]:
        """Paths of those that could not be read, or whose document has the id of an earlier one."""
        unread = self._names("SELECT place FROM files WHERE refused")
        return frozenset((*unread, *(card.path for card in self.cards.seconds if not card.is_row)))

    def within(self, name: str) -> list[str]:
        """Path of the file of this name, and of those inside the folder of it."""
        place = place_of(name)
        return self._names(
            "SELECT place FROM files WHERE place = ? UNION ALL SELECT place FROM files WHERE place > ? AND place < ?",
            place, place + SLASH, place + AFTER,
        )  # fmt: skip

    def has(self, name: str) -> bool:
        """Whether there is a file of this name, with or without .md, or a folder with files."""
        place = place_of(name)
        query = (
            "SELECT EXISTS (SELECT 1 FROM files WHERE place IN (?, ?)) "
            "OR EXISTS (SELECT 1 FROM files WHERE place > ? AND place < ?)"
        )
        return bool(self._scratch.execute(query, (place, f"{place}.md", place + SLASH, place + AFTER)).fetchone()[0])

    def _names(self, query: str, *values: str) -> list[str]:
        return [name_of(place) for (place,) in self._scratch.execute(query, values)]

    def _select(self, which: str, *values: str) -> Iterator[KnownFile]:
        query = f"SELECT {_COLUMNS} FROM files WHERE {which} ORDER BY place"  # noqa: S608 - our own words
        for place, print_, hash_, basis, refused, unknown, findings in self._scratch.execute(query, values):
            name = name_of(place)
            said = _loaded(unknown), _loaded(findings)
            yield KnownFile(name, print_, hash_, basis, bool(refused), self.cards.of_file(name), *said)


_told = attrgetter("fingerprint", "hash", "basis", "refused")


def _packed(findings: tuple[Finding, ...]) -> bytes | None:
    return pickle.dumps(findings) if findings else None


def _loaded(findings: Any) -> tuple[Finding, ...]:
    return pickle.loads(findings) if findings else ()  # noqa: S301 - our own writing


__all__ = ["Holdings"]
