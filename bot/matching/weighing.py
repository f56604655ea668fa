"""The weight of each concept in a question, and how much of one a text holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.language.tokens import bigrams, is_han, runs
from bot.language.wording import LONELY
from bot.matching.question import Analysis, Concept
from bot.matching.vocabulary import Vocabulary, rarity

# What a glossary's word and what a word of the same sound count against the word itself.
MEANING, SOUND = 0.9, 0.85
# What is published nowhere tells of another topic, or is only how somebody put it: it weighs half of a rare word.
UNPUBLISHED = 0.5
# Who somebody is and why they ask (我是大学生,在写论文) stands in clauses that ask nothing.
ASIDE = 0.1
# A Latin word that is published nowhere is mostly English that the glossary does not know; a lone character is half a word.
UNPUBLISHED_LATIN, LONE = 0.1, 0.7


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept with the weight of each of its tokens and sounds, and its own weight in the question.

    Attributes:
        meanings: the tokens of each thing that documents may say for it.
        published: whether any of its own tokens or sounds is published.
    """

    concept: Concept
    tokens: Mapping[str, float]
    sounds: Mapping[str, float]
    meanings: tuple[frozenset[str], ...]
    weight: float
    published: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text, as sets."""

    tokens: frozenset[str]
    sounds: frozenset[str]


def weigh(analysis: Analysis, vocabulary: Vocabulary) -> tuple[Weighed, ...]:
    """Each concept of a question with its weight: how rare in what is published its tokens are."""
    return tuple(_weigh(concept, vocabulary) for concept in analysis.concepts)


def _weigh(concept: Concept, vocabulary: Vocabulary) -> Weighed:
    counts, sound_counts = vocabulary.tokens(concept.tokens), vocabulary.sounds(concept.sounds)
    tokens = _token_weights(concept, counts, vocabulary.sections)
    sounds = {
        sound: rarity(count, vocabulary.sections) * (1.0 if count else UNPUBLISHED)
        for sound, count in sound_counts.items()
    }
    meanings, weights = [], []
    for meaning in concept.meanings:
        meant = vocabulary.tokens(tuple(bigrams(runs(meaning))))
        if all(meant.values()):
            meanings.append(frozenset(meant))
            weights.append(sum(rarity(count, vocabulary.sections) for count in meant.values()))
    published = any(counts.values()) or any(sound_counts.values())
    own = sum((tokens or sounds).values())
    # A word that documents never use weighs what they say for it; else 要钱 would count for more than 收费.
    weight = weights[0] if weights and not published else min([own, *weights])
    return Weighed(concept, tokens, sounds, tuple(meanings), weight, published)


def _token_weights(concept: Concept, counts: Mapping[str, int], sections: int) -> dict[str, float]:
    """Rarity by token; of unpublished bigrams only what no published neighbour explains: 面还 in 方面还存在 is a seam."""
    unpublished = rarity(0, sections)
    known = {token: rarity(count, sections) for token, count in counts.items() if count}
    if len(concept.tokens) == 1 and not is_han(concept.text):
        return known or {concept.text: unpublished * UNPUBLISHED_LATIN}
    if len(concept.text) == 1:
        return {concept.text: known.get(concept.text, unpublished) * LONE}
    explained = {place + step for place, token in enumerate(concept.tokens) if token in known for step in (0, 1)}
    weights = dict(known)
    for place, token in enumerate(concept.tokens):
        if token not in known:
            open_ends = sum(end not in explained and concept.text[end] not in LONELY for end in (place, place + 1))
            at_end = place == 0 or place == len(concept.tokens) - 1
            weights[token] = unpublished * (ASIDE if concept.aside else UNPUBLISHED) * open_ends / (1 if at_end else 2)
    return weights


def held(part: Weighed, text: Text) -> float:
    """The share from 0 to 1 of one concept that a text holds: by character, by sound or by meaning, whichever is most."""
    best = 0.0
    if part.tokens:
        best = _share(part.tokens, text.tokens)
    if part.sounds and best < SOUND:
        best = max(best, _share(part.sounds, text.sounds) * (SOUND if part.tokens else 1.0))
    if best < MEANING and any(meaning <= text.tokens for meaning in part.meanings):
        best = MEANING
    return best


def _share(weights: Mapping[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for token, weight in weights.items() if token in held) / total if total else 0.0


def coverage(weighed: Sequence[Weighed], text: Text) -> float:
    """The share from 0 to 1 of a whole question that a text holds."""
    return weighted_mean(((part.weight, held(part, text)) for part in weighed))


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float:
    """The mean of (weight, value) pairs; 0 where nothing weighs anything."""
    total = gained = 0.0
    for weight, value in pairs:
        total += weight
        gained += weight * value
    return gained / total if total else 0.0
