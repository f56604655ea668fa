"""What of a question is looked for in a text: a bit for each thing, so that what a text holds is one number.

Two texts together hold ``one | other``; whether a text holds all of something is told by ``held & bits == bits``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from bot.language.tokens import is_han, runs, signs_of
from bot.matching.weighing import Weighed, may_scatter, tokens_looked_up

Held = int
"""What a text holds of a question."""


class Needles(NamedTuple):
    """What is looked for, each with its bit.

    Attributes:
        han: bigrams and characters.
        words: Latin words and numbers, which stand in a text only as a whole: 17 is not in 2017.
        sounds: pinyin bigrams and syllables, as `language.tokens.sound_signs` writes them.
        torn: pairs of characters that nothing published has together: a text holds one where another character parts them.
    """

    han: Sequence[tuple[str, Held]]
    words: Mapping[str, Held]
    sounds: Sequence[tuple[str, Held]]
    torn: Sequence[tuple[str, str, Held]]

    def look(self, folded: str, sounds: str) -> Held:
        """Those of them that a text holds, as `readable.Readable` has it; a character wherever it stands."""
        # The innermost loops of an answer, without a call in them.
        held = 0
        for token, bit in self.han:
            if token in folded:
                held |= bit
        for signs, bit in self.sounds:
            if signs in sounds:
                held |= bit
        if self.words and any(word in folded for word in self.words):
            for run in runs(folded):
                held |= self.words.get(run, 0)
        for first, last, bit in self.torn:
            if first in folded and last in folded and _one_between(first, last, folded):
                held |= bit
        return held

    def look_for_words(self, folded: str, sounds: str) -> Held:
        """Those of them that a text holds; a character only where it stands alone."""
        held = self.look(folded, sounds)
        scattered = {token: bit for token, bit in self.han if len(token) == 1 and bit & held}
        if scattered:
            held &= ~sum(scattered.values())
            for run in runs(folded):
                held |= scattered.get(run, 0)
        return held

    def among(self, bits: Held) -> Needles:
        """Those of them with one of some bits."""
        return Needles(
            [needle for needle in self.han if needle[1] & bits],
            {word: bit for word, bit in self.words.items() if bit & bits} if self.words else self.words,
            [needle for needle in self.sounds if needle[1] & bits],
            [needle for needle in self.torn if needle[2] & bits],
        )


def _one_between(first: str, last: str, folded: str) -> bool:
    """Whether two characters stand with one between them."""
    place = folded.find(first)
    while place >= 0:
        if folded.startswith(last, place + 2):
            return True
        place = folded.find(first, place + 1)
    return False


class Bits(NamedTuple):
    """Which bit stands for which thing.

    Attributes:
        tokens: of character bigrams, characters, Latin words and numbers.
        sounds: of pinyin bigrams by name.
        syllables: by sign.
        torn: of those tokens that are pairs which nothing published has together, torn by a character between them.
    """

    tokens: Mapping[str, Held]
    sounds: Mapping[str, Held]
    syllables: Mapping[str, Held]
    torn: Mapping[str, Held]

    def of(self, tokens: Iterable[str], sounds: Iterable[str] = (), torn: Iterable[str] = ()) -> Held:
        """Those of a text with these tokens, pinyin bigrams and torn pairs."""
        held = 0
        for token in tokens:
            held |= self.tokens.get(token, 0)
        for sound in sounds:
            held |= self.sounds.get(sound, 0)
        for pair in torn:
            held |= self.torn.get(pair, 0)
        return held

    def needles(self) -> Needles:
        """All that is looked for."""
        return Needles(
            [needle for needle in self.tokens.items() if is_han(needle[0])],
            {token: bit for token, bit in self.tokens.items() if not is_han(token)},
            [*((signs_of(sound), bit) for sound, bit in self.sounds.items()), *self.syllables.items()],
            [(token[0], token[1], bit) for token, bit in self.torn.items()],
        )


def bits_of(weighed: Sequence[Weighed]) -> Bits:
    """A bit for each thing that a text may hold of a question."""
    letters = [letter for part in weighed for letter in part.letters]
    written = frozenset[str]().union(*map(tokens_looked_up, weighed), (one.sign for one in letters if not one.spelled))
    sounds = {sound for part in weighed for sound in part.sounds if signs_of(sound)}
    syllables = {one.sign for one in letters if one.spelled}
    torn = {unit.token for part in weighed for unit in part.units if may_scatter(unit)}
    bits = (1 << place for place in count())
    return Bits(*[dict(zip(names, bits, strict=False)) for names in (written, sounds, syllables, torn)])
