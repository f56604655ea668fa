"""One publishing: what is given against what is published, and the rows that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from bot.model import Agency, Changes, Document, KnownFile, Stamp, Status, Term
from bot.store.rows import agency_rows, document_row, file_row, hash_of, section_rows, term_rows, to_agency, to_term
from bot.store.tables import agencies, document_versions, documents, files, generations, sections, terms

PUBLISHING = 7_306_002
"""Advisory lock of whoever publishes."""

BATCH = 500
"""Documents written at once: bounds memory and the number of values in a statement."""

LIVE = documents.c.status == Status.PUBLISHED.value
_Value = TypeVar("_Value")


class UnfitDocuments(ValueError):  # noqa: N818 - it says what is the matter
    """What was given cannot be published as it is; the message names the documents."""


class Overtaken(Exception):  # noqa: N818 - it says what is the matter
    """Another publishing came in between: what was read before it may be outdated, and is not written."""


class Edition:
    """All that is to be published, hashed before anything is written.

    Args:
        documents: gone through once here, and once more when those that differ are written.
        paths: the files that these are the documents of; None where they are all that there are.
        files: what is known of the folder's files from now on; the others stay known as they are.
        forgotten: paths of those that are known no more.
        since: what was published when the folder began to be read; None publishes whatever has been published meanwhile.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        agencies: Sequence[Agency] | None,
        glossary: Sequence[Term] | None,
        paths: Collection[str] | None,
        now: datetime,
        *,
        files: Iterable[KnownFile] = (),
        forgotten: Collection[str] = (),
        since: Stamp | None = None,
    ) -> None:
        self._documents = documents
        # Taken before the transaction begins: nobody waits for arithmetic.
        self._hashes = _examined(documents)
        self._agencies = agencies
        self._glossary = glossary
        self._paths = None if paths is None else sorted(paths)
        self._now = now
        self._files = files
        self._forgotten = sorted(forgotten)
        self._since = since

    def write(self, connection: Connection, stood: Stamp) -> Changes:
        """Write what differs from what stands.

        Raises:
            Overtaken: what stands is not what stood when the folder began to be read.
        """
        if self._since is not None and self._since != stood:
            raise Overtaken(f"generation {stood.generation} was published meanwhile")
        changes = self.compare(connection, stood.generation)
        # Both are written whether or not the first one changed.
        surroundings = [self._write_agencies(connection), self._write_glossary(connection)]
        self._write_files(connection)
        if not (changes.any or any(surroundings)):
            return changes
        changes = replace(changes, generation=stood.generation + 1)
        self._write_changes(connection, changes)
        counts = {name: len(getattr(changes, name)) for name in ("added", "changed", "withdrawn")}
        event = {"generation": changes.generation, "published_at": self._now, "token": uuid4().hex}
        connection.execute(insert(generations).values(event | counts))
        return changes

    def compare(self, connection: Connection, generation: int) -> Changes:
        """Which documents differ from those that stand at this generation."""
        added: list[str] = []
        changed: list[str] = []
        for ids in _batches(list(self._hashes)):
            stood = select(documents.c.id, documents.c.hash).where(documents.c.id.in_(ids), LIVE)
            live = dict(connection.execute(stood).all())
            added += (id_ for id_ in ids if id_ not in live)
            changed += (id_ for id_ in ids if id_ in live and live[id_] != self._hashes[id_])
        return Changes(tuple(added), tuple(changed), tuple(sorted(self._gone(connection))), generation=generation)

    def _gone(self, connection: Connection) -> Iterator[str]:
        """Ids of what is published of these files and is not given."""
        standing = select(documents.c.id).where(LIVE)
        if self._paths is None:
            queries = [standing]
        else:
            queries = [standing.where(documents.c.path.in_(paths)) for paths in _batches(self._paths)]
        for query in queries:
            yield from (id_ for id_ in connection.execute(query).scalars() if id_ not in self._hashes)

    def _write_agencies(self, connection: Connection) -> bool:
        if self._agencies is None:
            return False
        published = tuple(map(to_agency, connection.execute(select(agencies).order_by(agencies.c.position))))
        return _replace(connection, agencies, agency_rows(self._agencies), tuple(self._agencies) == published)

    def _write_glossary(self, connection: Connection) -> bool:
        if self._glossary is None:
            return False
        published = tuple(map(to_term, connection.execute(select(terms).order_by(terms.c.position))))
        return _replace(connection, terms, term_rows(self._glossary), tuple(self._glossary) == published)

    def _write_files(self, connection: Connection) -> None:
        for paths in _batches(self._forgotten):
            connection.execute(delete(files).where(files.c.path.in_(paths)))
        read = iter(self._files)
        while batch := list(islice(read, BATCH)):
            connection.execute(delete(files).where(files.c.path.in_([file.path for file in batch])))
            connection.execute(insert(files), [file_row(file) for file in batch])

    def _write_changes(self, connection: Connection, changes: Changes) -> None:
        wanted = {*changes.added, *changes.changed}
        if wanted:
            written = (document for document in self._documents if document.id in wanted)
            while batch := list(islice(written, BATCH)):
                self._write_documents(connection, batch, changes.generation)
        for ids in _batches(changes.withdrawn):
            self._withdraw(connection, ids, changes.generation)

    def _write_documents(self, connection: Connection, batch: Sequence[Document], generation: int) -> None:
        ids = [document.id for document in batch]
        known = set(connection.execute(select(documents.c.id).where(documents.c.id.in_(ids))).scalars())
        rows = [document_row(document, self._hashes[document.id], generation) for document in batch]
        first = [row for row in rows if row["id"] not in known]
        again = [row | {"document": row["id"]} for row in rows if row["id"] in known]
        if first:
            connection.execute(insert(documents), first)
        if again:
            connection.execute(update(documents).where(documents.c.id == bindparam("document")), again)
            connection.execute(delete(sections).where(sections.c.document_id.in_(known)))
        passages = [row for document in batch for row in section_rows(document)]
        if passages:
            connection.execute(insert(sections), passages)
        self._note(connection, Status.PUBLISHED, {id_: self._hashes[id_] for id_ in ids}, generation)

    def _withdraw(self, connection: Connection, ids: Sequence[str], generation: int) -> None:
        state = {"status": Status.WITHDRAWN.value, "withdrawn_at": self._now, "generation": generation}
        hashes = dict(connection.execute(select(documents.c.id, documents.c.hash).where(documents.c.id.in_(ids))).all())
        connection.execute(update(documents).where(documents.c.id.in_(ids)).values(state))
        self._note(connection, Status.WITHDRAWN, hashes, generation)

    def _note(self, connection: Connection, status: Status, hashes: dict[str, str], generation: int) -> None:
        event = {"generation": generation, "status": status.value, "published_at": self._now}
        versions = [{"document_id": id_, "hash": hash_} | event for id_, hash_ in hashes.items()]
        connection.execute(insert(document_versions), versions)


def _examined(given: Iterable[Document]) -> dict[str, str]:
    """The hash of each document by its id."""
    hashes: dict[str, str] = {}
    repeated = set()
    for document in given:
        if document.id in hashes:
            repeated.add(document.id)
        # The last door before the public: whatever happened upstream, a draft does not pass.
        if document.status is not Status.PUBLISHED:
            raise UnfitDocuments(f"{document.id} has the status {document.status}")
        if len({section.id for section in document.sections}) < len(document.sections):
            raise UnfitDocuments(f"{document.id} has several sections of one id")
        hashes[document.id] = hash_of(document)
    if repeated:
        raise UnfitDocuments(f"several documents have the id {', '.join(sorted(repeated))}")
    return hashes


def _replace(connection: Connection, table: Table, rows: list[dict[str, Any]], same: bool) -> bool:
    if same:
        return False
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), rows)
    return True


def _batches(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
