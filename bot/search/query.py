"""A question's tokens to a tantivy query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

import tantivy

from bot.search import schema

# Weights of the fields in one query, from the retrieval experiments in docs/matching.md.
FIELD_WEIGHTS: Mapping[str, float] = {
    schema.CHARACTERS: 0.8,
    schema.BIGRAMS: 1.0,
    schema.PINYIN: 1.0,
    schema.TITLE: 0.5,
}


# Above so many sections a search leaves out what tells least, as measured in docs/performance.md.
LARGE, LEFT_OUT = 20_000, 0.1


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for.

    Attributes:
        characters, bigrams, pinyin: token to weight, 1 for a word of the question itself and less for a glossary's.
        agency: only this agency's sections; empty for all.
        years: only sections that speak for one of these years; empty for all.
        undated: sections of documents without a year; with `years`, these too.
    """

    characters: Mapping[str, float] = field(default_factory=dict)
    bigrams: Mapping[str, float] = field(default_factory=dict)
    pinyin: Mapping[str, float] = field(default_factory=dict)
    agency: str = ""
    years: Collection[int] = ()
    undated: bool = False


def token_weights(sought: Sought) -> tuple[tuple[str, Mapping[str, float]], ...]:
    """What is looked for in each field; a title is matched by its bigrams."""
    return (
        (schema.CHARACTERS, sought.characters),
        (schema.BIGRAMS, sought.bigrams),
        (schema.PINYIN, sought.pinyin),
        (schema.TITLE, sought.bigrams),
    )


def tokens_query(sought: Sought, counts: Mapping[str, Mapping[str, int]], sections: int) -> tantivy.Query | None:
    """Any of the tokens, each by its field's weight and its own; None where nothing has any of them.

    Args:
        sought: its filters are not looked at.
        counts: in how many sections each token stands in each field; what stands nowhere is not asked for.
        sections: how many there are.
    """
    terms = [
        (count, weight, name, token)
        for name, weights in token_weights(sought)
        for token, weight in weights.items()
        if (count := counts[name][token])
    ]
    if sections > LARGE:
        terms = _without_common(terms, sections)
    wanted = [(tantivy.Occur.Should, _term(name, token, weight)) for _, weight, name, token in terms]
    return tantivy.Query.boolean_query(wanted) if wanted else None


_Term = tuple[int, float, str, str]
"""In how many sections it stands, its own weight, its field and token."""


def _without_common(terms: Sequence[_Term], sections: int) -> list[_Term]:
    """Without the most common ones, for as long as what is left out weighs no more than `LEFT_OUT` of them all.

    What stands in most sections takes most of the time, and tells them apart the least.
    """
    kept = sorted(terms)
    told = [
        FIELD_WEIGHTS[name] * weight * log(1 + (sections - count + 0.5) / (count + 0.5))
        for count, weight, name, _ in kept
    ]
    most = LEFT_OUT * sum(told)
    while kept and (most := most - told.pop()) >= 0:
        kept.pop()
    return kept


def bound_query(tokens: tantivy.Query, sought: Sought) -> tantivy.Query:
    """The tokens within the filters."""
    filters = [_one_of(name, values) for name, values in bounds_of(sought).items()]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, tokens), *filters]) if filters else tokens


# Two objects of tantivy's for each token, and the same ones in one question after another.
@lru_cache(maxsize=20_000)
def _term(name: str, token: str, weight: float) -> tantivy.Query:
    term = tantivy.Query.term_query(schema.SCHEMA, name, token, "freq")
    return tantivy.Query.boost_query(term, FIELD_WEIGHTS[name] * weight)


def bounds_of(sought: Sought) -> dict[str, tuple[str, ...]]:
    """The fields that are filtered by, and the values of which one must stand in each."""
    bounds: dict[str, tuple[str, ...]] = {}
    if sought.agency:
        bounds[schema.AGENCY] = (sought.agency,)
    if sought.years or sought.undated:
        bounds[schema.YEAR] = (*map(str, sought.years), *([schema.UNDATED] if sought.undated else []))
    return bounds


def _one_of(name: str, values: Collection[str]) -> tuple[tantivy.Occur, tantivy.Query]:
    # By term, and weighing nothing: a filter must not add to the score, and a term set costs three times the search.
    terms = [
        (
            tantivy.Occur.Should,
            tantivy.Query.boost_query(tantivy.Query.term_query(schema.SCHEMA, name, value, "basic"), 0.0),
        )
        for value in values
    ]
    return (tantivy.Occur.Must, tantivy.Query.boolean_query(terms))
