"""Tables drawn with ruled lines: where their cells are, merged ones too, and what stands in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.readers.pdf.document import Glyph, Page
from bot.knowledge.readers.pdf.shapes import Rule
from bot.knowledge.readers.pdf.writing import written_cell

_TOLERANCE = 3.0
_SHORTEST = 8.0
_MOST_RULES = 4_000
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page.

    Attributes:
        columns: where its columns begin, and where the last one ends.
        rows: texts of the cells, a merged cell repeated in every place that it covers.
        areas: for every place the number of its cell, the same in all places of a merged one.
    """

    top: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    areas: tuple[tuple[int, ...], ...]


def take_tables(page: Page) -> tuple[tuple[Table, ...], tuple[Glyph, ...]]:
    """The tables of a page, and the characters that stand in none of them.

    A frame around text, and lines that enclose nothing, are no tables.
    """
    tables: list[Table] = []
    glyphs = page.glyphs
    for lines in _connected(_merged(page.rules)):
        grid = _Grid(lines)
        if not grid.is_table():
            continue
        inside = tuple(glyph for glyph in glyphs if grid.holds(glyph))
        if any(glyph.text != " " for glyph in inside):
            tables.append(grid.filled(inside))
            taken = set(map(id, inside))
            glyphs = tuple(glyph for glyph in glyphs if id(glyph) not in taken)
    return tuple(tables), glyphs


def _merged(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The lines with those joined that lie on one another or follow one another; none of a page that is a drawing."""
    merged: list[Rule] = []
    for level in (True, False):
        levels = _levels(sorted(rule.at for rule in rules if rule.level is level))
        by_level: dict[float, list[Rule]] = {}
        for rule in rules:
            if rule.level is level:
                by_level.setdefault(_nearest(levels, rule.at), []).append(rule)
        for at, group in by_level.items():
            merged.extend(_end_to_end(level, at, group))
    return tuple(merged) if len(merged) <= _MOST_RULES else ()


def _levels(places: Sequence[float]) -> list[float]:
    """One place for all that are nearly the same."""
    levels: list[float] = []
    for place in places:
        if not levels or place - levels[-1] > _TOLERANCE:
            levels.append(place)
    return levels


def _nearest(levels: Sequence[float], place: float) -> float:
    return levels[max(0, bisect_right(levels, place) - 1)]


def _end_to_end(level: bool, at: float, group: Sequence[Rule]) -> Iterator[Rule]:
    start, end = None, 0.0
    for rule in sorted(group, key=lambda rule: rule.start):
        if start is None:
            start, end = rule.start, rule.end
        elif rule.start <= end + _TOLERANCE:
            end = max(end, rule.end)
        else:
            yield Rule(level, at, start, end)
            start, end = rule.start, rule.end
    if start is not None:
        yield Rule(level, at, start, end)


def _connected(rules: Sequence[Rule]) -> Iterator[tuple[Rule, ...]]:
    """Groups of lines that cross or touch one another."""
    long = [rule for rule in rules if rule.end - rule.start >= _SHORTEST]
    across, along = [r for r in long if r.level], [r for r in long if not r.level]
    rest = set(range(len(across))), set(range(len(along)))
    while rest[0]:
        reached: tuple[set[int], set[int]] = ({rest[0].pop()}, set())
        fresh: list[tuple[bool, int]] = [(True, next(iter(reached[0])))]
        while fresh:
            level, place = fresh.pop()
            rule = across[place] if level else along[place]
            others, pool, found = (along, rest[1], reached[1]) if level else (across, rest[0], reached[0])
            met = {other for other in pool if _meet(rule, others[other])}
            pool -= met
            found |= met
            fresh.extend((not level, other) for other in met)
        if reached[1]:
            yield tuple(across[place] for place in sorted(reached[0])) + tuple(
                along[place] for place in sorted(reached[1])
            )


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.start - _TOLERANCE <= other.at <= one.end + _TOLERANCE
        and other.start - _TOLERANCE <= one.at <= other.end + _TOLERANCE
    )


class _Grid:
    """The places between lines that meet, and which of them are one cell because no line parts them."""

    def __init__(self, lines: Sequence[Rule]) -> None:
        across, along = [r for r in lines if r.level], [r for r in lines if not r.level]
        # A table that is open at its sides ends where its lines end.
        xs = [r.at for r in along] + [end for r in across for end in (r.start, r.end)]
        ys = [r.at for r in across] + [end for r in along for end in (r.start, r.end)]
        self.xs, self.ys = _levels(sorted(xs)), _levels(sorted(ys))
        self._across, self._along = across, along
        self.columns, self.lines = len(self.xs) - 1, len(self.ys) - 1
        self._parent: list[int] = []

    def is_table(self) -> bool:
        """Whether there are cells enough beside and below one another; merges what no line parts."""
        if self.columns < 2 or self.lines < 1 or self.columns * self.lines > _MOST_CELLS:
            return False
        self._parent = list(range(self.columns * self.lines))
        for row in range(self.lines):
            for column in range(self.columns):
                if column + 1 < self.columns and not self._parted(self._along, self.xs[column + 1], self.ys, row):
                    self._unite(self._place(row, column), self._place(row, column + 1))
                if row + 1 < self.lines and not self._parted(self._across, self.ys[row + 1], self.xs, column):
                    self._unite(self._place(row, column), self._place(row + 1, column))
        areas = self._areas()
        return any(len(set(row)) > 1 for row in areas) and len({area for row in areas for area in row}) > 1

    def _place(self, row: int, column: int) -> int:
        return row * self.columns + column

    def _parted(self, rules: Sequence[Rule], at: float, steps: Sequence[float], step: int) -> bool:
        middle = (steps[step] + steps[step + 1]) / 2
        return any(abs(rule.at - at) <= _TOLERANCE and rule.start <= middle <= rule.end for rule in rules)

    def _unite(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def _root(self, place: int) -> int:
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def _areas(self) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(self._root(self._place(row, column)) for column in range(self.columns)) for row in range(self.lines)
        )

    def holds(self, glyph: Glyph) -> bool:
        x, y = _middle(glyph)
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def filled(self, glyphs: Sequence[Glyph]) -> Table:
        """The table with its texts; rows and columns without any cell of their own, as double lines make them, left out."""
        areas = self._areas()
        inside: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = _middle(glyph)
            row = min(max(bisect_right(self.ys, y) - 1, 0), self.lines - 1)
            column = min(max(bisect_right(self.xs, x) - 1, 0), self.columns - 1)
            inside.setdefault(areas[row][column], []).append(glyph)
        texts = {area: written_cell(held) for area, held in inside.items()}
        kept = [row for row in range(self.lines) if row == 0 or areas[row] != areas[row - 1]]
        across = [place for place in range(self.columns) if place == 0 or any(r[place] != r[place - 1] for r in areas)]
        cells = tuple(tuple(areas[row][place] for place in across) for row in kept)
        return Table(
            self.ys[0],
            self.ys[-1],
            (*(self.xs[place] for place in across), self.xs[-1]),
            tuple(tuple(texts.get(area, "") for area in row) for row in cells),
            cells,
        )


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
