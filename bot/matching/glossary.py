"""The glossary at work: what people say to what documents say, by word, by sound and in English."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.normalise import fold
from bot.language.pinyin import syllable
from bot.language.spelling import may_be_initials
from bot.language.tokens import han, is_han, runs
from bot.matching.fuzzy import Misspellings
from bot.model import Term

Phrase = tuple[str, ...]


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


class _Table:
    """Phrases by their parts, with what is meant by each."""

    def __init__(self) -> None:
        self._meanings: dict[Phrase, tuple[str, ...]] = {}
        # What begins with each part is at most so long; most parts begin nothing.
        self._longest: dict[str, int] = {}

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self._meanings)

    def __getitem__(self, phrase: Phrase) -> tuple[str, ...]:
        return self._meanings[phrase]

    def add(self, phrase: Phrase, meanings: Iterable[str]) -> None:
        if phrase:
            self._meanings[phrase] = tuple(dict.fromkeys((*self._meanings.get(phrase, ()), *meanings)))
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def scan(self, parts: Sequence[str], *, shortest: int) -> list[Hit]:
        """Hits from left to right, the longest at each place, without overlaps."""
        hits = []
        start = 0
        while start < len(parts):
            for length in range(min(self._longest.get(parts[start], 0), len(parts) - start), shortest - 1, -1):
                meanings = self._meanings.get(tuple(parts[start : start + length]))
                if meanings is not None:
                    hits.append(Hit(start, start + length, meanings))
                    start += length
                    break
            else:
                start += 1
        return hits


class Glossary:
    """Terms compiled for look-up; one instance serves any number of questions.

    Attributes:
        pairs: all neighbouring characters of its Chinese words.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._words, self._sounds, self._english, self._initials = _Table(), _Table(), _Table(), _Table()
        for term in terms:
            self._add(term)
        self._misspelled = Misspellings(self._sounds)
        self.pairs = frozenset(first + then for word in self._words for first, then in pairwise(word))

    def _add(self, term: Term) -> None:
        said = [fold(text) for text in (term.term, *term.synonyms)]
        chinese = tuple(dict.fromkeys(text for text in said if is_han(text[:1] or "-")))
        for text in dict.fromkeys(filter(None, said)):
            meanings = tuple(other for other in chinese if other != text)
            if text in chinese:
                self._words.add(tuple(han(text)), meanings)
                self._sounds.add(tuple(map(syllable, han(text))), chinese)
                self._initials.add(_initials(text), chinese)
            else:
                self._english.add(tuple(map(_stem, runs(text))), meanings)

    def in_characters(self, text: str) -> list[Hit]:
        """Hits in a run of Chinese characters, longest first at each place, without overlaps."""
        return self._words.scan(text, shortest=2)

    def in_syllables(self, sounds: Sequence[str]) -> list[Hit]:
        """Hits by sound, for what was typed in pinyin or with wrong characters of the right sound."""
        return self._sounds.scan(sounds, shortest=2)

    def nearly_in_syllables(self, sounds: Sequence[str], doubtful: Collection[int]) -> list[Hit]:
        """Hits by like sound, for words with a syllable dropped, added, swapped with its neighbour or mistaken.

        Args:
            sounds: toneless syllables.
            doubtful: places of neighbours that are published nowhere; words that are published are not mistyped.
        """
        return [Hit(start, end, self._sounds[key]) for start, end, key in self._misspelled.find(sounds, doubtful)]

    def in_english(self, words: Sequence[str]) -> list[Hit]:
        """Hits in Latin words, with or without a plural's s; where there are none, in what is typed by first letters: xxgk."""
        return self._english.scan([_stem(word) for word in words], shortest=1) or self._initials.scan(words, shortest=1)


def _initials(text: str) -> Phrase:
    """The first letters of a word's syllables, where nobody could take them for another word."""
    letters = "".join(sound[:1] for sound in map(syllable, han(text)))
    return (letters,) if may_be_initials(letters) else ()


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
