"""The register of inquiries: one contact record a question, numbered without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from bot.model import Channel, ContactRecord, RequestKind, Resolution, Selection, Verdict
from bot.store.database import Database
from bot.store.facts import settle
from bot.store.rows import to_record
from bot.store.selection import conditions
from bot.store.tables import record_events, records, reference_counters, storable

BATCH = 1000
"""Records held at once while streaming."""

REFERENCE = re.compile(r"ZX-(\d{4})-(\d{6,})", re.ASCII)
SECRET = "pseudonym secret"  # noqa: S105 - a fact's name

EVERY = Selection()

PLACE = tuple_(records.c.year, records.c.number)

# Built once: every question waits for them.
OF_ORIGIN = select(records).where(records.c.origin == bindparam("origin"))
NEW = insert(records).returning(*records.c)


class Records:
    """The contact records."""

    def __init__(self, database: Database) -> None:
        self._database = database
        counter = database.insert(reference_counters).values(year=bindparam("year"), last=1)
        self._count = counter.on_conflict_do_update(
            index_elements=[reference_counters.c.year], set_={"last": reference_counters.c.last + 1}
        ).returning(reference_counters.c.last)

    def add(
        self,
        *,
        channel: Channel,
        citizen_key: str,
        question: str,
        asked_at: datetime,
        kind: RequestKind,
        decision: Verdict | None,
        matches: Sequence[tuple[str, str, float]],
        reply: str,
        milliseconds: float,
        origin: str = "",
        understood: str = "",
        outcome: Resolution = Resolution.OPEN,
        agency: str = "",
        category: str = "",
        follow_up_on: date | None = None,
    ) -> ContactRecord:
        """Write one record; it is on disk when this returns.

        The year of `asked_at`, in its own time zone, is the year of the reference. `origin` names what brought the
        question in, "telegram:123"; a second one of that origin is not counted again.

        Returns:
            The record as written; the earlier one where its origin is known.
        """
        values = {
            "year": asked_at.year,
            "origin": origin or None,
            "channel": channel.value,
            "citizen_key": citizen_key,
            "question": question,
            "asked_at": asked_at,
            "kind": kind.value,
            "decision": decision.value if decision else "",
            "matches": [list(match) for match in matches],
            "reply": reply,
            "milliseconds": milliseconds,
            "understood": understood,
            "edits": [],
            "outcome": outcome.value,
            "agency": agency,
            "category": category,
            "follow_up_on": follow_up_on,
            "merged_into": "",
        }
        try:
            with self._database.write() as connection:
                return _of_origin(connection, origin) or self._write(connection, values)
        except IntegrityError:
            if self._database.joined:
                raise  # The whole transaction is lost; whoever began it has to begin it anew.
            # PostgreSQL only: another worker was given the same message and wrote first. The number went back.
            with self._database.read() as connection:
                earlier = _of_origin(connection, origin)
            if earlier is None:
                raise
            return earlier

    def of_origin(self, origin: str) -> ContactRecord | None:
        """The record that this origin brought in."""
        with self._database.read() as connection:
            return _of_origin(connection, origin)

    def find(self, reference: str) -> ContactRecord | None:
        """The record of this reference."""
        with self._database.read() as connection:
            return _first(connection, select(records).where(records.c.reference == reference))

    def latest(self, *, limit: int = 20, before: str = "", selection: Selection = EVERY) -> tuple[ContactRecord, ...]:
        """The newest records of a selection, newest first; with `before`, those that are older than that reference."""
        wanted = select(records).where(*conditions(selection))
        newest = wanted.order_by(records.c.year.desc(), records.c.number.desc()).limit(limit)
        if before:
            place = REFERENCE.fullmatch(before)
            if place is None:
                return ()
            newest = newest.where(tuple_(int(place[1]), int(place[2])) > PLACE)
        with self._database.read() as connection:
            return tuple(map(to_record, connection.execute(newest)))

    def last_of(self, citizen_key: str) -> str:
        """The reference of what a citizen asked last; empty where they asked nothing."""
        theirs = select(records.c.reference).where(records.c.citizen_key == citizen_key, records.c.citizen_key != "")
        with self._database.read() as connection:
            last = connection.scalar(theirs.order_by(records.c.year.desc(), records.c.number.desc()).limit(1))
            return last or ""

    def of_citizen(self, citizen_key: str, limit: int) -> tuple[ContactRecord, ...]:
        """The newest records of a citizen, newest first."""
        theirs = select(records).where(records.c.citizen_key == citizen_key, records.c.citizen_key != "")
        newest = theirs.order_by(records.c.year.desc(), records.c.number.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(map(to_record, connection.execute(newest)))

    def count_of(self, citizen_key: str) -> int:
        """How many records a citizen has."""
        theirs = (records.c.citizen_key == citizen_key, records.c.citizen_key != "")
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(records).where(*theirs)).scalar_one())

    def all(self, selection: Selection = EVERY) -> Iterator[ContactRecord]:
        """Every record of a selection, oldest first, a batch at a time."""
        wanted = select(records).where(*conditions(selection))
        oldest = wanted.order_by(records.c.year, records.c.number).limit(BATCH)
        following = oldest
        while True:
            with self._database.read() as connection:
                batch = connection.execute(following).all()
            yield from map(to_record, batch)
            if len(batch) < BATCH:
                return
            following = oldest.where(tuple_(batch[-1].year, batch[-1].number) < PLACE)

    def note_edit(self, reference: str, text: str, at: datetime) -> None:
        """Add what a citizen made of a message afterwards to its record, which keeps the first words; no record, no note."""
        edits = select(records.c.edits).where(records.c.reference == reference).with_for_update()
        with self._database.write() as connection:
            known = connection.execute(edits).scalar()
            if known is not None:
                noted = [*known, [at.isoformat(), storable(text)]]
                connection.execute(update(records).where(records.c.reference == reference).values(edits=noted))

    def erase_citizen(self, citizen_key: str, at: datetime) -> int:
        """Erase what a citizen wrote and was told, and who it was; returns of how many records.

        Reference, time, channel, kind, decision, outcome, agency and category stay: the register has no gaps, and its
        counts remain what they were. That there were corrections stays too, without the words that were corrected.
        """
        if not citizen_key:
            return 0
        return self.erase(records.c.citizen_key == citizen_key, at)

    def erase(self, condition: ColumnElement[bool], at: datetime) -> int:
        """Do the same to the records that fulfil a condition."""
        with self._database.write() as connection:
            return _erase(connection, condition, at)

    def claim_secret(self, check: str) -> bool:
        """Whether this check value of the pseudonym secret is the database's own; the first one becomes it.

        Workers with different secrets would give one citizen several pseudonyms.
        """
        return settle(self._database, SECRET, check) == check

    def _write(self, connection: Connection, values: dict[str, Any]) -> ContactRecord:
        # The counter's row stays locked until the commit: whoever comes next waits, and a roll-back takes it back.
        year = values["year"]
        number = connection.execute(self._count, {"year": year}).scalar_one()
        new = values | {"reference": f"ZX-{year}-{number:06d}", "number": number}
        return to_record(connection.execute(NEW, new).one())


def _erase(connection: Connection, condition: ColumnElement[bool], at: datetime) -> int:
    theirs = select(records.c.reference).where(condition)
    wordless: dict[str, Any] = {"before": "", "after": "", "reason": ""}
    connection.execute(update(record_events).where(record_events.c.reference.in_(theirs)).values(**wordless))
    blank: dict[str, Any] = {
        "citizen_key": "", "question": "", "understood": "", "edits": [], "matches": [], "reply": "", "erased_at": at,
    }  # fmt: skip
    return connection.execute(update(records).where(condition).values(**blank)).rowcount


def _of_origin(connection: Connection, origin: str) -> ContactRecord | None:
    return _first(connection, OF_ORIGIN, origin=origin) if origin else None


def _first(connection: Connection, statement: Select[Any], **values: str) -> ContactRecord | None:
    row = connection.execute(statement, values).first()
    return None if row is None else to_record(row)
