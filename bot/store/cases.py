"""The register of reviews and lawsuits, and of complaints, corrections and petitions; results are only added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from bot.model import Case, CaseEvent, CaseKind, CaseResult
from bot.store.database import Database
from bot.store.tables import case_events, cases

NUMBERING = 7_306_002
"""Advisory lock of whoever gives out the next reference."""


class Cases:
    """The cases, few enough to be read as a whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, case: Case) -> Case:
        """Enter a case without a reference; the year in which it was noted, in its own time zone, is the reference's.

        Returns:
            The case with its reference, on disk.
        """
        year = case.noted_at.year
        highest = select(func.coalesce(func.max(cases.c.serial), 0)).where(cases.c.year == year)
        with self._database.write(lock=NUMBERING) as connection:
            serial = connection.execute(highest).scalar_one() + 1
            numbered = replace(case, reference=f"AJ-{year}-{serial:06d}")
            row = {
                "reference": numbered.reference,
                "year": year,
                "serial": serial,
                "kind": case.kind.value,
                "filed_on": case.filed_on,
                "about": case.about,
                "note": case.note,
                "noted_at": case.noted_at,
                "noted_by": case.noted_by,
            }
            connection.execute(insert(cases).values(row))
            return _load(connection, cases.c.reference == numbered.reference)[0]

    def note(self, reference: str, event: CaseEvent) -> Case | None:
        """Add a result; None where there is no such case."""
        held = select(cases.c.reference).where(cases.c.reference == reference).with_for_update()
        with self._database.write() as connection:
            if connection.execute(held).first() is None:
                return None
            before = _load(connection, cases.c.reference == reference)[0]
            row = {
                "reference": reference,
                "position": len(before.events),
                "day": event.day,
                "result": event.result.value,
                "noted_at": event.noted_at,
                "noted_by": event.noted_by,
                "note": event.note,
            }
            connection.execute(insert(case_events).values(row))
            return _load(connection, cases.c.reference == reference)[0]

    def find(self, reference: str) -> Case | None:
        """The case of a reference."""
        with self._database.read() as connection:
            return next(iter(_load(connection, cases.c.reference == reference)), None)

    def all(self) -> tuple[Case, ...]:
        """Every case, oldest first."""
        with self._database.read() as connection:
            return _load(connection)


def _load(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Case, ...]:
    rows = connection.execute(select(cases).where(*conditions).order_by(cases.c.year, cases.c.serial)).all()
    noted = select(case_events).join(cases, cases.c.reference == case_events.c.reference).where(*conditions)
    events: dict[str, list[CaseEvent]] = defaultdict(list)
    for row in connection.execute(noted.order_by(case_events.c.position)):
        events[row.reference].append(CaseEvent(row.day, CaseResult(row.result), row.noted_at, row.noted_by, row.note))
    return tuple(_to_case(row, tuple(events[row.reference])) for row in rows)


def _to_case(row: Row[Any], events: tuple[CaseEvent, ...]) -> Case:
    return Case(
        row.reference, CaseKind(row.kind), row.filed_on, row.about, row.note, row.noted_at, row.noted_by, events
    )
