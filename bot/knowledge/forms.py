"""The tables of the annual report's form since 2021: their rows as lines that can be quoted, and their figures.

Table 2 says what was published proactively (第二十条), table 3 what became of applications, table 4 reviews and lawsuits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

# What an office writes in a cell where it has nothing to report.
_NOTHING = frozenset(("", "/", "\\", "-", "--", "—", "——", "－", "无"))
_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
# What the two sides of table 3 are made of, by the keys of its rows.
RECEIVED, HANDLED = ("一", "二"), ("三(七)", "四")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what stands above it.

    Attributes:
        column: the column's key, the same for every report: 自然人, 结果维持, 本年制发件数.
        header: the column's header as published.
        group: the header that it shares with its neighbours (法人或其他组织), as published; empty where there is none.
        text: as published.
    """

    column: str
    header: str
    group: str
    text: str

    @property
    def count(self) -> int | None:
        """The whole number that stands there; None where nothing does, or another thing than a number."""
        plain = unicodedata.normalize("NFKC", self.text).replace(" ", "")
        return int(plain.replace(",", "")) if _COUNT.fullmatch(plain) else None

    @property
    def is_nothing(self) -> bool:
        """Whether it is empty or has a stroke for nothing."""
        return self.text.strip() in _NOTHING


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row, or one of the three blocks of table 4.

    Attributes:
        row: its key, the same for every report: 一, 三(三)1, 三(七), 规章, 行政复议; empty for a row that the form does not have.
        label: as published, with those above it: ``三、本年度办理结果 （三）不予公开 1.属于国家秘密``.
        place: which row of the table it was, from 0.
    """

    row: str
    label: str
    cells: tuple[Cell, ...]
    place: int = 0

    @property
    def text(self) -> str:
        """The row as one line in the published words; cells with nothing in them are left out, strokes are not."""
        return "，".join(part for part in (self.label, *_parts(self.cells)) if part)


@dataclass(frozen=True, slots=True)
class FormTable:
    """Table 2, 3 or 4; `number` says which."""

    number: int
    rows: tuple[FormRow, ...]

    def count(self, row: str, column: str) -> int | None:
        """The number in a cell, by the keys of its row and column; None where the table has none there."""
        cells = (cell for one in self.rows if one.row == row for cell in one.cells)
        return next((cell.count for cell in cells if cell.column == column), None)


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A column of table 3 whose sides differ: 一 + 二 should be 三(七) + 四.

    Attributes:
        column: as published.
        place: which row of the table its total stands in, from 0.
    """

    column: str
    received: int
    handled: int
    place: int


def imbalances(table: FormTable) -> tuple[Imbalance, ...]:
    """The columns of table 3 that do not balance, in their order.

    A stroke or an empty cell counts as 0. Nothing is said of another table, of one that lacks one of the four rows, nor of a
    column that lacks one of the four cells or has something else than a number in one.
    """
    rows = {row.row: row for row in table.rows if row.row in (*RECEIVED, *HANDLED)}
    if table.number != 3 or len(rows) < 4:
        return ()
    found = []
    for total in rows[HANDLED[0]].cells:
        sides = [_sum([_of(rows[row], total.column) for row in side]) for side in (RECEIVED, HANDLED)]
        received, handled = sides
        if received is not None and handled is not None and received != handled:
            found.append(Imbalance(total.header, received, handled, rows[HANDLED[0]].place))
    return tuple(found)


def _of(row: FormRow, column: str) -> Cell | None:
    return next((cell for cell in row.cells if cell.column == column), None)


def _sum(cells: Sequence[Cell | None]) -> int | None:
    total = 0
    for cell in cells:
        if cell is None or (cell.count is None and not cell.is_nothing):
            return None
        total += cell.count or 0
    return total


def _parts(cells: Sequence[Cell]) -> Iterator[str]:
    filled = [cell for cell in cells if cell.text]
    for group, members in groupby(filled, key=lambda cell: cell.group):
        written = "，".join(f"{cell.header}：{cell.text}" for cell in members)
        yield f"{group}（{written}）" if group else written
