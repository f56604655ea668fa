"""Workbooks (XLSX, XLS, ODS): each sheet a catalogue where it has a header, else the tables of a report's form."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from bot.knowledge.blocks import Block, Heading, Paragraph, to_lines
from bot.knowledge.form_layouts import recognise
from bot.knowledge.grids import Grid
from bot.knowledge.manuscript import Reading, UnreadableFile, write_manuscript
from bot.knowledge.readers.catalogue import catalogue_of, header_of
from bot.knowledge.readers.compound import SIGNATURE
from bot.knowledge.readers.disguised import read_disguised
from bot.knowledge.readers.marks import MOST_PLACES, Marks, broken, too_large
from bot.knowledge.readers.ods_marks import ods_marks
from bot.knowledge.readers.packed import opened
from bot.knowledge.readers.xls_marks import xls_marks
from bot.knowledge.readers.xlsx_marks import xlsx_marks
from bot.knowledge.sheets import Record, Sheet
from bot.knowledge.stated import Stated
from bot.model import Finding, Severity

Value = int | float | str | bool | time | date | datetime | timedelta
# Excel keeps fifteen digits of a number; an 索引号 typed as a longer one has lost its end.
_EXACT = 10**15


def read_spreadsheet(data: bytes) -> Reading:
    """One manuscript a row of each sheet with a header; of a workbook without one, its tables of a report's form together.

    What is hidden is not published. A file that is text or a web page with the suffix of a workbook is read as what it is.

    Raises:
        UnreadableFile: damaged, encrypted, too large, or without anything to publish.
    """
    if not is_workbook(data):
        return read_disguised(data)
    sheets, findings = read_sheets(data)
    if not any(map(header_of, sheets)) and (blocks := list(_form(sheets))):
        notes = (finding for sheet in sheets for finding in sheet.findings)
        return Reading((write_manuscript(Stated(), to_lines(blocks)),), (*findings, *notes))
    reading = catalogue_of(sheets)
    return Reading(reading.manuscripts, (*findings, *reading.findings))


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook by its first bytes, whatever its suffix says."""
    return data.startswith((SIGNATURE, b"PK"))


def read_sheets(data: bytes) -> tuple[list[Sheet], list[Finding]]:
    """The sheets of a workbook that are shown, and remarks on the others.

    Raises:
        UnreadableFile: damaged, encrypted, too large, or empty.
    """
    if data.startswith(SIGNATURE):
        return _sheets(data, xls_marks(data))
    with opened(data) as archive:
        marks = ods_marks(archive) if "content.xml" in archive.namelist() else xlsx_marks(archive)
    return _sheets(data, marks)


def _sheets(data: bytes, marks: Mapping[str, Marks] | Sequence[Marks]) -> tuple[list[Sheet], list[Finding]]:
    """The sheets that are shown, and remarks on the others."""
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    with _damage_refused(), calamine.load_workbook(io.BytesIO(data)) as workbook:
        for place, shown in enumerate(workbook.sheets_metadata):
            if shown.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if shown.visible is not calamine.SheetVisibleEnum.Visible:
                reason = f'sheet "{shown.name}" is hidden, and is not published'
                findings.append(Finding(Severity.WARNING, "", 0, reason, "unhide it to publish it"))
                continue
            own = marks[shown.name] if isinstance(marks, Mapping) else marks[place]
            sheet = _sheet(shown.name, workbook.get_sheet_by_index(place), own)
            if sheet.records:
                sheets.append(sheet)
    if not sheets:
        raise UnreadableFile("the workbook is empty", "fill it in, or delete it")
    return sheets, findings


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except (calamine.CalamineError, LookupError, OverflowError, ValueError) as error:
        raise broken() from error
    except BaseException as error:
        # What Rust panics on comes as no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise broken() from None


def _sheet(name: str, sheet: calamine.CalamineSheet, marks: Marks) -> Sheet:
    rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    long_numbers = [
        place
        for place, row in enumerate(rows, 1)
        if any(isinstance(value, int | float) and abs(value) >= _EXACT for value in row)
    ]
    texts = [[_text(value) for value in row] for row in rows]
    for (row, column), error in marks.errors.items():
        if row < len(texts) and column < len(texts[row]):
            texts[row][column] = error
    _repeat_merged(texts, sheet.merged_cell_ranges or ())
    records = tuple(_shown(texts, marks))
    shown = {(row + 1, column): to for (row, column), to in marks.links.items() if column not in marks.hidden_columns}
    return Sheet(name, records, tuple(_remarks(texts, marks, long_numbers)), shown)


def _repeat_merged(texts: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    left_over = MOST_PLACES
    for (top, left), (bottom, right) in ranges:
        if top < len(texts) and left < len(texts[top]):
            text = texts[top][left]
            left_over -= (min(bottom, len(texts)) - top + 1) * (min(right, len(texts[top])) - left + 1)
            if left_over < 0:
                raise too_large()
            for row in texts[top : bottom + 1]:
                row[left : right + 1] = [text] * len(row[left : right + 1])


def _shown(texts: Sequence[Sequence[str]], marks: Marks) -> Iterator[Record]:
    for place, row in enumerate(texts):
        if place not in marks.hidden_rows and any(map(str.strip, row)):
            yield (
                place + 1,
                ["" if column in marks.hidden_columns else text for column, text in enumerate(row)]
                if marks.hidden_columns
                else row,
            )


def _remarks(texts: Sequence[Sequence[str]], marks: Marks, long_numbers: Sequence[int]) -> Iterator[Finding]:
    hidden = [
        place + 1 for place in sorted(marks.hidden_rows) if place < len(texts) and any(map(str.strip, texts[place]))
    ]
    if hidden:
        reason = f"hidden rows ({_listed(hidden)}) are not published"
        yield Finding(Severity.WARNING, "", hidden[0], reason, "unhide them to publish them, or delete them")
    columns = [
        place for place in sorted(marks.hidden_columns) if any(place < len(row) and row[place].strip() for row in texts)
    ]
    if columns:
        reason = f"hidden columns ({_listed([_letters(place) for place in columns])}) are not published"
        yield Finding(Severity.WARNING, "", 0, reason, "unhide them to publish them, or delete them")
    if long_numbers:
        reason = f"numbers of more than 15 digits (rows {_listed(long_numbers)}) have lost their last ones in Excel"
        remedy = "format the column as text, and type them anew"
        yield Finding(Severity.WARNING, "", long_numbers[0], reason, remedy)


def _listed(places: Sequence[int | str]) -> str:
    shown = ", ".join(map(str, places[:5]))
    return shown if len(places) <= 5 else f"{shown} and {len(places) - 5} more"


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(value: Value) -> str:
    """A cell as a reader sees it: a whole number without .0, a date without the midnight that nobody wrote."""
    match value:
        case str():
            return value
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ")
        case _:
            return str(value)


def _form(sheets: Sequence[Sheet]) -> Iterator[Block]:
    """A workbook's tables of the report's form, each below what its sheet says above it."""
    for sheet in sheets:
        rows = [tuple(cells) for _, cells in sheet.records]
        first = next((place for place, row in enumerate(rows) if len(set(filter(None, row))) > 1), 0)
        if recognise(rows[first:]):
            for line, cells in sheet.records[:first]:
                yield Paragraph(next(filter(None, cells)), line)
            if len(sheets) > 1 and not first:
                yield Heading(sheet.name, 1)
            yield Grid(tuple(rows[first:]), lines=tuple(line for line, _ in sheet.records[first:]))
