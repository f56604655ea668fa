"""What the public asked, what became of it, and who may ask no more."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Index, Integer, String, Table, UniqueConstraint

from bot.store.tables.columns import Moment, Words, metadata

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
