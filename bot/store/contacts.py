"""Contact records as they are counted: without their words, each with the newest rating of its reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, tuple_

from bot.model import Channel, Contact, Rating, Reason, RequestKind, Resolution, Selection, Verdict
from bot.store.database import Database
from bot.store.selection import conditions
from bot.store.tables import feedback, records

BATCH = 2000
"""Contacts held at once while streaming."""

COUNTED = tuple(
    records.c[name]
    for name in (
        "year", "number", "reference", "channel", "asked_at", "kind", "decision", "outcome", "agency", "category",
        "milliseconds", "merged_into",
    )
)  # fmt: skip
PLACE = tuple_(records.c.year, records.c.number)


class Contacts:
    """The contact records to be counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, selection: Selection) -> Iterator[Contact]:
        """Every contact of a selection, oldest first, a batch at a time."""
        wanted = select(*COUNTED).where(*conditions(selection))
        oldest = wanted.order_by(records.c.year, records.c.number).limit(BATCH)
        following = oldest
        while True:
            with self._database.read() as connection:
                batch = connection.execute(following).all()
                ratings = _ratings(connection, batch)
            yield from (_to_contact(row, ratings.get(row.reference)) for row in batch)
            if len(batch) < BATCH:
                return
            following = oldest.where(tuple_(batch[-1].year, batch[-1].number) < PLACE)


def _ratings(connection: Connection, batch: Sequence[Row[Any]]) -> dict[str, Rating]:
    """The newest rating of each record of a batch."""
    rated = select(feedback.c.reference, feedback.c.helpful, feedback.c.reason)
    theirs = rated.where(feedback.c.reference.in_([row.reference for row in batch])).order_by(feedback.c.at)
    return {
        reference: Rating(helpful, Reason(reason) if reason else None)
        for reference, helpful, reason in connection.execute(theirs)
    }


def _to_contact(row: Row[Any], rating: Rating | None) -> Contact:
    return Contact(
        reference=row.reference,
        channel=Channel(row.channel),
        asked_at=row.asked_at,
        kind=RequestKind(row.kind),
        decision=Verdict(row.decision) if row.decision else None,
        outcome=Resolution(row.outcome),
        agency=row.agency,
        category=row.category,
        milliseconds=row.milliseconds,
        merged=bool(row.merged_into),
        rating=rating,
    )
