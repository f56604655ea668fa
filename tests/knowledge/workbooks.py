"""Made-up workbooks: the same cells as XLSX, XLS, ODS, CSV and a web page, with what offices do to their sheets."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
import xlsxwriter.worksheet
import xlwt

Cell = str | float | bool | date | datetime | None
Rows = Sequence[Sequence[Cell]]
Range = tuple[int, int, int, int]
"""Top, left, bottom and right of a merged cell, from 0."""
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class MadeSheet:
    """A sheet to be written; a text that begins with #REF! is written as the error itself."""

    rows: Rows
    name: str = "目录"
    merged: Sequence[Range] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)


def xlsx(*sheets: MadeSheet) -> bytes:
    """A workbook as Excel writes it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for made in sheets:
            sheet = workbook.add_worksheet(made.name)
            for top, left, bottom, right in made.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for row, column, cell in _cells(made):
                if isinstance(cell, date):
                    shape = workbook.add_format({"num_format": made.formats.get((row, column), _DAY)})
                    sheet.write_datetime(row, column, cell, shape)
                elif isinstance(cell, str):
                    _write_text(sheet, row, column, cell)
                else:
                    sheet.write(row, column, cell)
            for row in made.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            for column in made.hidden_columns:
                sheet.set_column(column, column, None, None, {"hidden": True})
            if made.hidden:
                sheet.hide()
    return stream.getvalue()


def _write_text(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    if text == "#REF!":
        sheet.write_formula(row, column, "=#REF!", None, text)
    elif text.startswith("="):
        sheet.write_formula(row, column, text, None, 3)
    else:
        sheet.write_string(row, column, text)


def xls(*sheets: MadeSheet) -> bytes:
    """A workbook as Excel wrote it until 2003; a formula is written as its value."""
    workbook = xlwt.Workbook(encoding="utf-8")
    for made in sheets:
        sheet = workbook.add_sheet(made.name, cell_overwrite_ok=True)
        for row, column, cell in _cells(made):
            if cell == "#REF!":
                sheet.row(row).set_cell_error(column, cell)
            elif isinstance(cell, date):
                sheet.write(row, column, cell, xlwt.easyxf(num_format_str=made.formats.get((row, column), _DAY)))
            else:
                sheet.write(row, column, 3 if str(cell).startswith("=") else cell)
        for top, left, bottom, right in made.merged:
            sheet.merge(top, bottom, left, right)
        for row in made.hidden_rows:
            sheet.row(row).hidden = True
        for column in made.hidden_columns:
            sheet.col(column).hidden = True
        sheet.visibility = int(made.hidden)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _cells(made: MadeSheet) -> Iterator[tuple[int, int, Cell]]:
    for row, cells in enumerate(made.rows):
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                yield row, column, cell


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""


def ods(*sheets: MadeSheet) -> bytes:
    """A workbook as LibreOffice writes it, without styles."""
    tables = "".join(
        f'<table:table table:name="{made.name}">{"".join(_ods_rows(made))}</table:table>' for made in sheets
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODS.format(tables=tables))
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
    return stream.getvalue()


def _ods_rows(made: MadeSheet) -> list[str]:
    shown = {True: ' table:visibility="collapse"', False: ""}
    return [
        f"<table:table-row{shown[place in made.hidden_rows]}>{''.join(map(_ods_cell, cells))}</table:table-row>"
        for place, cells in enumerate(made.rows)
    ]


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    kind, value = "string", ""
    if isinstance(cell, bool):
        kind, value = "boolean", f'office:boolean-value="{str(cell).lower()}"'
    elif isinstance(cell, date):
        kind, value = "date", f'office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, float | int):
        kind, value = "float", f'office:value="{cell}"'
    text = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="{kind}" {value}>{text}</table:table-cell>'


def as_csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    """The rows as text, dates as Excel exports them."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t" if encoding == "utf-16" else ",")
    writer.writerows([f"{cell:%Y/%m/%d}" if isinstance(cell, date) else cell for cell in row] for row in rows)
    return stream.getvalue().encode(encoding)


def as_page(rows: Rows, encoding: str = "gb18030") -> bytes:
    """The rows as a web page, as systems export it under the name of a workbook."""
    cells = [["" if cell is None else html.escape(str(cell)).replace("\n", "<br>") for cell in row] for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in cells)
    return f'<html><head><meta charset="{encoding}"></head><body><table border="1">{body}</table></body></html>'.encode(
        encoding
    )


WRITERS: Mapping[str, Callable[[MadeSheet], bytes]] = {
    ".xlsx": xlsx,
    ".xls": xls,
    ".ods": ods,
    ".csv": lambda made: as_csv(made.rows),
}
