"""Rows of a CSV file with their line numbers, whatever the language and the order of its headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.decoding import decode
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.sheets import Record
from bot.knowledge.stated import field_key, tidy
from bot.model import Finding, Severity

_DELIMITERS = (",", "\t", ";", "；", "，")
# The header of a catalogue may stand below titles and notes.
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file, and its cells by column name; every known column of the file has one."""

    line: int
    cells: Mapping[str, str]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that could be read, and remarks on those that could not (without a path)."""

    columns: frozenset[str]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()


def read_table(data: bytes, columns: Mapping[str, str], required: tuple[str, ...] = ()) -> Table:
    """Read a CSV file whose first row is its header.

    Args:
        data: UTF-8, GB 18030 or UTF-16.
        columns: heading in the form of `field_key` to column name; other headings are ignored with a note.
        required: column names that the header must have.

    Raises:
        UnreadableFile: no text, or no header with the required columns.
    """
    records, findings = read_records(decode(data), columns)
    line, header = records[0] if records else (1, [])
    names = [columns.get(field_key(cell), "") for cell in header]
    for name in required:
        if name not in names:
            known = " or ".join(heading for heading, column in columns.items() if column == name)
            raise UnreadableFile(f"the header has no column {known}", f"add the column {known}", line)
    return to_table(header, names, line, records[1:], findings)


def to_table(
    headings: Sequence[str], names: Sequence[str], line: int, records: Sequence[Record], findings: Sequence[Finding]
) -> Table:
    """The records below a header by the names of their columns.

    Args:
        headings: of the header, as written.
        names: their columns' names; empty for a column that is not used, which is noted.
        line: where the header stands.
        records: what stands below it.
        findings: what there was to say before.

    Raises:
        UnreadableFile: two columns have the same name.
    """
    for name in filter(None, names):
        if list(names).count(name) > 1:
            twice = "、".join(tidy(heading) for heading, of in zip(headings, names, strict=True) if of == name)
            raise UnreadableFile(f"the header has two columns for {name}: {twice}", "keep one", line)
    notes = [*findings]
    pairs = list(zip(headings, names, strict=True))
    if unknown := [tidy(heading) for heading, name in pairs if not name and heading.strip()]:
        notes.append(Finding(Severity.NOTE, "", line, f"columns {', '.join(unknown)} are not used", ""))
    nameless = [place for place, (heading, _) in enumerate(pairs) if not heading.strip()]
    if any(cells[place].strip() for _, cells in records for place in nameless if place < len(cells)):
        notes.append(Finding(Severity.NOTE, "", line, "a column without a heading is not used", "write its heading"))
    return Table(frozenset(filter(None, names)), tuple(_row(record, names) for record in records), tuple(notes))


def _row(record: Record, names: Sequence[str]) -> Row:
    line, cells = record
    by_name = dict.fromkeys(filter(None, names), "")
    by_name.update({name: cell for name, cell in zip(names, cells, strict=False) if name})
    extra = tuple(cells[len(names) :])
    return Row(line, by_name, extra if any(map(str.strip, extra)) else ())


# Systems write ="0003" and '0003 so that Excel takes a number for text; what is meant is 0003.
_GUARD = re.compile(r"""^\s*(?:="([^"]*)"|'(\d[\d/-]*))\s*$""")


def read_records(text: str, columns: Mapping[str, str]) -> tuple[list[Record], list[Finding]]:
    """The records of a CSV text that are well formed and not empty, and remarks on those that are not well formed.

    Args:
        text: its cells parted by commas, tabs or semicolons of either width.
        columns: the headings by which it is told which of these it is.
    """
    findings: list[Finding] = []
    records = list(_records(text, _delimiter(text, columns), findings))
    return records, findings


def _delimiter(text: str, columns: Mapping[str, str]) -> str:
    first = [row for row in text.splitlines() if row.strip()][:_LOOKED_AT]
    return max(
        _DELIMITERS,
        key=lambda sign: max(
            (sum(field_key(cell.strip('"')) in columns for cell in row.split(sign)) for row in first), default=0
        ),
    )


def _records(text: str, delimiter: str, findings: list[Finding]) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = 'close the quotation mark, and write a mark inside a text twice ("")'
            findings.append(Finding(Severity.ERROR, "", line, f"the row is no CSV ({error})", remedy))
            continue
        if any(cell.strip() for cell in cells):
            yield line, [_GUARD.sub(r"\1\2", cell) for cell in cells]
