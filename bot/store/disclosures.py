"""What is published: written by one publishing at a time, read by every question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, func, select, text
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.sql.functions import max as maximum

from bot.model import Agency, Changes, Document, KnownFile, Section, Snapshot, Stamp, Status, Term, Version
from bot.store import facts
from bot.store.database import Database
from bot.store.edition import PUBLISHING, Edition
from bot.store.passages import PUBLISHED, load_documents, load_passages
from bot.store.rows import to_agency, to_file, to_term
from bot.store.tables import (
    agencies,
    document_versions,
    documents,
    files,
    from_json,
    generations,
    sections,
    terms,
    to_json,
)

GOLDEN = "golden answers"

BATCH = 500
"""Documents held at once while streaming."""

GENERATION = select(coalesce(maximum(generations.c.generation), 0))
STAMP = select(generations.c.generation, generations.c.token).order_by(generations.c.generation.desc()).limit(1)
SYNCED = "synced_at"
"""The fact when the folder was last read and published, changed or not."""
ANALYSED_FROM = 500
"""New documents from which PostgreSQL's planner is told of them at once."""

VERSION = tuple(document_versions.c[name] for name in ("generation", "status", "hash", "published_at"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is published.

    Attributes:
        published_at: when the present generation was; None where nothing ever was.
        synced_at: when the folder was last read and published, changed or not.
        bytes: of the whole database on its disk.
    """

    generation: int
    published_at: datetime | None
    synced_at: datetime | None
    documents: int
    sections: int
    agencies: int
    bytes: int


class Disclosures:
    """The published documents, agencies and glossary."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._identity = ""

    def publish(
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
    ) -> Changes:
        """Make what is given the whole of what is published of some files, in one transaction; twice the same changes nothing.

        Args:
            documents: all that may be published of these paths, gone through twice, so that they need not be in memory.
                A published one that is missing is withdrawn, not erased.
            agencies: all agencies; None keeps those that are published.
            glossary: all terms; None keeps those that are published.
            paths: the files that these are the documents of; what is published of others stays. None where these are
                all that there are.
            now: when this happens.
            files: what is known of the folder's files from now on, those that are as they were left out.
            forgotten: paths of those that are known no more.
            since: what was published when the folder began to be read; None publishes in any case.

        Returns:
            The ids of what changed, and the stamp of what is published now; `refused` is the caller's to fill.

        Raises:
            UnfitDocuments: an id stands twice, or one of them is not to be published; nothing was written.
            Overtaken: something else was published since; nothing was written, and the folder is to be read again.
        """
        edition = Edition(documents, agencies, glossary, paths, now, files=files, forgotten=forgotten, since=since)
        with self._database.write(lock=PUBLISHING) as connection:
            stood = _stamp(connection)
            changes = edition.write(connection, stood)
            facts.note(self._database, connection, SYNCED, now.isoformat())
            if len(changes.added) > ANALYSED_FROM and self._database.dialect == "postgresql":
                # Its planner would know nothing of a first publishing until the next autovacuum.
                connection.execute(text("ANALYZE documents, sections"))
            return replace(changes, stamp=_stamp(connection))

    def preview(self, documents: Iterable[Document], paths: Collection[str] | None) -> Changes:
        """Which documents `publish` would change; nothing is written."""
        edition = Edition(documents, None, None, paths, datetime.now(UTC))
        with self._database.read() as connection:
            return edition.compare(connection, _stamp(connection).generation)

    def history(self, document: str) -> tuple[Version, ...]:
        """The versions of a document, oldest first; none where it never was published."""
        versions = (
            select(*VERSION).where(document_versions.c.document_id == document).order_by(document_versions.c.generation)
        )
        with self._database.read() as connection:
            return tuple(
                Version(generation, Status(status), hash_, at)
                for generation, status, hash_, at in connection.execute(versions)
            )

    def tally(self) -> Tally:
        """How much is published, and since when."""
        synced_at = facts.read(self._database, SYNCED)
        counted = select(func.count()).select_from(documents).where(PUBLISHED)
        passages = select(func.count()).select_from(sections.join(documents)).where(PUBLISHED)
        latest = select(generations.c.published_at).order_by(generations.c.generation.desc()).limit(1)
        with self._database.read() as connection:
            return Tally(
                generation=_stamp(connection).generation,
                published_at=connection.execute(latest).scalar(),
                synced_at=datetime.fromisoformat(synced_at) if synced_at else None,
                documents=connection.execute(counted).scalar_one(),
                sections=connection.execute(passages).scalar_one(),
                agencies=connection.execute(select(func.count()).select_from(agencies)).scalar_one(),
                bytes=self._database.size(connection),
            )

    def identity(self) -> str:
        """What tells this database from any other, such as one that was started anew under the same name."""
        if not self._identity:
            self._identity = facts.settle(self._database, "identity", uuid4().hex)
        return self._identity

    def known_files(self) -> Iterator[KnownFile]:
        """What the last publishing left known of the folder's files, by path, a batch at a time.

        A publishing may come in between two batches: read `stamp` first, and publish `since` it.
        """
        last: str | None = None
        while True:
            chosen = select(files).order_by(files.c.path).limit(BATCH)
            with self._database.read() as connection:
                batch = connection.execute(chosen if last is None else chosen.where(files.c.path > last)).all()
            yield from map(to_file, batch)
            if len(batch) < BATCH:
                return
            last = batch[-1].path

    def agencies(self) -> tuple[Agency, ...]:
        """Those that are published."""
        with self._database.read() as connection:
            return _agencies(connection)

    def stamp(self) -> Stamp:
        """The present generation with its token."""
        with self._database.read() as connection:
            return _stamp(connection)

    def has_been(self, stamp: Stamp) -> bool:
        """Whether what is published now came out of what this stamp was given to; not so after a restore."""
        token = select(generations.c.token).where(generations.c.generation == stamp.generation)
        with self._database.read() as connection:
            return connection.execute(token).scalar() == stamp.token

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
                agencies=_agencies(connection),
                glossary=tuple(map(to_term, connection.execute(select(terms).order_by(terms.c.position)))),
                years=tuple(sorted((row.agency, row.year) for row in published if row.year is not None)),
                publishers=frozenset(row.agency for row in published),
            )

    def documents(self) -> Iterator[Document]:
        """Every published document by id, a batch at a time; another publishing may come in between two batches."""
        return self._stream(PUBLISHED)

    def changed_since(self, generation: int) -> tuple[Iterator[Document], tuple[str, ...]]:
        """The published documents that changed after a generation, a batch at a time, and the ids of those withdrawn."""
        later = documents.c.generation > generation
        gone = select(documents.c.id).where(later, ~PUBLISHED).order_by(documents.c.id)
        with self._database.read() as connection:
            return self._stream(and_(PUBLISHED, later)), tuple(connection.execute(gone).scalars())

    def _stream(self, which: ColumnElement[bool]) -> Iterator[Document]:
        last: str | None = None
        while True:
            after = which if last is None else and_(which, documents.c.id > last)
            with self._database.read() as connection:
                batch = load_documents(connection, after, limit=BATCH)
            yield from batch
            if len(batch) < BATCH:
                return
            last = batch[-1].id

    def golden(self) -> dict[str, str]:
        """Which document answered each golden question rightly when it was last asked of what was published then."""
        kept: dict[str, str] = from_json(facts.read(self._database, GOLDEN) or "{}")
        return kept

    def keep_golden(self, answers: Mapping[str, str]) -> None:
        """Keep which document answers each golden question rightly."""
        with self._database.write() as connection:
            facts.note(self._database, connection, GOLDEN, to_json(dict(answers)))

    def find(self, document: str) -> Document | None:
        """The published document of this id."""
        return self.find_many((document,)).get(document)

    def find_many(self, ids: Collection[str]) -> dict[str, Document]:
        """The published ones among these ids."""
        if not ids:
            return {}
        with self._database.read() as connection:
            found = load_documents(connection, and_(PUBLISHED, documents.c.id.in_(set(ids))))
        return {document.id: document for document in found}

    def find_sections(self, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[Document, Section]]:
        """Passages by document id and section id, each with its document, which holds only the passages asked for."""
        if not keys:
            return {}
        with self._database.read() as connection:
            return load_passages(connection, keys)

    def find_by_handle(self, handle: str) -> Document | None:
        """The published document of this handle."""
        with self._database.read() as connection:
            found = load_documents(connection, and_(PUBLISHED, documents.c.handle == handle))
        return found[0] if found else None

    def is_withdrawn(self, handle: str) -> bool:
        """Whether the document of this handle was published once and is no longer."""
        status = select(documents.c.status).where(documents.c.handle == handle)
        with self._database.read() as connection:
            return connection.execute(status).scalar() == Status.WITHDRAWN.value


def _stamp(connection: Connection) -> Stamp:
    found = connection.execute(STAMP).one_or_none()
    return Stamp(*found) if found else Stamp()


def _agencies(connection: Connection) -> tuple[Agency, ...]:
    return tuple(map(to_agency, connection.execute(select(agencies).order_by(agencies.c.position))))
