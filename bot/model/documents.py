"""What is published: documents, their passages, and what is known of each without them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model.agencies import AgencyContact


class Kind(StrEnum):
    """What a Document is: 年度报告, 信息条目, 指南, 通知."""

    REPORT = "report"
    ITEM = "item"
    GUIDE = "guide"
    NOTICE = "notice"


class Status(StrEnum):
    """Where a Document stands: 草稿, 已发布, 已撤下."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# Section ids of what stands outside a document's headings.
OPENING, SIGN_OFF = "0", "end"

# Those that a document begins with.
FIRST = ("0", "1")


@dataclass(frozen=True, slots=True)
class Section:
    """章节: a passage with its heading path, as published.

    Attributes:
        id: its place in the outline, counted from 1 at each level: "2", "2.1", "2.1.3"; "0" is what stands before the
            first heading, "end" the sign-off with its date; a document without headings is one section, "1".
        headings: the headings above it and its own, outermost first, numbering kept: ("二、主动公开…", "（一）数量").
        text: the passage without its own heading; a section with nothing of its own but short subsections holds those.
        line: where it starts in its file, counted from 1, a page where it has pages; 0 where it has neither.
    """

    id: str
    headings: tuple[str, ...]
    text: str
    line: int = 0

    @property
    def name(self) -> str:
        """What it is found by besides its words: its own heading; 发布日期 for a sign-off; empty for the rest."""
        if self.headings:
            return self.headings[-1]
        return "发布日期" if self.id == SIGN_OFF else ""


def handle_of(document: str) -> str:
    """A short name for a document id that fits where space is scarce: 12 characters of A-Z a-z 0-9 - _, the same for ever."""
    return base64.urlsafe_b64encode(hashlib.sha256(document.encode()).digest()[:9]).decode()


@dataclass(frozen=True, slots=True)
class Document:
    """公开信息: one published thing.

    Attributes:
        id: its path inside the folder without suffix, or the 索引号 of a catalogue's row.
        agency: key of the Agency.
        year: the year that it reports on or was formed in; None where nothing tells.
        inferred: names of the fields that were not stated but read from title, path or text.
        path: its file inside the folder, with forward slashes.
        contact: that its text names itself (联系电话, 办公地址, …); None where it names none.
    """

    id: str
    title: str
    kind: Kind
    agency: str
    sections: tuple[Section, ...]
    status: Status = Status.PUBLISHED
    category: str = ""
    year: int | None = None
    formed_on: date | None = None
    published_on: date | None = None
    number: str = ""
    index_number: str = ""
    source: str = ""
    reviewed_by: str = ""
    aliases: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    path: str = ""
    contact: AgencyContact | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a document states it.

    Attributes:
        measure: what is counted, in comparable form.
        year: as its clause names it; None where it is the document's own.
    """

    measure: str
    unit: str
    value: int
    year: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """A document without its passages: what the review has to know of each, also of those whose files are left unread.

    Attributes:
        line: where its first passage starts in its file.
        digest: of its text in comparable form; two documents of the same one are duplicates.
        figures: what it states that another document could state otherwise.
        links: (line, path) of the files inside the folder that its text leads to.
        contact: whether it names a contact of its own.
        author: who wrote it, as the file states; somebody else has to be `reviewed_by`.
    """

    id: str
    title: str
    kind: Kind
    agency: str
    status: Status
    year: int | None
    formed_on: date | None
    published_on: date | None
    inferred: tuple[str, ...]
    path: str
    line: int
    digest: str = ""
    figures: tuple[Figure, ...] = ()
    links: tuple[tuple[int, str], ...] = ()
    contact: bool = False
    reviewed_by: str = ""
    author: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is one row of its file, and not the whole of it."""
        return not self.path.startswith(f"{self.id}.")


def card_of(document: Document) -> Card:
    """The card of a document as it was read, without what only a look at its text tells."""
    return Card(
        id=document.id,
        title=document.title,
        kind=document.kind,
        agency=document.agency,
        status=document.status,
        year=document.year,
        formed_on=document.formed_on,
        published_on=document.published_on,
        inferred=document.inferred,
        path=document.path,
        line=document.sections[0].line,
        contact=document.contact is not None,
        reviewed_by=document.reviewed_by,
    )
