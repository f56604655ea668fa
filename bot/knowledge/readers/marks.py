"""What calamine does not tell of a sheet: what is hidden, which cells hold errors, and how large it is before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.manuscript import UnreadableFile

# More than any catalogue has; a workbook of a few kilobytes can claim 17 thousand million cells.
MOST_CELLS, MOST_PLACES, MOST_COLUMNS, MOST_SHEETS = 500_000, 2_000_000, 400, 100


def too_large() -> UnreadableFile:
    """What is said of a workbook beyond these bounds."""
    return UnreadableFile(
        "the workbook is too large to be a catalogue", "split it, or delete what is far off the table"
    )


def broken() -> UnreadableFile:
    """What is said of a workbook that is none inside."""
    return UnreadableFile("the workbook is damaged", "open it in Excel or WPS and save it again as .xlsx")


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one sheet; rows and columns count from 0.

    Attributes:
        errors: (row, column) to the error that Excel shows there, such as #REF!.
        links: (row, column) to the address on the web that the cell leads to.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Scan:
    """The marks of one sheet as they are found, kept within bounds."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: int = 0
    _rows: int = 0
    _columns: int = 0

    def fill(self, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """Note that something fills a place, or as many rows and columns from there on.

        Raises:
            UnreadableFile: there are too many cells, or one is too far off.
        """
        self.cells += rows * columns
        if self.cells > MOST_CELLS:
            raise too_large()
        self._rows, self._columns = max(self._rows, row + rows), max(self._columns, column + columns)
        self.extend(self._rows, self._columns)

    def extend(self, rows: int, columns: int) -> None:
        """Note that the sheet says to be so large, for which calamine makes room.

        Raises:
            UnreadableFile: it is too large.
        """
        if columns > MOST_COLUMNS or rows * columns > MOST_PLACES:
            raise too_large()

    def marks(self) -> Marks:
        """What was found."""
        return Marks(frozenset(self.hidden_rows), frozenset(self.hidden_columns), self.errors, self.links)
