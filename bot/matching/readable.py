"""Published text as it is looked through: folded, as it reads and as it sounds; kept, since many questions come to the same.

A text is kept as it reads and as it sounds, and tokens are looked for in it. As sets of tokens it would take twenty times
the room, and making them would take longer than all the questions that ever ask for them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from bot.language.normalise import fold
from bot.language.sentences import sentences
from bot.language.tokens import bigrams, runs, sound_signs

# Folding costs a call into OpenCC: sentences are folded together, with a character between them that nobody writes.
BORDER = "\ue000"
# A longer sentence holds something of everything.
_USUAL_LENGTH = 120


class Readable(NamedTuple):
    """A text to look tokens up in.

    Attributes:
        folded: as ``normalise.fold`` gives it.
        sounds: the same by sound, as ``tokens.sound_signs`` gives it, sign for sign.
    """

    folded: str
    sounds: str


class Sentence(NamedTuple):
    """A sentence of a passage, to look tokens up in.

    Attributes:
        density: what counts of that which it holds: 1 where it is of usual length, .84 at 240 characters, 0 without words.
    """

    folded: str
    sounds: str
    density: float


class Passage(NamedTuple):
    """A passage as a whole, with `BORDER` between its sentences, and each of them, as `sentences` finds them."""

    folded: str
    sounds: str
    sentences: tuple[Sentence, ...]


@lru_cache(maxsize=8192)
def read_passage(text: str) -> Passage:
    """A passage to look tokens up in."""
    folded = fold(BORDER.join(sentences(text.replace(BORDER, " "))))
    parts = [(part, sound_signs(part)) for part in folded.split(BORDER)]
    together = BORDER.join(sounds for _, sounds in parts)
    return Passage(folded, together, tuple([Sentence(part, sounds, _density(part)) for part, sounds in parts]))


def _density(sentence: str) -> float:
    length = len(sentence)
    if length <= _USUAL_LENGTH:
        return 1.0 if sentence.strip() else 0.0
    return float((_USUAL_LENGTH / length) ** 0.25)


@lru_cache(maxsize=8192)
def read_name(name: str) -> Readable:
    """A title or heading to look tokens up in."""
    folded = fold(name)
    return Readable(folded, sound_signs(folded))


@lru_cache(maxsize=4096)
def tokens_of_name(name: str) -> frozenset[str]:
    """A title's or heading's bigrams."""
    return frozenset(bigrams(runs(fold(name))))
