"""What a match is scored by, and what each of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Features(NamedTuple):
    """What a match is scored by, each from 0 to 1.

    Attributes:
        whole: the share of the question that title, headings and passage hold together, ancestors' words at a discount.
        sentence: the same of the best single sentence with the section's own heading.
        characters: the share of the question's characters that one of its sentences holds with the heading, in whatever order:
            what a dropped, swapped or wrong one leaves of a word.
        named: how alike the question and the section's own heading, title or alias are, in both directions.
        retrieval: the index's score as a share of the best one's.
        wanted: whether it holds the figure or the time that is asked for; 1 where none is.
        opening: 1 for what stands before the first heading of a document with headings: it announces, and answers nothing.
    """

    whole: float
    sentence: float
    characters: float
    named: float
    retrieval: float
    wanted: float
    opening: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts; fitted on labelled questions, see docs/matching.md."""

    whole: float = 0.16
    sentence: float = 0.08
    characters: float = 0.18
    named: float = 0.26
    retrieval: float = 0.32
    ancestors: float = 0.47
    unwanted: float = 0.45
    opening: float = 0.55
    outdone: float = 0.9
    doubt: float = 0.8


class Shares(NamedTuple):
    """What each feature adds to a score, or takes from it; together they are the score."""

    whole: float
    sentence: float
    characters: float
    named: float
    retrieval: float
    wanted: float
    opening: float


def score(features: Features, weights: Weights) -> float:
    """One number from 0 to 1."""
    return total(shares_of(features, weights))


def total(shares: Shares) -> float:
    """A score from 0 to 1 of what each feature adds to it."""
    return max(0.0, min(1.0, sum(shares)))


def shares_of(features: Features, weights: Weights) -> Shares:
    """What each feature adds to the score; what is wanted and missing, and an opening, take from it."""
    whole = weights.whole * features.whole
    sentence = weights.sentence * features.sentence
    characters = weights.characters * features.characters
    named = weights.named * features.named
    # Of what nothing holds, the best that is found is nothing.
    retrieval = weights.retrieval * features.retrieval * min(1.0, features.whole / weights.doubt)
    gained = whole + sentence + characters + named + retrieval
    unwanted = -weights.unwanted * (1 - features.wanted) * gained
    opening = -weights.opening * features.opening * (gained + unwanted)
    return Shares(whole, sentence, characters, named, retrieval, unwanted, opening)
