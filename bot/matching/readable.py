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

# Folding costs a call into OpenCC: texts are folded together, with a character between them that nobody writes.
_BORDER = "\ue000"


class Readable(NamedTuple):
    """A text to look tokens up in.

    Attributes:
        folded: as ``normalise.fold`` gives it.
        sounds: the same by sound, as ``tokens.sound_signs`` gives it.
    """

    folded: str
    sounds: str


@lru_cache(maxsize=8192)
def read_passage(text: str) -> Readable:
    """A passage as a whole; `sentences_of` takes it apart."""
    folded = fold(_BORDER.join(sentences(text.replace(_BORDER, " "))))
    return Readable(folded, _BORDER.join(map(sound_signs, folded.split(_BORDER))))


def sentences_of(passage: Readable) -> list[Readable]:
    """The sentences of a passage."""
    return list(map(Readable, passage.folded.split(_BORDER), passage.sounds.split(_BORDER)))


@lru_cache(maxsize=8192)
def read_names(*names: str) -> Readable:
    """Titles and headings, one behind the other."""
    folded = fold(" ".join(names))
    return Readable(folded, sound_signs(folded))


@lru_cache(maxsize=4096)
def tokens_of_name(name: str) -> frozenset[str]:
    """A title's or heading's bigrams."""
    return frozenset(bigrams(runs(fold(name))))
