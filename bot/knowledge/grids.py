"""Tables into lines that can be quoted by themselves: each row with its headers, ``header：value``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.form_layouts import recognise
from bot.knowledge.lines import Line, Shape

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its merged cells repeated in every place that they cover.

    Attributes:
        rows: texts of the cells, the header's rows first.
        headers: how many of the rows are header.
        line: where it starts in its file; 0 where the file has no lines.
        lines: where each row stands; empty where they follow one another from `line` on, or where the file has no lines.
    """

    rows: tuple[tuple[str, ...], ...]
    headers: int = 1
    line: int = 0
    lines: tuple[int, ...] = ()


def row_lines(grid: Grid) -> Iterator[Line]:
    """Write each row below the header as one line of ``header：value`` parts.

    A row read alone tells nothing: 12 | 6 | 36 are figures of what its header says. An empty cell is left out, a cell that
    repeats the one before it is the same merged cell, and a cell without a header stands by itself in quotation marks, for
    一、 at the start of a line would make a heading of it. The tables of the annual report's form are written as `forms` has
    them.
    """
    if form := recognise(grid.rows):
        for row in form.rows:
            if row.text:
                yield Line(_number(grid, row.place), row.text, Shape.ROW)
        return
    headers = _column_headers(grid.rows[: grid.headers])
    for place, cells in enumerate(grid.rows[grid.headers :], grid.headers):
        if text := _row(headers, cells):
            yield Line(_number(grid, place), text, Shape.ROW)


def _number(grid: Grid, place: int) -> int:
    return grid.lines[place] if grid.lines else grid.line and grid.line + place


def flatten_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Write Markdown's tables in a text as lines of their rows; all other lines stay.

    A line that only looks like a table, without a rule below its header, stays as it is.
    """
    flat: list[Line] = []
    place = 0
    while place < len(lines):
        if _begins_table(lines, place):
            rows, numbers = [_cells(lines[place].text)], [lines[place].number]
            place += 2
            while place < len(lines) and "|" in lines[place].text:
                rows.append(_cells(lines[place].text))
                numbers.append(lines[place].number)
                place += 1
            flat.extend(row_lines(Grid(tuple(rows), lines=tuple(numbers))))
        else:
            flat.append(lines[place])
            place += 1
    return tuple(flat)


def _begins_table(lines: Sequence[Line], place: int) -> bool:
    return (
        "|" in lines[place].text
        and place + 1 < len(lines)
        and "|" in lines[place + 1].text
        and _RULE.match(lines[place + 1].text) is not None
    )


def _cells(text: str) -> tuple[str, ...]:
    bare = text.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.replace("\\|", "|").strip() for cell in _BAR.split(bare))


def _column_headers(rows: Sequence[Sequence[str]]) -> list[str]:
    """What stands above each column, outermost first; a header that spans several rows stands once."""
    width = max(map(len, rows), default=0)
    columns = ([_tidy(row[column]) for row in rows if column < len(row)] for column in range(width))
    return [" ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _row(headers: Sequence[str], cells: Sequence[str]) -> str:
    parts: list[str] = []
    for column, cell in enumerate(map(_tidy, cells)):
        header = headers[column] if column < len(headers) else ""
        # A label that is merged over all rows, its header among them, names no column.
        part = f"{header}：{cell}" if header not in ("", cell) else f"“{cell}”"
        if cell and part not in parts[-1:]:
            parts.append(part)
    return "，".join(parts)


def _tidy(text: str) -> str:
    return " ".join(text.split())
