"""What is published, by whom, and what the review says of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from bot.model.applications import ApplicationRules
from bot.model.retention import Retention


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


class Severity(StrEnum):
    """How grave a Finding is: an error keeps its document back, a warning tells, a note explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class AgencyContact:
    """联系方式 as staff stated them; an empty string is a fact nobody has stated."""

    name: str
    department: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    site: str = ""
    portal: str = ""
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """机关: who publishes. `key` is its table name in agencies.toml; `founded` is None where nobody stated it."""

    key: str
    contact: AgencyContact
    aliases: tuple[str, ...] = ()
    default: bool = False
    founded: date | None = None

    @property
    def name(self) -> str:
        """The agency's full name."""
        return self.contact.name

    def is_asked_by(self, key: str) -> bool:
        """Whether what names an agency by `key` is this one's; what names none is the default agency's."""
        return key == self.key or (self.default and not key)


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
        line: where it starts in its file, counted from 1; 0 where a file has no lines.
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


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary line: what documents say, and what people say for it."""

    term: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """标准问题: a question that staff expect a certain answer to; with neither expectation it must not be answered."""

    question: str
    expect_document: str = ""
    expect_text: str = ""
    label: str = ""
    line: int = 0

    @property
    def answerable(self) -> bool:
        """Whether something published is expected to answer it."""
        return bool(self.expect_document or self.expect_text)


@dataclass(frozen=True, slots=True)
class Finding:
    """审查意见: a remark of the review; `line` is 0 where it concerns the whole file.

    Attributes:
        rule: the name of what was broken, under which staff can state an exception; empty for what allows none.
    """

    severity: Severity
    path: str
    line: int
    reason: str
    remedy: str
    rule: str = ""

    def __str__(self) -> str:
        """``knowledge/items.csv:14: reason; remedy``."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.reason}; {self.remedy}" if self.remedy else f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was read: while nothing of it changes, what came of it stands.

    Attributes:
        path: inside the folder, with forward slashes.
        fingerprint: size, time and place on the disk; empty where its content has to be looked at next time.
        hash: of its content.
        basis: what else decided what came of it, the program and the agencies; empty where it is to be read next time.
        refused: whether nothing could be made of it.
        unknown: remarks on agencies that nobody knows, each of which is told once for the whole folder.
        findings: the other remarks of reading it; a finding of a file bears no path of its own.
    """

    path: str
    fingerprint: str = ""
    hash: str = ""
    basis: str = ""
    refused: bool = False
    cards: tuple[Card, ...] = ()
    unknown: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


class Stamp(NamedTuple):
    """A generation of what is published, and the token that tells it from one of the same number after a restore."""

    generation: int = 0
    token: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One entry of a document's history; `hash` is that of its whole content."""

    generation: int
    status: Status
    hash: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Options:
    """How a folder wants to be handled, from its settings.toml.

    Attributes:
        require_review: only documents that somebody else than their author has reviewed go out.
        opens: when the office is there on a working day; until `closes`.
        applications: how 依申请公开 is handled.
        keep_days: how long it is kept what citizens wrote and were told.
        bulletin: the month's bulletin is sent to the staff's group on the first working day after it.
    """

    require_review: bool = False
    opens: time = time(9)
    closes: time = time(17)
    applications: ApplicationRules = field(default_factory=ApplicationRules)
    keep_days: int = Retention().days
    bulletin: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a publishing did, as document ids; `refused` names files, and rows as file:line.

    Attributes:
        stamp: of what is published from then on; None where nothing was written.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    generation: int = 0
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def any(self) -> bool:
        """Whether anything that is published changed."""
        return bool(self.added or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is published at one generation, besides the documents themselves: what analysis and replies need at hand.

    Attributes:
        years: (agency key, year) of every published document that has a year, without repeats.
        publishers: keys of the agencies that have published anything.
    """

    generation: int
    agencies: tuple[Agency, ...] = ()
    glossary: tuple[Term, ...] = ()
    years: tuple[tuple[str, int], ...] = ()
    publishers: frozenset[str] = frozenset()

    @property
    def default_agency(self) -> Agency | None:
        """The agency that a question is taken to be for where it names none: the marked one, else the only one."""
        marked = [agency for agency in self.agencies if agency.default]
        if marked:
            return marked[0]
        return self.agencies[0] if len(self.agencies) == 1 else None

    @property
    def agency_names(self) -> Mapping[str, str]:
        """What the agencies are called, by their keys."""
        return {agency.key: agency.name for agency in self.agencies}
