"""Documents that were read and are not yet published: on disk, for a folder may hold more than memory does."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, overload

from bot.model import Document


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's documents lie."""

    offset: int
    length: int
    count: int


class Spool:
    """A scratch file that is gone with the process, or when nothing of it is wanted any more."""

    def __init__(self) -> None:
        # Closed when the last sequence of its documents is forgotten.
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="bot-")  # noqa: SIM115

    def put(self, pickled: bytes, count: int) -> Place:
        """Keep a file's documents, as a reading process sent them."""
        offset = self._file.seek(0, 2)
        self._file.write(pickled)
        return Place(offset, len(pickled), count)

    def put_documents(self, documents: tuple[Document, ...]) -> Place:
        """Keep a file's documents."""
        return self.put(pickle.dumps(documents, pickle.HIGHEST_PROTOCOL), len(documents))

    def get(self, place: Place) -> tuple[Document, ...]:
        """A file's documents."""
        self._file.seek(place.offset)
        documents: tuple[Document, ...] = pickle.loads(self._file.read(place.length))  # noqa: S301 - our own writing
        return documents

    def __del__(self) -> None:
        self._file.close()


class Spooled(Sequence[Document]):
    """Documents of several files in order, read from disk each time they are gone through.

    Args:
        omitted: (place, document id) of those that are left out.
    """

    def __init__(self, spool: Spool, places: Iterable[Place], omitted: Collection[tuple[Place, str]] = ()) -> None:
        self._spool = spool
        self._places = tuple(places)
        self._omitted = frozenset(omitted)

    def __iter__(self) -> Iterator[Document]:
        for place in self._places:
            for document in self._spool.get(place):
                if (place, document.id) not in self._omitted:
                    yield document

    def __len__(self) -> int:
        return sum(place.count for place in self._places) - len(self._omitted)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | Sequence[Document]:
        return tuple(self)[index]
