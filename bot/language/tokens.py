"""Comparable text to the tokens that are indexed and asked for: characters, bigrams, pinyin bigrams.

The same functions serve documents and questions, so that both sides agree. All take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.language.pinyin import syllable

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}]+|[a-zà-ɏ]+|[0-9]+(?:[.][0-9]+)*")
_HAN_ONLY = re.compile(rf"[{_HAN}]+")


def is_han(run: str) -> bool:
    """Whether a run is of Chinese characters."""
    return run[0] == "〇" or run[0] >= "\u3400"


def runs(folded: str) -> list[str]:
    """The text's unbroken runs of Chinese characters, Latin words and numbers, in order; all else parts them."""
    return _RUN.findall(folded)


def han(folded: str) -> str:
    """The text's Chinese characters alone, closed up: what a stray space or comma parts is together again."""
    return "".join(_HAN_ONLY.findall(folded))


def characters(parts: Iterable[str]) -> Iterator[str]:
    """Each Chinese character, and each Latin word and number as a whole."""
    for part in parts:
        if is_han(part):
            yield from part
        else:
            yield part


def bigrams(parts: Iterable[str]) -> Iterator[str]:
    """Each two neighbouring characters of a run; a lone character, a Latin word and a number as they are."""
    for part in parts:
        if len(part) > 1 and is_han(part):
            yield from map("".join, pairwise(part))
        else:
            yield part


def pinyin_bigrams(parts: Iterable[str]) -> Iterator[str]:
    """Each two neighbouring characters of a run by sound, without tones: ``xin_xi``; characters without a reading part a run."""
    for part in parts:
        if is_han(part):
            yield from syllable_bigrams([syllable(character) for character in part])


def syllable_bigrams(syllables: Iterable[str]) -> Iterator[str]:
    """Each two neighbouring syllables as ``xin_xi``."""
    for first, second in pairwise(syllables):
        if first and second:
            yield f"{first}_{second}"
