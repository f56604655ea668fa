"""Pinyin as people type it, with or without spaces, to syllables: cut where the published text has such neighbours.

``xianshi`` is 显示 and 西安市; which of the two is meant is told by what the store holds, not by the fewest syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from bot.language.pinyin import everyday_characters, syllable

LONGEST = 6

Counts = Callable[[Iterable[str]], Mapping[str, int]]
"""How often each syllable bigram (``xin_xi``) is published."""


@cache
def usual_syllables() -> frozenset[str]:
    """The toneless syllables that the characters of everyday text (GB 2312) are read as."""
    read = map(syllable, everyday_characters())
    # Interjections (嗯 n, 呣 m) would let any consonant stand as a syllable of its own.
    return frozenset(plain for plain in read if plain.isascii() and plain.isalpha() and set(plain) & set("aeiouv"))


@lru_cache(maxsize=1024)
def _steps(word: str) -> Mapping[int, Sequence[int]]:
    """For each place in a word: the places where a syllable from there may end, on ways to the word's end only."""
    known = usual_syllables()
    ends: dict[int, list[int]] = {}
    reaches = {len(word)}
    for start in range(len(word) - 1, -1, -1):
        ends[start] = [
            end
            for end in range(start + 1, min(start + LONGEST, len(word)) + 1)
            if end in reaches and word[start:end] in known
        ]
        if ends[start]:
            reaches.add(start)
    return ends


def is_spelled(word: str) -> bool:
    """Whether a Latin word can be cut into pinyin syllables from end to end."""
    return bool(word) and bool(_steps(word)[0])


_INITIALS = re.compile("[bcdfghjklmnpqrstwxyz]{3,8}")


def may_be_initials(word: str) -> bool:
    """Whether a Latin word may be the first letters of syllables, as xxgk of 信息公开: it has no vowel, so cannot be read."""
    return _INITIALS.fullmatch(word) is not None and not is_spelled(word)


def segment(words: Iterable[str], counts: Counts) -> tuple[str, ...]:
    """Cut spelled words into syllables, by the likeliest neighbours across all of them.

    Args:
        words: lower-case Latin words, each of which ``is_spelled``; no syllable reaches over two of them.
        counts: how often neighbours are published.

    Returns:
        The syllables of all words, in order.
    """
    arcs = _arcs(list(words))
    if not arcs:
        return ()
    into: dict[int, list[tuple[int, str]]] = {}
    for start, end, sound in arcs:
        into.setdefault(end, []).append((start, sound))
    pairs = {
        f"{before}_{sound}"
        for end, sounds in into.items()
        for start, sound in sounds
        for _, before in into.get(start, ())
    }
    known = counts(pairs)
    # state: (place, last syllable) → (cost, path); the cost of a pair falls with how often it is published.
    best: dict[tuple[int, str], tuple[float, tuple[str, ...]]] = {}
    for start, end, sound in arcs:
        before = [
            (cost + _cost(known.get(f"{last}_{sound}", 0)), (*path, sound))
            for (place, last), (cost, path) in best.items()
            if place == start
        ] or [(0.0, (sound,))]
        best[end, sound] = min((*before, *([best[end, sound]] if (end, sound) in best else [])))
    last_place = max(end for _, end, _ in arcs)
    return min(reached for (place, _), reached in best.items() if place == last_place)[1]


def _arcs(words: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, syllable) of every possible syllable, by start and end, the words laid end to end."""
    arcs = []
    offset = 0
    for word in words:
        for start, ends in sorted(_steps(word).items()):
            arcs += [(offset + start, offset + end, word[start:end]) for end in ends]
        offset += len(word)
    reached = {0}
    usable = []
    for start, end, sound in arcs:
        if start in reached:
            reached.add(end)
            usable.append((start, end, sound))
    return usable


def _cost(count: int) -> float:
    # An unpublished pair costs as much as four published ones; among these fewer pairs win, then frequent ones.
    return 1 + 1 / (1 + math.log1p(count)) if count else 6.0
