"""What is called a workbook and is none: a web page or a text that some system exported with the suffix .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bot.knowledge.decoding import decode
from bot.knowledge.manuscript import Reading, UnreadableFile
from bot.knowledge.readers.catalogue import catalogue_in_text, catalogue_of
from bot.knowledge.readers.marks import MOST_CELLS, too_large
from bot.knowledge.sheets import Sheet
from bot.model import Finding, Severity

_MARKUP = re.compile(r"<(?:html|table|!doctype html|head|meta|body)\b", re.IGNORECASE)
_LOOKED_AT = 4096
_MOST_SPANNED = 1000


def read_disguised(data: bytes) -> Reading:
    """The catalogue in a file that is no workbook, with a note on what it is.

    Raises:
        UnreadableFile: neither a table of a web page nor CSV.
    """
    text = decode(data)
    start = text.lstrip()[:_LOOKED_AT]
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableFile("the file is an XML table of Excel 2003", "open it in Excel or WPS and save it as .xlsx")
    if start.startswith(("MIME-Version:", "From:")):
        raise UnreadableFile("the file is a saved web page (MHTML)", "open it in Excel or WPS and save it as .xlsx")
    if _MARKUP.search(start):
        tables = _Tables()
        tables.feed(text)
        tables.close()
        reading, what = catalogue_of(tables.sheets()), "a web page"
    else:
        reading, what = catalogue_in_text(text), "CSV"
    note = Finding(Severity.NOTE, "", 0, f"the file is called a workbook and is {what}", "save it as .xlsx")
    return Reading(reading.manuscripts, (note, *reading.findings))


class _Tables(HTMLParser):
    """The tables of a page; a table within a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        # Column to the rows that a cell above still covers, and its text.
        self.covered: dict[int, tuple[int, str]] = {}
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
                self.covered = {}
        elif self.depth == 1 and tag == "tr":
            self._end_cell()
            self._end_row()
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th"):
            self._end_cell()
            attributes = dict(attrs)
            self.span = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
            self.cell = []
        elif tag in ("br", "p", "div") and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            if self.depth == 1:
                self._end_cell()
                self._end_row()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            # White space of the page's source is no line's end; <br> is.
            self.cell.append(re.sub(r"\s+", " ", data))

    def _end_cell(self) -> None:
        if self.cell is None or not self.tables:
            return
        text = "".join(self.cell).replace("\xa0", " ").strip()
        self.cell = None
        rows = self.tables[-1]
        if not rows:
            rows.append([])
        self._fill_covered()
        down, across = self.span
        self.cells += across
        if self.cells > MOST_CELLS:
            raise too_large()
        for _ in range(across):
            if down > 1:
                self.covered[len(rows[-1])] = down - 1, text
            rows[-1].append(text)

    def _fill_covered(self) -> None:
        """Repeat what reaches into this row from above, up to the next free place."""
        row = self.tables[-1][-1]
        while (place := len(row)) in self.covered:
            left, text = self.covered.pop(place)
            if left > 1:
                self.covered[place] = left - 1, text
            row.append(text)
            self.cells += 1

    def _end_row(self) -> None:
        if self.tables and self.tables[-1]:
            self._fill_covered()

    def sheets(self) -> list[Sheet]:
        """Each table as a sheet whose lines are its rows."""
        return [
            Sheet(
                f"table {number}" if len(self.tables) > 1 else "",
                tuple((line, row) for line, row in enumerate(rows, 1) if any(map(str.strip, row))),
            )
            for number, rows in enumerate(self.tables, 1)
        ]


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_SPANNED) if value and value.isdecimal() else 1
