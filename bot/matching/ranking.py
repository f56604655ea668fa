"""Candidates to Matches: how much of what a question asks for does a section hold, and how plainly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.figures import wanted
from bot.matching.fuzzy import likeness
from bot.matching.question import Analysis
from bot.matching.weighing import Text, Weighed, breadth, coverage, held
from bot.model import FIRST, OPENING, Document, Match, Section

LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that retrieval found.

    Attributes:
        retrieval: how well, its score as a share of the best one's, 0 to 1.
        bound: whether it is of the years and agencies that the question is bound to.
    """

    document: Document
    section: Section
    retrieval: float
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """What a match is scored by, each from 0 to 1.

    Attributes:
        whole: the share of the question that title, headings and passage hold together, ancestors' words at a discount.
        sentence: the same of the best single sentence with the section's own heading.
        named: how alike the question and the section's own heading, title or alias are, in both directions.
        retrieval: the index's score as a share of the best one's.
        wanted: whether it holds the figure or the time that is asked for; 1 where none is.
        opening: 1 for what stands before the first heading of a document with headings: it announces, and answers nothing.
    """

    whole: float
    sentence: float
    named: float
    retrieval: float
    wanted: float
    opening: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts; fitted on labelled questions, see docs/matching.md."""

    whole: float = 0.22
    sentence: float = 0.1
    named: float = 0.32
    retrieval: float = 0.36
    ancestors: float = 0.47
    unwanted: float = 0.45
    opening: float = 0.55
    outdone: float = 0.9
    doubt: float = 0.8


class Shares(NamedTuple):
    """What each feature adds to a score, or takes from it; together they are the score."""

    whole: float
    sentence: float
    named: float
    retrieval: float
    wanted: float
    opening: float


class Judged(NamedTuple):
    """A match with what its score is made of.

    Attributes:
        shares: of the score before a part outdid it.
        outdone: what it lost to a part of it that holds as much; 0 or less.
    """

    match: Match
    features: Features
    shares: Shares
    outdone: float


@dataclass(frozen=True, slots=True)
class _Whole:
    """A section's tokens: passage with its own heading, and title and ancestors."""

    own: Text
    above: Text


@dataclass(frozen=True, slots=True)
class _Parts:
    """A section's names as sets of bigrams, and each of its sentences, folded and with its tokens and the heading's."""

    names: tuple[frozenset[str], ...]
    sentences: tuple[tuple[str, Text], ...]


# Folding costs a call into OpenCC: texts are folded together, with a character between them that nobody writes.
_BORDER = "\ue000"


def _folded(texts: Iterable[str]) -> list[str]:
    return fold(_BORDER.join(texts)).split(_BORDER)


@lru_cache(maxsize=8192)
def _whole(title: str, aliases: tuple[str, ...], headings: tuple[str, ...], name: str, text: str) -> _Whole:
    above, heading, passage = map(runs, _folded((" ".join((title, *aliases, *headings[:-1])), name or title, text)))
    return _Whole(_text(heading + passage), _text(above))


@lru_cache(maxsize=4096)
def _parts(title: str, aliases: tuple[str, ...], name: str, first: bool, text: str) -> _Parts:
    # Who asks for the document by its title or an alias is shown how it begins.
    names = (name or title, title, *aliases) if first else (name or title,)
    folded = _folded((*names, *sentences(text)))
    heading = runs(folded[0])
    return _Parts(
        tuple(frozenset(bigrams(runs(called))) for called in folded[: len(names)]),
        tuple((sentence, _text(heading + runs(sentence))) for sentence in folded[len(names) :] if sentence.strip()),
    )


def _text(parts: list[str]) -> Text:
    return Text(frozenset(bigrams(parts)).union(characters(parts)), frozenset(pinyin_bigrams(parts)))


def rank(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Match, ...]:
    """Score the likeliest candidates from 0 to 1 and put the best first."""
    return tuple(judged.match for judged in judge(analysis, weighed, candidates, weights))


def judge(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Judged, ...]:
    """Score the likeliest candidates, the best first, and keep what each score is made of.

    Those that the question is bound to are looked at before all others, and a whole never stands before a part of it that
    holds as much.
    """
    looked_at = [(candidate, held_by(weighed, candidate, weights)) for candidate in candidates]
    # Sentence by sentence is ten times the work of the whole; the last of many candidates are not worth it.
    looked_at.sort(
        key=lambda pair: (not pair[0].bound, -pair[1] * weights.whole - pair[0].retrieval * weights.retrieval)
    )
    seen = [(candidate, features(analysis, weighed, candidate, whole)) for candidate, whole in looked_at[:LOOKED_AT]]
    shares = {(one.document.id, one.section.id): shares_of(own, weights) for one, own in seen}
    scores = {place: _total(made_of) for place, made_of in shares.items()}
    judged = []
    for candidate, own in seen:
        place = candidate.document.id, candidate.section.id
        found = scores[place]
        parts = [
            scores[other.document.id, other.section.id] for other, part in seen if _outdoes(other, part, candidate, own)
        ]
        left = min(weights.outdone * found, max(parts) * 0.999) if parts else found
        judged.append(Judged(Match(candidate.document, candidate.section, left), own, shares[place], left - found))
    return tuple(sorted(judged, key=lambda one: -one.match.score))


def _outdoes(other: Candidate, part: Features, candidate: Candidate, own: Features) -> bool:
    """Whether another candidate is a part of this one and holds as much as it does.

    A whole that gives its parts' words, and is asked for by its own name, answers better than any one of them.
    """
    return (
        other.document.id == candidate.document.id
        and other.section.id.startswith(f"{candidate.section.id}.")
        and part.whole >= own.whole - 0.05
        and part.wanted >= own.wanted
        and (part.named >= own.named or other.section.text not in candidate.section.text)
    )


def score(features: Features, weights: Weights) -> float:
    """One number from 0 to 1."""
    return _total(shares_of(features, weights))


def _total(shares: Shares) -> float:
    return max(0.0, min(1.0, sum(shares)))


def shares_of(features: Features, weights: Weights) -> Shares:
    """What each feature adds to the score; what is wanted and missing, and an opening, take from it."""
    whole = weights.whole * features.whole
    sentence = weights.sentence * features.sentence
    named = weights.named * features.named
    # Of what nothing holds, the best that is found is nothing.
    retrieval = weights.retrieval * features.retrieval * min(1.0, features.whole / weights.doubt)
    gained = whole + sentence + named + retrieval
    unwanted = -weights.unwanted * (1 - features.wanted) * gained
    opening = -weights.opening * features.opening * (gained + unwanted)
    return Shares(whole, sentence, named, retrieval, unwanted, opening)


def held_by(weighed: Sequence[Weighed], candidate: Candidate, weights: Weights) -> float:
    """The share of the question that title, headings and passage hold together, ancestors' words at a discount."""
    tokens = _whole_of(candidate)
    total = gained = 0.0
    for part in weighed:
        total += part.weight
        gained += part.weight * _held_in(part, candidate, tokens, weights)
    return gained / total if total else 0.0


def held_in(part: Weighed, candidate: Candidate, weights: Weights, *, by_sound: bool = True) -> float:
    """The share of one concept that title, headings and passage hold together; by their characters alone if you like."""
    tokens = _whole_of(candidate)
    if not by_sound:
        tokens = _Whole(*(Text(text.tokens, frozenset()) for text in (tokens.own, tokens.above)))
    return _held_in(part, candidate, tokens, weights)


def breadth_of(match: Match, weighed: Sequence[Weighed]) -> float:
    """How many of the question's neighbours a passage with its own heading holds, as `weighing.breadth` counts them."""
    return breadth(weighed, _whole_of(Candidate(match.document, match.section, 1.0)).own)


def _held_in(part: Weighed, candidate: Candidate, tokens: _Whole, weights: Weights) -> float:
    share = held(part, tokens.own)
    if share < weights.ancestors:
        share = max(share, weights.ancestors * held(part, tokens.above))
    if share < weights.ancestors and part.mistyped:
        document = candidate.document
        names = (document.title, *document.aliases, *candidate.section.headings)
        share = max(share, weights.ancestors * likeness(part.concept.syllables, names))
    return share


def _whole_of(candidate: Candidate) -> _Whole:
    document, section = candidate.document, candidate.section
    return _whole(document.title, document.aliases, section.headings, section.name, section.text)


def features(analysis: Analysis, weighed: Sequence[Weighed], candidate: Candidate, whole: float) -> Features:
    """Look at one candidate that holds the share `whole` of the question."""
    document, section = candidate.document, candidate.section
    parts = _parts(document.title, document.aliases, section.name, section.id in FIRST, section.text)
    return Features(
        whole=whole,
        sentence=max((coverage(weighed, text) * _density(folded) for folded, text in parts.sentences), default=0.0),
        named=max((_alike(weighed, name) for name in parts.names), default=0.0),
        retrieval=candidate.retrieval,
        wanted=max((wanted(analysis, folded) for folded, _ in parts.sentences), default=0.0),
        opening=float(section.id == OPENING),
    )


def _density(sentence: str) -> float:
    """1 for a sentence of usual length; a long one holds something of everything: 0.84 at 240 characters."""
    return float(min(1.0, (120 / len(sentence)) ** 0.25))


def _alike(weighed: Sequence[Weighed], name: frozenset[str]) -> float:
    """How much of the question a name holds, times how much of the name the question asks for: their geometric mean."""
    if not name or not weighed:
        return 0.0
    recall = coverage(weighed, Text(name, frozenset()))
    asked: set[str] = set()
    for part in weighed:
        asked.update(unit.token for unit in part.units)
        for meaning in part.meanings:
            if meaning <= name:
                asked |= meaning
    return float((recall * len(name & asked) / len(name)) ** 0.5)
