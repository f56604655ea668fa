"""What is published: written by one publishing at a time, read by every question."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import uuid4

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, func, select, text, tuple_
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.sql.functions import max as maximum

from bot.model import Agency, Changes, Document, Section, Snapshot, Status, Term
from bot.store.edition import PUBLISHING, Edition
from bot.store.engine import Database
from bot.store.facts import settle
from bot.store.rows import DOCUMENT, PASSAGE, to_agency, to_document, to_section, to_term
from bot.store.tables import agencies, documents, generations, sections, terms

BATCH = 500
"""Documents held at once while streaming."""

PUBLISHED = documents.c.status == Status.PUBLISHED.value
GENERATION = select(coalesce(maximum(generations.c.generation), 0))

# Built once, for every question waits for them.
CHOSEN = select(*DOCUMENT).order_by(documents.c.id)
IDS: BindParameter[Any] = bindparam("documents", expanding=True)
OUTLINES = (
    select(sections.c.document_id, *PASSAGE)
    .where(sections.c.document_id.in_(IDS))
    .order_by(sections.c.document_id, sections.c.position)
)
PASSAGES = (
    select(*DOCUMENT, *PASSAGE)
    .join(sections, sections.c.document_id == documents.c.id)
    .where(
        PUBLISHED,
        tuple_(sections.c.document_id, sections.c.id).in_(bindparam("keys", expanding=True)),
    )
    .order_by(documents.c.id, sections.c.position)
)
# SQLite finds no list of pairs through an index; as a table it is gone through, and each pair is found at once.
WANTED = func.json_each(bindparam("keys")).table_valued("value", name="wanted")
PASSAGES_OF_SQLITE = (
    select(*DOCUMENT, *PASSAGE)
    .select_from(WANTED)
    .join(
        sections,
        and_(
            sections.c.document_id == func.json_extract(WANTED.c.value, "$[0]"),
            sections.c.id == func.json_extract(WANTED.c.value, "$[1]"),
        ),
    )
    .join(documents, documents.c.id == sections.c.document_id)
    .where(PUBLISHED)
    .order_by(documents.c.id, sections.c.position)
)


class Disclosures:
    """The published documents, agencies and glossary."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._identity = ""

    def publish(
        self,
        documents: Sequence[Document],
        agencies: Sequence[Agency] | None,
        glossary: Sequence[Term] | None,
        kept_paths: Collection[str],
        now: datetime,
    ) -> Changes:
        """Make what is given the whole of what is published, in one transaction; twice the same changes nothing.

        Args:
            documents: all that may be published. A published one that is missing is withdrawn, not erased.
            agencies: all agencies; None keeps those that are published.
            glossary: all terms; None keeps those that are published.
            kept_paths: files that could not be read this time; the last good version of what they hold stays.
            now: when this happens.

        Returns:
            The ids of what changed; `refused` is the caller's to fill.

        Raises:
            UnfitDocuments: an id stands twice, or one of them is not to be published; nothing was written.
        """
        edition = Edition(documents, agencies, glossary, kept_paths, now)
        with self._database.write(lock=PUBLISHING) as connection:
            changes = edition.write(connection, connection.execute(GENERATION).scalar_one())
            if changes.any and self._database.dialect == "postgresql":
                # Its planner would know nothing of a first publishing until the next autovacuum.
                connection.execute(text("ANALYZE documents, sections"))
            return changes

    def identity(self) -> str:
        """What tells this database from any other, such as one that was started anew under the same name."""
        if not self._identity:
            self._identity = settle(self._database, "identity", uuid4().hex)
        return self._identity

    def generation(self) -> int:
        """How often what is published has changed; 0 where nothing ever was."""
        with self._database.read() as connection:
            return int(connection.execute(GENERATION).scalar_one())

    def snapshot(self) -> Snapshot:
        """Agencies, glossary and years at the present generation."""
        years = select(documents.c.agency, documents.c.year).where(PUBLISHED).distinct()
        with self._database.read() as connection:
            published = connection.execute(years).all()
            return Snapshot(
                generation=connection.execute(GENERATION).scalar_one(),
                agencies=tuple(map(to_agency, connection.execute(select(agencies).order_by(agencies.c.position)))),
                glossary=tuple(map(to_term, connection.execute(select(terms).order_by(terms.c.position)))),
                years=tuple(sorted((row.agency, row.year) for row in published if row.year is not None)),
                publishers=frozenset(row.agency for row in published),
            )

    def documents(self) -> Iterator[Document]:
        """Every published document by id, a batch at a time.

        A publishing may come in between two batches: read `generation` first, and `changed_since` it afterwards.
        """
        last: str | None = None
        while True:
            after = PUBLISHED if last is None else and_(PUBLISHED, documents.c.id > last)
            with self._database.read() as connection:
                batch = _load(connection, after, limit=BATCH)
            yield from batch
            if len(batch) < BATCH:
                return
            last = batch[-1].id

    def changed_since(self, generation: int) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The published documents that changed after a generation, and the ids of those withdrawn after it."""
        later = documents.c.generation > generation
        gone = select(documents.c.id).where(later, ~PUBLISHED).order_by(documents.c.id)
        with self._database.read() as connection:
            return tuple(_load(connection, and_(PUBLISHED, later))), tuple(connection.execute(gone).scalars())

    def find(self, document: str) -> Document | None:
        """The published document of this id."""
        return self.find_many((document,)).get(document)

    def find_many(self, ids: Collection[str]) -> dict[str, Document]:
        """The published ones among these ids."""
        if not ids:
            return {}
        with self._database.read() as connection:
            found = _load(connection, and_(PUBLISHED, documents.c.id.in_(set(ids))))
        return {document.id: document for document in found}

    def find_sections(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[Document, Section]]:
        """Passages by document id and section id, each with its document, which holds only the passages asked for."""
        if not keys:
            return {}
        wanted = list(set(keys))
        with self._database.read() as connection:
            if self._database.dialect == "sqlite":
                rows = connection.execute(PASSAGES_OF_SQLITE, {"keys": json.dumps(wanted)}).all()
            else:
                rows = connection.execute(PASSAGES, {"keys": wanted}).all()
        found: dict[tuple[str, str], tuple[Document, Section]] = {}
        for id_, group in groupby(rows, key=itemgetter(0)):
            passages = list(group)
            document = to_document(passages[0][: len(DOCUMENT)], [to_section(row[len(DOCUMENT) :]) for row in passages])
            found |= {(id_, section.id): (document, section) for section in document.sections}
        return found

    def find_by_handle(self, handle: str) -> Document | None:
        """The published document of this handle."""
        with self._database.read() as connection:
            found = _load(connection, and_(PUBLISHED, documents.c.handle == handle))
        return found[0] if found else None

    def is_withdrawn(self, handle: str) -> bool:
        """Whether the document of this handle was published once and is no longer."""
        status = select(documents.c.status).where(documents.c.handle == handle)
        with self._database.read() as connection:
            return connection.execute(status).scalar() == Status.WITHDRAWN.value


def _load(connection: Connection, which: ColumnElement[bool], limit: int | None = None) -> list[Document]:
    rows = connection.execute(CHOSEN.where(which).limit(limit)).all()
    # One more select instead of a join: a report's own row would come back once a section.
    found: dict[str, list[Section]] = {row[0]: [] for row in rows}
    if found:
        for passage in connection.execute(OUTLINES, {"documents": list(found)}):
            found[passage[0]].append(to_section(passage[1:]))
    return [to_document(row, found[row[0]]) for row in rows]
