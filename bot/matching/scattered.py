"""A question's characters in whatever order: what a dropped, swapped or wrong one leaves of a word.

A slip breaks up to three of a question's bigrams, and all of a short word's; of its characters it takes one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.matching.readable import Readable
from bot.matching.weighing import Letter, Weighed


class _Letters(NamedTuple):
    """Letters to be looked for as they are written, and by their syllable's sign."""

    written: Sequence[Letter]
    spelled: Sequence[Letter]

    def held(self, text: Readable) -> float:
        """What those weigh that a text holds."""
        gained = 0.0
        for sign, weight, _ in self.written:
            if sign in text.folded:
                gained += weight
        for sign, weight, _ in self.spelled:
            if sign in text.sounds:
                gained += weight
        return gained

    def within(self, text: Readable) -> _Letters:
        """Those that a text holds."""
        return _Letters(
            [letter for letter in self.written if letter.sign in text.folded],
            [letter for letter in self.spelled if letter.sign in text.sounds],
        )

    def beyond(self, text: Readable) -> _Letters:
        """Those that it does not."""
        return _Letters(
            [letter for letter in self.written if letter.sign not in text.folded],
            [letter for letter in self.spelled if letter.sign not in text.sounds],
        )


class Characters(NamedTuple):
    """The characters of a question, or its syllables where it is spelled, that are yet to be found.

    Attributes:
        letters: of the concepts that documents have no other word for.
        meant: of each that they have: its letters, what they weigh together, and the tokens of each other word.
        found: what those weigh that are found.
        total: what all of them weigh.
    """

    letters: _Letters
    meant: Sequence[tuple[_Letters, float, Sequence[frozenset[str]]]]
    found: float
    total: float

    def beside(self, name: Readable, passage: Readable) -> Characters:
        """Those that a passage holds and its heading does not; what the heading holds is found."""
        found = self.found + self.letters.held(name)
        return self._replace(letters=self.letters.beyond(name).within(passage), found=found)

    def share(self, sentence: Readable, tokens: Collection[str]) -> float:
        """The share from 0 to 1 of all the letters that are found, or stand in a sentence, or whose meaning does.

        Args:
            sentence: of the passage that the letters were narrowed to.
            tokens: those of the question that the sentence and its heading hold.
        """
        if not self.total:
            return 0.0
        gained = self.found + self.letters.held(sentence)
        for letters, weight, meanings in self.meant:
            gained += weight if any(meaning.issubset(tokens) for meaning in meanings) else letters.held(sentence)
        return min(1.0, gained / self.total)


def characters_of(weighed: Iterable[Weighed]) -> Characters:
    """All characters of a weighed question."""
    plain: list[Letter] = []
    meant = []
    total = 0.0
    for part in weighed:
        weight = sum(letter.weight for letter in part.letters)
        total += weight
        if part.meanings:
            meant.append((_parted(part.letters), weight, part.meanings))
        else:
            plain += part.letters
    return Characters(_parted(plain), meant, 0.0, total)


def _parted(letters: Sequence[Letter]) -> _Letters:
    return _Letters(
        [letter for letter in letters if not letter.spelled], [letter for letter in letters if letter.spelled]
    )
