"""A question's words to the concepts that it is about: stretches that the glossary knows, and those between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.language import wording
from bot.language.pinyin import syllable
from bot.language.spelling import is_spelled, segment
from bot.language.tokens import bigrams, han, is_han, runs, syllable_bigrams
from bot.matching.glossary import Glossary, Hit
from bot.matching.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Concept:
    """A stretch of the question that stands for one thing.

    Attributes:
        text: the stretch as typed and folded.
        tokens: its character bigrams; empty where it was spelled in pinyin.
        sounds: its pinyin bigrams; empty for Latin words and numbers.
        meanings: what documents may say for it, by the glossary, best first.
        aside: whether it stands in a clause that asks nothing, beside one that does.
    """

    text: str
    tokens: tuple[str, ...]
    sounds: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    aside: bool = False

    @property
    def syllables(self) -> tuple[str, ...]:
        """How it sounds, without tones."""
        return tuple(self.text.split()) if not self.tokens else tuple(map(syllable, han(self.text)))


def clause_concepts(content: str, glossary: Glossary, vocabulary: Vocabulary) -> Iterator[Concept]:
    """The concepts of each clause; where only some clauses ask, those of the others are said aside."""
    clauses = wording.clauses(content)
    asking = [wording.asks(clause) for clause in clauses]
    for clause, asks in zip(clauses, asking, strict=True):
        for concept in concepts_in(
            wording.content_stretches(_plainly(clause, glossary, vocabulary)), glossary, vocabulary
        ):
            yield replace(concept, aside=any(asking) and not asks)


def bare_concepts(content: str, rows: Iterable[Sequence[str]], glossary: Glossary) -> Iterator[Concept]:
    """What asking words say by themselves where nothing else is said: 要多少钱 asks for 收费."""
    for run in filter(is_han, runs(content)):
        for hit in glossary.in_characters(run):
            yield Concept(run[hit.start : hit.end], (), (), hit.meanings)
    for row in rows:
        for hit in glossary.in_syllables(row):
            yield Concept(" ".join(row[hit.start : hit.end]), (), (), hit.meanings)


def _plainly(clause: str, glossary: Glossary, vocabulary: Vocabulary) -> str:
    """A clause with the glossary's term for what asking words would cut apart: 晒了 holds 了, and means 公开."""
    for run in filter(is_han, runs(clause)):
        for hit in glossary.in_characters(run):
            said = run[hit.start : hit.end]
            content = wording.content_stretches(said)
            # Published words say it better than the glossary could.
            if hit.meanings and content not in ((), (said,)) and not all(vocabulary.tokens(bigrams(content)).values()):
                clause = clause.replace(said, hit.meanings[0])
    return clause


def concepts_in(stretches: Iterable[str], glossary: Glossary, vocabulary: Vocabulary) -> Iterator[Concept]:
    """The concepts of stretches of Chinese, Latin words and numbers, in order."""
    english: list[str] = []
    for stretch in stretches:
        if is_han(stretch):
            yield from _english_concepts(english, glossary)
            english = []
            yield from chinese_concepts(stretch, glossary, vocabulary)
        else:
            english.append(stretch)
    yield from _english_concepts(english, glossary)


def chinese_concepts(stretch: str, glossary: Glossary, vocabulary: Vocabulary) -> Iterator[Concept]:
    """The concepts of an unbroken stretch of Chinese: to the letter, by sound, or with one syllable off."""
    sounds = [syllable(character) for character in stretch]
    hits = glossary.in_characters(stretch)
    # What stands there to the letter goes before what sounds so, and that before what sounds alike.
    _add_apart(hits, glossary.in_syllables(sounds))
    pairs = bigrams([stretch])
    counts = vocabulary.tokens(pairs)
    doubtful = [place for place, pair in enumerate(pairs) if not counts[pair]]
    _add_apart(hits, glossary.nearly_in_syllables(sounds, doubtful))
    for part, meanings in _parts(stretch, sorted(hits, key=lambda hit: hit.start)):
        if part.strip(wording.LONELY) or meanings:
            sounds_of = (f"{syllable(first)}_{syllable(second)}" for first, second in pairwise(part))
            yield Concept(part, tuple(bigrams([part])), tuple(sounds_of), meanings)


def _add_apart(hits: list[Hit], more: Iterable[Hit]) -> None:
    """Add those hits that overlap with none there."""
    hits += [hit for hit in more if not any(hit.start < other.end and other.start < hit.end for other in hits)]


def _parts(stretch: str, hits: Iterable[Hit]) -> Iterator[tuple[str, tuple[str, ...]]]:
    place = 0
    for hit in hits:
        yield stretch[place : hit.start], ()
        yield stretch[hit.start : hit.end], hit.meanings
        place = hit.end
    yield stretch[place:], ()


def _english_concepts(words: list[str], glossary: Glossary) -> Iterator[Concept]:
    place = 0
    for hit in [*glossary.in_english(words), Hit(len(words), len(words), ())]:
        for word in words[place : hit.start]:
            yield Concept(word, (word,), ())
        if hit.meanings:
            text = " ".join(words[hit.start : hit.end])
            yield Concept(text, (text,), (), hit.meanings)
        place = hit.end


def spelled_sounds(content: str, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """Each unbroken row of spelled words as syllables."""
    words: list[str] = []
    for run in [*runs(content), ""]:
        if run and run.isalpha() and not is_han(run):
            if is_spelled(run):
                words.append(run)
        elif words:
            yield segment(words, vocabulary.sounds)
            words = []


def spelled_concepts(rows: Iterable[tuple[str, ...]], glossary: Glossary, vocabulary: Vocabulary) -> Iterator[Concept]:
    """The concepts of rows of syllables, as `spelled_sounds` gives them."""
    for row in rows:
        for sounds in wording.content_sounds(row):
            place = 0
            hits = glossary.in_syllables(sounds)
            pairs = list(syllable_bigrams(sounds))
            counts = vocabulary.sounds(pairs)
            doubtful = [place for place, pair in enumerate(pairs) if not counts[pair]]
            _add_apart(hits, glossary.nearly_in_syllables(sounds, doubtful))
            for hit in [*sorted(hits, key=lambda hit: hit.start), Hit(len(sounds), len(sounds), ())]:
                for part, meanings in ((sounds[place : hit.start], ()), (sounds[hit.start : hit.end], hit.meanings)):
                    if len(part) > 1:
                        yield Concept(" ".join(part), (), tuple(syllable_bigrams(part)), meanings)
                place = hit.end
