"""Lines into whole paragraphs, across the ends of columns and pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.knowledge.markers import begins_block, marker_of
from bot.knowledge.readers.pdf.layout import Item, Placed, Row
from bot.knowledge.readers.pdf.writing import joined
from bot.language.periods import parse_date

_SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)]*$")
_ANNEX = re.compile(r"^附[件表录]\s*[0-9０-９一二三四五六七八九十]*[:：]?$")
_INDENT = 1.2
_SAME_SIZE = 0.12
_WIDER_SPACING = 1.35
_ALIKE = 4.0
_ENOUGH = 0.12


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A paragraph or heading in one piece.

    Attributes:
        page: on which it begins.
        centred: whether its lines stand in the middle of their column, and do not fill it.
        lines: how many lines it takes.
    """

    text: str
    page: int
    size: float
    bold: bool
    centred: bool
    lines: int = 1


def margins_of(items: Iterable[Item]) -> dict[tuple[int, int, int], Margins]:
    """The margins of each kind of column, from all its lines in the document."""
    rows: defaultdict[tuple[int, int, int], list[Row]] = defaultdict(list)
    for item in items:
        if isinstance(item, Row):
            rows[item.column].append(item)
    return {column: _margins(column, held) for column, held in rows.items()}


def _margins(column: tuple[int, int, int], rows: Sequence[Row]) -> Margins:
    left = _shared([row.piece.left for row in rows])
    right = -_shared([-row.piece.right for row in rows])
    width, _, among = column
    # A page of short lines only does not show where its text might end; its margins are mostly alike.
    if among == 1 and width - right > 1.6 * left:
        right = width - left
    return Margins(left, right)


def _shared(places: Sequence[float]) -> float:
    """The outermost place that lines share: single ones, and closing signs that hang over the edge, are passed over."""
    ordered = sorted(places)
    enough = max(2, len(ordered) * _ENOUGH)
    for place in ordered:
        alike = bisect_right(ordered, place + _ALIKE) - bisect_left(ordered, place)
        if alike >= enough:
            return place
    return ordered[0]


def whole_paragraphs(items: Sequence[Item]) -> list[Whole | Placed]:
    """Join the lines of each paragraph; tables stay between those that they part."""
    margins = margins_of(items)
    spacing = _spacing(items)
    body = _body_style(items)
    joiner = _Joiner(margins, spacing, body, _first_lines_are_set_in(items, margins))
    for item in items:
        joiner.add(item)
    return joiner.done


def _spacing(items: Sequence[Item]) -> dict[int, float]:
    """The usual distance of base lines, by size of type."""
    seen: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for one, other in pairwise(items):
        if isinstance(one, Row) and isinstance(other, Row) and one.page == other.page and one.column == other.column:
            step = other.piece.base - one.piece.base
            if 0 < step < 4 * other.piece.size:
                seen[round(other.piece.size)][round(step * 2) / 2] += 1
    # Of several usual ones the narrower is that inside paragraphs.
    return {
        size: min(step for step, count in steps.items() if 3 * count >= max(steps.values()))
        for size, steps in seen.items()
    }


def _first_lines_are_set_in(items: Sequence[Item], margins: dict[tuple[int, int, int], Margins]) -> bool:
    """Whether paragraphs begin with an indent, as Chinese ones do, and not with a wider space above them."""
    begins = 0
    rows = [item for item in items if isinstance(item, Row)]
    for one, other in pairwise(rows):
        before, behind = (row.piece.left - margins[row.column].left for row in (one, other))
        begins += _INDENT * one.piece.size < before < 4.5 * one.piece.size and behind < 0.5 * other.piece.size
    return begins >= max(1, 0.08 * len(rows))


def _body_style(items: Sequence[Item]) -> tuple[float, bool]:
    """(size, bold) of most of the text."""
    styles: Counter[tuple[float, bool]] = Counter()
    for item in items:
        if isinstance(item, Row):
            styles[(round(item.piece.size * 2) / 2, item.piece.bold)] += len(item.text)
    return styles.most_common(1)[0][0] if styles else (12.0, False)


class _Joiner:
    def __init__(
        self,
        margins: dict[tuple[int, int, int], Margins],
        spacing: dict[int, float],
        body: tuple[float, bool],
        set_in: bool,
    ) -> None:
        self.done: list[Whole | Placed] = []
        self._margins, self._spacing, self._body = margins, spacing, body
        self._set_in = set_in
        self._last: Row | None = None
        self._indented = 0.0

    def add(self, item: Item) -> None:
        if isinstance(item, Placed):
            self.done.append(item)
            # A paragraph never goes on below a table.
            self._last = None
            return
        piece = item.piece
        last = self.done[-1] if self.done else None
        if self._last is not None and isinstance(last, Whole) and self._goes_on(self._last, item, last):
            text = joined(last.text, item.text)
            # The upper lines of a title may be full, its last one shows where it stands.
            self.done[-1] = Whole(text, last.page, last.size, last.bold, self._is_centred(item), last.lines + 1)
        else:
            self.done.append(Whole(item.text, item.page, piece.size, piece.bold, self._is_centred(item)))
            self._indented = piece.left - self._margins[item.column].left
        self._last = item

    def _goes_on(self, one: Row, other: Row, whole: Whole) -> bool:
        """Whether a line continues the paragraph that the line before belongs to."""
        if abs(other.piece.size - one.piece.size) > _SAME_SIZE * one.piece.size:
            return False
        if self._is_centred(other) and self._is_title(one) and self._is_title(other):
            above = self._is_centred(one) or self._is_full(one, other)
            return above and not self._stands_apart(one, other) and not _ANNEX.match(one.text)
        indent = other.piece.left - self._margins[other.column].left
        if not self._is_full(one, other):
            return False
        # A first line that is set in and leaves room for no more looks centred.
        if self._is_centred(one) and indent >= 0.5 * other.piece.size:
            return False
        return not self._begins_anew(one, other, indent, whole)

    def _begins_anew(self, one: Row, other: Row, indent: float, whole: Whole) -> bool:
        if self._stands_apart(one, other):
            return True
        size = other.piece.size
        if indent > _INDENT * size:
            return self._begins_set_in(one, indent, whole, size)
        own = begins_block(other.text) or parse_date(other.text) is not None
        if self._indented > _INDENT * size and indent < 0.5 * size:
            # The first line was set in and this one is not: whatever it begins with, it goes on.
            return own and marker_of(other.text) is not None and bool(_SENTENCE_END.search(one.text))
        if one.piece.bold != other.piece.bold and whole.lines == 1 and not _SENTENCE_END.search(one.text):
            return own or len(one.text) < 0.7 * len(other.text)
        return own

    def _begins_set_in(self, one: Row, indent: float, whole: Whole, size: float) -> bool:
        """Whether a line that is set in begins a paragraph; that of a list, or one set in as a whole, may go on with it."""
        alike = abs(self._indented - indent) < 0.5 * size
        if not alike:
            return self._indented > indent
        return (self._set_in and whole.lines == 1) or bool(_SENTENCE_END.search(one.text))

    def _stands_apart(self, one: Row, other: Row) -> bool:
        if one.page != other.page or one.column != other.column:
            return False
        usual = self._spacing.get(round(other.piece.size), 2 * other.piece.size)
        step = other.piece.base - one.piece.base
        return step > _WIDER_SPACING * usual or step < 0

    def _is_full(self, one: Row, other: Row) -> bool:
        """Whether the next line's beginning had no more room on this one."""
        right = self._margins[one.column].right
        return one.piece.right + other.piece.first > right - 0.3 * one.piece.size

    def _is_centred(self, row: Row) -> bool:
        margins = self._margins[row.column]
        before, behind = row.piece.left - margins.left, margins.right - row.piece.right
        return min(before, behind) > 0.3 * row.piece.size and abs(before - behind) < 1.5 * row.piece.size

    def _is_title(self, row: Row) -> bool:
        size, bold = self._body
        return row.piece.size > (1 + _SAME_SIZE) * size or (row.piece.bold and not bold)
