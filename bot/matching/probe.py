"""A question looked up in one text after another: how much of it that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from bot.language.tokens import signs_in_row
from bot.matching.fuzzy import likeness
from bot.matching.holding import Part
from bot.matching.needles import Held, bits_of
from bot.matching.readable import read_name, tokens_of_name
from bot.matching.remembered import Remembered
from bot.matching.scattered import Characters, characters_of
from bot.matching.weighing import Weighed


class Probe:
    """A weighed question, looked up in texts; what was worked out for one serves all that hold the same of it.

    Attributes:
        bits: which bit stands for what of it.
        needles: all that is looked for.
        concepts: the bits that its concepts are held by; all others are of characters by themselves.
        in_name: what a title or heading holds of the question.
        alike: how much of the question a name holds, times how much of the name the question asks for: their geometric mean.
        below: the question as it is looked up below a heading that holds so much of it.
    """

    def __init__(self, weighed: Sequence[Weighed]) -> None:
        self.weighed = weighed
        self.bits = bits_of(weighed)
        self.needles = self.bits.needles()
        self._parts = [Part(part, self.bits) for part in weighed]
        self._shares = [(part.shares, part.bits) for part in self._parts]
        self._weights = [part.weight for part in self._parts]
        self._total = sum(self._weights)
        self._characters = characters_of(weighed, self._parts, self.bits)
        self.concepts = 0
        for part in self._parts:
            self.concepts |= part.bits
        self._units = self.bits.of([unit.token for part in weighed for unit in part.units])
        self._words = self.bits.of([token for token in self.bits.tokens if len(token) > 1])
        self._pairs = self.bits.of((), self.bits.sounds)
        self._mistyped = [
            (place, Remembered(partial(likeness, signs_in_row(part.concept.syllables))))
            for place, part in enumerate(weighed)
            if part.mistyped
        ]
        self.in_name = Remembered(self._look_in_name)
        self.alike = Remembered(self._likeness)
        self.below = Remembered(partial(Below, self, self._characters))

    def in_names(self, names: Iterable[str]) -> Held:
        """What titles and headings hold together."""
        held, in_name = 0, self.in_name
        for name in names:
            held |= in_name[name]
        return held

    def shares(self, held: Held) -> list[float]:
        """How much of each concept a text holds, from 0 to 1."""
        return [shares[held & bits] for shares, bits in self._shares]

    def mean(self, shares: Iterable[float]) -> float:
        """The share from 0 to 1 of the whole question, by that of each concept."""
        gained = 0.0
        for weight, share in zip(self._weights, shares, strict=True):
            gained += weight * share
        return gained / self._total if self._total else 0.0

    def coverage(self, held: Held) -> float:
        """The share from 0 to 1 of the whole question that a text holds."""
        return self.mean(self.shares(held))

    def breadth(self, held: Held) -> float:
        """How many of the question's neighbours a text holds, however rare they are, against how many it may hold by chance.

        Returns:
            The neighbours that it holds, those by sound alone at a discount, divided by the root of all that are asked for.
        """
        asked = sum(len(part.units) for part in self.weighed)
        return float(sum(part.breadth(held) for part in self._parts) / asked**0.5) if asked else 0.0

    def has_word(self, held: Held) -> bool:
        """Whether a text holds two neighbouring characters, or a Latin word or number, of the question."""
        return bool(held & self._words)

    def has_sound(self, held: Held) -> bool:
        """Whether a text holds two neighbouring syllables of it."""
        return bool(held & self._pairs)

    def raise_mistyped(self, shares: list[float], names: Sequence[str], most: float) -> None:
        """Raise the shares of concepts that may be mistyped to as much of `most` as one of the names sounds like them."""
        for place, likenesses in self._mistyped:
            if shares[place] < most:
                shares[place] = max(shares[place], most * max([likenesses[name] for name in names]))

    def _look_in_name(self, name: str) -> Held:
        return self.needles.look(*read_name(name))

    def _likeness(self, name: str) -> float:
        tokens = tokens_of_name(name)
        held = self.bits.of(self.bits.tokens.keys() & tokens)
        if not held:
            return 0.0
        asked = held & self._units
        for part in self._parts:
            asked |= part.meaning(held)
        return float((self.coverage(held) * asked.bit_count() / len(tokens)) ** 0.5)


class Found(NamedTuple):
    """The share of a question, and that of its characters, which a sentence and the heading above it hold together."""

    coverage: float
    characters: float


class Below:
    """A question in the sentences below a heading: what that holds of it need not be found in them once more.

    Attributes:
        shares: by what a sentence holds.
    """

    def __init__(self, probe: Probe, characters: Characters, heading: Held) -> None:
        self._probe = probe
        self._characters = characters
        self._heading = heading
        self._open = ~heading | characters.of_the_meant
        self.shares = Remembered(self._found)

    def open(self, held: Held) -> Held:
        """What is yet to be found of what a passage holds."""
        return held & self._open

    def _found(self, sentence: Held) -> Found:
        coverage = self._probe.coverage(self._heading | sentence)
        return Found(coverage, self._characters.share(self._heading, sentence))
