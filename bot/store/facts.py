"""Single facts about a database: such as its first user settles for all that come after, and such as change."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.store.database import Database
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


def note(database: Database, connection: Connection, name: str, value: str) -> None:
    """Write a fact that changes, in a transaction that is open."""
    written = database.insert(facts).values(name=name, value=value)
    connection.execute(written.on_conflict_do_update(index_elements=[facts.c.name], set_={"value": value}))


def read(database: Database, name: str) -> str:
    """The value of a fact; empty where nobody has written it."""
    with database.read() as connection:
        return str(connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar() or "")
