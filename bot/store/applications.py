"""The register of applications: numbered without gaps, each with its steps, of which none is ever overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select, tuple_, update

from bot.model import (
    Applicant,
    ApplicantKind,
    Application,
    Arrival,
    Channel,
    Delivery,
    Event,
    Outcome,
    Request,
    Step,
)
from bot.store.database import Database
from bot.store.tables import application_counters, application_events, application_words, applications

BATCH = 500
"""Applications held at once while streaming."""

_PLACE = tuple_(applications.c.year, applications.c.serial)
_ENDS = [step.value for step in Step if step.ends]


class Applications:
    """The applications; what tells who applied and for what stands in a table of its own, so that it can be erased."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def register(self, application: Application, origin: str = "") -> Application:
        """Enter an application; it is on disk, with its number, when this returns.

        Args:
            application: as it came in, without a number, its registration its only step; the year in which that was
                noted, in its own time zone, is the number's.
            origin: what brought it in, "telegram:123"; a second one of that origin is not registered again.

        Returns:
            The application as registered; the earlier one where its origin is known.
        """
        registration = application.events[0]
        year = registration.noted_at.year
        with self._database.write() as connection:
            if origin and (known := _find(connection, applications.c.origin == origin)):
                return known
            serial = self._count(connection, year)
            number = f"SQ-{year}-{serial:06d}"
            place = {"number": number, "year": year, "serial": serial, "origin": origin or None}
            connection.execute(insert(applications).values(place | _choices(application)))
            connection.execute(insert(application_words).values({"number": number} | _words(application)))
            _note(connection, number, 0, registration)
            return _the(connection, number)

    def find(self, number: str) -> Application | None:
        """The application of this number."""
        with self._database.read() as connection:
            return _find(connection, applications.c.number == number)

    def of_citizen(self, citizen_key: str) -> tuple[Application, ...]:
        """What somebody has sent in on a channel, oldest first."""
        theirs = select(application_words.c.number).where(application_words.c.citizen_key == citizen_key)
        with self._database.read() as connection:
            return _load(connection, applications.c.number.in_(theirs)) if citizen_key else ()

    def all(self) -> Iterator[Application]:
        """Every application, oldest first, a batch at a time."""
        return self._stream()

    def open(self) -> Iterator[Application]:
        """The applications that are not decided, oldest first."""
        ended, taken_back = _has_step(*_ENDS), _has_step(Step.TAKEN_BACK.value)
        return (each for each in self._stream(~ended | taken_back) if each.ended is None)

    def take(self, number: str, step: Callable[[Application], Event]) -> Application | None:
        """Note one step more; whoever takes another one meanwhile waits, and then sees this one.

        Args:
            number: of the application.
            step: given the application as it stands, the step; what it raises leaves everything as it was.

        Returns:
            The application with the step; None where there is no such application.
        """
        held = select(applications.c.number).where(applications.c.number == number).with_for_update()
        with self._database.write() as connection:
            if connection.execute(held).first() is None:
                return None
            before = _the(connection, number)
            _note(connection, number, len(before.events), step(before))
            return _the(connection, number)

    def erase_closed_before(self, day: date, now: datetime) -> tuple[str, ...]:
        """Erase who applied for what in applications that were closed before a day; returns their numbers.

        Number, kind, ways, steps and their days stay: the counts of every year remain what they were.
        """
        with self._database.write() as connection:
            closed = _load(connection, _has_step(Step.CLOSED.value, before=day), applications.c.erased_at.is_(None))
            # One that was closed wrongly, and taken back, is not closed.
            numbers = tuple(each.number for each in closed if _is_closed_before(each, day))
            for start in range(0, len(numbers), BATCH):
                self._erase(connection, numbers[start : start + BATCH], now)
        return numbers

    def _erase(self, connection: Connection, numbers: Sequence[str], now: datetime) -> None:
        connection.execute(delete(application_words).where(application_words.c.number.in_(numbers)))
        theirs = application_events.c.number.in_(numbers)
        connection.execute(update(application_events).where(theirs).values(reason="", approved_by=""))
        erased = update(applications).where(applications.c.number.in_(numbers)).values(erased_at=now, origin=None)
        connection.execute(erased)

    def _count(self, connection: Connection, year: int) -> int:
        # The counter's row stays locked until the commit: whoever comes next waits, and a roll-back takes it back.
        counter = self._database.insert(application_counters).values(year=year, last=1)
        counted = counter.on_conflict_do_update(
            index_elements=[application_counters.c.year], set_={"last": application_counters.c.last + 1}
        ).returning(application_counters.c.last)
        return int(connection.execute(counted).scalar_one())

    def _stream(self, *conditions: ColumnElement[bool]) -> Iterator[Application]:
        after: tuple[ColumnElement[bool], ...] = ()
        while True:
            with self._database.read() as connection:
                batch = _load(connection, *conditions, *after, limit=BATCH)
            yield from batch
            if len(batch) < BATCH:
                return
            _, year, serial = batch[-1].number.split("-")
            after = (tuple_(int(year), int(serial)) < _PLACE,)


def _has_step(*steps: str, before: date | None = None) -> ColumnElement[bool]:
    """Whether one of the steps was noted, on a day before one."""
    events = application_events.c
    found = exists().where(events.number == applications.c.number, events.step.in_(steps))
    return found if before is None else found.where(events.day < before)


def _is_closed_before(application: Application, day: date) -> bool:
    last = application.steps[-1]
    return last.step is Step.CLOSED and last.day < day


def _choices(application: Application) -> dict[str, str]:
    chosen = {
        "kind": application.kind,
        "channel": application.channel,
        "arrival": application.arrival,
        "delivery": application.delivery,
    }
    return {name: choice.value for name, choice in chosen.items()}


def _words(application: Application) -> dict[str, str]:
    who, what = application.applicant or Applicant("", ""), application.request or Request("")
    return {"citizen_key": application.citizen_key} | asdict(who) | asdict(what)


def _note(connection: Connection, number: str, position: int, event: Event) -> None:
    row = {
        "number": number,
        "position": position,
        "step": event.step.value,
        "day": event.day,
        "noted_at": event.noted_at,
        "noted_by": event.noted_by,
        "reason": event.reason,
        "outcome": event.outcome.value if event.outcome else "",
        "until": event.until,
        "approved_by": event.approved_by,
    }
    connection.execute(insert(application_events).values(row))


def _the(connection: Connection, number: str) -> Application:
    return _load(connection, applications.c.number == number)[0]


def _find(connection: Connection, condition: ColumnElement[bool]) -> Application | None:
    return next(iter(_load(connection, condition)), None)


def _load(
    connection: Connection, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[Application, ...]:
    words = application_words.c
    columns = (
        words.citizen_key,
        words.name,
        words.contact,
        words.identity,
        words.sought,
        words.title,
        words.document_number,
    )
    joined = applications.outerjoin(application_words, applications.c.number == words.number)
    wanted = select(applications, *columns).select_from(joined).where(*conditions).order_by(*_PLACE).limit(limit)
    rows = connection.execute(wanted).all()
    steps = select(application_events).where(application_events.c.number.in_([row.number for row in rows]))
    events: dict[str, list[Event]] = defaultdict(list)
    for row in connection.execute(steps.order_by(application_events.c.number, application_events.c.position)):
        events[row.number].append(_to_event(row))
    return tuple(_to_application(row, tuple(events[row.number])) for row in rows)


def _to_application(row: Row[Any], events: tuple[Event, ...]) -> Application:
    erased = row.sought is None
    return Application(
        number=row.number,
        kind=ApplicantKind(row.kind),
        channel=Channel(row.channel),
        arrival=Arrival(row.arrival),
        delivery=Delivery(row.delivery),
        request=None if erased else Request(row.sought, row.title, row.document_number),
        applicant=None if erased else Applicant(row.name, row.contact, row.identity),
        citizen_key=row.citizen_key or "",
        events=events,
    )


def _to_event(row: Row[Any]) -> Event:
    return Event(
        step=Step(row.step),
        day=row.day,
        noted_at=row.noted_at,
        noted_by=row.noted_by,
        reason=row.reason,
        outcome=Outcome(row.outcome) if row.outcome else None,
        until=row.until,
        approved_by=row.approved_by,
    )
