"""A question's characters in whatever order: what a dropped, swapped or wrong one leaves of a word.

A slip breaks up to three of a question's bigrams, and all of a short word's; of its characters it takes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.matching.holding import Part
from bot.matching.needles import Bits, Held
from bot.matching.weighing import Letter, Weighed

Letters = Sequence[tuple[Held, float]]
"""Characters, or syllables, by their bits, with what each weighs."""


class Meant(NamedTuple):
    """The letters of a concept that documents have another word for, with what they weigh together."""

    part: Part
    letters: Letters
    weight: float


class Characters(NamedTuple):
    """The characters of a question, or its syllables where it is spelled.

    Attributes:
        letters: of the concepts that documents have no other word for.
        meant: of each that they have.
        total: what all of them weigh.
    """

    letters: Letters
    meant: Sequence[Meant]
    total: float

    @property
    def of_the_meant(self) -> Held:
        """The bits of all that a heading does not hold for its sentences."""
        bits = 0
        for one in self.meant:
            for bit, _ in one.letters:
                bits |= bit
        return bits

    def share(self, heading: Held, sentence: Held) -> float:
        """The share from 0 to 1 of all the letters that heading or sentence hold, or whose meaning they hold together."""
        if not self.total:
            return 0.0
        held = heading | sentence
        gained = _weight(self.letters, held)
        for part, letters, weight in self.meant:
            gained += weight if part.meant(held) else _weight(letters, sentence)
        return min(1.0, gained / self.total)


def characters_of(weighed: Sequence[Weighed], parts: Sequence[Part], bits: Bits) -> Characters:
    """All characters of a weighed question."""
    plain: list[tuple[Held, float]] = []
    meant = []
    total = 0.0
    for one, part in zip(weighed, parts, strict=True):
        letters = [(_bit(letter, bits), letter.weight) for letter in one.letters]
        weight = sum(letter.weight for letter in one.letters)
        total += weight
        if one.meanings:
            meant.append(Meant(part, letters, weight))
        else:
            plain += letters
    return Characters(plain, meant, total)


def _bit(letter: Letter, bits: Bits) -> Held:
    return bits.syllables[letter.sign] if letter.spelled else bits.tokens[letter.sign]


def _weight(letters: Letters, held: Held) -> float:
    gained = 0.0
    for bit, weight in letters:
        if held & bit:
            gained += weight
    return gained
