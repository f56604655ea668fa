"""Documents that give different figures for one agency, year and measure; after a change only what it touches is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Card, Figure, Finding, Severity

_Year = tuple[str, int]
"""An agency's key and a year: figures of others cannot contradict each other."""


@dataclass(frozen=True, slots=True)
class _Contradiction:
    """`position` is that of the figure among those of the later card; `pair` is told once, whatever the years."""

    card: str
    position: int
    pair: tuple[str, str, str]
    finding: Finding


class Contradictions:
    """What contradicts each other among some documents, kept from one look to the next.

    Not for two threads at once.
    """

    def __init__(self) -> None:
        self._cards: dict[str, Card] = {}
        self._stating: defaultdict[_Year, dict[str, Card]] = defaultdict(dict)
        self._found: dict[_Year, tuple[_Contradiction, ...]] = {}

    def among(self, cards: Sequence[Card]) -> Iterator[Finding]:
        """Each pair of documents once a measure, at the later one.

        Args:
            cards: each id once, in the order of their paths. Those of a file that was read anew have to be other
                objects than before, also where they are equal: their order may be another.
        """
        positions = {card.id: position for position, card in enumerate(cards)}
        for year in self._take_in(cards):
            self._compare(year, positions)
        found = [each for contradictions in self._found.values() for each in contradictions]
        found.sort(key=lambda each: (positions[each.card], each.position))
        told: set[tuple[str, str, str]] = set()
        for each in found:
            if each.pair not in told:
                told.add(each.pair)
                yield each.finding

    def _take_in(self, cards: Sequence[Card]) -> set[_Year]:
        """Take note of the cards; the years of those that are new, other or gone."""
        before, self._cards = self._cards, {card.id: card for card in cards if card.figures}
        touched: set[_Year] = set()
        for id_, card in before.items():
            if self._cards.get(id_) is not card:
                for year in _years(card):
                    del self._stating[year][id_]
                    touched.add(year)
        for id_, card in self._cards.items():
            if before.get(id_) is not card:
                for year in _years(card):
                    self._stating[year][id_] = card
                    touched.add(year)
        return touched

    def _compare(self, year: _Year, positions: Mapping[str, int]) -> None:
        stating = sorted(self._stating[year].values(), key=lambda card: positions[card.id])
        if found := tuple(_among(year, stating)):
            self._found[year] = found
        else:
            self._found.pop(year, None)
        if not stating:
            del self._stating[year]


def _years(card: Card) -> set[_Year]:
    if not card.agency:
        return set()
    return {(card.agency, year) for figure in card.figures if (year := figure.year or card.year) is not None}


def _among(about: _Year, cards: Sequence[Card]) -> Iterator[_Contradiction]:
    _, year = about
    stated: dict[tuple[str, str], tuple[Card, Figure]] = {}
    for card in cards:
        for position, figure in enumerate(card.figures):
            if (figure.year or card.year) != year:
                continue
            other, before = stated.setdefault((figure.measure, figure.unit), (card, figure))
            if other is not card and before.value != figure.value:
                reason = (
                    f"{year} {figure.measure}{figure.value:,}{figure.unit}, "
                    f"but {before.value:,}{figure.unit} in {other.path}{f':{before.line}' if before.line else ''}"
                )
                yield _Contradiction(
                    card.id,
                    position,
                    (other.id, card.id, figure.measure),
                    Finding(
                        Severity.WARNING, card.path, figure.line, reason, "correct one of the two", "contradiction"
                    ),
                )


__all__ = ["Contradictions"]
