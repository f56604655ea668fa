"""Candidates to Matches: how much of what a question asks for does a section hold, and how plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.fuzzy import likeness
from bot.matching.question import Analysis
from bot.matching.weighing import Text, Weighed, coverage, held, weighted_mean
from bot.model import OPENING, Document, Match, Section


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that retrieval found, and how well: its score as a share of the best one's, 0 to 1."""

    document: Document
    section: Section
    retrieval: float


@dataclass(frozen=True, slots=True)
class Features:
    """What a match is scored by, each from 0 to 1.

    Attributes:
        whole: the share of the question that title, headings and passage hold together, ancestors' words at a discount.
        sentence: the same of the best single sentence with the section's own heading.
        named: how alike the question and the section's own heading, title or alias are, in both directions.
        retrieval: the index's score as a share of the best one's, as far as the section holds the question at all.
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

    whole: float = 0.35
    sentence: float = 0.25
    named: float = 0.15
    retrieval: float = 0.25
    ancestors: float = 0.7
    unwanted: float = 0.25
    opening: float = 0.2
    outdone: float = 0.7


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A section's tokens by place: passage with own heading, title and ancestors, own names, and each sentence."""

    own: Text
    above: Text
    names: tuple[frozenset[str], ...]
    sentences: tuple[tuple[str, Text], ...]


@lru_cache(maxsize=8192)
def _tokens(title: str, aliases: tuple[str, ...], headings: tuple[str, ...], name: str, text: str) -> _Tokens:
    own_heading = name or title
    heading_runs = runs(fold(own_heading))
    above_runs = runs(fold(" ".join((title, *aliases, *headings[:-1]))))
    parts = []
    for sentence in sentences(text):
        if folded := fold(sentence):
            parts.append((folded, _text(heading_runs + runs(folded))))
    own = _text(heading_runs + runs(fold(text)))
    names = (own_heading, *aliases) if len(headings) < 2 else (own_heading,)
    return _Tokens(own, _text(above_runs), tuple(frozenset(bigrams(runs(fold(name)))) for name in names), tuple(parts))


def _text(parts: list[str]) -> Text:
    return Text(frozenset(bigrams(parts)) | frozenset(characters(parts)), frozenset(pinyin_bigrams(parts)))


def rank(
    analysis: Analysis, weighed: Sequence[Weighed], candidates: Sequence[Candidate], weights: Weights
) -> tuple[Match, ...]:
    """Score each candidate from 0 to 1 and put the best first; a whole never stands before a part that holds as much."""
    seen = {(candidate.document.id, candidate.section.id): features(analysis, weighed, candidate, weights) for candidate in candidates}
    matches = []
    for candidate in candidates:
        own = seen[candidate.document.id, candidate.section.id]
        parts = (
            other
            for (document, section), other in seen.items()
            if document == candidate.document.id and section.startswith(f"{candidate.section.id}.")
        )
        outdone = any(part.whole >= own.whole - 0.05 and part.wanted >= own.wanted for part in parts)
        factor = weights.outdone if outdone else 1.0
        matches.append(Match(candidate.document, candidate.section, factor * score(own, weights)))
    return tuple(sorted(matches, key=lambda match: -match.score))


def score(features: Features, weights: Weights) -> float:
    """One number from 0 to 1."""
    gained = (
        weights.whole * features.whole
        + weights.sentence * features.sentence
        + weights.named * features.named
        + weights.retrieval * features.retrieval
    )
    gained *= 1 - weights.unwanted * (1 - features.wanted)
    return max(0.0, min(1.0, gained - weights.opening * features.opening * gained))


def features(analysis: Analysis, weighed: Sequence[Weighed], candidate: Candidate, weights: Weights) -> Features:
    """Look at one candidate."""
    document, section = candidate.document, candidate.section
    tokens = _tokens(document.title, document.aliases, section.headings, section.name, section.text)
    names = (document.title, *document.aliases, *section.headings)
    by_part = []
    for part in weighed:
        here = held(part, tokens.own)
        above = weights.ancestors * held(part, tokens.above) if here < weights.ancestors else 0.0
        like = weights.ancestors * likeness(part.concept.syllables, names) if max(here, above) < weights.ancestors else 0.0
        by_part.append((part.weight, max(here, above, like)))
    whole = weighted_mean(by_part)
    best_sentence = max((coverage(weighed, text) * _density(folded) for folded, text in tokens.sentences), default=0.0)
    return Features(
        whole=whole,
        sentence=best_sentence,
        named=max((_alike(weighed, name) for name in tokens.names), default=0.0),
        retrieval=candidate.retrieval * whole,
        wanted=max((wanted(analysis, folded) for folded, _ in tokens.sentences), default=0.0),
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
        asked.update(part.tokens)
        for meaning in part.meanings:
            if meaning <= name:
                asked |= meaning
    return float((recall * len(name & asked) / len(name)) ** 0.5)


# 第三十条 cites an article and counts nothing.
_ORDINAL = re.compile("第[0-9〇零一二两三四五六七八九十百]+")
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万]+"
_ANY_FIGURE = re.compile(r"[0-9]")
_TIME = re.compile(r"[0-9]+\s*(?:年|月|日|天|个工作日|小时)|每(?:年|月|周|季|个月)|工作日|按月|逐月")


def wanted(analysis: Analysis, folded: str) -> float:
    """Whether a folded sentence holds the figure or the time that is asked for.

    1 for a figure of the right unit or where nothing is asked for, half for another figure, 0 for none.
    """
    counted = _ORDINAL.sub("", folded)
    if analysis.unit:
        if re.search(rf"(?:{_NUMBER})余?多?\s*{re.escape(analysis.unit)}", counted):
            return 1.0
        return 0.5 if _ANY_FIGURE.search(counted) else 0.0
    if analysis.unit == "":
        return 1.0 if _ANY_FIGURE.search(counted) else 0.0
    if analysis.wants_time:
        return 1.0 if _TIME.search(folded) else 0.0
    return 1.0
