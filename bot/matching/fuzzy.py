"""Likeness by sound: rapidfuzz over syllables, which forgives wrong characters of the right sound, dropped and swapped ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from bot.language.normalise import fold
from bot.language.pinyin import syllable
from bot.language.tokens import han

# Below these, likeness by sound is chance: two syllables agree with a third of all headings.
_SHORTEST, _FLOOR = 3, 0.75


@lru_cache(maxsize=16384)
def _syllables(text: str) -> tuple[str, ...]:
    return tuple(map(syllable, han(fold(text))))


def likeness(keyword: Sequence[str], names: Sequence[str]) -> float:
    """How like a keyword's syllables are to some stretch of one of the names: 0, or 0.75 to 1.

    Args:
        keyword: toneless syllables.
        names: titles, headings or aliases, as published.
    """
    if len(keyword) < _SHORTEST:
        return 0.0
    sounds = (_syllables(name) for name in names)
    # partial_ratio lays the shorter into the longer; a heading shorter than the keyword must not count as all of it.
    best = max(
        (fuzz.partial_ratio(keyword, sound, score_cutoff=_FLOOR * 100) for sound in sounds if len(sound) >= len(keyword)),
        default=0.0,
    )
    return best / 100
