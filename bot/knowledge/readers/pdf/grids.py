"""Tables of pages into whole tables: how many rows are header, and what goes on over the page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.grids import Grid
from bot.knowledge.readers.pdf.layout import Placed
from bot.knowledge.readers.pdf.paragraphs import Whole
from bot.knowledge.readers.pdf.ruled import Table

_TOLERANCE = 4.0
_MOST_HEADERS = 5


def to_grids(parts: Sequence[Whole | Placed]) -> list[Whole | Grid]:
    """Join a table with its continuation on the next page, and take what stands across its top as a line of its own."""
    found: list[Whole | Grid] = []
    last: Placed | None = None
    for part in parts:
        if isinstance(part, Whole):
            found.append(part)
            last = None
            continue
        before = found[-1] if found else None
        if last is not None and isinstance(before, Grid) and _continues(last, part):
            found[-1] = _continued(before, part)
        else:
            found.extend(_grid(part))
        last = part
    return found


def _continues(one: Placed, other: Placed) -> bool:
    return (
        other.page == one.page + 1
        and len(one.table.columns) == len(other.table.columns)
        and all(abs(a - b) <= _TOLERANCE for a, b in zip(one.table.columns, other.table.columns, strict=True))
    )


def _continued(grid: Grid, placed: Placed) -> Grid:
    head = grid.rows[: grid.headers]
    table, rows = placed.table, placed.table.rows
    caption = _captions(table)
    if head and rows[caption : caption + len(head)] == head:
        rows = rows[caption + len(head) :]
    return Grid((*grid.rows, *rows), grid.headers, lines=(*grid.lines, *(placed.page for _ in rows)))


def _grid(placed: Placed) -> list[Whole | Grid]:
    table = placed.table
    captions = _captions(table)
    lines: list[Whole | Grid] = [
        Whole(row[0], placed.page, 0.0, False, True) for row in table.rows[:captions] if row[0]
    ]
    rows, areas = table.rows[captions:], table.areas[captions:]
    return [*lines, Grid(rows, _headers(areas), lines=tuple(placed.page for _ in rows))] if rows else lines


def _captions(table: Table) -> int:
    """How many rows at the top are one cell from side to side."""
    count = 0
    while count < len(table.areas) and len(set(table.areas[count])) == 1:
        count += 1
    return count


def _headers(areas: Sequence[Sequence[int]]) -> int:
    """How many rows the header takes: down to where its first cells reach, and a second one below cells that span columns."""
    if len(areas) < 2:
        return 0
    count, beside_all = 1, set(areas[0]) & set(areas[-1])
    while count < min(len(areas) - 1, _MOST_HEADERS):
        goes_down = bool(set(areas[count - 1]) & set(areas[count]) - beside_all)
        spans = len(set(areas[count - 1])) < len(areas[count - 1]) and len(set(areas[count])) > len(
            set(areas[count - 1])
        )
        if not (goes_down or (count == 1 and spans)):
            break
        count += 1
    return count
