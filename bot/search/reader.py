"""One open state of the index, asked: what was once looked up in it is known for as long as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import tantivy

from bot.search import schema
from bot.search.query import Sought, bound_query, bounds_of, tokens_query

# Tokens whose counts are kept, and sections whose keys are: the bigrams of everyday Chinese are fewer.
COUNTED, KEYS = 50_000, 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A section by its keys, with tantivy's BM25 score (more is better, no upper bound)."""

    document: str
    section: str
    score: float


class _Counts(dict[str, int]):
    """In how many sections each token stands in a field."""

    def __init__(self, read: Callable[[str], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, token: str) -> int:
        if len(self) >= COUNTED:
            self.clear()
        count = self[token] = self._read(token)
        return count


class Reader:
    """Answers from what one commit wrote; threads may share it.

    Args:
        distrust: told of what went wrong in reading, to raise what the caller is to see of it.

    Attributes:
        counts: in how many sections each token stands in each field.
        sections: how many there are.
    """

    def __init__(self, searcher: tantivy.Searcher, distrust: Callable[[BaseException], None]) -> None:
        self._searcher = searcher
        self._distrust = distrust
        self.counts: Mapping[str, Mapping[str, int]] = {
            field: _Counts(partial(self._count, field)) for field in (*schema.TOKEN_FIELDS, *schema.BOUND_FIELDS)
        }
        self._keys: dict[tuple[int, int], tuple[str, str]] = {}
        # The last question's tokens as a query: it is looked for within several bounds, one after the other.
        self._last: tuple[tuple[Mapping[str, float], ...], tantivy.Query] | None = None
        self.sections = searcher.num_docs - 1

    def _count(self, field: str, token: str) -> int:
        try:
            return self._searcher.doc_freq(field, token)
        except BaseException as error:
            self._distrust(error)
            raise

    def find(self, sought: Sought, limit: int) -> list[Found]:
        """The best sections, best first."""
        tokens = self._tokens(sought)
        within = bounds_of(sought)
        if tokens is None or not all(any(self.counts[name][value] for value in within[name]) for name in within):
            return []
        try:
            hits = self._searcher.search(bound_query(tokens, sought), limit, count=False).hits
            return [Found(*self._key(address), float(score)) for score, address in hits]
        except BaseException as error:
            self._distrust(error)
            raise

    def _tokens(self, sought: Sought) -> tantivy.Query | None:
        last, given = self._last, (sought.characters, sought.bigrams, sought.pinyin)
        if last is not None and all(one is other for one, other in zip(last[0], given, strict=True)):
            return last[1]
        query = tokens_query(sought, self.counts, self.sections)
        if query is not None:
            self._last = given, query
        return query

    def _key(self, address: tantivy.DocAddress) -> tuple[str, str]:
        place = address.segment_ord, address.doc
        key = self._keys.get(place)
        if key is None:
            entry = self._searcher.doc(address)
            key = str(entry[schema.DOCUMENT][0]), str(entry[schema.SECTION][0])
            if len(self._keys) >= KEYS:
                self._keys.clear()
            self._keys[place] = key
        return key
