"""The marks of an XLSX workbook, read from its XML before anything else opens it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.marks import MOST_CELLS, MOST_COLUMNS, MOST_SHEETS, Marks, Scan, broken, too_large
from bot.knowledge.readers.packed import Attributes, parse

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def xlsx_marks(archive: zipfile.ZipFile) -> Mapping[str, Marks]:
    """The marks of each sheet by its name.

    Raises:
        UnreadableFile: no workbook that could be read, or one beyond all bounds.
        KeyError, ValueError: a damaged one.
    """
    if "xl/workbook.bin" in archive.namelist():
        raise UnreadableFile("the file is a binary workbook (.xlsb)", "save it as .xlsx")
    if "_rels/.rels" not in archive.namelist():
        raise _no_workbook()
    workbook = next((path for kind, path in _relations(archive, "").values() if kind == "officeDocument"), None)
    if workbook is None:
        raise _no_workbook()
    parts = _relations(archive, workbook)
    sheets: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            sheets[attributes["name"]] = parts[attributes["id"]][1]

    parse(archive, workbook, start)
    if not sheets:
        raise _no_workbook()
    if len(sheets) > MOST_SHEETS:
        raise too_large()
    for kind, path in parts.values():
        if kind in ("sharedStrings", "styles"):
            parse(archive, path, _look_at_counts)
    return {name: _scan(archive, path) for name, path in sheets.items()}


def _look_at_counts(_: str, attributes: Attributes) -> None:
    # calamine makes room for as many as are announced.
    if any(int(attributes.get(name) or 0) > MOST_CELLS for name in ("count", "uniqueCount")):
        raise too_large()


def _no_workbook() -> UnreadableFile:
    return UnreadableFile("the file is no workbook", "save it as .xlsx in Excel or WPS")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Id of each relation of a part to its kind and the path that it leads to."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = attributes["Type"].rpartition("/")[2], path

    parse(archive, posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return found


def _addresses(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Id of each relation of a part that leads to the web, to its address."""
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes["Target"].startswith(("http://", "https://")):
            found[attributes["Id"]] = attributes["Target"]

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations in archive.namelist():
        parse(archive, relations, start)
    return found


class _Places:
    """The elements of one sheet as its marks."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self.addresses = addresses
        self.scan = Scan()
        self.row = self.column = -1
        self.in_error = False

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "col" if _is_true(attributes.get("hidden")):
                first, last = int(attributes["min"]) - 1, int(attributes["max"])
                self.scan.hidden_columns.update(range(max(first, 0), min(last, MOST_COLUMNS)))
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
                if _is_true(attributes.get("hidden")):
                    self.scan.hidden_rows.add(self.row)
            case "c":
                self.column += 1
                if reference := attributes.get("r"):
                    self.row, self.column = _place(reference)
                self.in_error = attributes.get("t") == "e"
            case "hyperlink" if address := self.addresses.get(attributes.get("id", "")):
                self.scan.links[_place(attributes["ref"].partition(":")[0])] = address
            case "v" | "is":
                self.scan.fill(self.row, self.column)
                if self.in_error:
                    self.scan.errors[self.row, self.column] = "#VALUE!"

    def text(self, text: str) -> None:
        if self.in_error and (self.row, self.column) in self.scan.errors:
            self.scan.errors[self.row, self.column] = text


def _scan(archive: zipfile.ZipFile, path: str) -> Marks:
    places = _Places(_addresses(archive, path))
    parse(archive, path, places.start, text=places.text)
    return places.scan.marks()


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as B12, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise broken()
    return int(found[2]) - 1, _column(found[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
