"""Glyphs into written lines: order, blanks, and what of a line's beginning cannot be parted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.markers import marker_of
from bot.knowledge.readers.pdf.characters import is_wide, may_be_wide
from bot.knowledge.readers.pdf.document import Glyph

_WIDEST_GAP = 1.2
_LABEL = re.compile(r"^[^，。；,;：:]{1,10}[：:]")
_NO_LINE_BEGINS = "，。、；：！？）》」』】〉”’,.;:!?)]}%％‰℃…—"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in a row without a wide gap.

    Attributes:
        bold: whether most of it is.
        first: width of what at its start cannot be parted by the end of a line.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: float

    @property
    def top(self) -> float:
        """Distance of its upper edge from the top of the page."""
        return self.base - self.size


def pieces_of(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces of all lines, from the top, each line from the left."""
    pieces: list[Piece] = []
    for row in _rows(glyphs):
        start = 0
        for place in range(1, len(row) + 1):
            if place == len(row) or row[place].left - row[place - 1].right > _WIDEST_GAP * row[place].size:
                pieces.append(_piece(row[start:place]))
                start = place
    return pieces


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters on one base line, or nearly so, from left to right; blanks only between others, none drawn twice."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs), key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][0].base <= 0.45 * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [tidied for row in rows if (tidied := _tidied(row))]


def _tidied(row: Sequence[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: (glyph.left, glyph.base)):
        last = kept[-1] if kept else None
        # Bold type is sometimes the same character drawn twice, a hair apart.
        twice = last and last.text == glyph.text and last.run != glyph.run
        if twice and last and glyph.left - last.left < 0.15 * glyph.size:
            continue
        kept.append(glyph)
    while kept and kept[-1].text == " ":
        kept.pop()
    while kept and kept[0].text == " ":
        kept.pop(0)
    return kept


def _piece(glyphs: Sequence[Glyph]) -> Piece:
    signs = [glyph for glyph in glyphs if glyph.text != " "]
    sizes = sorted(glyph.size for glyph in signs)
    size = sizes[len(sizes) // 2]
    bold = 2 * sum(glyph.bold for glyph in signs) > len(signs)
    bases = sorted(glyph.base for glyph in signs)
    text = written(glyphs)
    return Piece(text, signs[0].left, signs[-1].right, bases[len(bases) // 2], size, bold, _first_width(signs))


def _first_width(signs: Sequence[Glyph]) -> float:
    """Width of the first word, or of the first Chinese character with the closing signs that may not begin a line."""
    end = 1
    if not is_wide(signs[0].text[0]):
        while (
            end < len(signs)
            and not is_wide(signs[end].text[0])
            and signs[end].left - signs[end - 1].right < 0.2 * signs[end].size
        ):
            end += 1
    while end < len(signs) and signs[end].text[0] in _NO_LINE_BEGINS:
        end += 1
    return signs[end - 1].right - signs[0].left


def written(glyphs: Sequence[Glyph]) -> str:
    """The text of one line, with the blanks that a reader sees, and none that only a program put there."""
    text, blank, last = "", False, None
    for glyph in glyphs:
        if glyph.text == " ":
            blank = True
            continue
        if last is not None and _parted(last, glyph, blank):
            text += " "
        text, blank, last = text + glyph.text, False, glyph
    return _drawn_together(text)


def _parted(one: Glyph, other: Glyph, blank: bool) -> bool:
    gap = (other.left - one.right) / other.size
    wide = _fills_a_square(one, one.text[-1]) + _fills_a_square(other, other.text[0])
    if wide == 2:
        return gap >= (0.2 if blank else 0.8)
    if wide == 1:
        return blank or gap >= 0.8
    return blank or other.apart or gap >= 0.2


def _fills_a_square(glyph: Glyph, sign: str) -> bool:
    return is_wide(sign) or (may_be_wide(sign) and glyph.right - glyph.left >= 0.75 * glyph.size)


def _drawn_together(text: str) -> str:
    """Without the blanks of a line that is spread out (通 知)."""
    parts = text.split(" ")
    spread = len(parts) > 1 and all(len(part) == 1 and is_wide(part) for part in parts)
    return "".join(parts) if spread else text


def joined(first: str, second: str) -> str:
    """Two lines of one paragraph as one: nothing between Chinese, a blank between words, a hyphenated word in one."""
    if not first or not second:
        return first + second
    before, after = first[-1], second[0]
    chinese = is_wide(before) or is_wide(after)
    if chinese or ((may_be_wide(before) or may_be_wide(after)) and any(map(is_wide, first + second))):
        return first + second
    if before == "-" and first[-2:-1].isalpha() and after.islower():
        return first[:-1] + second
    # Chinese typesetting parts figures anywhere.
    if before.isdigit() and after in "0123456789.%" and any(map(is_wide, first)):
        return first + second
    return f"{first} {second}" if before not in "-/" else first + second


def written_cell(glyphs: Sequence[Glyph]) -> str:
    """The text of a table's cell; a blank before a line that begins something of its own (电话：…, 1、…)."""
    text = ""
    for row in _rows(glyphs):
        line = written(row)
        own = text and (marker_of(line) is not None or _LABEL.match(line) is not None)
        text = f"{text} {line}" if own else joined(text, line)
    return text
