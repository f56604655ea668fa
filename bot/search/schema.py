"""What is indexed of a Section: four token fields for matching, and raw fields to find and to filter by."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import tantivy

from bot.language import tokens
from bot.language.normalise import fold
from bot.language.periods import years_in
from bot.model import Document, Section

# Raise it when the fields or the tokens change: an index of another version is rebuilt.
VERSION = 2

CHARACTERS = "characters"
BIGRAMS = "bigrams"
PINYIN = "pinyin"
TITLE = "title"
TOKEN_FIELDS = (CHARACTERS, BIGRAMS, PINYIN, TITLE)

DOCUMENT = "document"
SECTION = "section"
AGENCY = "agency"
YEAR = "year"
STAMP = "stamp"
BOUND_FIELDS = (AGENCY, YEAR)

UNDATED = "undated"


def _build() -> tantivy.Schema:
    """Token fields are cut at spaces only, since the text is tokenised by the language room before it comes here."""
    builder = tantivy.SchemaBuilder()
    for name in TOKEN_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    for name in (DOCUMENT, SECTION):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (AGENCY, YEAR, STAMP):
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _build()


class _Tokens(NamedTuple):
    """A text's tokens of each kind, a space between them."""

    characters: str
    bigrams: str
    pinyin: str


def _tokenise(text: str) -> _Tokens:
    runs = tokens.runs(fold(text))
    characters, bigrams = tokens.characters(runs), tokens.bigrams(runs)
    return _Tokens(" ".join(characters), " ".join(bigrams), tokens.spaced_pinyin_bigrams(runs))


# Reports have their headings in common, year after year and agency after agency.
_tokenise_name = lru_cache(maxsize=4096)(_tokenise)


def entries(document: Document) -> list[tantivy.Document]:
    """One index entry for each section of a document."""
    title = _tokenise(" ".join((document.title, *document.aliases, document.category)))
    return [_entry(document, section, title) for section in document.sections]


def _entry(document: Document, section: Section, title: _Tokens) -> tantivy.Document:
    heading = _tokenise_name(" ".join((*section.headings[:-1], section.name)))
    text = _tokenise(section.text)
    entry = tantivy.Document()
    for name, *parts in zip((CHARACTERS, BIGRAMS, PINYIN), title, heading, text, strict=True):
        entry.add_text(name, " ".join(parts))
    entry.add_text(TITLE, f"{title.bigrams} {heading.bigrams}")
    entry.add_text(DOCUMENT, document.id)
    entry.add_text(SECTION, section.id)
    entry.add_text(AGENCY, document.agency)
    for year in covered_years(document, section):
        entry.add_text(YEAR, year)
    return entry


def covered_years(document: Document, section: Section) -> tuple[str, ...]:
    """The years that a section speaks for: its document's own; without one, ``undated`` and those that it names."""
    if document.year is not None:
        return (str(document.year),)
    named = dict.fromkeys(years_in(" ".join((document.title, *section.headings, section.text))))
    return (UNDATED, *map(str, named))
