"""``python -m tests.bench.folder [--documents 1000,10000]``: a folder of many small files, read for the first time and again."""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app import App
from bot.knowledge import Noticed
from tests.bench.corpus import as_markdown, make_report
from tests.bench.corpus import write_folder as write_agencies
from tests.bench.house import settings_in
from tests.bench.timing import Stopwatch, apart

DOCUMENTS, SECTIONS_EACH = (1_000, 10_000), 4
# Files that are saved anew at once, as a checkout does.
CHECKOUT = 2_000


@dataclass(frozen=True, slots=True)
class Sync:
    """What one sync took; `processes` is the CPU time of those that read for it, `peak` this process's size in bytes."""

    seconds: float
    cpu_seconds: float
    processes: float
    peak: int


def write_small_reports(root: Path, documents: int) -> None:
    """Reports of a few sections each, saved a day ago."""
    write_agencies(root, 0)
    then = time.time() - 86_400
    for number in range(documents):
        report = make_report(number).document
        path = root / f"{report.id}.md"
        short = replace(report, sections=report.sections[:SECTIONS_EACH])
        path.write_text(as_markdown(short), encoding="utf-8")
        os.utime(path, (then, then))


def measure_sync(root: Path) -> Sync:
    """Sync as a process does that has just begun."""
    with App(settings_in(root)) as app:
        watch, before = Stopwatch(), _of_processes()
        app.sync()
        seconds, cpu_seconds = watch.seconds(), watch.cpu_seconds()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Sync(seconds, cpu_seconds, _of_processes() - before, peak)


def measure_saved(root: Path) -> Sync:
    """Sync once more after one file was saved, as a process does that goes on and was told of it."""
    with App(settings_in(root)) as app:
        app.sync()
        # The first change after a start opens the index for it.
        for _ in range(2):
            names = save_anew(root, 1)
            app.sync(Noticed(names))
        names = save_anew(root, 1)
        watch, before = Stopwatch(), _of_processes()
        app.sync(Noticed(names))
        seconds, cpu_seconds = watch.seconds(), watch.cpu_seconds()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Sync(seconds, cpu_seconds, _of_processes() - before, peak)


def _of_processes() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def save_anew(root: Path, count: int) -> frozenset[str]:
    """Change the first files by a sentence; their paths inside the folder."""
    paths = sorted((root / "knowledge" / "reports").iterdir())[:count]
    for path in paths:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n补充说明{time.time_ns()}。\n")
    return frozenset(f"reports/{path.name}" for path in paths)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each number of documents, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.folder", description=__doc__)
    parser.add_argument("--documents", type=_numbers, default=DOCUMENTS, help="with commas between")
    options = parser.parse_args(arguments)
    head = "documents | what | s | CPU s | CPU s of reading processes | documents/s | peak, MB"
    print(f"| {head} |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: |")  # noqa: T201
    for documents in options.documents:
        with tempfile.TemporaryDirectory(prefix="bot-bench-") as scratch:
            root = Path(scratch)
            write_small_reports(root / "knowledge", documents)
            _tell(documents, "first sync", apart(measure_sync, root))
            _tell(documents, "nothing changed", apart(measure_sync, root))
            save_anew(root, 1)
            _tell(documents, "one changed", apart(measure_sync, root))
            _tell(documents, "one more, in a process that goes on", apart(measure_saved, root))
            changed = min(documents, CHECKOUT)
            save_anew(root, changed)
            _tell(documents, f"{changed:,} changed", apart(measure_sync, root))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)


def _tell(documents: int, what: str, sync: Sync) -> None:
    speed = f"{documents / sync.seconds:,.0f}" if what == "first sync" else ""
    row = f"{documents:,} | {what} | {sync.seconds:.2f} | {sync.cpu_seconds:.2f} | {sync.processes:.2f} | {speed}"
    print(f"| {row} | {sync.peak / 1_000_000:,.0f} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
