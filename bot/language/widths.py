"""How wide a text is where a Chinese character takes the room of two digits: at a terminal, in a sheet, on a button."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from unicodedata import east_asian_width


def columns(text: str) -> int:
    """How many columns a line takes."""
    return sum(map(_width, text))


def padded(text: str, width: int) -> str:
    """A line with spaces behind it, so many columns wide; a longer one as it is."""
    return text + " " * (width - columns(text))


def trim(text: str, width: int) -> str:
    """Shorten to what fits in so many columns; what was shortened ends in ``…``."""
    reached = list(accumulate(map(_width, text)))
    if not reached or reached[-1] <= width:
        return text
    return text[: bisect_right(reached, width - 1)].rstrip() + "…"


def _width(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1
