"""How usual characters and neighbours are in what is published: what a slip in a question is told by."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from math import log

from bot.language import wording
from bot.language.pinyin import homophones, syllable
from bot.matching.remembered import Remembered
from bot.matching.vocabulary import Vocabulary

# Different characters in a section, about: the most usual ones follow any other as soon as their share of these.
CHARACTERS = 150
# How usual any character is, also where nothing published has it.
EVERYDAY = 0.0001
# What two neighbours are counted less: what stands together once may do so by chance.
CHANCE = 0.9
# Of a question's neighbours so many stand at a seam between words, where anything may follow.
SEAM = 0.1
# Of fewer sections than these nobody could tell what is usual.
FEW = 300
# A word that everybody asks with is usual though documents do not ask.
ASKED = 0.02
# Values kept of each kind: those of everyday Chinese are fewer.
KEPT = 50_000


class Usage:
    """How usual characters and neighbours are; one instance serves all the questions to what is published.

    Args:
        vocabulary: what is published.
        familiar: pairs that are words though nothing published may hold them, such as a glossary's.

    Attributes:
        vocabulary: what is published.
        counts: in how many sections each character or pair stands; more for familiar ones, 0 for what stands nowhere.
        asked: in how many sections the words that everybody asks with are taken to stand, beside those that hold them.
        heard: the other characters that sound like one and are published, or stand in familiar pairs; the most usual first.
        surprises: how unlikely the last character of each pair is behind the first, as a logarithm; where a run
            begins, the character alone, which nearly any may.
    """

    def __init__(self, vocabulary: Vocabulary, familiar: Collection[str]) -> None:
        self.vocabulary = vocabulary
        self._familiar = frozenset(familiar) | wording.asking_pairs()
        self._of_familiar = frozenset(chain.from_iterable(self._familiar))
        self._everything = max(FEW, vocabulary.sections) * CHARACTERS
        self.asked = max(3.0, vocabulary.sections * ASKED)
        self.counts = Remembered(self._count, most=KEPT)
        self.heard = Remembered(self._heard, most=KEPT)
        self.surprises = Remembered(self._surprise, most=KEPT)

    def _count(self, token: str) -> float:
        count = self.vocabulary.count(token)
        return count + self.asked if token in self._familiar else float(count)

    def _heard(self, character: str) -> tuple[str, ...]:
        counts = self.counts
        # Whole characters tell at once that no pair with them is published: most homophones are read by nobody.
        known = (
            other
            for other in homophones(syllable(character))
            if other != character and (counts[other] or other in self._of_familiar)
        )
        return tuple(sorted(known, key=lambda other: -counts[other]))

    def _surprise(self, pair: str) -> float:
        usual = self.counts[pair[-1]] / self._everything + EVERYDAY
        together = self.counts[pair]
        before = max(together, self.counts[pair[0]])
        if not before:
            return -log(usual)
        return -log((1 - SEAM) * max(0.0, together - CHANCE) / (before + 1) + SEAM * usual)
