"""The marks of an ODS workbook, read from its XML before anything else opens it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from bot.knowledge.readers.marks import MOST_COLUMNS, MOST_SHEETS, Marks, Scan, too_large
from bot.knowledge.readers.packed import Attributes, parse

_HIDDEN = ("collapse", "filter")
_MOST_ROWS = 1 << 20


def ods_marks(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    """The marks of each sheet by its name; errors stand in its cells as text.

    Raises:
        UnreadableFile: a workbook beyond all bounds.
        KeyError, ValueError: a damaged one.
    """
    tables = _Tables()
    parse(archive, "content.xml", tables.start, tables.end)
    if len(tables.scans) > MOST_SHEETS:
        raise too_large()
    return {name: scan.marks() for name, scan in tables.scans.items()}


class _Tables:
    """The elements of the document as marks of its tables; repeated rows and cells count as often as they stand there."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self.scan = Scan()
        self.rows = self.row_repeated = self.cells = self.columns = 0

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table":
                self.scan = self.scans.setdefault(attributes.get("name", ""), Scan())
                self.rows = self.columns = 0
            case "table-column":
                repeated = _number(attributes, "number-columns-repeated")
                if attributes.get("visibility") in _HIDDEN:
                    self.scan.hidden_columns.update(range(self.columns, min(self.columns + repeated, MOST_COLUMNS)))
                self.columns += repeated
            case "table-row":
                self.cells = 0
                self.row_repeated = _number(attributes, "number-rows-repeated")
                if attributes.get("visibility") in _HIDDEN:
                    self.scan.hidden_rows.update(range(self.rows, min(self.rows + self.row_repeated, _MOST_ROWS)))
            case "table-cell" | "covered-table-cell":
                repeated = _number(attributes, "number-columns-repeated")
                if "value-type" in attributes:
                    self.scan.fill(self.rows, self.cells, rows=self.row_repeated, columns=repeated)
                self.cells += repeated

    def end(self, name: str) -> None:
        if name == "table-row":
            self.rows += self.row_repeated


def _number(attributes: Attributes, name: str) -> int:
    number = max(int(attributes.get(name, "1")), 1)
    if number > _MOST_ROWS:
        raise too_large()
    return number
