"""Candidates to Matches: how much of what a question asks for does a section hold, and how plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.figures import wanted
from bot.matching.fuzzy import likeness
from bot.matching.question import Analysis
from bot.matching.weighing import Text, Weighed, coverage, held
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


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A section's tokens by place: passage with own heading, title and ancestors, own names, and each sentence."""

    own: Text
    above: Text
    names: tuple[frozenset[str], ...]
    sentences: tuple[tuple[str, Text], ...]


@lru_cache(maxsize=8192)
def _tokens(
    title: str, aliases: tuple[str, ...], headings: tuple[str, ...], name: str, first: bool, text: str
) -> _Tokens:
    own_heading = name or title
    heading_runs = runs(fold(own_heading))
    above_runs = runs(fold(" ".join((title, *aliases, *headings[:-1]))))
    parts = []
    for sentence in sentences(text):
        if folded := fold(sentence):
            parts.append((folded, _text(heading_runs + runs(folded))))
    own = _text(heading_runs + runs(fold(text)))
    # Who asks for the document by its title or an alias is shown how it begins.
    names = (own_heading, title, *aliases) if first else (own_heading,)
    return _Tokens(own, _text(above_runs), tuple(frozenset(bigrams(runs(fold(name)))) for name in names), tuple(parts))


def _text(parts: list[str]) -> Text:
    return Text(frozenset(bigrams(parts)) | frozenset(characters(parts)), frozenset(pinyin_bigrams(parts)))


def rank(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Match, ...]:
    """Score the likeliest candidates from 0 to 1 and put the best first.

    Those that the question is bound to are looked at before all others, and a whole never stands before a part of it that
    holds as much.
    """
    looked_at = [(candidate, held_by(weighed, candidate, weights)) for candidate in candidates]
    # Sentence by sentence is ten times the work of the whole; the last of many candidates are not worth it.
    looked_at.sort(
        key=lambda pair: (not pair[0].bound, -pair[1] * weights.whole - pair[0].retrieval * weights.retrieval)
    )
    seen = [(candidate, features(analysis, weighed, candidate, whole)) for candidate, whole in looked_at[:LOOKED_AT]]
    scores = {(one.document.id, one.section.id): score(own, weights) for one, own in seen}
    matches = []
    for candidate, own in seen:
        found = scores[candidate.document.id, candidate.section.id]
        parts = [
            scores[other.document.id, other.section.id] for other, part in seen if _outdoes(other, part, candidate, own)
        ]
        if parts:
            found = min(weights.outdone * found, max(parts) * 0.999)
        matches.append(Match(candidate.document, candidate.section, found))
    return tuple(sorted(matches, key=lambda match: -match.score))


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
    gained = (
        weights.whole * features.whole
        + weights.sentence * features.sentence
        + weights.named * features.named
        # Of what nothing holds, the best that is found is nothing.
        + weights.retrieval * features.retrieval * min(1.0, features.whole / weights.doubt)
    )
    gained *= 1 - weights.unwanted * (1 - features.wanted)
    return max(0.0, min(1.0, gained - weights.opening * features.opening * gained))


def held_by(weighed: Sequence[Weighed], candidate: Candidate, weights: Weights) -> float:
    """The share of the question that title, headings and passage hold together, ancestors' words at a discount."""
    document, section = candidate.document, candidate.section
    tokens = _tokens_of(candidate)
    names = (document.title, *document.aliases, *section.headings)
    total = gained = 0.0
    for part in weighed:
        share = held(part, tokens.own)
        if share < weights.ancestors:
            share = max(share, weights.ancestors * held(part, tokens.above))
        if share < weights.ancestors and part.mistyped:
            share = max(share, weights.ancestors * likeness(part.concept.syllables, names))
        total += part.weight
        gained += part.weight * share
    return gained / total if total else 0.0


def _tokens_of(candidate: Candidate) -> _Tokens:
    document, section = candidate.document, candidate.section
    first = section.id in FIRST
    return _tokens(document.title, document.aliases, section.headings, section.name, first, section.text)


def features(analysis: Analysis, weighed: Sequence[Weighed], candidate: Candidate, whole: float) -> Features:
    """Look at one candidate that holds the share `whole` of the question."""
    tokens = _tokens_of(candidate)
    return Features(
        whole=whole,
        sentence=max((coverage(weighed, text) * _density(folded) for folded, text in tokens.sentences), default=0.0),
        named=max((_alike(weighed, name) for name in tokens.names), default=0.0),
        retrieval=candidate.retrieval,
        wanted=max((wanted(analysis, folded) for folded, _ in tokens.sentences), default=0.0),
        opening=float(candidate.section.id == OPENING),
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
