"""What citizens thought of the replies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, select

from bot.model import Rating, Reason
from bot.store.database import Database
from bot.store.tables import feedback


class Feedback:
    """One rating of each record and citizen; a later one takes the place of the earlier."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, reference: str, citizen_key: str, rating: Rating, now: datetime) -> None:
        """Keep a rating."""
        helpful, reason = rating.helpful, rating.reason or ""
        with self._database.write() as connection:
            self._put(connection, reference, citizen_key, helpful=helpful, reason=reason, at=now)

    def of(self, reference: str) -> Rating | None:
        """The newest rating of a record; None where there is none."""
        newest = select(feedback).where(feedback.c.reference == reference).order_by(feedback.c.at.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(newest).first()
        return Rating(row.helpful, Reason(row.reason) if row.reason else None) if row else None

    def all(self) -> dict[str, Rating]:
        """The newest rating of each record that has one."""
        with self._database.read() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.at)).all()
        return {row.reference: Rating(row.helpful, Reason(row.reason) if row.reason else None) for row in rows}

    def erase_citizen(self, citizen_key: str) -> None:
        """Keep a citizen's ratings without the citizen."""
        self._blank(feedback.c.citizen_key == citizen_key)

    def erase(self, references: Select[tuple[str]]) -> None:
        """Keep the ratings of records without the citizens."""
        self._blank(feedback.c.reference.in_(references))

    def _blank(self, condition: ColumnElement[bool]) -> None:
        theirs = and_(condition, feedback.c.citizen_key != "")
        with self._database.write() as connection:
            rated = connection.execute(select(feedback).where(theirs).order_by(feedback.c.at)).all()
            connection.execute(delete(feedback).where(theirs))
            for row in rated:
                # One without a citizen may stand there already: who had their words erased can still press the button.
                self._put(connection, row.reference, "", helpful=row.helpful, reason=row.reason, at=row.at)

    def _put(self, connection: Connection, reference: str, citizen_key: str, **values: Any) -> None:
        kept = self._database.insert(feedback).values(reference=reference, citizen_key=citizen_key, **values)
        keys = [feedback.c.reference, feedback.c.citizen_key]
        connection.execute(kept.on_conflict_do_update(index_elements=keys, set_=values))
