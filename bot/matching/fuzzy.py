"""Likeness by sound: rapidfuzz over syllables, which forgives wrong characters of the right sound, dropped and swapped ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.language.normalise import fold
from bot.language.tokens import han, sound_signs

# Below these, likeness by sound is chance: two syllables agree with a third of all headings.
_SHORTEST, _FLOOR = 3, 0.75


@lru_cache(maxsize=16384)
def _sounds(name: str) -> str:
    return sound_signs(han(fold(name)))


def likeness(keyword: str, name: str) -> float:
    """How like a keyword is to some stretch of a name: 0, or 0.75 to 1.

    Args:
        keyword: by sound, as ``tokens.signs_in_row`` gives it.
        name: a title, heading or alias, as published.
    """
    sounds = _sounds(name)
    # partial_ratio lays the shorter into the longer; a heading shorter than the keyword must not count as all of it.
    if not _SHORTEST <= len(keyword) <= len(sounds):
        return 0.0
    return fuzz.partial_ratio(keyword, sounds, score_cutoff=_FLOOR * 100) / 100


# A shorter word with one syllable off is another word.
_SHORTEST_MISSPELLED, _LONGEST_MISSPELLED = 4, 8

Word = tuple[str, ...]


class Misspellings:
    """Finds words of a list in a row of syllables although one syllable of theirs is dropped, added, swapped or mistaken."""

    def __init__(self, words: Iterable[Word]) -> None:
        # Two words one edit apart share a rest once a syllable is taken out of either; that finds them without a scan.
        self._rests: dict[Word, list[Word]] = {}
        for word in words:
            if _SHORTEST_MISSPELLED <= len(word) <= _LONGEST_MISSPELLED:
                for rest in _rests(word):
                    self._rests.setdefault(rest, []).append(word)

    def find(self, sounds: Sequence[str], doubtful: Collection[int]) -> list[tuple[int, int, Word]]:
        """(start, end, word) without overlaps, from left to right; the likest word at each place.

        Args:
            sounds: toneless syllables.
            doubtful: places of neighbours that are published nowhere; a word is looked for only where it holds one.
        """
        found = []
        start = 0
        last = max(doubtful, default=-1)
        while start <= last and start + _SHORTEST_MISSPELLED - 1 <= len(sounds):
            best = self._at(sounds, start, min(place for place in doubtful if place >= start))
            if best is None:
                start += 1
            else:
                found.append(best)
                start = best[1]
        return found

    def _at(self, sounds: Sequence[str], start: int, doubt: int) -> tuple[int, int, Word] | None:
        best, best_likeness = None, 0.0
        shortest = max(_SHORTEST_MISSPELLED - 1, doubt - start + 2)
        for length in range(min(_LONGEST_MISSPELLED, len(sounds) - start), shortest - 1, -1):
            window = tuple(sounds[start : start + length])
            for word in dict.fromkeys(word for rest in _rests(window) for word in self._rests.get(rest, ())):
                if OSA.distance(window, word, score_cutoff=1) <= 1:
                    likeness = 1 - 1 / max(length, len(word)) if window != word else 1.0
                    if likeness > best_likeness:
                        best, best_likeness = (start, start + length, word), likeness
        return best


def _rests(word: Word) -> list[Word]:
    """The word, and what is left of it without each one of its syllables."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]
