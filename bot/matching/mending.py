"""Slips in a question, put right where that gives published words: 政 府, 主公动开, 行证复议.

A slip breaks the two pairs of neighbours that a character is part of. What is put in its place has to mend them, and by so
much as one slip is unlikelier than usual words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from math import log

from bot.language import wording
from bot.language.pinyin import homophones, syllable
from bot.matching.vocabulary import Vocabulary

# What a slip costs, as the logarithm of how unlikely it is: a character of the same sound is one of many.
TURNED, MISTAKEN = 5.0, 6.5
# Different characters in a section, about: the most usual ones follow any other as soon as their share of these.
CHARACTERS = 150
# How usual any character is, also where nothing published has it.
EVERYDAY = 0.0001
# What two neighbours are counted less: what stands together once may do so by chance.
CHANCE = 0.9
# Of a question's neighbours so many stand at a seam between words, where anything may follow.
SEAM = 0.1
# Of fewer sections than these nobody could tell what is usual.
FEW = 300
# A word that everybody asks with is usual though documents do not ask.
ASKED = 0.02
# Where two neighbours are mistaken at once, so many of each one's most usual homophones are tried together.
TRIED = 12

_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_STRAY_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[\s,，.。、…·~—-]{1,3}(?=[\u4e00-\u9fff])")


class Usage:
    """How usual it is in what is published that one character follows another.

    Args:
        vocabulary: what is published.
        familiar: pairs that are words though nothing published may hold them.
    """

    def __init__(self, vocabulary: Vocabulary, familiar: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._familiar = familiar
        self._everything = max(FEW, vocabulary.sections) * CHARACTERS
        self._asked = max(3.0, vocabulary.sections * ASKED)
        self._counts: dict[str, float] = {"": 0.0}

    def look_up(self, tokens: Iterable[str]) -> None:
        """Learn of many tokens at once."""
        counts, familiar, asked = self._counts, self._familiar, wording.asking_pairs()
        for token, count in self._vocabulary.tokens([token for token in tokens if token not in counts]).items():
            counts[token] = count + self._asked if token in asked or token in familiar else count

    def count(self, token: str) -> float:
        """In how many sections a character or a pair stands; more for familiar ones."""
        if token not in self._counts:
            self.look_up((token,))
        return self._counts[token]

    def surprise(self, first: str, then: str) -> float:
        """How unlikely `then` is behind `first`, as a logarithm; `first` is empty where a run begins."""
        usual = self.count(then) / self._everything + EVERYDAY
        together = self.count(first + then)
        before = max(together, self.count(first))
        if not before:
            return -log(usual)
        return -log((1 - SEAM) * max(0.0, together - CHANCE) / (before + 1) + SEAM * usual)

    def surprises(self, text: str) -> float:
        """How unlikely a run is."""
        return sum(self.surprise(first, then) for first, then in pairwise(("", *text)))


def mend(content: str, vocabulary: Vocabulary, familiar: Collection[str], names: Collection[str] = ()) -> str:
    """A question's text with its slips put right.

    Args:
        content: the folded text.
        vocabulary: what is published.
        familiar: pairs of characters that are words though nothing published may hold them, such as a glossary's.
        names: what is left as it stands.
    """
    content = _closed_up(content, vocabulary)
    usage = Usage(vocabulary, familiar)
    return _RUN.sub(lambda run: _heard_again(_turned_back(run.group(), usage), usage, names), content)


def _closed_up(content: str, vocabulary: Vocabulary) -> str:
    """Without spaces and marks inside a published word: 政 府 and 政，府 are 政府."""
    marks = list(_STRAY_MARK.finditer(content))
    pairs = [content[mark.start() - 1] + content[mark.end()] for mark in marks]
    known = vocabulary.tokens(pairs)
    for mark, pair in reversed(list(zip(marks, pairs, strict=True))):
        if known[pair]:
            content = content[: mark.start()] + content[mark.end() :]
    return content


def _turned_back(run: str, usage: Usage) -> str:
    """With neighbouring characters changed back where only that makes usual words: 主公动开 to 主动公开."""
    usage.look_up(_pairs(run))
    for place in range(len(run) - 1):
        if usage.count(run[place : place + 2]):
            continue
        turned = run[:place] + run[place + 1] + run[place] + run[place + 2 :]
        around = slice(max(0, place - 1), place + 3)
        pairs = _pairs(turned[around])
        usage.look_up(pairs)
        odd = sum(not usage.count(pair) for pair in pairs)
        if (
            len(pairs) > 1
            and (odd == 0 or odd + 2 <= sum(not usage.count(pair) for pair in _pairs(run[around])))
            and usage.surprises(run[around]) - usage.surprises(turned[around]) > TURNED
        ):
            run = turned
    return run


def _heard_again(run: str, usage: Usage, names: Collection[str]) -> str:
    """With another character of the same sound where only that makes usual words: 行证复议 to 行政复议."""
    doubtful = _doubtful(run, usage, names)
    for start, end in reversed(list(_rows(doubtful))):
        mended = _likeliest(run, start, end, usage)
        run = run[:start] + mended + run[end:]
    return run


def _doubtful(run: str, usage: Usage, names: Collection[str]) -> list[int]:
    """The places of characters that make no usual word with either neighbour, or that only sound like an asking word."""
    pairs = _pairs(run)
    usage.look_up(pairs)
    odd = [place for place, pair in enumerate(pairs) if not usage.count(pair)]
    if not odd:
        return []
    last = len(run) - 1
    found = {place for place in odd if place == 0 or place - 1 in odd}
    found |= {place + 1 for place in odd if place + 1 == last or place + 1 in odd}
    for place in odd:
        if (syllable(run[place]), syllable(run[place + 1])) in wording.asking_sounds():
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
    # What may stand there, by its last character: how unlikely it is.
    likeliest = {run[start - 1] if start else "": (0.0, "")}
    for place in range(start, min(end + 1, len(run))):
        written, before = run[place], run[place - 1] if place else ""
        heard = _heard(run, place, usage, alone=end - start == 1) if place < end else ()
        reached = {}
        usage.look_up([last + character for last in likeliest for character in (written, *heard)])
        for character in (written, *heard):
            slip = MISTAKEN if character != written else 0.0
            ways = [
                (cost + usage.surprise(last, character) + slip, text + character)
                for last, (cost, text) in likeliest.items()
                if place in (start, end) or (last == before and not slip) or usage.count(last + character)
            ]
            if ways:
                reached[character] = min(ways)
        likeliest = reached
    return min(likeliest.values())[1][: end - start]


def _heard(run: str, place: int, usage: Usage, *, alone: bool) -> list[str]:
    """Characters that sound like the one at a place: those that make a usual word with a neighbour, and others if not `alone`."""
    before, behind = run[place - 1 : place] if place else "", run[place + 1 : place + 2]
    others = [other for other in homophones(syllable(run[place])) if other != run[place]]
    usage.look_up(pair for other in others for pair in (other, before + other, other + behind))
    fitting = [
        other
        for other in others
        if (before and usage.count(before + other)) or (behind and usage.count(other + behind))
    ]
    if alone:
        return fitting
    usual = sorted(others, key=lambda other: -usage.count(other))[:TRIED]
    return list(dict.fromkeys((*fitting, *(other for other in usual if usage.count(other)))))


def _pairs(run: str) -> list[str]:
    return [first + then for first, then in pairwise(run)]
