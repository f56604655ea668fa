"""Single facts about a database that its first user settles for all that come after."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.engine import Database
from bot.store.tables import facts


def settle(database: Database, name: str, value: str) -> str:
    """The value of a fact; whoever asks first settles it with the value given."""
    stored = select(facts.c.value).where(facts.c.name == name)
    with database.read() as connection:
        known = connection.execute(stored).scalar()
    if known is not None:
        return str(known)
    claim = database.insert(facts).values(name=name, value=value).on_conflict_do_nothing()
    with database.write() as connection:
        connection.execute(claim)
        return str(connection.execute(stored).scalar_one())
