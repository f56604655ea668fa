"""Other ways to ask the index, on the very searches that the walk makes: what they take, and what they find."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from statistics import median
from unittest.mock import patch

import tantivy

from bot.app import App
from bot.language.normalise import fold
from bot.language.tokens import characters, runs
from bot.model import Document, Section
from bot.search import LARGE, Found, Index, Sought, schema
from bot.search.query import FIELD_WEIGHTS, token_weights
from tests.bench.house import settings_in
from tests.bench.questions import Asked
from tests.bench.timing import Stopwatch

# How many times as many are fetched where they are scored once more.
WIDE = 3
ROUNDS = 3
# A variant is tried on the first questions until this much CPU is spent; on that many at least.
BUDGET_SECONDS, AT_LEAST = 20.0, 100
_ALL = schema.TOKEN_FIELDS
_KEY = tuple[str, str]
# What is sought, and how many of it.
Search = tuple[Sought, int]


class Overheard(Index):
    """An index that remembers what it was asked."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.searches: list[Search] = []

    def find(self, sought: Sought, limit: int) -> list[Found]:
        """Remember it, and find it."""
        self.searches.append((sought, limit))
        return super().find(sought, limit)


def overhear(root: Path, questions: Sequence[Asked], characters_up_to: int = LARGE) -> list[list[Search]]:
    """The searches that the walk makes for each question."""
    with patch("bot.library.LARGE", characters_up_to), App(settings_in(root)) as app:
        index = Overheard(app.settings.index)
        app.index = index
        searches = []
        for asked in questions:
            index.searches = []
            app.ask(asked.text, record=False)
            searches.append(index.searches)
    return searches


@dataclass(frozen=True, slots=True)
class Tried:
    """What a variant took and found.

    Attributes:
        milliseconds: of CPU, for all searches of a question; of those that it was tried on, in their order.
        free, bound: the median of one search without and with a filter.
        recall: the share of the questions whose section is among what its searches found, up to 20 each.
    """

    name: str
    milliseconds: list[float]
    free: float
    bound: float
    recall: float


def try_variants(root: Path, questions: Sequence[Asked]) -> list[Tried]:
    """Ask every variant every search of every question that something answers."""
    as_they_are, with_characters = overhear(root, questions), overhear(root, questions, sys.maxsize)
    with App(settings_in(root)) as app:
        bench = Bench(app)
        tried = [bench.measure("as it is (`Index.find`)", bench.as_it_is, questions, as_they_are)]
        tried += [bench.measure(name, find, questions, with_characters) for name, find in bench.variants().items()]
        return tried


Find = Callable[[Sought, int], Sequence[_KEY]]


class Bench:
    """The variants over one index."""

    def __init__(self, app: App) -> None:
        self._index = app.index
        self._disclosures = app.store.disclosures
        build = (self._index.root / "CURRENT").read_text(encoding="utf-8").strip()
        self._searcher = tantivy.Index.open(str(self._index.root / build)).searcher()
        self._passages: dict[_KEY, tuple[Document, Section]] = {}
        self._characters: dict[_KEY, frozenset[str]] = {}

    def variants(self) -> dict[str, Find]:
        """Name to what finds."""
        lean = (schema.BIGRAMS, schema.PINYIN)
        return {
            "all four fields": partial(self._find, fields=_ALL),
            "bigrams, pinyin, title": partial(self._find, fields=(*lean, schema.TITLE)),
            "bigrams, pinyin": partial(self._find, fields=lean),
            "bigrams": partial(self._find, fields=(schema.BIGRAMS,)),
            "bigrams, pinyin: thrice as many, rescored by characters in Python": partial(self._rescored, fields=lean),
            "bigrams, pinyin: thrice as many, all four asked within them": partial(self._asked_again, fields=lean),
            "all four, without tokens in over 20% of sections": partial(self._find, fields=_ALL, common=0.2),
            "all four, without tokens in over 5%": partial(self._find, fields=_ALL, common=0.05),
            "bigrams, pinyin, without tokens in over 20%": partial(self._find, fields=lean, common=0.2),
            "bigrams, pinyin, without tokens in over 5%": partial(self._find, fields=lean, common=0.05),
            "bigrams, pinyin, without over 5%: thrice as many, rescored in Python": partial(
                self._rescored, fields=lean, common=0.05
            ),
        }

    def measure(self, name: str, find: Find, questions: Sequence[Asked], searches: Sequence[Sequence[Search]]) -> Tried:
        """Time a variant over a few rounds; what it has to load from the database is loaded before."""
        milliseconds: list[float] = []
        free: list[float] = []
        bound: list[float] = []
        hits: list[bool] = []
        spending = Stopwatch()
        for asked, row in zip(questions, searches, strict=True):
            if len(milliseconds) >= AT_LEAST and spending.cpu_seconds() > BUDGET_SECONDS:
                break
            found = [key for sought, limit in row for key in find(sought, limit)]
            if asked.document:
                hits.append((asked.document, asked.section) in found)
            if not row:
                # Small talk is not looked for.
                milliseconds.append(0.0)
                continue
            times = [[_timed(find, sought, limit) for sought, limit in row] for _ in range(ROUNDS)]
            milliseconds.append(median(map(sum, times)))
            for (sought, _), spent in zip(row, map(median, zip(*times, strict=True)), strict=True):
                (bound if sought.agency or sought.years or sought.undated else free).append(spent)
        return Tried(name, milliseconds, median(free), median(bound or [0.0]), sum(hits) / len(hits))

    def as_it_is(self, sought: Sought, limit: int) -> list[_KEY]:
        """What the bot itself does."""
        return [(hit.document, hit.section) for hit in self._index.find(sought, limit)]

    def _find(self, sought: Sought, limit: int, *, fields: Sequence[str], common: float = 1.0) -> list[_KEY]:
        return [key for key, _ in self._scored(sought, fields, common, limit)]

    def _scored(self, sought: Sought, fields: Sequence[str], common: float, limit: int) -> list[tuple[_KEY, float]]:
        wanted = [
            (tantivy.Occur.Should, self._term(name, token, FIELD_WEIGHTS[name] * weight))
            for name, weights in token_weights(sought)
            if name in fields
            for token, weight in self._rare(name, weights, common).items()
        ]
        return self._search(wanted, self._filters(sought), limit)

    def _rare(self, name: str, weights: Mapping[str, float], common: float) -> Mapping[str, float]:
        """Those that stand in few enough sections; all of them where hardly one does."""
        if common >= 1:
            return weights
        most = common * self._searcher.num_docs
        rare = {token: weight for token, weight in weights.items() if self._searcher.doc_freq(name, token) <= most}
        return rare if len(rare) > 2 else weights

    def _search(
        self,
        wanted: Sequence[tuple[tantivy.Occur, tantivy.Query]],
        filters: Sequence[tantivy.Query],
        limit: int,
    ) -> list[tuple[_KEY, float]]:
        if not wanted:
            return []
        query = tantivy.Query.boolean_query(wanted)
        if filters:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, part) for part in (query, *filters)],
            )
        hits = self._searcher.search(query, limit, count=False).hits
        entries = ((self._searcher.doc(address), score) for score, address in hits)
        return [((str(entry["document"][0]), str(entry["section"][0])), float(score)) for entry, score in entries]

    def _term(self, name: str, token: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(schema.SCHEMA, name, token, "freq"), weight)

    def _filters(self, sought: Sought) -> list[tantivy.Query]:
        filters = []
        if sought.agency:
            filters.append(self._any_of(schema.AGENCY, (sought.agency,)))
        if sought.years or sought.undated:
            undated = [schema.UNDATED] if sought.undated else []
            filters.append(self._any_of(schema.YEAR, [*map(str, sought.years), *undated]))
        return filters

    def _any_of(self, name: str, values: Iterable[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(schema.SCHEMA, name, value, "basic") for value in values]
        return tantivy.Query.boost_query(
            tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]), 0.0
        )

    def _rescored(self, sought: Sought, limit: int, *, fields: Sequence[str], common: float = 1.0) -> list[_KEY]:
        """Add to each of thrice as many what of the question's characters it holds, each by how rare it is."""
        scored = self._scored(sought, fields, common, WIDE * limit)
        total = self._searcher.num_docs
        worth = {
            token: FIELD_WEIGHTS[schema.CHARACTERS] * weight * log(1 + total / (count + 0.5))
            for token, weight in sought.characters.items()
            if (count := self._searcher.doc_freq(schema.CHARACTERS, token))
        }
        holding = self._characters_of([key for key, _ in scored])
        scored = [
            (key, score + sum(value for token, value in worth.items() if token in holding[key]))
            for key, score in scored
        ]
        return [key for key, _ in sorted(scored, key=lambda pair: -pair[1])[:limit]]

    def _characters_of(self, keys: Sequence[_KEY]) -> Mapping[_KEY, frozenset[str]]:
        missing = [key for key in keys if key not in self._characters]
        if missing:
            for key, (document, section) in self._disclosures.find_sections(missing).items():
                folded = fold(f"{document.title} {' '.join(section.headings)} {section.text}")
                self._characters[key] = frozenset(characters(runs(folded)))
        return self._characters

    def _asked_again(self, sought: Sought, limit: int, *, fields: Sequence[str]) -> list[_KEY]:
        """Ask all four fields within the documents of thrice as many."""
        documents = dict.fromkeys(key[0] for key, _ in self._scored(sought, fields, 1.0, WIDE * limit))
        if not documents:
            return []
        wanted = [
            (tantivy.Occur.Should, self._term(name, token, FIELD_WEIGHTS[name] * weight))
            for name, weights in token_weights(sought)
            for token, weight in weights.items()
        ]
        within = [self._any_of(schema.DOCUMENT, documents), *self._filters(sought)]
        return [key for key, _ in self._search(wanted, within, limit)]


def _timed(find: Find, sought: Sought, limit: int) -> float:
    watch = Stopwatch()
    find(sought, limit)
    return watch.cpu_seconds() * 1000
