"""What is published at one generation, ready to be asked: what matching has to know of it, and where an answer can be."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.language.tokens import bigrams, characters, pinyin_bigrams
from bot.matching.glossary import Glossary
from bot.matching.question import Analysis
from bot.matching.ranking import Candidate
from bot.matching.usage import Usage
from bot.matching.weighing import Weighed
from bot.model import Document, Section, Snapshot
from bot.search import LARGE, Index, Sought, schema
from bot.store import Disclosures

Key = tuple[str, str]
Passage = tuple[Document, Section]

# As many are fetched within each bound.
CANDIDATES = 16
# Passages kept in memory, of those asked for last: at one to two kilobytes each, what most questions are about.
KEPT = 16_384


class IndexVocabulary:
    """The index as matching looks at it."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @property
    def sections(self) -> int:
        """How many sections are published."""
        return self._index.sections

    def count(self, token: str) -> int:
        """In how many sections a character bigram, lone character, Latin word or number stands."""
        # A lone character of a text is a bigram nowhere but where it stands alone.
        return self._index.counts(schema.BIGRAMS if len(token) > 1 else schema.CHARACTERS)[token]

    def tokens(self, tokens: Iterable[str]) -> Mapping[str, int]:
        """The same of each of several."""
        pairs, single = self._index.counts(schema.BIGRAMS), self._index.counts(schema.CHARACTERS)
        return {token: pairs[token] if len(token) > 1 else single[token] for token in tokens}

    def sounds(self, sounds: Iterable[str]) -> Mapping[str, int]:
        """In how many sections each pinyin bigram stands."""
        counts = self._index.counts(schema.PINYIN)
        return {sound: counts[sound] for sound in sounds}


class Library:
    """The published documents of one generation.

    Attributes:
        generations: of the store, and of the index, which may be behind.
    """

    def __init__(self, disclosures: Disclosures, index: Index, generations: tuple[Hashable, int]) -> None:
        self.generations = generations
        self.snapshot = disclosures.snapshot()
        self.glossary = Glossary(self.snapshot.glossary)
        self.vocabulary = IndexVocabulary(index)
        self.usage = Usage(self.vocabulary, self.glossary.pairs)
        self._disclosures = disclosures
        self._index = index
        self._recent = Recent(KEPT)

    def find(self, analysis: Analysis, weighed: Sequence[Weighed]) -> list[Candidate]:
        """What the index finds among what the question is bound to, and anywhere unless an answer can only be there."""
        sought = _sought(analysis, weighed, self.vocabulary)
        bounds = _bounds(analysis, self.snapshot, sought)
        hits = [hit for bound in bounds for hit in self._index.find(bound, CANDIDATES)]
        within = {(hit.document, hit.section) for hit in hits}
        if analysis.years and hits:
            # What speaks for no year may be what is meant, such as a guide; another year's figure never is.
            hits += self._index.find(replace(sought, undated=True), CANDIDATES)
        # Anywhere else only the best is of interest: it tells what could be reached.
        elsewhere = 1 if hits and (analysis.years or analysis.agencies) else CANDIDATES
        hits += self._index.find(sought, elsewhere)
        found = {(hit.document, hit.section): hit.score for hit in hits}
        best = max(found.values(), default=1.0)
        passages = self._load(tuple(found))
        return [
            Candidate(*passages[key], retrieval=score / best, bound=key in within)
            for key, score in found.items()
            if key in passages
        ]

    def _load(self, keys: Collection[Key]) -> dict[Key, Passage]:
        """Passages as published, from memory where they were asked for before at this generation."""
        found = {key: passage for key in keys if (passage := self._recent.get(key))}
        missing = [key for key in keys if key not in found]
        if missing:
            loaded = self._disclosures.find_sections(missing)
            self._recent.add(loaded)
            found |= loaded
        return found


class Recent:
    """The passages that were asked for last, half of `most` for certain; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most // 2
        self._newer: dict[Key, Passage] = {}
        self._older: dict[Key, Passage] = {}

    def get(self, key: Key) -> Passage | None:
        """A passage, if it is here."""
        passage = self._newer.get(key)
        if passage is None and (passage := self._older.get(key)):
            self.add({key: passage})
        return passage

    def add(self, passages: Mapping[Key, Passage]) -> None:
        """Keep passages; what was not asked for in the meantime makes room."""
        if len(self._newer) + len(passages) > self._most:
            self._older, self._newer = self._newer, dict(passages)
        else:
            self._newer.update(passages)


def _bounds(analysis: Analysis, snapshot: Snapshot, sought: Sought) -> list[Sought]:
    """What is sought, within each of the agencies and in the years that the question is bound to; none where it is free."""
    agencies = analysis.agencies or tuple(agency for agency in snapshot.agencies if agency.default)
    keys = [agency.key for agency in agencies]
    if snapshot.publishers <= {*keys, ""}:
        # Nobody else has published anything: to look within them is to look everywhere.
        keys = []
    years = analysis.years
    if analysis.latest and not years:
        years = tuple({max((year for agency, year in snapshot.years if not keys or agency in keys), default=0)} - {0})
    if not keys and not years:
        return []
    return [replace(sought, agency=key, years=years) for key in keys or ("",)]


def _sought(analysis: Analysis, weighed: Sequence[Weighed], vocabulary: IndexVocabulary) -> Sought:
    """The tokens to look for: those of the question, and what documents say for them.

    What is said for a word that is published itself only adds to it; for one that is not, it stands in its place.
    """
    meant: dict[str, float] = {}
    for part in weighed:
        meant |= dict.fromkeys(bigrams(part.concept.meanings[:6]), 0.4 if part.published else 1.0)
    # Neighbours across an asking word still tell passages apart, by less.
    around, asked = analysis.surroundings, analysis.stretches
    # Single characters stand in half of all sections: they cost three quarters of a search, and tell little in a large folder.
    single = (around, asked) if vocabulary.sections <= LARGE else ((), ())
    return Sought(
        characters=dict.fromkeys(characters(single[0]), 0.5) | dict.fromkeys(characters(single[1]), 1.0),
        bigrams=meant | dict.fromkeys(bigrams(around), 0.5) | dict.fromkeys(bigrams(asked), 1.0),
        pinyin=dict.fromkeys((*pinyin_bigrams(around), *analysis.sounds), 0.5)
        | {sound: 1.0 for part in weighed for sound in part.concept.sounds},
    )
