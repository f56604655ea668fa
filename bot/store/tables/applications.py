"""Applications under the law, and the reviews and lawsuits that follow on them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from bot.store.tables.columns import Moment, Words, metadata

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
