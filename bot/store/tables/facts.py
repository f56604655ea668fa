"""Single facts about the database, by name."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from bot.store.tables.columns import Words, metadata

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Words, nullable=False),
)
