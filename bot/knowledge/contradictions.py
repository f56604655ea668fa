"""Documents that give different figures for one agency, year and measure; after a change only what it touches is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.holdings.cards import Cards, Stated, Year
from bot.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class _Contradiction:
    """`place` is that of the later figure in the folder's order; `pair` is told once, whatever the years."""

    place: tuple[list[str], int, int, int]
    pair: tuple[str, str, str]
    finding: Finding


class Contradictions:
    """What contradicts each other among a folder's documents, kept from one look to the next."""

    def __init__(self) -> None:
        self._found: dict[Year, tuple[_Contradiction, ...]] = {}

    def compare(self, cards: Cards) -> None:
        """Compare the figures of each agency and year of which a document is another one than when last compared."""
        for year in cards.other_years:
            if found := tuple(_among(year, cards.stating(year))):
                self._found[year] = found
            else:
                self._found.pop(year, None)

    def told(self) -> Iterator[Finding]:
        """Each pair of documents once a measure, at the later one; paths are those inside the folder."""
        found = [each for contradictions in self._found.values() for each in contradictions]
        found.sort(key=lambda each: each.place)
        told: set[tuple[str, str, str]] = set()
        for each in found:
            if each.pair not in told:
                told.add(each.pair)
                yield each.finding


def _among(about: Year, stating: Iterable[Stated]) -> Iterator[_Contradiction]:
    _, year = about
    first: dict[tuple[str, str], tuple[Stated, int, int]] = {}
    for stated in stating:
        for number, (measure, unit, value, line) in enumerate(stated.figures):
            other, before, place = first.setdefault((measure, unit), (stated, value, line))
            if other is not stated and before != value:
                there = f"{other.path}:{place}" if place else other.path
                reason = f"{year} {measure}{value:,}{unit}, but {before:,}{unit} in {there}"
                yield _Contradiction(
                    (stated.path.split("/"), stated.position, line, number),
                    (other.id, stated.id, measure),
                    Finding(Severity.WARNING, stated.path, line, reason, "correct one of the two", "contradiction"),
                )


__all__ = ["Contradictions"]
