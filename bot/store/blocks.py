"""Citizens whom staff no longer serve: by the pseudonym that their records bear, so on every channel and in every chat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.model import Block
from bot.store.database import Database
from bot.store.tables import blocks

# Built once: every question asks for it.
SINCE = select(blocks.c.at).where(blocks.c.citizen_key == bindparam("citizen_key"))


class Blocks:
    """The block list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, citizen_key: str, reference: str, now: datetime) -> bool:
        """Block a citizen; False where they are blocked already.

        Args:
            citizen_key: the pseudonym.
            reference: the record that staff named, which they know the block by.
            now: since when.
        """
        row = {"citizen_key": citizen_key, "reference": reference, "at": now, "dropped": 0, "told": False}
        added = self._database.insert(blocks).values(row).on_conflict_do_nothing().returning(blocks.c.citizen_key)
        with self._database.write() as connection:
            return connection.scalar(added) is not None

    def lift(self, citizen_key: str) -> bool:
        """Serve a citizen again; False where they were not blocked."""
        with self._database.write() as connection:
            lifted = delete(blocks).where(blocks.c.citizen_key == citizen_key).returning(blocks.c.citizen_key)
            return connection.scalar(lifted) is not None

    def is_on(self, citizen_key: str) -> bool:
        """Whether a citizen is blocked."""
        with self._database.read() as connection:
            return connection.scalar(SINCE, {"citizen_key": citizen_key}) is not None

    def drop(self, citizen_key: str, *, can_tell: bool) -> bool:
        """Count what came from a blocked citizen and is dropped.

        Args:
            citizen_key: the pseudonym.
            can_tell: whether the citizen can be told where it came from, with nobody else to hear it.

        Returns:
            Whether they are to be told now: the first time that they can be.
        """
        theirs = blocks.c.citizen_key == citizen_key
        with self._database.write() as connection:
            told = connection.scalar(select(blocks.c.told).where(theirs).with_for_update())
            if told is None:
                return False
            values = {"dropped": blocks.c.dropped + 1, "told": told or can_tell}
            connection.execute(update(blocks).where(theirs).values(values))
        return can_tell and not told

    def named(self, reference: str) -> str:
        """The pseudonym of who was blocked by a record; empty where nobody was. The record itself may be erased since."""
        with self._database.read() as connection:
            return connection.scalar(select(blocks.c.citizen_key).where(blocks.c.reference == reference)) or ""

    def all(self) -> tuple[Block, ...]:
        """Who is blocked, the latest first."""
        listed = select(blocks.c.reference, blocks.c.at, blocks.c.dropped).order_by(
            blocks.c.at.desc(), blocks.c.reference
        )
        with self._database.read() as connection:
            return tuple(Block(*row) for row in connection.execute(listed))
