"""What stands on a page in the order in which it is read: columns one after the other, tables in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot.knowledge.readers.pdf.ruled import Table
from bot.knowledge.readers.pdf.writing import Piece

_MOST_COLUMNS_DEEP = 3
_LINES_OF_A_COLUMN = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text in its column.

    Attributes:
        column: page's width, place of the column among its neighbours and their number: rows of alike columns share margins.
    """

    piece: Piece
    page: int
    height: float
    column: tuple[int, int, int]

    @property
    def text(self) -> str:
        """Its words."""
        return self.piece.text


@dataclass(frozen=True, slots=True)
class Placed:
    """A table on its page."""

    table: Table
    page: int


Item = Row | Placed


def in_order(
    pieces: Sequence[Piece],
    tables: Sequence[Table],
    page: int,
    width: float,
    height: float,
    gutters: Sequence[float] = (),
) -> tuple[Item, ...]:
    """Rows and tables of one page in reading order.

    Args:
        pieces: the text outside of tables.
        tables: the page's tables.
        page: its number.
        width: in points.
        height: in points.
        gutters: where other pages have theirs; a page with a few lines only does not show its columns.
    """
    boxes = _boxes(pieces)
    boxes += [_Box(t.columns[0], t.columns[-1], t.top, t.bottom, t) for t in tables]
    items: list[Item] = []
    for column, place, among in _columns(boxes, 0, 0, 1, gutters):
        for content in _lines(column):
            if isinstance(content, Table):
                items.append(Placed(content, page))
            else:
                items.append(Row(content, page, height, (round(width), place, among)))
    return tuple(items)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float
    content: Piece | Table


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the first column of a page ends; None where it has but one."""
    return _gutter(sorted(_boxes(pieces), key=lambda box: box.top))


def _boxes(pieces: Sequence[Piece]) -> list[_Box]:
    return [_Box(p.left, p.right, p.top, p.base, p) for p in pieces]


def _columns(
    boxes: Sequence[_Box], depth: int, place: int, among: int, known: Sequence[float] = ()
) -> Iterator[tuple[list[_Box], int, int]]:
    """Columns in reading order; what runs over several of them parts what is above from what is below."""
    ordered = sorted(boxes, key=lambda box: box.top)
    gutter = _gutter(ordered) if depth < _MOST_COLUMNS_DEEP else None
    if gutter is None:
        gutter = next((at for at in known if _fits(ordered, at)), None)
    if gutter is None:
        if ordered:
            yield ordered, place, among
        return
    band: list[_Box] = []
    over: list[_Box] = []
    for box in [*ordered, None]:
        crossing = box is not None and box.left < gutter < box.right
        if (box is None or crossing) and band:
            left, right = [b for b in band if b.right <= gutter], [b for b in band if b.right > gutter]
            yield from ((over, place, among),) if over else ()
            over = []
            yield from _columns(left, depth + 1, 2 * place, 2 * among)
            yield from _columns(right, depth + 1, 2 * place + 1, 2 * among)
            band = []
        if box is not None:
            (over if crossing else band).append(box)
    if over:
        yield over, place, among


def _fits(boxes: Sequence[_Box], gutter: float) -> bool:
    """Whether lines in the middle of a page end and begin at the gutter of other pages."""
    before = [box for box in boxes if box.right <= gutter]
    over = sum(box.left < gutter < box.right for box in boxes)
    return 2 * over <= len(before) and any(gutter - box.right < 0.1 * gutter for box in before)


def _gutter(boxes: Sequence[_Box]) -> float | None:
    """Where a column ends and the next begins; None where lines fill the whole width, or are but cells of a loose table."""
    pieces = [box for box in boxes if isinstance(box.content, Piece)]
    if len(pieces) < 2 * _LINES_OF_A_COLUMN:
        return None
    lefts = sorted(box.left for box in pieces)
    first, last = lefts[0], max(box.right for box in pieces)
    for at in sorted({round(left) for left in lefts}):
        alike = sum(abs(left - at) <= 2 for left in lefts)
        if alike >= _LINES_OF_A_COLUMN and first + 0.2 * (last - first) < at and _parts(pieces, at - 2.5):
            return at - 2.5
    return None


def _parts(pieces: Sequence[_Box], gutter: float) -> bool:
    before = [box for box in pieces if box.right <= gutter]
    behind = [box for box in pieces if box.left >= gutter]
    if min(len(before), len(behind)) < _LINES_OF_A_COLUMN or 2 * (len(before) + len(behind)) < len(pieces):
        return False
    left, end = min(box.left for box in before), max(box.right for box in before)
    right = max(box.right for box in behind)
    filled = (
        median(box.right - box.left for box in before) >= 0.6 * (end - left)
        and median(box.right - box.left for box in behind) >= 0.6 * (right - gutter)
        and end - left >= 0.5 * (gutter - left)
    )
    overlap = min(max(b.bottom for b in before), max(b.bottom for b in behind)) - max(
        min(b.top for b in before), min(b.top for b in behind)
    )
    shorter = min(max(b.bottom for b in side) - min(b.top for b in side) for side in (before, behind))
    return filled and overlap >= 0.5 * shorter


def _lines(boxes: Sequence[_Box]) -> list[Piece | Table]:
    """The lines of one column, with the pieces that stand beside one another put together."""
    lines: list[Piece | Table] = []
    row: list[Piece] = []
    for box in sorted(boxes, key=lambda box: box.bottom if isinstance(box.content, Piece) else box.top):
        content = box.content
        if row and not (
            isinstance(content, Piece) and content.base - row[0].base <= 0.45 * max(content.size, row[0].size)
        ):
            lines.append(_beside(row))
            row = []
        if isinstance(content, Piece):
            row.append(content)
        else:
            lines.append(content)
    if row:
        lines.append(_beside(row))
    return lines


def _beside(row: Sequence[Piece]) -> Piece:
    parts = sorted(row, key=lambda piece: piece.left)
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=lambda piece: len(piece.text))
    # A spread title (通　　知) has one character in each piece.
    spread = all(len(part.text) == 1 and not part.text.isascii() for part in parts)
    text = ("" if spread else " ").join(part.text for part in parts)
    return replace(longest, text=text, left=parts[0].left, right=parts[-1].right, first=parts[0].first)
