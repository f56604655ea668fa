"""What Telegram delivered, what it is to deliver, and what is known of its chats."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from bot.store.tables.columns import Moment, Words, metadata

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
    # The next one to send is found at once, however many wait.
    Index(None, "state", "priority", "id"),
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

# Groups that became supergroups, which have another number.
moved_chats = Table(
    "moved_chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("new_chat", BigInteger, nullable=False),
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
