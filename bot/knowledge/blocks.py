"""What every reader finds in a file, in reading order: headings, paragraphs, entries of lists, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.grids import Grid, row_lines
from bot.knowledge.lines import Line, Shape

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that its file marks as a heading; `level` counts from 1, the outermost."""

    text: str
    level: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one piece. Whether its number makes a heading of it (一、…) is for the outline to say.

    `loose` says that an editor may have broken it in a sentence, so that the next one may belong to it.
    """

    text: str
    line: int = 0
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, its number or bullet as a reader of the page sees it: ``（一）``, ``1.``, ``•``, or none."""

    label: str
    text: str
    line: int = 0


Block = Heading | Paragraph | Entry | Grid


def to_lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Write blocks as the lines that `write_manuscript` takes; a table's rows with their headers, white space collapsed."""
    return tuple(line for block in blocks for line in _lines(block) if line.text)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading(text, level, line):
            if plain := _plain(text):
                yield Line(line, f"{'#' * min(max(level, 1), DEEPEST)} {plain}", Shape.WHOLE)
        case Paragraph(text, line, loose):
            # A sign that somebody typed is no mark of a heading.
            yield Line(line, _plain(text).lstrip("#").lstrip(), Shape.LOOSE if loose else Shape.WHOLE)
        case Entry(label, text, line):
            yield Line(line, _plain(f"{label}{text}"), Shape.WHOLE)
        case Grid():
            yield from row_lines(block)


def _plain(text: str) -> str:
    return " ".join(text.split())
