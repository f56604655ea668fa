"""Published documents as they are listed, without their passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model.documents import Kind


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list.

    Attributes:
        section: the first of the document's passages.
        date: when it was published, else formed; None where neither is known.
    """

    document: str
    section: str
    title: str
    year: int | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """How many documents of a kind, year and category are published; `year` is None, `category` empty where unknown."""

    kind: Kind
    year: int | None
    category: str
    documents: int


@dataclass(frozen=True, slots=True)
class YearsDocument:
    """A document as a year's report counts it."""

    id: str
    category: str
