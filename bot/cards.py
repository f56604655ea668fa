"""Published passages as cards that somebody may put into a conversation of their own, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot import replies
from bot.matching.certainty import Policy
from bot.matching.question import Analysis
from bot.model import Decision, Language, Match, Reply, Verdict

EXCERPT_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Card:
    """A passage to be quoted.

    Attributes:
        title: the document's, with year and heading.
        excerpt: how the quote begins, in one line.
        reply: the quote as published, and where it stands; nothing of who asked, nothing to press.
    """

    title: str
    excerpt: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Deck:
    """A page of cards.

    Attributes:
        more: whether others come behind.
    """

    cards: tuple[Card, ...] = ()
    more: bool = False


class Considered(Protocol):
    """A question as read, and what was found for it."""

    @property
    def analysis(self) -> Analysis:
        """What it asks for."""
        ...

    def decide(self, policy: Policy) -> Decision:
        """Decide by a policy."""
        ...


def matching(considered: Considered, policy: Policy, language: Language) -> list[Card]:
    """What was found for a question, best first; none where nothing published answers it.

    A year and an agency that were asked for bind, as in an answer.
    """
    decision = considered.decide(policy)
    if decision.verdict is Verdict.NONE:
        return []
    offered, others = decision.matches[: decision.offered], decision.matches[decision.offered :]
    analysis = considered.analysis
    years = {match.document.year for match in offered}
    agencies = {match.document.agency for match in offered}
    shown = [
        match
        for match in others
        if match.score >= policy.choices
        and (not analysis.years or match.document.year in years)
        and (not analysis.agencies or match.document.agency in agencies)
    ]
    focuses = {id(offered[0]): decision.focus}
    return [_card(match, language, focuses.get(id(match), "")) for match in (*offered, *shown)]


def newest(matches: Iterable[Match], language: Language) -> list[Card]:
    """The beginnings of documents, in their order."""
    return [_card(match, language) for match in matches]


def page_of(cards: Sequence[Card], start: int, size: int) -> Deck:
    """The cards from a place on."""
    return Deck(tuple(cards[start : start + size]), more=len(cards) > start + size)


def _card(match: Match, language: Language, focus: str = "") -> Card:
    reply = replies.quote_section(match, language, None, focus)
    # A quote in somebody else's chat has no buttons, and whom to ask is asked of the bot.
    reply = replace(reply, full_text=False, contact=None, contact_of_document=False)
    excerpt = " ".join(replies.quoted(reply.quote).split()) if reply.quote else ""
    if len(excerpt) > EXCERPT_CHARACTERS:
        excerpt = excerpt[: EXCERPT_CHARACTERS - 1] + "…"
    return Card(replies.choice_label(match, language), excerpt, reply)
