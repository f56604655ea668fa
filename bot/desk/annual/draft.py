"""A drafted report in no file's own form: headings, sentences with their figures, notes to staff, tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """A heading; `level` 1 is one of the report's parts."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph that may be published as it stands.

    Attributes:
        note: what staff are asked to write or check here; no reader of the published report sees it.
    """

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell that covers so many columns and rows; a header is set apart."""

    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        rows: the cells that begin in each row, from left to right.
        widths: of the columns, in parts of the whole.
        headers: how many of the rows come again on the next page.
        note: as a paragraph's.
    """

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]
    headers: int = 0
    note: str = ""

    def grid(self) -> list[list[Box | None]]:
        """The cells in their places; None where one reaches over from the left or from above."""
        places: list[list[Box | None]] = [[None] * len(self.widths) for _ in self.rows]
        taken: set[tuple[int, int]] = set()
        for row, boxes in enumerate(self.rows):
            column = 0
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                places[row][column] = box
                taken |= {(row + down, column + right) for down in range(box.rows) for right in range(box.columns)}
        return places


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG, across the page; what it shows stands in the table beside it, which a text has alone."""

    png: bytes


Block = Part | Text | Table | Picture


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as drafted.

    Attributes:
        front: what its front matter states, by its keys.
    """

    title: str
    blocks: tuple[Block, ...]
    front: dict[str, str] = field(default_factory=dict)
