"""Numbered lines, so that every passage and every remark can say where it stands in its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto


class Shape(Enum):
    """What is known of a line before its words are read."""

    LOOSE = auto()
    """Nothing: a line as somebody typed it, perhaps broken in a sentence."""
    WHOLE = auto()
    """It is a whole paragraph or heading, and nothing is to be joined to it."""
    ROW = auto()
    """It is a table's row, and can be no heading, title or page chrome."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `number` counts from 1, is the page's where a file has pages, and 0 where it has neither."""

    number: int
    text: str
    shape: Shape = Shape.LOOSE


def split_lines(text: str, first: int = 1) -> tuple[Line, ...]:
    r"""Split at \n, \r\n and \r, blanks at both ends of each line removed; `first` is the number of the first line."""
    # str.splitlines would also split at form feeds and U+2028, and the numbers would not be those an editor shows.
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(Line(first + index, row.strip()) for index, row in enumerate(rows))


def without_blank_ends(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without the empty ones at the start and the end."""
    kept = list(lines)
    while kept and not kept[-1].text:
        kept.pop()
    while kept and not kept[0].text:
        kept.pop(0)
    return tuple(kept)
