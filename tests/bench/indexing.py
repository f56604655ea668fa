"""How fast an index is built, and how large it is."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.search import Index
from tests.bench.corpus import make_reports
from tests.bench.house import size_of
from tests.bench.timing import Stopwatch


@dataclass(frozen=True, slots=True)
class Build:
    """What building an index took."""

    sections: int
    seconds: float
    cpu_seconds: float
    bytes: int

    @property
    def sections_per_second(self) -> float:
        """Sections indexed in a second by the clock on the wall."""
        return self.sections / self.seconds

    @property
    def bytes_per_section(self) -> float:
        """What a section takes on disk."""
        return self.bytes / self.sections


def measure_build(sections: int) -> Build:
    """Build an index of the made-up reports, held in memory, in a scratch folder."""
    documents = [report.document for report in make_reports(sections)]
    with tempfile.TemporaryDirectory(prefix="bot-bench-") as scratch:
        index = Index(Path(scratch) / "index")
        watch = Stopwatch()
        with index.locked():
            index.rebuild(documents, 1)
        return Build(index.sections, watch.seconds(), watch.cpu_seconds(), size_of(index.root))
