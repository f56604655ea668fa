"""What is published at one time, and how one publishing differs from the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.model.agencies import Agency
from bot.model.documents import Status
from bot.model.folders import Term


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
