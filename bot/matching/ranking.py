"""Candidates to Matches: how much of what a question asks for does a section hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.normalise import fold
from bot.language.tokens import bigrams, pinyin_bigrams, runs
from bot.matching.fuzzy import likeness
from bot.matching.question import Analysis, Concept
from bot.model import Document, Match, Section

Rarity = Callable[[Iterable[str]], Mapping[str, float]]
"""How rare each token is in what is published: 0 for what stands everywhere, more for what stands in few sections or none."""

# What a glossary's word, a word of the same sound, and a word of like sound count against the word itself.
_MEANING, _SOUND, _LIKE = 0.9, 0.85, 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section that retrieval found, and how well: its score as a share of what the question could reach, 0 to 1."""

    document: Document
    section: Section
    retrieval: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """A section's tokens: those of the whole, and those of its title, aliases and headings alone."""

    bigrams: frozenset[str]
    sounds: frozenset[str]
    name_bigrams: frozenset[str]
    name_sounds: frozenset[str]


@lru_cache(maxsize=8192)
def _tokens(names: tuple[str, ...], text: str) -> Tokens:
    name_runs = runs(fold(" ".join(names)))
    all_runs = name_runs + runs(fold(text))
    return Tokens(
        frozenset(bigrams(all_runs)),
        frozenset(pinyin_bigrams(all_runs)),
        frozenset(bigrams(name_runs)),
        frozenset(pinyin_bigrams(name_runs)),
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with the weight of each of its tokens and sounds, and its own weight in the question."""

    concept: Concept
    tokens: Mapping[str, float]
    sounds: Mapping[str, float]
    meanings: tuple[tuple[frozenset[str], float], ...]
    weight: float


def weigh(analysis: Analysis, token_rarity: Rarity, sound_rarity: Rarity) -> tuple[Weighed, ...]:
    """Each concept of a question with its weight in it."""
    return tuple(_weigh(concept, token_rarity, sound_rarity) for concept in analysis.concepts)


def rank(weighed: Sequence[Weighed], candidates: Sequence[Candidate]) -> tuple[Match, ...]:
    """Score each candidate from 0 to 1 and put the best first.

    The score is the share of the question's concepts, each weighed by how rare it is, that the section holds, joined with what
    of them its headings hold and with how well retrieval found it.
    """
    total = sum(part.weight for part in weighed)
    matches = [
        Match(candidate.document, candidate.section, _score(candidate, weighed, total)) for candidate in candidates
    ]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _weigh(concept: Concept, token_rarity: Rarity, sound_rarity: Rarity) -> Weighed:
    tokens, sounds = token_rarity(concept.tokens), sound_rarity(concept.sounds)
    meanings = []
    for meaning in concept.meanings:
        rarities = token_rarity(tuple(bigrams(runs(meaning))))
        meanings.append((frozenset(rarities), sum(rarities.values())))
    own = sum((tokens or sounds).values())
    # A word that documents never use weighs what they say for it; else 要钱 would count for more than 收费.
    weight = min([own, *(weight for _, weight in meanings)]) if meanings else own
    return Weighed(concept, tokens, sounds, tuple(meanings), weight)


def _score(candidate: Candidate, weighed: Sequence[Weighed], total: float) -> float:
    document, section = candidate.document, candidate.section
    tokens = _tokens((document.title, *document.aliases, document.category, *section.headings), section.text)
    if not total:
        return 0.0
    names = (document.title, *document.aliases, *section.headings)
    whole = sum(part.weight * max(held(part, tokens.bigrams, tokens.sounds), _LIKE * _likeness(part, names)) for part in weighed)
    named = sum(part.weight * held(part, tokens.name_bigrams, tokens.name_sounds) for part in weighed)
    return min(1.0, (0.6 * whole + 0.15 * named) / total + 0.25 * candidate.retrieval)


def _likeness(part: Weighed, names: Sequence[str]) -> float:
    return likeness(part.concept.syllables, names)


def held(part: Weighed, tokens: frozenset[str], sounds: frozenset[str]) -> float:
    """The share from 0 to 1 of one concept that a set of tokens holds, by character, by sound or by meaning, whichever is most."""
    best = 0.0
    if part.tokens:
        best = sum(weight for token, weight in part.tokens.items() if token in tokens) / (sum(part.tokens.values()) or 1)
    if part.sounds and best < _SOUND:
        heard = sum(weight for sound, weight in part.sounds.items() if sound in sounds) / (sum(part.sounds.values()) or 1)
        best = max(best, heard * (_SOUND if part.tokens else 1.0))
    if best < _MEANING and any(meaning <= tokens for meaning, _ in part.meanings):
        best = _MEANING
    return best
