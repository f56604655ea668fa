"""The weight of each concept in a question, and of each piece of it that a text can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.language.tokens import bigrams, han, is_han, runs, signs_of_syllables
from bot.language.wording import LONELY
from bot.matching.concepts import Concept
from bot.matching.question import Analysis
from bot.matching.vocabulary import Vocabulary, rarity

# What a word of the same sound counts against the word itself.
SOUND = 0.7
# A word that is published nowhere, but whose sound is: most likely it is that word with a wrong character.
MISTYPED = 0.55
# A published word torn apart or turned round still has its characters there.
SCATTERED = 0.6
# A published word of which the question lost the character between two: 结病 for 结核病.
TORN = 0.9
# What is published nowhere tells of another topic, or is only how somebody put it: it weighs a little less than a rare word.
UNPUBLISHED = 0.75
# A syllable by itself stands for many characters, each as rare as the other.
SYLLABLE = 3.0
# Who somebody is and why they ask (我是大学生,在写论文) stands in clauses that ask nothing.
ASIDE = 0.05
# A Latin word published nowhere is mostly English that the glossary does not know; a lone character is a third of a word.
UNPUBLISHED_LATIN, LONE = 0.1, 0.3


class Unit(NamedTuple):
    """The smallest piece of a question that a text can hold.

    Attributes:
        token: a character bigram, lone character, Latin word or number; empty where it was spelled in pinyin.
        sound: its pinyin bigram; empty where it has none.
        heard: what a text that holds only the sound is given for it.
        swapped: the token turned round, where only that is published.
    """

    token: str
    sound: str
    weight: float
    heard: float
    swapped: str = ""


class Letter(NamedTuple):
    """A character of the question by itself, with how rare it is; or a syllable, where it was spelled.

    Attributes:
        sign: the character, or the syllable's as `language.tokens.sound_signs` gives it.
        spelled: whether it is a syllable's.
    """

    sign: str
    weight: float
    spelled: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A concept in units, with its own weight in the question.

    Attributes:
        total: the units' weights together.
        letters: its characters, or syllables where it was spelled; none of Latin words and numbers.
        tokens, sounds: all that its units may be held by.
        meanings: the tokens of each thing that documents may say for it.
        published: whether any of its own tokens or sounds is published.
        mistyped: whether it may be: not all of its units are published as they stand.
    """

    concept: Concept
    units: tuple[Unit, ...]
    total: float
    letters: tuple[Letter, ...]
    tokens: frozenset[str]
    sounds: frozenset[str]
    meanings: tuple[frozenset[str], ...]
    weight: float
    published: bool
    mistyped: bool


def weigh(analysis: Analysis, vocabulary: Vocabulary) -> tuple[Weighed, ...]:
    """Each concept of a question with its weight: how rare in what is published its tokens are."""
    return tuple(_weigh(concept, vocabulary) for concept in analysis.concepts)


def _weigh(concept: Concept, vocabulary: Vocabulary) -> Weighed:
    units = tuple(_units(concept, vocabulary))
    meanings, weights = [], []
    for meaning in concept.meanings:
        meant = vocabulary.tokens(tuple(bigrams(runs(meaning))))
        if all(meant.values()):
            meanings.append(frozenset(meant))
            weights.append(sum(rarity(count, vocabulary.sections) for count in meant.values()))
    counts = (vocabulary.tokens(concept.tokens) or vocabulary.sounds(concept.sounds)).values()
    published = any(counts) or any(vocabulary.sounds(concept.sounds).values())
    own = sum(unit.weight for unit in units)
    # A word that documents never use weighs what they say for it; else 要钱 would count for more than 收费.
    weight = weights[0] if weights and not published else min([own, *weights])
    tokens = frozenset(token for unit in units for token in (unit.token, unit.swapped) if token)
    sounds = frozenset(unit.sound for unit in units if unit.sound)
    letters = tuple(_letters(concept, vocabulary))
    return Weighed(concept, units, own, letters, tokens, sounds, tuple(meanings), weight, published, not all(counts))


def _letters(concept: Concept, vocabulary: Vocabulary) -> Iterator[Letter]:
    if concept.tokens:
        for character, count in vocabulary.tokens(han(concept.text)).items():
            yield Letter(character, rarity(count, vocabulary.sections), spelled=False)
    else:
        for sign in dict.fromkeys(signs_of_syllables(concept.syllables)):
            yield Letter(sign, SYLLABLE, spelled=True)


def _units(concept: Concept, vocabulary: Vocabulary) -> Iterator[Unit]:
    sections = vocabulary.sections
    if not concept.tokens:
        for sound, count in vocabulary.sounds(concept.sounds).items():
            yield Unit("", sound, rarity(count, sections) * (1.0 if count else UNPUBLISHED), 1.0)
    elif not concept.sounds:
        # A Latin word, a number or a lone character.
        for token, count in vocabulary.tokens(concept.tokens).items():
            factor = LONE if is_han(token) else 1.0 if count else UNPUBLISHED_LATIN
            yield Unit(token, "", rarity(count, sections) * factor, 0.0)
    else:
        yield from _bigram_units(concept, vocabulary)


def _bigram_units(concept: Concept, vocabulary: Vocabulary) -> Iterator[Unit]:
    """Rarity by bigram; of unpublished ones only what no published neighbour explains: 面还 in 方面还存在 is a seam."""
    sections = vocabulary.sections
    counts, sound_counts = vocabulary.tokens(concept.tokens), vocabulary.sounds(concept.sounds)
    turned = {token: token[::-1] for token in concept.tokens if not counts[token]}
    turned_counts = vocabulary.tokens(turned.values())
    explained = {place + step for place, token in enumerate(concept.tokens) if counts[token] for step in (0, 1)}
    last = len(concept.tokens) - 1
    for place, (token, sound) in enumerate(zip(concept.tokens, concept.sounds, strict=True)):
        if counts[token]:
            yield Unit(token, sound, rarity(counts[token], sections), SOUND)
            continue
        open_ends = sum(end not in explained and concept.text[end] not in LONELY for end in (place, place + 1))
        share = open_ends / (1 if place in (0, last) else 2)
        if sound_counts.get(sound):
            yield Unit(token, sound, rarity(sound_counts[sound], sections) * share, MISTYPED)
        else:
            swapped = turned[token] if turned_counts[turned[token]] else ""
            factor = ASIDE if concept.aside else UNPUBLISHED
            yield Unit(token, sound, rarity(0, sections) * share * factor, 0.0, swapped)


def tokens_looked_up(part: Weighed) -> frozenset[str]:
    """All the tokens that a text may hold a concept by: those of its units and meanings, and the characters of scattered ones."""
    scattered = (character for unit in part.units if may_scatter(unit) for character in unit.token)
    return part.tokens.union(*part.meanings, scattered)


def may_scatter(unit: Unit) -> bool:
    """Whether a unit counts where its two characters stand apart."""
    return unit.heard != SOUND and len(unit.token) == 2 and is_han(unit.token)
