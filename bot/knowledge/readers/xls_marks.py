"""The marks of an XLS workbook, read from its records (BIFF) before anything else opens it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.compound import streams
from bot.knowledge.readers.marks import MOST_CELLS, MOST_SHEETS, Marks, Scan, broken, too_large

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
# A formula's value is a number, unless its last two bytes are these; the first then says of what kind it is.
_NO_NUMBER, _ERROR = b"\xff\xff", 2
_MOST_RECORDS = 2 * MOST_CELLS


class _Record(IntEnum):
    FORMULA = 0x0006
    END = 0x000A
    FILEPASS = 0x002F
    COLUMNS = 0x007D
    SHEET = 0x0085
    NUMBERS = 0x00BD
    SHARED_TEXTS = 0x00FC
    SHARED_TEXT = 0x00FD
    SIZE = 0x0200
    NUMBER = 0x0203
    TEXT = 0x0204
    BOOLEAN_OR_ERROR = 0x0205
    ROW = 0x0208
    SHORT_NUMBER = 0x027E
    START = 0x0809


_CELLS = (
    _Record.FORMULA, _Record.SHARED_TEXT, _Record.NUMBER, _Record.TEXT, _Record.BOOLEAN_OR_ERROR, _Record.SHORT_NUMBER,
)  # fmt: skip


def xls_marks(data: bytes) -> tuple[Marks, ...]:
    """The marks of each sheet, in the workbook's order.

    Raises:
        UnreadableFile: damaged, encrypted, beyond all bounds, of Excel 4 or before, or another program's file.
    """
    try:
        found = streams(data)
        if "EncryptedPackage" in found:
            raise _encrypted()
        book = found.get("Workbook") or found.get("Book")
        if book is None:
            raise UnreadableFile("the file is no workbook", "save it as .xlsx")
        records = _Records(book)
        starts = _sheet_starts(records)
        if len(starts) > MOST_SHEETS:
            raise too_large()
        return tuple(_scan(records, start) for start in starts)
    except (struct.error, IndexError, ValueError) as error:
        raise broken() from error


def _encrypted() -> UnreadableFile:
    return UnreadableFile("the workbook is encrypted", "take its password off and save it again")


class _Records:
    """The records of a workbook, no more of them in all than it can have: its sheets may claim to begin at one place."""

    def __init__(self, book: bytes) -> None:
        self.book = book
        self.left = _MOST_RECORDS

    def part(self, start: int) -> Iterator[tuple[int, bytes]]:
        """(kind, content) of each record from a place on to the end of its part."""
        place = start
        depth = 0
        while place + 4 <= len(self.book):
            kind, size = struct.unpack_from("<HH", self.book, place)
            self.left -= 1
            if self.left < 0:
                raise too_large()
            yield kind, self.book[place + 4 : place + 4 + size]
            # A chart in a sheet is a part within it.
            depth += (kind == _Record.START) - (kind == _Record.END)
            if kind == _Record.END and depth <= 0:
                return
            place += 4 + size


def _sheet_starts(records: _Records) -> list[int]:
    starts = []
    for kind, content in records.part(0):
        if kind == _Record.FILEPASS:
            raise _encrypted()
        if kind == _Record.SHARED_TEXTS and struct.unpack_from("<I", content, 4)[0] > MOST_CELLS:
            raise too_large()
        if kind == _Record.SHEET:
            starts.append(struct.unpack_from("<I", content)[0])
    return starts


def _scan(records: _Records, start: int) -> Marks:
    scan = Scan()
    for kind, content in records.part(start):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", content)
            scan.fill(row, column)
            if error := _error(kind, content):
                scan.errors[row, column] = error
        elif kind == _Record.NUMBERS:
            row, column = struct.unpack_from("<HH", content)
            scan.fill(row, column, columns=max((len(content) - 6) // 6, 1))
        elif kind == _Record.SIZE:
            scan.extend(*_size(content))
        elif kind == _Record.ROW and struct.unpack_from("<H", content, 12)[0] & 0x20:
            scan.hidden_rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _Record.COLUMNS and struct.unpack_from("<H", content, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", content)
            scan.hidden_columns.update(range(first, min(last, 255) + 1))
    return scan.marks()


def _size(content: bytes) -> tuple[int, int]:
    """Rows and columns up to the last ones; Excel 95 wrote shorter numbers."""
    if len(content) < 14:
        top, bottom, left, right = struct.unpack_from("<4H", content)
    else:
        top, bottom, left, right = struct.unpack_from("<2I2H", content)
    if top > bottom or left > right:
        raise broken()
    return bottom, right


def _error(kind: int, content: bytes) -> str:
    if kind == _Record.BOOLEAN_OR_ERROR and content[7]:
        return _ERRORS.get(content[6], "#VALUE!")
    if kind == _Record.FORMULA and content[12:14] == _NO_NUMBER and content[6] == _ERROR:
        return _ERRORS.get(content[8], "#VALUE!")
    return ""
