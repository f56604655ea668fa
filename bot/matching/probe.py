"""A question looked up in one text after another: which of its tokens stand there, and how much of it that holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.language.tokens import is_han, runs, signs_of
from bot.matching.readable import Readable, read_names
from bot.matching.scattered import characters_of
from bot.matching.weighing import Text, Weighed, held, tokens_looked_up


class Held(NamedTuple):
    """Which tokens and sounds of a question a text holds, in the order in which the question has them."""

    tokens: tuple[str, ...]
    sounds: tuple[str, ...]

    def with_name(self, name: Held) -> Held:
        """What a text and its heading hold together."""
        return Held(name.tokens + self.tokens, name.sounds + self.sounds)


class Needles(NamedTuple):
    """What of a question is looked for in a text.

    Attributes:
        han: bigrams and characters.
        words: Latin words and numbers, which stand in a text only as a whole: 17 is not in 2017.
        sounds: pinyin bigrams, by the signs of `Readable.sounds` and by name.
        scattered: whether a single character counts wherever it stands, and not only where it stands alone.
    """

    han: tuple[str, ...]
    words: frozenset[str]
    sounds: tuple[tuple[str, str], ...]
    scattered: bool = True

    def look(self, text: Readable) -> Held:
        """Those of them that a text holds."""
        folded, signs = text
        tokens = [token for token in self.han if token in folded]
        if not self.scattered and any(len(token) == 1 for token in tokens):
            alone = set(runs(folded))
            tokens = [token for token in tokens if len(token) > 1 or token in alone]
        if self.words and any(word in folded for word in self.words):
            tokens += self.words.intersection(runs(folded))
        return Held(tuple(tokens), tuple([name for written, name in self.sounds if written in signs]))

    def narrowed(self, held: Held, known: Held) -> Needles:
        """Those of them that a text holds, to be looked for in its parts, without those that are known to be held beside it."""
        tokens, sounds = set(held.tokens).difference(known.tokens), set(held.sounds).difference(known.sounds)
        return Needles(
            tuple([token for token in self.han if token in tokens]),
            self.words.intersection(tokens),
            tuple([needle for needle in self.sounds if needle[1] in sounds]),
            self.scattered,
        )


def needles_of(weighed: Sequence[Weighed], *, scattered: bool = True) -> Needles:
    """All that `weighing.held` may ask a text for."""
    tokens = frozenset[str]().union(*map(tokens_looked_up, weighed))
    han = tuple(token for token in tokens if is_han(token))
    sounds = {sound: signs_of(sound) for part in weighed for sound in part.sounds}
    named = tuple((signs, sound) for sound, signs in sounds.items() if signs)
    return Needles(han, tokens.difference(han), named, scattered)


class Probe:
    """A weighed question, looked up in texts; what was worked out for one serves all that hold the same of it.

    Attributes:
        units: the tokens that are the question's own words.
        characters: its characters, to be found in any order.
        syllables: of each concept that may be mistyped.
    """

    def __init__(self, weighed: Sequence[Weighed], *, scattered: bool = True) -> None:
        self.weighed = weighed
        self.needles = needles_of(weighed, scattered=scattered)
        self.units = frozenset(unit.token for part in weighed for unit in part.units)
        self.characters = characters_of(weighed)
        self.syllables = {place: part.concept.syllables for place, part in enumerate(weighed) if part.mistyped}
        self._tokens = self.needles.words.union(self.needles.han)
        self._total = sum(part.weight for part in weighed)
        self._shares: dict[Held, tuple[float, ...]] = {}
        self._coverage: dict[Held, float] = {}
        self._names: dict[tuple[str, ...], Held] = {}

    def in_names(self, *names: str) -> Held:
        """What titles and headings hold of the question."""
        found = self._names.get(names)
        if found is None:
            found = self._names[names] = self.needles.look(read_names(*names))
        return found

    def in_name_alone(self, name: frozenset[str]) -> frozenset[str]:
        """Which of its bigrams a name has, as `tokens_of_name` gives it."""
        return name & self._tokens

    def shares(self, held_here: Held) -> tuple[float, ...]:
        """How much of each concept a text holds, from 0 to 1."""
        found = self._shares.get(held_here)
        if found is None:
            text = Text(frozenset(held_here.tokens), frozenset(held_here.sounds))
            found = self._shares[held_here] = tuple([held(part, text) for part in self.weighed])
        return found

    def coverage(self, held_here: Held) -> float:
        """The share from 0 to 1 of the whole question that a text holds."""
        found = self._coverage.get(held_here)
        if found is None:
            gained = 0.0
            for part, share in zip(self.weighed, self.shares(held_here), strict=True):
                gained += part.weight * share
            found = self._coverage[held_here] = gained / self._total if self._total else 0.0
        return found
