"""A knowledge folder as it was read, and what may have changed in it since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.knowledge.file_options import excepted
from bot.knowledge.holdings import Holdings
from bot.knowledge.holdings.remarks import About
from bot.model import Agency, Card, Document, FileOptions, Finding, GoldenQuestion, KnownFile, Options, Severity, Term


@dataclass(frozen=True, slots=True)
class Noticed:
    """What may have changed in a folder since the last pass.

    Attributes:
        names: paths inside it, as its disk spells them: files, and folders with all that is in them; None where it may
            be anything.
        moving: paths of what is still being written; what is known of them stands.
    """

    names: frozenset[str] | None = None
    moving: frozenset[str] = frozenset()


EVERYTHING = Noticed()
_NOTHING = FileOptions()


@dataclass(frozen=True, slots=True)
class Folder:
    """A knowledge folder as read: what may be published and what reading has to say of it.

    What is held of it lies on disk, and goes on with the next pass.

    Attributes:
        name: its own, with which the paths of findings begin.
        small_remarks: what reading its small files remarked.
    """

    name: str
    holdings: Holdings
    agencies: tuple[Agency, ...] = ()
    glossary: tuple[Term, ...] = ()
    golden: tuple[GoldenQuestion, ...] = ()
    options: Options = field(default_factory=Options)
    small_remarks: tuple[Finding, ...] = ()

    @property
    def documents(self) -> Sequence[Document]:
        """Those of the files that were read this time, of every status, in the order of their paths."""
        return self.holdings.documents

    @property
    def cards(self) -> Sequence[Card]:
        """Of every document, also in the files that were left unread."""
        return self.holdings.cards

    @property
    def files(self) -> Sequence[KnownFile]:
        """Every file, as read this time or before."""
        return self.holdings.files

    @property
    def refused(self) -> frozenset[str]:
        """Paths of the files, inside the folder, that could not be read or may not be published as a whole."""
        return self.holdings.refused

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All remarks of reading."""
        return tuple(self.remarks(notes=True))

    def remarks(self, *, notes: bool) -> Iterator[Finding]:
        """Those of reading, with or without notes."""
        for finding in self.small_remarks:
            if notes or finding.severity is not Severity.NOTE:
                yield replace(finding, path=f"{self.name}/{finding.path}")
        stated, prefix = self.options.files, f"{self.name}/"
        for finding in self.holdings.remarks.tell((About.FILE,), prefix, notes=notes):
            own = stated.get(finding.path.removeprefix(prefix), _NOTHING)
            told = excepted(finding, own.exceptions)
            if notes or told.severity is not Severity.NOTE:
                yield told
