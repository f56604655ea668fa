"""Documents that were read and are not yet published, on disk."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator

from bot.knowledge.holdings.cards import Cards
from bot.knowledge.holdings.scratch import OnDisk, counted, make_tables, name_of, place_of
from bot.model import Document

_TABLES = "CREATE TABLE read (place TEXT PRIMARY KEY, documents BLOB, count INTEGER);"


class Spool(OnDisk[Document]):
    """The documents of the files that were read, in the order of their paths, without those of an id that stands earlier."""

    def __init__(self, scratch: sqlite3.Connection, cards: Cards) -> None:
        super().__init__(self._documents, self._counted)
        self._scratch = scratch
        self._cards = cards
        make_tables(scratch, _TABLES)

    def put(self, name: str, pickled: bytes, count: int) -> None:
        """Keep what was read of a file, as a reading process sends it; also that nothing was."""
        self._scratch.execute("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", (place_of(name), pickled, count))

    def put_documents(self, name: str, documents: tuple[Document, ...]) -> None:
        """Keep a file's documents."""
        self.put(name, pickle.dumps(documents, pickle.HIGHEST_PROTOCOL), len(documents))

    @property
    def names(self) -> list[str]:
        """Paths of the files that were read."""
        return [name_of(place) for (place,) in self._scratch.execute("SELECT place FROM read ORDER BY place")]

    def clear(self) -> None:
        """All of them are published, or refused."""
        self._scratch.execute("DELETE FROM read")

    def _documents(self) -> Iterator[Document]:
        for place, pickled in self._scratch.execute("SELECT place, documents FROM read WHERE count ORDER BY place"):
            documents: tuple[Document, ...] = pickle.loads(pickled)  # noqa: S301 - our own writing
            seconds = self._cards.seconds_in(name_of(place))
            yield from (document for position, document in enumerate(documents) if position not in seconds)

    def _counted(self) -> int:
        of_all = self._scratch.execute("SELECT coalesce(sum(count), 0) FROM read").fetchone()[0]
        return int(of_all) - counted(self._scratch, "read JOIN cards USING (place) WHERE second")


__all__ = ["Spool"]
