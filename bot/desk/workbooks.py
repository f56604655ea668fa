"""Contact records as a workbook that staff filter, print and hand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, count, islice
from math import ceil
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.desk.exports import cells
from bot.desk.fields import CHANNELS, DECISIONS, KINDS, OUTCOMES
from bot.language.widths import columns
from bot.model import ContactRecord

HEADER = (
    "编号", "时间", "方式", "类别", "内容", "答复", "办理结果", "机关", "信息类别", "判定", "匹配章节", "用时（毫秒）",
    "理解为", "修改", "回访日期", "合并到", "删除时间", "提问人代号",
)  # fmt: skip
_WIDTHS = (17, 17, 9, 11, 40, 60, 15, 12, 14, 9, 30, 13, 24, 24, 12, 17, 17, 34)
# All of them on one page would be too small to read: the first eight are what a register on paper has.
_PRINTED = 8
# Points: a line of text, and as many lines as Excel's bound for a row (409) takes.
_LINE, _TALLEST = 15, 405
# Excel's bounds: rows of a sheet, its header included, and characters of a cell.
_MOST_ROWS, _LONGEST = 1_048_576, 32_767

Cell = str | float | date | datetime | None


def write_workbook(
    records: Iterable[ContactRecord],
    path: Path,
    agencies: Mapping[str, str] | None = None,
    rows_of_a_sheet: int = _MOST_ROWS - 1,
) -> None:
    """Write records, oldest first, with a header that stays in sight, filters, and dates that are dates.

    Agencies are called by their names, of which `agencies` has each by its key. A text is written as text, whatever it
    begins with: Excel runs none of it.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        with path.open("wb") as file:
            _write(records, file, agencies or {}, rows_of_a_sheet)
    except FileCreateError as error:
        # A full disk, say: the library tells it only when the sheets are put together.
        raise OSError(*getattr(error.args[0], "args", error.args)) from error


def _write(records: Iterable[ContactRecord], file: BinaryIO, agencies: Mapping[str, str], rows_of_a_sheet: int) -> None:
    rest = iter(records)
    # Row by row onto the disk: a year's register need not fit into memory.
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False}) as book:
        for number in count(1):
            first = next(rest, None)
            if first is None and number > 1:
                return
            chunk = chain(() if first is None else (first,), islice(rest, rows_of_a_sheet - 1))
            _write_sheet(book, number, chunk, agencies)


def _write_sheet(
    book: xlsxwriter.Workbook, number: int, records: Iterable[ContactRecord], agencies: Mapping[str, str]
) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    sheet = book.add_worksheet("咨询登记" if number == 1 else f"咨询登记{number}")
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for column, name in enumerate(HEADER):
        sheet.write_string(0, column, name, heading)
    last = 0
    for last, record in enumerate(records, start=1):
        row = tuple(_row(record, agencies))
        # Excel would find the height by itself; LibreOffice and WPS show one line only.
        sheet.set_row(last, min(_TALLEST, _LINE * _lines(row)))
        for column, cell in enumerate(row):
            match cell:
                case datetime():
                    sheet.write_datetime(last, column, cell, moment)
                case date():
                    sheet.write_datetime(last, column, cell, day)
                case str():
                    sheet.write_string(last, column, cell[:_LONGEST], text)
                case float():
                    sheet.write_number(last, column, cell, text)
    sheet.autofilter(0, 0, last, len(HEADER) - 1)
    sheet.print_area(0, 0, last, _PRINTED - 1)


def _row(record: ContactRecord, agencies: Mapping[str, str]) -> Iterator[Cell]:
    """The cells of a record in the order of the header; times as the machine's clock shows them, for Excel knows no zones."""
    written = cells(record)
    yield record.reference
    yield _local(record.asked_at)
    yield CHANNELS[record.channel]
    yield KINDS[record.kind]
    yield record.question
    yield record.reply
    yield OUTCOMES[record.outcome]
    yield agencies.get(record.agency, record.agency)
    yield record.category
    yield DECISIONS[record.decision] if record.decision else ""
    yield written[7]
    yield round(record.milliseconds, 1) if record.decision else None
    yield record.understood
    yield written[11]
    yield record.follow_up_on
    yield record.merged_into
    yield _local(record.erased_at) if record.erased_at else None
    yield record.citizen_key


def _lines(row: tuple[Cell, ...]) -> int:
    """How many lines the longest of the printed texts takes in its column, an ideograph as wide as two digits."""
    return max(
        sum(max(1, ceil(columns(line) / (width - 1))) for line in cell.split("\n")) if isinstance(cell, str) else 1
        for cell, width in zip(row[:_PRINTED], _WIDTHS, strict=False)
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone().replace(tzinfo=None, microsecond=0)
