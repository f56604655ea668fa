"""How much of a concept a text holds, by the bits of what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from bot.matching.needles import Bits, Held
from bot.matching.remembered import Remembered
from bot.matching.weighing import MISTYPED, SCATTERED, SOUND, TORN, Unit, Weighed, may_scatter

# All of a concept.
WHOLE = 1.0


class Part:
    """A concept of a question.

    Attributes:
        weight: in the question.
        bits: all that a text may hold it by.
        shares: the share from 0 to 1 of it that a text holds, by those of these bits that it has: by character, by sound or
            by meaning, whichever is most.
    """

    def __init__(self, part: Weighed, bits: Bits) -> None:
        self.weight = part.weight
        self._tokens, self._sounds = bits.of(part.tokens, (), part.tokens), bits.of((), part.sounds)
        self._meanings = tuple([bits.of(meaning) for meaning in part.meanings])
        self._units = tuple([tuple(_ways(unit, bits)) for unit in part.units])
        self._total = part.total
        self.bits = self._tokens | self._sounds
        for needed in (*self._meanings, *[needed for ways in self._units for needed, _ in ways]):
            self.bits |= needed
        self.shares = Remembered(self._share)

    def meant(self, held: Held) -> bool:
        """Whether a text holds all of one of its meanings."""
        return any(held & meaning == meaning for meaning in self._meanings)

    def meaning(self, held: Held) -> Held:
        """All that a text holds of those of its meanings of which it holds all."""
        together = 0
        for meaning in self._meanings:
            if held & meaning == meaning:
                together |= meaning
        return together

    def breadth(self, held: Held) -> float:
        """How many of its units a text holds, those by sound alone at a discount."""
        units = len(self._units)
        if self._meanings and self.meant(held):
            return units
        written = (held & self._tokens).bit_count()
        return min(units, written + SOUND * max(0, (held & self._sounds).bit_count() - written))

    def _share(self, held: Held) -> float:
        if self.meant(held):
            return WHOLE
        if not held & (self._tokens | self._sounds):
            # Characters that only stand about, with nothing else of it, are there by chance.
            return 0.0
        gained = 0.0
        for ways in self._units:
            for bits, gain in ways:
                if held & bits == bits:
                    gained += gain
                    break
        return gained / self._total if self._total else 0.0


def _ways(unit: Unit, bits: Bits) -> Iterator[tuple[Held, float]]:
    """The bits of each way in which a text may hold a unit, with what it is given for it, the best first."""
    yield from _way(bits.of((unit.token,)), unit.weight)
    yield from _way(bits.of((), (), (unit.token,)), unit.weight * TORN)
    yield from _way(bits.of((), (unit.sound,)), unit.weight * unit.heard)
    yield from _way(bits.of((unit.swapped,)), unit.weight * MISTYPED)
    if may_scatter(unit):
        yield from _way(bits.of(unit.token), unit.weight * SCATTERED)


def _way(bits: Held, gain: float) -> Iterator[tuple[Held, float]]:
    if bits:
        yield bits, gain
