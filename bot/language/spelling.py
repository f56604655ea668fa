"""Pinyin as people type it, with or without spaces, to syllables: cut where the published text has such neighbours.

``xianshi`` is 显示 and 西安市; which of the two is meant is told by what the store holds, not by the fewest syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from bot.language.pinyin import everyday_characters, first_readings, syllable, syllables

LONGEST = 6

Counts = Callable[[Iterable[str]], Mapping[str, int]]
"""How often each syllable bigram (``xin_xi``), or each word, is published."""


@cache
def usual_syllables() -> frozenset[str]:
    """The toneless syllables that the characters of everyday text (GB 2312) are read as."""
    read = map(syllable, everyday_characters())
    # Interjections (嗯 n, 呣 m) would let any consonant stand as a syllable of its own.
    return frozenset(plain for plain in read if plain.isascii() and plain.isalpha() and set(plain) & set("aeiouv"))


@cache
def _read_otherwise() -> frozenset[str]:
    """Syllables that are only other readings of everyday characters, as shei of 谁."""
    others = {sound for character in everyday_characters() for sound in syllables(character)[:2]} - usual_syllables()
    return frozenset(sound for sound in others if sound.isascii() and len(sound) > 1 and set(sound) & set("aeiouv"))


@lru_cache(maxsize=1024)
def _steps(word: str) -> Mapping[int, Sequence[int]]:
    """For each place in a word: the places where a syllable from there may end, on ways to the word's end only."""
    known = usual_syllables() | _read_otherwise()
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


_SHORTEST_WORD, LONGEST_WORD = 2, 12


def without_foreign(run: str, are_published: Counts) -> tuple[str, ...]:
    """The spelled stretches and the foreign words of a run that has both, as dna in ``chanshengdnaxulie``.

    Args:
        run: lower-case Latin letters, not ``is_spelled``.
        are_published: how often each word stands in what is published.

    Returns:
        The parts in order, with the fewest foreign words; the run itself where it cannot be parted so.
    """
    places = range(len(run))
    words = {run[a:b] for a in places for b in range(a + _SHORTEST_WORD, min(a + LONGEST_WORD, len(run)) + 1)}
    published = {word for word, count in are_published(words).items() if count and not is_spelled(word)}
    # By place: how many foreign words and letters lead there, and where each of the parts begins.
    best: dict[int, tuple[int, int, tuple[tuple[int, bool], ...]]] = {0: (0, 0, ())}
    for start in places:
        if start not in best:
            continue
        foreign, letters, parts = best[start]
        for end in range(start + 1, min(start + LONGEST_WORD, len(run)) + 1):
            if run[start:end] in published:
                reached = foreign + 1, letters + end - start, (*parts, (start, True))
            elif end - start <= LONGEST and run[start:end] in usual_syllables() | _read_otherwise():
                reached = foreign, letters, (parts if parts and not parts[-1][1] else (*parts, (start, False)))
            else:
                continue
            best[end] = min(best.get(end, reached), reached)
    if len(run) not in best:
        return (run,)
    starts = [start for start, _ in best[len(run)][2]]
    return tuple(run[start:end] for start, end in zip(starts, [*starts[1:], len(run)], strict=True))


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
        The syllables of all words, in order, as the published text has them: shui for shei, since 谁 is both.
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
            arcs += [(offset + start, offset + end, sound) for end in ends for sound in _published_as(word[start:end])]
        offset += len(word)
    reached = {0}
    usable = []
    for start, end, sound in arcs:
        if start in reached:
            reached.add(end)
            usable.append((start, end, sound))
    return usable


def _published_as(syllable: str) -> tuple[str, ...]:
    """How the published text by sound has a syllable: of each character it has the most usual reading alone."""
    return (syllable,) if syllable in usual_syllables() else first_readings(syllable)


def _cost(count: int) -> float:
    # An unpublished pair costs as much as four published ones; among these fewer pairs win, then frequent ones.
    return 1 + 1 / (1 + math.log1p(count)) if count else 6.0
