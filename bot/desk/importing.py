"""Registers that staff kept in CSV files or workbooks, brought into the house's own."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from bot.desk.fields import FIELDS, NAMES, EntryRefused, read_field
from bot.desk.register import Entry, agency_key, checked, enter
from bot.knowledge.decoding import decode
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.spreadsheet import is_workbook, read_sheets
from bot.knowledge.rows import Row, read_records, to_table
from bot.knowledge.sheets import Sheet, find_header, without_end
from bot.knowledge.stated import field_key
from bot.model import Channel, Finding, Severity
from bot.store import Store

COLUMNS: Mapping[str, str] = {
    field_key(heading): name
    for heading, name in {**FIELDS, **{name: name for name in NAMES}}.items()
    if name != "merged_into"
}
CLOCK = "clock"
BATCH = 200
"""Rows of one transaction: citizens who ask meanwhile wait for no more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be entered, and what tells it when the file is brought in again."""

    line: int
    entry: Entry
    origin: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: how many rows are new, how many were there before, which hold masked personal data."""

    new: int
    known: int
    masked: tuple[int, ...]


def read_register(
    data: bytes, store: Store, secret: bytes, now: datetime
) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """The rows of a CSV file or a workbook that can be entered, and remarks on those that cannot.

    Args:
        data: the file; its header stands on top or below titles, and has 内容 and 时间.
        store: knows the agencies.
        secret: what a row is told by is hashed with it: short texts could be guessed from a plain hash.
        now: what was asked later is refused.

    Raises:
        UnreadableFile: neither text nor workbook, or without such a header.
    """
    lines: list[Line] = []
    findings: list[Finding] = []
    seen: Counter[str] = Counter()
    for row in _rows(data, findings):
        try:
            entry = _entry(row, store)
            checked(entry, now)
        except EntryRefused as refused:
            findings.append(Finding(Severity.ERROR, "", row.line, refused.reason, refused.remedy))
            continue
        # The same call twice in one file is two calls; the same file twice is the same calls.
        content = "\0".join(f"{name}={row.cells.get(name, '').strip()}" for name in sorted(NAMES))
        seen[content] += 1
        digest = hmac.new(secret, f"{seen[content]}\0{content}".encode(), hashlib.sha256).hexdigest()
        lines.append(Line(row.line, entry, f"import:{digest}"))
    return tuple(lines), tuple(findings)


def bring_in(lines: tuple[Line, ...], store: Store, *, who: str, at: datetime) -> Imported:
    """Enter rows, in the order of the file; those that were brought in before add nothing."""
    new, masked = 0, []
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        with store.together():
            for line in batch:
                if store.records.of_origin(line.origin) is not None:
                    continue
                new += 1
                if enter(store, line.entry, who=who, at=at, origin=line.origin).masked:
                    masked.append(line.line)
    return Imported(new, len(lines) - new, tuple(masked))


def rehearse(lines: tuple[Line, ...], store: Store) -> Imported:
    """What `bring_in` would do."""
    new = sum(store.records.of_origin(line.origin) is None for line in lines)
    return Imported(new, len(lines) - new, ())


def _rows(data: bytes, findings: list[Finding]) -> Iterator[Row]:
    found = False
    for sheet in _sheets(data, findings):
        header = find_header(sheet.records, COLUMNS, {})
        if header is None or not {"question", "asked_at"} <= header.known:
            continue
        found = True
        body, notes = without_end(sheet.records, header)
        line = sheet.records[header.first][0]
        table = to_table(header.headings, _names(header.names), line, body, notes)
        findings += [*sheet.findings, *table.findings]
        yield from map(_with_clock, table.rows)
    if not found:
        raise UnreadableFile("没有写着时间和内容的表头", "请在各列上面写明时间、方式、内容、答复、处理结果")


def _names(names: Sequence[str]) -> tuple[str, ...]:
    """The columns' names; of two for the time, as registers on paper have them, the second is the clock's: 日期, 来电时间."""
    if names.count("asked_at") != 2:
        return tuple(names)
    second = len(names) - 1 - names[::-1].index("asked_at")
    return (*names[:second], CLOCK, *names[second + 1 :])


def _with_clock(row: Row) -> Row:
    moment = f"{row.cells.get('asked_at', '')} {row.cells.get(CLOCK, '')}".strip()
    return replace(row, cells={**row.cells, "asked_at": moment}) if CLOCK in row.cells else row


def _sheets(data: bytes, findings: list[Finding]) -> list[Sheet]:
    if is_workbook(data):
        sheets, hidden = read_sheets(data)
        findings += hidden
        return sheets
    records, broken = read_records(decode(data), COLUMNS)
    findings += broken
    return [Sheet("", tuple(records))]


def _entry(row: Row, store: Store) -> Entry:
    if row.extra:
        raise EntryRefused("这一行的格数比表头多", '有逗号的内容请加引号 ""')
    values = {name: read_field(name, text) for name, text in row.cells.items() if name in NAMES and name != "outcome"}
    values["agency"] = agency_key(store, values.get("agency", ""))
    values.setdefault("channel", Channel.PHONE)
    written = row.cells.get("outcome", "").strip()
    # Whoever wrote 已答复 in a register of their own had no bot.
    outcome = read_field("outcome", "人工已答复" if written == "已答复" else written) if written else None
    return Entry(**values, outcome=outcome)
