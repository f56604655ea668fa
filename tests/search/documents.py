"""Made-up documents, and how they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.language.normalise import fold
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.model import Document, Kind, Section
from bot.search import Found, Index, Sought


def document(name: str, *texts: str, title: str = "", year: int | None = 2017, agency: str = "zsj") -> Document:
    """A published document of one section for each text."""
    sections = tuple(Section(str(place), (f"{place}、概述",), text) for place, text in enumerate(texts, 1))
    return Document(name, title or name, Kind.REPORT, agency, sections, year=year)


def built(root: Path, documents: Sequence[Document], generation: int = 1) -> Index:
    """A new index of the documents."""
    index = Index(root)
    with index.locked():
        index.rebuild(documents, generation)
    return index


def exchange(path: Path, content: bytes) -> None:
    """Put another file in the place of one: whoever has that mapped into memory, as a thread of tantivy's may yet, keeps it.

    To be cut in place would end the process by SIGBUS.
    """
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def sought(
    question: str, *, agency: str = "", years: Sequence[int] = (), undated: bool = False, sounds: bool = False
) -> Sought:
    """A question's tokens, each of weight 1; by sound only where asked."""
    parts = runs(fold(question))
    pinyin = dict.fromkeys(pinyin_bigrams(parts), 1.0)
    if sounds:
        return Sought(pinyin=pinyin, agency=agency, years=years, undated=undated)
    return Sought(
        dict.fromkeys(characters(parts), 1.0), dict.fromkeys(bigrams(parts), 1.0), pinyin, agency, years, undated
    )


def keys(found: Sequence[Found]) -> list[str]:
    """What was found as ``document#section``, best first."""
    return [f"{hit.document}#{hit.section}" for hit in found]
