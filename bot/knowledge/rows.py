"""Rows of a CSV file with their line numbers, whatever the language and the order of its headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.decoding import decode
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.stated import field_key, tidy
from bot.model import Finding, Severity

_DELIMITERS = (",", "\t", ";", "；", "，")


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
    """Read a CSV file with a header row.

    Args:
        data: UTF-8 or GB 18030.
        columns: heading in the form of `field_key` to column name; other headings are ignored with a note.
        required: column names that the header must have.

    Raises:
        UnreadableFile: no text, or no header with the required columns.
    """
    text = decode(data)
    delimiter = _delimiter(text, columns)
    findings: list[Finding] = []
    records = _records(text, delimiter, findings)
    header_line, header = next(records, (1, []))
    names = [columns.get(field_key(cell), "") for cell in header]
    _check_header(names, header_line, columns, required)
    if unknown := [tidy(cell) for cell, name in zip(header, names, strict=True) if not name and cell.strip()]:
        reason = f"columns {', '.join(unknown)} are not used"
        findings.append(Finding(Severity.NOTE, "", header_line, reason, ""))
    rows = tuple(_row(line, cells, names) for line, cells in records if any(cell.strip() for cell in cells))
    return Table(frozenset(filter(None, names)), rows, tuple(findings))


def _check_header(names: list[str], line: int, columns: Mapping[str, str], required: tuple[str, ...]) -> None:
    for name in required:
        if name not in names:
            known = " or ".join(heading for heading, column in columns.items() if column == name)
            raise UnreadableFile(f"the header has no column {known}", f"add the column {known}", line)
    for name in filter(None, names):
        if names.count(name) > 1:
            raise UnreadableFile(f"the header has two columns for {name}", "keep one", line)


def _row(line: int, cells: list[str], names: list[str]) -> Row:
    by_name = dict.fromkeys(filter(None, names), "")
    by_name.update({name: cell for name, cell in zip(names, cells, strict=False) if name})
    return Row(line, by_name, tuple(cells[len(names) :]))


def _delimiter(text: str, columns: Mapping[str, str]) -> str:
    first = next((row for row in text.splitlines() if row.strip()), "")
    return max(_DELIMITERS, key=lambda sign: sum(field_key(cell.strip('"')) in columns for cell in first.split(sign)))


def _records(text: str, delimiter: str, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """(line that the record starts in, cells) of every record that is well formed; remarks on the others."""
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
        if cells:
            yield line, cells
