"""The program as it is run: from its start to the first answer, and what it holds in memory while it answers."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

import bot
from tests.bench.house import environment_of
from tests.bench.questions import Asked

STARTS = 5
# The program is run from the sources that this process runs from, wherever it was started.
_SOURCES = Path(bot.__file__).parents[1]
_PROGRAM = (sys.executable, "-m", "bot", "ask")


@dataclass(frozen=True, slots=True)
class Start:
    """From the call of ``bot ask`` to its end with one answer: the median of a few."""

    seconds: float
    cpu_seconds: float


def measure_start(root: Path, question: str) -> Start:
    """Start the program for one question, a few times."""
    seconds, cpu_seconds = [], []
    for _ in range(STARTS):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            (*_PROGRAM, question), check=True, stdout=subprocess.DEVNULL, env=_environment(root), cwd=_SOURCES
        )
        seconds.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Start(median(seconds), median(cpu_seconds))


@dataclass(frozen=True, slots=True)
class Resident:
    """Bytes in memory of a process that has answered.

    Attributes:
        rss: all pages in memory, the mapped index among them.
        pss: the same, pages that other processes share by their share.
        mapped_index: those of `rss` that are the index's files, which the kernel takes back when it needs room.
    """

    rss: int
    pss: int
    mapped_index: int


def measure_resident(root: Path, questions: Sequence[Asked]) -> Resident:
    """Ask every question of one process, and look at it before it ends."""
    with subprocess.Popen(
        (*_PROGRAM, "--json"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(root),
        cwd=_SOURCES,
    ) as process:
        told, heard = _piped(process.stdin), _piped(process.stdout)
        for asked in questions:
            told.write(asked.text + "\n")
            told.flush()
            heard.readline()
        resident = _resident(process.pid, root / "index")
        told.close()
    return resident


def _resident(process: int, index: Path) -> Resident:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    mapped, of_index = 0, False
    for line in Path(f"/proc/{process}/smaps").read_text(encoding="utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            of_index = str(index) in line
        elif of_index and line.startswith("Rss:"):
            mapped += int(line.split()[1]) * 1024
    return Resident(_kilobytes(rollup, "Rss") * 1024, _kilobytes(rollup, "Pss") * 1024, mapped)


def _kilobytes(rollup: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def _piped(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _environment(root: Path) -> dict[str, str]:
    return dict(os.environ) | environment_of(root)
