"""What a knowledge folder holds besides its documents, and what there is to say of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from bot.model.applications import ApplicationRules
from bot.model.documents import Card
from bot.model.retention import Retention


class Severity(StrEnum):
    """How grave a Finding is: an error keeps its document back, a warning tells, a note explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What staff state of a file that has no front matter: who reviewed it, and (rule, reason) of each exception."""

    reviewed_by: str = ""
    exceptions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How a folder wants to be handled, from its settings.toml.

    Attributes:
        require_review: only documents that somebody else than their author has reviewed go out.
        opens: when the office is there on a working day; until `closes`.
        applications: how 依申请公开 is handled.
        keep_days: how long it is kept what citizens wrote and were told.
        bulletin: the month's bulletin is sent to the staff's group on the first working day after it.
        files: what is stated of files by their path inside the folder.
    """

    require_review: bool = False
    opens: time = time(9)
    closes: time = time(17)
    applications: ApplicationRules = field(default_factory=ApplicationRules)
    keep_days: int = Retention().days
    bulletin: bool = False
    files: Mapping[str, FileOptions] = field(default_factory=dict)
