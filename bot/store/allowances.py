"""How often a citizen did today what each may do only so often a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete

from bot.store.database import Database
from bot.store.tables import allowances


class Allowances:
    """Counts by citizen, matter and day; they outlive the process, or a restart would give a new day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def use(self, citizen_key: str, matter: str, day: date) -> int:
        """Count one more; returns the how-manieth of that day this is."""
        first = self._database.insert(allowances).values(citizen_key=citizen_key, matter=matter, day=day, used=1)
        place = [allowances.c.citizen_key, allowances.c.matter, allowances.c.day]
        counted = first.on_conflict_do_update(index_elements=place, set_={"used": allowances.c.used + 1})
        with self._database.write() as connection:
            return int(connection.execute(counted.returning(allowances.c.used)).scalar_one())

    def forget_before(self, day: date) -> None:
        """Drop the counts of earlier days."""
        with self._database.write() as connection:
            connection.execute(delete(allowances).where(allowances.c.day < day))
