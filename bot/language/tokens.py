"""Comparable text to the tokens that are indexed and asked for: characters, bigrams, pinyin bigrams.

The same functions serve documents and questions, so that both sides agree.
All take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.language.pinyin import syllable

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}]+|[a-zà-ɏ]+|[0-9]+(?:[.][0-9]+)*")
# Runs of Chinese characters sort from here on, Latin words and numbers before: told in one step.
_FIRST_HAN = "〇"
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


def characters(parts: Iterable[str]) -> list[str]:
    """Each Chinese character, and each Latin word and number as a whole."""
    found: list[str] = []
    for part in parts:
        if part >= _FIRST_HAN:
            found += part
        else:
            found.append(part)
    return found


def bigrams(parts: Iterable[str]) -> list[str]:
    """Each two neighbouring characters of a run; a lone character, a Latin word and a number as they are."""
    found: list[str] = []
    for part in parts:
        if part >= _FIRST_HAN and len(part) > 1:
            found += [part[place : place + 2] for place in range(len(part) - 1)]
        else:
            found.append(part)
    return found


class _Links(dict[int, str]):
    """Character code to its syllable as it ends one bigram and begins the next, ``xin xin_``; ``|`` for none."""

    def __missing__(self, code: int) -> str:
        sound = syllable(chr(code))
        self[code] = f"{sound} {sound}_" if sound else "|"
        return self[code]


_LINKS = _Links()


def pinyin_bigrams(parts: Iterable[str]) -> list[str]:
    """Each two neighbouring characters of a run by sound, without tones: ``xin_xi``.

    Characters without a reading part a run.
    """
    return spaced_pinyin_bigrams(parts).split()


def spaced_pinyin_bigrams(parts: Iterable[str]) -> str:
    """The pinyin bigrams as one text, a space between them."""
    found: list[str] = []
    for part in parts:
        if part >= _FIRST_HAN:
            # 信息公 becomes xin xin_xi xi_gong gong_ in one call: its bigrams, and two loose ends.
            linked = part.translate(_LINKS)
            for row in linked.split("|") if "|" in linked else (linked,):
                first, last = row.find(" "), row.rfind(" ")
                if first < last:
                    found.append(row[first + 1 : last])
    return " ".join(found)


class _Signs(dict[str, str]):
    """Syllable to a sign of its own, of those that Unicode leaves to private use: by sound, a text is as long as it is."""

    def __missing__(self, sound: str) -> str:
        self[sound] = chr(_FIRST_SIGN + len(self))
        return self[sound]


class _Sounds(dict[int, str]):
    """Character code to the sign of its syllable, a space for what has none."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        sound = syllable(character) if _HAN_ONLY.match(character) else ""
        self[code] = _SIGNS[sound] if sound else " "
        return self[code]


_FIRST_SIGN = 0xE100
_SIGNS = _Signs()
_SOUNDS = _Sounds()


def sound_signs(folded: str) -> str:
    """A text by sound, a sign for each syllable: it has a pinyin bigram where the bigram's two signs stand in it."""
    return folded.translate(_SOUNDS)


def signs_of(sound: str) -> str:
    """A pinyin bigram (``xin_xi``) as it stands in ``sound_signs``; empty where one half of it is."""
    first, _, second = sound.partition("_")
    return _SIGNS[first] + _SIGNS[second] if first and second else ""


def signs_in_row(syllables: Iterable[str]) -> str:
    """Syllables one behind the other as ``sound_signs`` writes them, a space for what has none."""
    return "".join([_SIGNS[sound] if sound else " " for sound in syllables])


def signs_of_syllables(syllables: Iterable[str]) -> list[str]:
    """Each syllable's sign, as it stands in ``sound_signs``."""
    return [_SIGNS[sound] for sound in syllables if sound]


def syllable_bigrams(syllables: Iterable[str]) -> list[str]:
    """Each two neighbouring syllables as ``xin_xi``."""
    return [f"{first}_{second}" for first, second in pairwise(syllables) if first and second]
