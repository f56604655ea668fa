"""Changes to contact records: nothing is overwritten without a line that says who, when, why, and what stood there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.model import ContactRecord, RecordEvent, Resolution
from bot.store.database import Database
from bot.store.rows import to_event, to_record
from bot.store.tables import record_events, records

THE_BOT = "bot"
"""Who changes a record where no person does."""

CORRECTABLE = frozenset(
    ("channel", "question", "asked_at", "kind", "reply", "outcome", "agency", "category", "follow_up_on", "merged_into")
)
"""The fields that may change; reference, pseudonym and what the bot came to are as they were."""


MERGING = 7_306_004
"""Advisory lock of whoever merges: two merges at once could make each record the other's duplicate."""


class CannotMerge(ValueError):  # noqa: N818 - it names the mistake
    """Two records that cannot be one; the message says why, and what to do instead."""


class Corrections:
    """Changes records and tells what was changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(
        self, reference: str, fields: Mapping[str, Any], *, who: str, at: datetime, reason: str = ""
    ) -> ContactRecord | None:
        """Change fields of a record, an event each; a field that has the value already leaves none.

        Args:
            reference: of the record.
            fields: values by the name of a field in `CORRECTABLE`.
            who: the name that staff go by, or `THE_BOT`.
            at: when.
            reason: why.

        Returns:
            The record as it is now; None where there is none.

        Raises:
            KeyError: a field that does not change.
        """
        if unknown := fields.keys() - CORRECTABLE:
            raise KeyError(*unknown)
        with self._database.write() as connection:
            row = connection.execute(select(records).where(records.c.reference == reference).with_for_update()).first()
            if row is None:
                return None
            before = row._mapping
            changed = {name: value for name, value in fields.items() if before[name] != value}
            for name, value in changed.items():
                _note(connection, RecordEvent(reference, at, who, name, _text(before[name]), _text(value), reason))
            if changed:
                written = update(records).where(records.c.reference == reference).values(**changed)
                row = connection.execute(written.returning(*records.c)).one()
            return to_record(row)

    def settle(
        self, reference: str, outcome: Resolution, *, who: str, at: datetime, reason: str = ""
    ) -> ContactRecord | None:
        """Note what became of an inquiry; None where there is no such record."""
        return self.change(reference, {"outcome": outcome.value}, who=who, at=at, reason=reason)

    def answered(self, reference: str, at: datetime) -> None:
        """Note that a citizen found what they wanted in what the bot offered; what staff have in hand stays theirs."""
        locked = select(records.c.outcome).where(records.c.reference == reference).with_for_update()
        with self._database.together():
            with self._database.write() as connection:
                outcome = connection.scalar(locked)
            if outcome == Resolution.OPEN:
                self.settle(reference, Resolution.ANSWERED, who=THE_BOT, at=at)

    def merge(self, original: str, duplicate: str, *, who: str, at: datetime, reason: str = "") -> None:
        """Let a record count as one with another, which stays as it is.

        Raises:
            CannotMerge: one of them is not there, is merged already, or others are merged into the duplicate.
        """
        with self._database.together(), self._database.write(lock=MERGING) as connection:
            found = records.c.reference.in_((original, duplicate)) | (records.c.merged_into == duplicate)
            pairs = select(records.c.reference, records.c.merged_into).where(found)
            merged_into = {row.reference: row.merged_into for row in connection.execute(pairs)}
            if problem := _no_merge(original, duplicate, merged_into):
                raise CannotMerge(problem)
            self.change(duplicate, {"merged_into": original}, who=who, at=at, reason=reason)

    def note(self, event: RecordEvent) -> None:
        """Keep an event that changes no field, such as ``entered``."""
        with self._database.write() as connection:
            _note(connection, event)

    def events(self, reference: str) -> tuple[RecordEvent, ...]:
        """What was changed of a record, in the order in which it was."""
        theirs = select(record_events).where(record_events.c.reference == reference).order_by(record_events.c.id)
        with self._database.read() as connection:
            return tuple(map(to_event, connection.execute(theirs)))


def _no_merge(original: str, duplicate: str, merged_into: Mapping[str, str]) -> str:
    """What is against a merge; empty where nothing is."""
    for reference in (original, duplicate):
        if reference not in merged_into:
            return f"{reference}：没有这条登记；`bot records list` 列出最新的"
    if original == duplicate:
        return f"{original}：一条登记不能与自己合并；请写两个编号"
    if merged_into[original]:
        return f"{original}：它自己已经合并；请合并到 {merged_into[original]}"
    if merged_into[duplicate]:
        return f"{duplicate}：已经合并到 {merged_into[duplicate]}；`bot records unmerge` 可以撤销"
    if others := sorted(each for each, into in merged_into.items() if into == duplicate):
        return f"{duplicate}：{'、'.join(others)} 合并到了它；请先把那条合并到 {original}"
    return ""


def _note(connection: Connection, event: RecordEvent) -> None:
    values = {name: getattr(event, name) for name in ("reference", "at", "who", "what", "before", "after", "reason")}
    connection.execute(insert(record_events).values(**values))


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else str(value or "")
