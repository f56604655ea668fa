"""What is published, and what is known of the files that it comes from."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from bot.store.tables.columns import Moment, Ordered, Words, metadata

documents = Table(
    "documents",
    metadata,
    Column("id", Ordered, primary_key=True),
    Column("handle", String(12), nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    # No foreign key: a document outlives a line of agencies.toml.
    Column("agency", Words, nullable=False),
    Column("status", String(16), nullable=False),
    Column("category", Words, nullable=False),
    Column("year", Integer),
    Column("formed_on", Date),
    Column("published_on", Date),
    Column("number", Words, nullable=False),
    Column("index_number", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("reviewed_by", Words, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("inferred", JSON, nullable=False),
    Column("path", Words, nullable=False, index=True),
    Column("contact", JSON, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("generation", Integer, nullable=False, index=True),
    Column("withdrawn_at", Moment),
    # The status last: in front it would tempt SQLite to sort every document for each batch of a stream.
    Index(None, "agency", "year", "status"),
)

sections = Table(
    "sections",
    metadata,
    Column("document_id", Ordered, ForeignKey(documents.c.id, ondelete="CASCADE"), primary_key=True),
    Column("id", Ordered, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("headings", JSON, nullable=False),
    Column("text", Words, nullable=False),
    Column("line", Integer, nullable=False),
)

document_versions = Table(
    "document_versions",
    metadata,
    Column("document_id", Ordered, ForeignKey(documents.c.id, ondelete="CASCADE"), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("published_at", Moment, nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("published_at", Moment, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    # Tells a generation from one that had the same number before the database was restored from a backup.
    Column("token", String(32), nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("path", Ordered, primary_key=True),
    Column("fingerprint", String(80), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("basis", String(64), nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("cards", JSON, nullable=False),
    Column("unknown", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
)

agencies = Table(
    "agencies",
    metadata,
    Column("key", Ordered, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("founded", Date),
    # The fields of AgencyContact as they stand: a fact more needs no migration.
    Column("contact", JSON, nullable=False),
)

terms = Table(
    "terms",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("term", Words, nullable=False),
    Column("synonyms", JSON, nullable=False),
)
