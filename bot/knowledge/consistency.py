"""What only shows between documents, or between a document and the calendar: duplicates, contradictions, lateness, dead links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.knowledge.contradictions import Contradictions
from bot.knowledge.kept import Kept
from bot.knowledge.links import missing, reachable
from bot.model import Agency, Card, Finding, Severity, Status
from bot.workdays import CalendarUnknown, Workdays

PUBLISHED_WITHIN = 20
"""Working days within which information is to be published after it was formed or changed (article 26)."""

_EARLIEST = date(1949, 10, 1)


class Consistency:
    """Goes through the published documents of a folder, and keeps what it found for the next time.

    Not for two threads at once.
    """

    def __init__(self) -> None:
        self._contradictions = Contradictions()
        self._dates: Kept[Card, tuple[Finding, ...]] = Kept()
        self._links: Kept[Card, tuple[Finding, ...]] = Kept()
        self._names: frozenset[str] = frozenset()
        self._there: frozenset[str] = frozenset()

    def inconsistencies(
        self, cards: Sequence[Card], agencies: Sequence[Agency], names: frozenset[str], workdays: Workdays
    ) -> Iterator[Finding]:
        """Go through them.

        Args:
            cards: of every document, in the order of their paths.
            agencies: all that are known.
            names: of every file in the folder.
            workdays: the calendar.

        Yields:
            Findings whose path is the one inside the folder.
        """
        published = [card for card in cards if card.status is Status.PUBLISHED]
        yield from _duplicates(published)
        yield from self._contradictions.among(published)
        links = dict(self._dead_links(published, names))
        founded = {agency.key: agency.founded for agency in agencies if agency.founded}
        dates = self._dates.through(
            ((card.id, card) for card in published),
            (founded, workdays),
            lambda card: tuple(_misdated(card, founded, workdays)),
        )
        for id_, findings in dates:
            yield from findings
            yield from links.get(id_, ())

    def _dead_links(self, cards: Sequence[Card], names: frozenset[str]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        if names != self._names:
            self._names, self._there = names, reachable(names)
        linking = ((card.id, card) for card in cards if card.links)
        return self._links.through(linking, names, lambda card: tuple(_dead(card, self._there)))


def _duplicates(cards: Sequence[Card]) -> Iterator[Finding]:
    first: dict[str, Card] = {}
    for card in cards:
        if not card.digest:
            continue
        earlier = first.setdefault(card.digest, card)
        if earlier is not card:
            reason = f'the same text as "{earlier.id}"'
            yield Finding(Severity.WARNING, card.path, _line(card), reason, "keep one of the two", "duplicate")


def _misdated(card: Card, founded: Mapping[str, date], workdays: Workdays) -> Iterator[Finding]:
    line = _line(card)
    began = founded.get(card.agency, _EARLIEST)
    if early := [day for day in (card.formed_on, card.published_on) if day and day < began]:
        reason = f"dated {early[0]}, before the agency was there ({began})"
        yield Finding(Severity.WARNING, card.path, line, reason, "check the date", "too-early")
    if not (card.formed_on and card.published_on):
        return
    if card.published_on < card.formed_on:
        reason = f"published {card.published_on}, before it was formed ({card.formed_on})"
        yield Finding(Severity.WARNING, card.path, line, reason, "check the dates", "too-early")
        return
    try:
        took = workdays.between(card.formed_on, card.published_on)
    except CalendarUnknown:
        return
    if took > PUBLISHED_WITHIN:
        reason = f"published {took} working days after it was formed; article 26 asks for {PUBLISHED_WITHIN}"
        yield Finding(Severity.NOTE, card.path, line, reason, "", "late")


def _dead(card: Card, there: frozenset[str]) -> Iterator[Finding]:
    for line, target in missing(card.path, card.links, there):
        reason = f'a link to "{target}", which is not in the folder'
        yield Finding(Severity.WARNING, card.path, line, reason, "correct the link, or take it out", "dead-link")


def _line(card: Card) -> int:
    """A row's line; a whole file has none of its own."""
    return 0 if card.path.startswith(f"{card.id}.") else card.line


__all__ = ["PUBLISHED_WITHIN", "Consistency"]
