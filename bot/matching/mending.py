"""Slips in a question, put right where that gives published words: 政 府, 主公动开, 行证复议.

A slip breaks the two pairs of neighbours that a character is part of. What is put in its place has to mend them, and by so
much as one slip is unlikelier than usual words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from bot.language import wording
from bot.language.pinyin import syllable
from bot.language.tokens import bigrams
from bot.matching.usage import Usage

# What a slip costs, as the logarithm of how unlikely it is: a character of the same sound is one of many.
TURNED, MISTAKEN = 5.0, 6.5
# What it costs more to read a character as it seldom is: 于 as wei.
UNUSUAL = 2.0
# So many in one run; with more, nobody could tell what was meant.
MOST_TURNED = 3
# Where two neighbours are mistaken at once, so many of each one's most usual homophones are tried together.
TRIED = 12

_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_STRAY_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[\s,，.。、…·~—-]{1,3}(?=[\u4e00-\u9fff])")


def mend(content: str, usage: Usage, names: Collection[str] = ()) -> str:
    """A question's text with its slips put right.

    Args:
        content: the folded text.
        usage: how usual neighbours are in what is published.
        names: what is left as it stands.
    """
    content = _closed_up(content, usage)
    return _RUN.sub(lambda run: _mended(run.group(), usage, names), content)


def _closed_up(content: str, usage: Usage) -> str:
    """Without spaces and marks inside a published word: 政 府 and 政，府 are 政府."""
    for mark in reversed(list(_STRAY_MARK.finditer(content))):
        pair = content[mark.start() - 1] + content[mark.end()]
        if usage.vocabulary.count(pair):
            content = content[: mark.start()] + content[mark.end() :]
    return content


def _mended(run: str, usage: Usage, names: Collection[str]) -> str:
    """A run as it was meant: as it stands or with neighbours changed back, whichever is likelier once it was heard again."""
    turned, times = _turned_back(run, usage)
    heard = _heard_again(run, usage, names)
    if not times:
        return heard
    turned_and_heard = _heard_again(turned, usage, names)
    cost = times * TURNED + _unlikeliness(turned, turned_and_heard, usage)
    return turned_and_heard if cost < _unlikeliness(run, heard, usage) else heard


def _unlikeliness(run: str, heard: str, usage: Usage) -> float:
    """How unlikely it is that what was heard is meant, and mistaken in so many characters."""
    mistaken = sum(_cost(written, meant) for written, meant in zip(run, heard, strict=True) if written != meant)
    return mistaken + sum(usage.surprises[pair] for pair in bigrams((heard,)))


def _turned_back(run: str, usage: Usage) -> tuple[str, int]:
    """With neighbouring characters changed back where that makes it likelier by a slip; and how often."""
    for times in range(MOST_TURNED):
        gain, place = max(_gains(run, usage), default=(0.0, 0))
        if gain < TURNED:
            return run, times
        run = run[:place] + run[place + 1] + run[place] + run[place + 2 :]
    return run, MOST_TURNED


def _gains(run: str, usage: Usage) -> Iterator[tuple[float, int]]:
    """By how much changing two neighbours makes the run likelier, with the place of the first."""
    surprises = usage.surprises
    around = (" ", *run, " ")
    usual = [surprises[run[0]], *(surprises[pair] for pair in bigrams((run,))), 0.0]
    for place in range(len(run) - 1):
        before, first, then, behind = around[place : place + 4]
        turned = surprises[then + first] + surprises[before + then if place else then]
        if behind != " ":
            turned += surprises[first + behind]
        yield usual[place] + usual[place + 1] + usual[place + 2] - turned, place


def _heard_again(run: str, usage: Usage, names: Collection[str]) -> str:
    """With another character of the same sound where only that makes usual words: 行证复议 to 行政复议."""
    for start, end in reversed(list(_rows(_doubtful(run, usage, names)))):
        run = run[:start] + _likeliest(run, start, end, usage) + run[end:]
    return run


def _doubtful(run: str, usage: Usage, names: Collection[str]) -> list[int]:
    """The places of characters that make no usual word with either neighbour, or that only sound like an asking word."""
    counts, pairs = usage.counts, bigrams((run,))
    odd = [place for place, pair in enumerate(pairs) if not counts[pair]]
    alike = [place for place, pair in enumerate(pairs) if counts[pair] < usage.asked and _sounds_asking(pair)]
    if not odd and not alike:
        return []
    last = len(run) - 1
    found = {place for place in odd if place == 0 or place - 1 in odd}
    found |= {place + 1 for place in odd if place + 1 == last or place + 1 in odd}
    for place in alike:
        found |= {place, place + 1}
    for name in names:
        for at in re.finditer(re.escape(name), run):
            found.difference_update(range(*at.span()))
    return sorted(found.difference(wording.asking_places(run))) if found else []


def _rows(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of each unbroken row of places."""
    start = 0
    for number, place in enumerate(places, 1):
        if number == len(places) or places[number] != place + 1:
            yield places[start], place + 1
            start = number


def _likeliest(run: str, start: int, end: int, usage: Usage) -> str:
    """What may have been meant from `start` to `end`: each character itself, or one of the same sound.

    What is put in makes usual words within the row; at its ends there may be a seam.
    """
    counts, surprises = usage.counts, usage.surprises
    # What may stand there, by its last character: how unlikely it is.
    likeliest = {run[start - 1] if start else "": (0.0, "")}
    for place in range(start, min(end + 1, len(run))):
        written, before = run[place], run[place - 1] if place else ""
        heard = _heard(run, place, usage, alone=end - start == 1) if place < end else ()
        at_seam = place in (start, end)
        reached = {}
        for character in (written, *heard):
            slip = _cost(written, character)
            ways = [
                (cost + surprises[last + character] + slip, text + character)
                for last, (cost, text) in likeliest.items()
                if at_seam or (last == before and not slip) or counts[last + character]
            ]
            if ways:
                reached[character] = min(ways)
        likeliest = reached
    return min(likeliest.values())[1][: end - start]


def _heard(run: str, place: int, usage: Usage, *, alone: bool) -> list[str]:
    """Characters that sound like the one at a place: those that make a usual word with a neighbour, and others if not `alone`."""
    counts, others = usage.counts, usage.heard[run[place]]
    before, behind = run[place - 1 : place] if place else "", run[place + 1 : place + 2]
    fitting = [other for other in others if (before and counts[before + other]) or (behind and counts[other + behind])]
    if alone:
        return fitting
    return list(dict.fromkeys((*fitting, *(other for other in others[:TRIED] if counts[other]))))


@lru_cache(maxsize=65536)
def _cost(written: str, meant: str) -> float:
    """What it costs to take one character for another of the same sound; more where that is not its usual reading."""
    if written == meant:
        return 0.0
    return MISTAKEN if syllable(written) == syllable(meant) else MISTAKEN + UNUSUAL


@lru_cache(maxsize=8192)
def _sounds_asking(pair: str) -> bool:
    """Whether two neighbours sound like those of an asking word: 核时 like 何时."""
    return (syllable(pair[0]), syllable(pair[1])) in wording.asking_sounds()
