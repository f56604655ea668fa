"""Questions in the hands of staff."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint

from bot.store.tables.columns import Moment, Words, metadata

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
    Column("album", String(64), nullable=False),
    Column("attached", String(64), nullable=False),
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
