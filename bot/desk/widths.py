"""How wide a text is where a Chinese character takes the room of two digits: at a terminal, in a sheet, in a chart."""

from __future__ import annotations

from unicodedata import east_asian_width


def columns(text: str) -> int:
    """How many columns a line takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, width: int) -> str:
    """A line with spaces behind it, so many columns wide; a longer one as it is."""
    return text + " " * (width - columns(text))
