"""Markdown's tables into lines that can be quoted by themselves: each row with its headers, ``header：value``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.lines import Line

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")


def flatten_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Write each row of a table as one line of ``header：value`` parts; all other lines stay.

    A row read alone tells nothing: 12 | 6 | 36 are figures of what its header says. An empty cell is left out, and a line that
    only looks like a table, without a rule below its header, stays as it is.
    """
    flat: list[Line] = []
    place = 0
    while place < len(lines):
        if _begins_table(lines, place):
            headers = _cells(lines[place].text)
            place += 2
            while place < len(lines) and "|" in lines[place].text:
                if row := _row(headers, _cells(lines[place].text)):
                    flat.append(Line(lines[place].number, row))
                place += 1
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


def _cells(text: str) -> list[str]:
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(text.strip().removeprefix("|").removesuffix("|"))]


def _row(headers: list[str], cells: list[str]) -> str:
    """A row's parts; a cell without a header stands by itself."""
    parts = []
    for column, cell in enumerate(cells):
        if cell:
            header = headers[column] if column < len(headers) else ""
            # In quotation marks, for 一、 at the start of a line would make a heading of it.
            parts.append(f"{header}：{cell}" if header else f"“{cell}”")
    return "，".join(parts)
