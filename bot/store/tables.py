"""The tables of the truth: what is published, what the public asked, what Telegram delivered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# Every constraint has a name, for a later migration can only alter what it can name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def storable(text: str) -> str:
    """The text as both databases can hold it: without NUL, lone surrogates as U+FFFD.

    A citizen may type either and a PDF may yield both; PostgreSQL refuses the first and UTF-8 the second, and no
    question may be lost for that.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: Any) -> str:
    """JSON that staff can read in the database: Chinese stays Chinese."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def from_json(text: str) -> Any:
    """Read JSON back; most lists of a document are empty, and questions wait for this."""
    return [] if text == "[]" else json.loads(text)


class Words(TypeDecorator[str]):
    """Text from outside, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC; SQLite keeps no zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC.

        Raises:
            ValueError: the datetime has no zone; guessing one would shift records by hours.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Both databases order by code point: streaming by id must neither skip nor repeat, whatever PostgreSQL's locale.
Ordered = String().with_variant(String(collation="C"), "postgresql")

metadata = MetaData(naming_convention=NAMING)

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
    Column("path", Words, nullable=False),
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

reference_counters = Table(
    "reference_counters",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    # What brought the question in, "telegram:123"; NULL where nothing can be delivered twice.
    Column("origin", Words, unique=True),
    Column("channel", String(16), nullable=False),
    Column("citizen_key", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("kind", String(16), nullable=False),
    # Empty where it was not the bot that was asked.
    Column("decision", String(16), nullable=False),
    Column("matches", JSON, nullable=False),
    Column("reply", Words, nullable=False),
    Column("milliseconds", Float, nullable=False),
    # What a follow-up was taken for, and what the citizen made of the message afterwards.
    Column("understood", Words, nullable=False),
    Column("edits", JSON, nullable=False),
    Column("outcome", String(24), nullable=False),
    # No foreign keys, neither for this nor for the documents in matches: a record outlives what it speaks of.
    Column("agency", Words, nullable=False),
    Column("category", Words, nullable=False),
    Column("follow_up_on", Date),
    Column("merged_into", String(32), nullable=False),
    Column("erased_at", Moment),
    UniqueConstraint("year", "number"),
    Index(None, "citizen_key"),
    Index(None, "asked_at"),
)

# Every change of a record: who made it, when, why, and what stood there before.
record_events = Table(
    "record_events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("reference", String(32), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("what", String(24), nullable=False),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("reason", Words, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Words, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("payload", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Index(None, "state", "received_at"),
)

# What is to be sent on Telegram, kept until Telegram has said that it took it.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    # What made it, "telegram:123", and the how-manieth of that: a replayed update puts nothing in twice.
    Column("origin", Words, nullable=False),
    Column("part", Integer, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("method", String(32), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("reference", String(32), nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", Moment),
    Column("message_id", BigInteger),
    Column("reason", Words, nullable=False),
    UniqueConstraint("origin", "part"),
    Index(None, "state", "chat", "id"),
    Index(None, "chat", "message_id"),
)

chats = Table(
    "chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    # The language that was chosen; empty where it follows the question.
    Column("language", String(8), nullable=False),
    Column("unreachable_at", Moment),
    Column("introduced_at", Moment),
    # What the chat spoke of last, for 那2016年呢.
    Column("topic", JSON, nullable=False),
    Column("topic_at", Moment),
)

# What citizens thought of a reply; who did so is a pseudonym, as in the records.
feedback = Table(
    "feedback",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("citizen_key", String(64), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("at", Moment, nullable=False),
)

# Which message became which record, for as long as Telegram lets a message be edited.
asked = Table(
    "asked",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reference", String(32), nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

# Citizens whom staff no longer serve, by pseudonym; `dropped` counts what came from them since.
blocks = Table(
    "blocks",
    metadata,
    Column("citizen_key", String(64), primary_key=True),
    Column("reference", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
)

# How often a citizen did on a day what each may do only so often.
allowances = Table(
    "allowances",
    metadata,
    Column("citizen_key", String(64), primary_key=True),
    Column("matter", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", Integer, nullable=False),
)

application_counters = Table(
    "application_counters",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    # What brought it in, "telegram:123"; NULL where nothing can be delivered twice.
    Column("origin", Words, unique=True),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("arrival", String(16), nullable=False),
    Column("delivery", String(16), nullable=False),
    Column("erased_at", Moment),
    UniqueConstraint("year", "serial"),
)

# Who applied and for what: a row that can be erased while the application stays counted.
application_words = Table(
    "application_words",
    metadata,
    Column("number", String(32), ForeignKey(applications.c.number), primary_key=True),
    Column("citizen_key", String(64), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("contact", Words, nullable=False),
    Column("identity", Words, nullable=False),
    Column("sought", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("document_number", Words, nullable=False),
)

# The steps of applications: rows are added, and none is changed but to erase words.
application_events = Table(
    "application_events",
    metadata,
    Column("number", String(32), ForeignKey(applications.c.number), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("step", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("until", Date),
    Column("approved_by", Words, nullable=False),
)

application_drafts = Table(
    "application_drafts",
    metadata,
    Column("citizen_key", String(64), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)

# Reviews, lawsuits, and what is counted beside them.
cases = Table(
    "cases",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("about", String(32), nullable=False),
    Column("note", Words, nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", Words, nullable=False),
    UniqueConstraint("year", "serial"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("reference", String(32), ForeignKey(cases.c.reference), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("result", String(16), nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("noted_by", Words, nullable=False),
    Column("note", Words, nullable=False),
)

# Questions in the hands of staff; the citizen's chat stands here in plain until it is forgotten.
handovers = Table(
    "handovers",
    metadata,
    Column("reference", String(32), primary_key=True),
    Column("citizen", BigInteger, index=True),
    Column("language", String(8), nullable=False),
    Column("topic", BigInteger, index=True),
    Column("card", BigInteger),
    Column("assignee", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("last_at", Moment, nullable=False, index=True),
)

# What citizens and staff say to each other about them: the messages as they were written.
sayings = Table(
    "sayings",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("reference", String(32), nullable=False, index=True),
    Column("side", String(8), nullable=False),
    Column("who", Words, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("words", Words, nullable=False),
    Column("language", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("passage", String(12), nullable=False),
    UniqueConstraint("chat", "message_id"),
)

# The bot's messages that belong to a hand-over: its card, and the copies of what was said.
handover_links = Table(
    "handover_links",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reference", String(32), nullable=False, index=True),
    Column("saying", BigInteger, index=True),
)

# Groups that became supergroups, which have another number.
moved_chats = Table(
    "moved_chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("new_chat", BigInteger, nullable=False),
)
