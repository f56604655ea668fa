"""What only shows between documents, or between a document and the calendar: duplicates, lateness, dead links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from bot.knowledge.holdings.cards import Cards
from bot.knowledge.links import missing
from bot.model import Card, Finding, Severity, Status
from bot.workdays import CalendarUnknown, Workdays

PUBLISHED_WITHIN = 20
"""Working days within which information is to be published after it was formed or changed (article 26)."""

_EARLIEST = date(1949, 10, 1)


def duplicates(cards: Cards) -> list[Finding]:
    """Published documents of the text of an earlier one, in their order; each finding's path is the one in the folder."""
    later = [(card, first) for first, *others in cards.alike() for card in others]
    later.sort(key=lambda pair: (pair[0].path.split("/"), pair[0].line))
    return [
        Finding(
            Severity.WARNING,
            card.path,
            card.line if card.is_row else 0,
            f'the same text as "{first.id}"',
            "keep one of the two",
            "duplicate",
        )
        for card, first in later
    ]


def misdated(cards: Sequence[Card], founded: Mapping[str, date], workdays: Workdays) -> Iterator[Finding]:
    """Dates of a file's published documents that cannot be, or came late.

    Args:
        cards: of the file.
        founded: when an agency was, by its key, where that is known.
        workdays: the calendar.
    """
    for card in cards:
        if card.status is Status.PUBLISHED:
            yield from _misdated(card, founded, workdays)


def _misdated(card: Card, founded: Mapping[str, date], workdays: Workdays) -> Iterator[Finding]:
    line = card.line if card.is_row else 0
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


def dead_links(cards: Sequence[Card], is_there: Callable[[str], bool]) -> Iterator[Finding]:
    """Links of a file's published documents that lead to nothing in the folder; `is_there` knows its files and folders."""
    for card in cards:
        if card.status is Status.PUBLISHED:
            for line, target in missing(card.path, card.links, is_there):
                reason = f'a link to "{target}", which is not in the folder'
                yield Finding(
                    Severity.WARNING, card.path, line, reason, "correct the link, or take it out", "dead-link"
                )


__all__ = ["PUBLISHED_WITHIN", "dead_links", "duplicates", "misdated"]
