"""The glossary at work: what people say to what documents say, by word, by sound and in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.language.normalise import fold
from bot.language.pinyin import syllable
from bot.language.tokens import han, is_han, runs
from bot.matching.fuzzy import Misspellings
from bot.model import Term


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the question that the glossary knows.

    Attributes:
        start, end: its place, in characters, words or syllables of what was looked through.
        meanings: what documents may say for it, the glossary's own term first; Chinese only, without the stretch itself.
    """

    start: int
    end: int
    meanings: tuple[str, ...]


class Glossary:
    """Terms compiled for look-up; one instance serves any number of questions."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._words: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._sounds: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._english: dict[tuple[str, ...], tuple[str, ...]] = {}
        for term in terms:
            self._add(term)
        self._longest = max(map(len, chain(self._words, self._english)), default=0)
        self._misspelled = Misspellings(self._sounds)

    def _add(self, term: Term) -> None:
        said = [fold(text) for text in (term.term, *term.synonyms)]
        chinese = tuple(dict.fromkeys(text for text in said if is_han(text[:1] or "-")))
        for text in dict.fromkeys(filter(None, said)):
            meanings = tuple(other for other in chinese if other != text)
            if text in chinese:
                self._join(self._words, tuple(han(text)), meanings)
                self._join(self._sounds, tuple(map(syllable, han(text))), chinese)
            else:
                self._join(self._english, tuple(map(_stem, runs(text))), meanings)

    @staticmethod
    def _join(table: dict[tuple[str, ...], tuple[str, ...]], key: tuple[str, ...], meanings: tuple[str, ...]) -> None:
        if key:
            table[key] = tuple(dict.fromkeys((*table.get(key, ()), *meanings)))

    def in_characters(self, text: str) -> list[Hit]:
        """Hits in a run of Chinese characters, longest first at each place, without overlaps."""
        return list(self._scan(text, self._words, shortest=2))

    def in_syllables(self, sounds: Sequence[str]) -> list[Hit]:
        """Hits by sound, for what was typed in pinyin or with wrong characters of the right sound."""
        return list(self._scan(sounds, self._sounds, shortest=2))

    def nearly_in_syllables(self, sounds: Sequence[str]) -> list[Hit]:
        """Hits by like sound, for words with a syllable dropped, added, swapped with its neighbour or mistaken."""
        return [Hit(start, end, self._sounds[key]) for start, end, key in self._misspelled.find(sounds)]

    def in_english(self, words: Sequence[str]) -> list[Hit]:
        """Hits in Latin words, with or without a plural's s."""
        return list(self._scan([_stem(word) for word in words], self._english, shortest=1))

    def _scan(
        self, parts: Sequence[str], table: dict[tuple[str, ...], tuple[str, ...]], *, shortest: int
    ) -> Iterator[Hit]:
        start = 0
        while start < len(parts):
            for length in range(min(self._longest, len(parts) - start), shortest - 1, -1):
                meanings = table.get(tuple(parts[start : start + length]))
                if meanings is not None:
                    yield Hit(start, start + length, meanings)
                    start += length
                    break
            else:
                start += 1


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
