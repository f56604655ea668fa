"""One publishing: what is given against what is published, and the rows that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from bot.model import Agency, Changes, Document, Status, Term
from bot.store.rows import agency_rows, document_row, hash_of, section_rows, term_rows, to_agency, to_term
from bot.store.tables import agencies, document_versions, documents, generations, sections, terms

PUBLISHING = 7_306_002
"""Advisory lock of whoever publishes."""

BATCH = 500
"""Documents written at once: bounds memory and the number of values in a statement."""


class UnfitDocuments(ValueError):  # noqa: N818 - it says what is the matter
    """What was given cannot be published as it is; the message names the documents."""


class Edition:
    """All that is to be published, hashed before anything is written."""

    def __init__(
        self,
        given: Sequence[Document],
        agencies: Sequence[Agency] | None,
        glossary: Sequence[Term] | None,
        kept_paths: Collection[str],
        now: datetime,
    ) -> None:
        _examine(given)
        self._given = {document.id: document for document in given}
        # Taken before the transaction begins: nobody waits for arithmetic.
        self._hashes = {document.id: hash_of(document) for document in given}
        self._agencies = agencies
        self._glossary = glossary
        self._kept_paths = frozenset(kept_paths)
        self._now = now

    def write(self, connection: Connection, generation: int) -> Changes:
        """Write what differs from what stands at this generation."""
        stood = select(documents.c.id, documents.c.hash, documents.c.status, documents.c.path)
        known = {row.id: row for row in connection.execute(stood)}
        live = {id_: row for id_, row in known.items() if row.status == Status.PUBLISHED.value}
        added = tuple(id_ for id_ in self._given if id_ not in live)
        changed = tuple(id_ for id_, hash_ in self._hashes.items() if id_ in live and live[id_].hash != hash_)
        gone = {id_: row for id_, row in live.items() if id_ not in self._given and row.path not in self._kept_paths}
        withdrawn = tuple(sorted(gone))
        # Both are written whether or not the first one changed.
        surroundings = [self._write_agencies(connection), self._write_glossary(connection)]
        if not (added or changed or withdrawn or any(surroundings)):
            return Changes(generation=generation)
        generation += 1
        self._write_documents(connection, (*added, *changed), known, generation)
        self._withdraw(connection, withdrawn, generation)
        self._note(connection, (*added, *changed), Status.PUBLISHED, self._hashes, generation)
        self._note(connection, withdrawn, Status.WITHDRAWN, {id_: row.hash for id_, row in gone.items()}, generation)
        counts = {"added": len(added), "changed": len(changed), "withdrawn": len(withdrawn)}
        connection.execute(insert(generations).values(generation=generation, published_at=self._now, **counts))
        return Changes(added=added, changed=changed, withdrawn=withdrawn, generation=generation)

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

    def _write_documents(
        self, connection: Connection, ids: Sequence[str], known: Collection[str], generation: int
    ) -> None:
        anew = update(documents).where(documents.c.id == bindparam("document"))
        for batch in _batches(ids):
            rows = [document_row(self._given[id_], self._hashes[id_], generation) for id_ in batch]
            first = [row for row in rows if row["id"] not in known]
            again = [row | {"document": row["id"]} for row in rows if row["id"] in known]
            if first:
                connection.execute(insert(documents), first)
            if again:
                connection.execute(anew, again)
                connection.execute(delete(sections).where(sections.c.document_id.in_([row["id"] for row in again])))
            passages = [row for id_ in batch for row in section_rows(self._given[id_])]
            if passages:
                connection.execute(insert(sections), passages)

    def _withdraw(self, connection: Connection, ids: Sequence[str], generation: int) -> None:
        state = {"status": Status.WITHDRAWN.value, "withdrawn_at": self._now, "generation": generation}
        for batch in _batches(ids):
            connection.execute(update(documents).where(documents.c.id.in_(batch)).values(state))

    def _note(
        self, connection: Connection, ids: Sequence[str], status: Status, hashes: dict[str, str], generation: int
    ) -> None:
        event = {"generation": generation, "status": status.value, "published_at": self._now}
        for batch in _batches(ids):
            versions = [{"document_id": id_, "hash": hashes[id_]} | event for id_ in batch]
            connection.execute(insert(document_versions), versions)


def _examine(given: Sequence[Document]) -> None:
    repeated = sorted(id_ for id_, count in Counter(document.id for document in given).items() if count > 1)
    if repeated:
        raise UnfitDocuments(f"several documents have the id {', '.join(repeated)}")
    for document in given:
        # The last door before the public: whatever happened upstream, a draft does not pass.
        if document.status is not Status.PUBLISHED:
            raise UnfitDocuments(f"{document.id} has the status {document.status}")
        if len({section.id for section in document.sections}) < len(document.sections):
            raise UnfitDocuments(f"{document.id} has several sections of one id")


def _replace(connection: Connection, table: Table, rows: list[dict[str, Any]], same: bool) -> bool:
    if same:
        return False
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), rows)
    return True


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
