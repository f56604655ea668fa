"""A question's tokens to a tantivy query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import tantivy

from bot.search import schema

# Weights of the fields in one query, from the retrieval experiments in docs/matching.md.
FIELD_WEIGHTS: Mapping[str, float] = {
    schema.CHARACTERS: 0.8,
    schema.BIGRAMS: 1.0,
    schema.PINYIN: 1.0,
    schema.TITLE: 0.5,
}


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


def build_query(sought: Sought, index_schema: tantivy.Schema) -> tantivy.Query:
    """Any of the tokens, each by its field's weight and its own, within the filters."""
    wanted = [
        (tantivy.Occur.Should, _weighted(index_schema, name, token, FIELD_WEIGHTS[name] * weight))
        for name, weights in token_weights(sought)
        for token, weight in weights.items()
    ]
    if not wanted:
        return tantivy.Query.empty_query()
    anything = tantivy.Query.boolean_query(wanted)
    filters = _filters(sought, index_schema)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, anything), *filters]) if filters else anything


def _weighted(index_schema: tantivy.Schema, name: str, token: str, weight: float) -> tantivy.Query:
    return tantivy.Query.boost_query(tantivy.Query.term_query(index_schema, name, token, "freq"), weight)


def _filters(sought: Sought, index_schema: tantivy.Schema) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    filters = []
    if sought.agency:
        filters.append(_one_of(index_schema, schema.AGENCY, (sought.agency,)))
    if sought.years or sought.undated:
        names = [str(year) for year in sought.years] + ([schema.UNDATED] if sought.undated else [])
        filters.append(_one_of(index_schema, schema.YEAR, names))
    return filters


def _one_of(index_schema: tantivy.Schema, name: str, values: Collection[str]) -> tuple[tantivy.Occur, tantivy.Query]:
    # By term, and weighing nothing: a filter must not add to the score, and a term set costs three times the search.
    terms = [
        (
            tantivy.Occur.Should,
            tantivy.Query.boost_query(tantivy.Query.term_query(index_schema, name, value, "basic"), 0.0),
        )
        for value in values
    ]
    return (tantivy.Occur.Must, tantivy.Query.boolean_query(terms))
