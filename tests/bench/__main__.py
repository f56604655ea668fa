"""``python -m tests.bench [--sizes 1000,3000,10000,100000] [--full]``: measure, and print the tables of docs/performance.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.corpus import write_folder
from tests.bench.house import Change, measure_changes, measure_publishing, measure_rebuild, measure_sync
from tests.bench.indexing import Build, measure_build
from tests.bench.peers import PEERS, Measured, measure_peer
from tests.bench.questions import Asked, make_questions
from tests.bench.report import Size, render
from tests.bench.serving import measure_resident, measure_start
from tests.bench.timing import Stopwatch, apart
from tests.bench.variants import try_variants
from tests.bench.walk import measure_walk

SIZES, FULL, QUESTIONS = (1_000, 3_000, 10_000, 100_000), 1_000_000, 300
# Below this, one way to ask the index is as good as another.
VARIANTS_FROM = 10_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size in turn, smallest first; what takes long is told on standard error."""
    options = _parse(arguments)
    sizes = sorted({*options.sizes, *([FULL] if options.full else [])})
    measured = [
        measure(sections, count=options.questions, peers=options.peers, variants=options.variants) for sections in sizes
    ]
    print(render(measured))  # noqa: T201


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="sections, with commas between; may be empty")
    parser.add_argument(
        "--full",
        action="store_true",
        help="a million sections as well: ten minutes, 3 GB of disk",
    )
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="only this bot")
    parser.add_argument("--no-variants", dest="variants", action="store_false", help="no other ways to ask the index")
    return parser.parse_args(arguments)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)


def measure(sections: int, *, count: int, peers: bool, variants: bool) -> Size:
    """Everything with one number of sections, each in a process of its own, in a scratch folder that is removed."""
    questions = make_questions(sections, count)
    with tempfile.TemporaryDirectory(prefix="bot-bench-") as scratch:
        root = Path(scratch)
        build: Build | None = None
        changes: list[Change] = []
        if sections < FULL:
            tell(sections, "writing the folder")
            write_folder(root / "knowledge", sections)
            tell(sections, "first sync")
            synced = apart(measure_sync, root)
        else:
            tell(sections, "publishing")
            synced, rebuild = apart(measure_publishing, root, sections)
        tell(sections, "the walk")
        walked = apart(measure_walk, root, questions, sections)
        tell(sections, "start and memory")
        start, resident = measure_start(root, questions[0].text), measure_resident(root, questions)
        tried = []
        if variants and sections >= VARIANTS_FROM:
            tell(sections, "ways to ask the index")
            tried = apart(try_variants, root, questions)
        if sections < FULL:
            tell(sections, "a changed file")
            changes = apart(measure_changes, root)
            tell(sections, "building the index")
            rebuild = apart(measure_rebuild, root)
            build = apart(measure_build, sections)
    rivals = _measure_peers(sections, questions) if peers else []
    return Size(sections, questions, synced, walked, build, rebuild, start, resident, changes, rivals, tried)


def _measure_peers(sections: int, questions: Sequence[Asked]) -> list[Measured]:
    found = []
    for name, peer in PEERS.items():
        if sections <= peer.most:
            tell(sections, name)
            measured = apart(measure_peer, name, sections, questions)
            if measured is None:
                tell(sections, f"{name}: not installed, left out")
            else:
                found.append(measured)
    return found


_begun = Stopwatch()


def tell(sections: int, what: str) -> None:
    """Say on standard error what is being measured."""
    print(f"{_begun.seconds():6.0f} s  {sections:>9,}  {what}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
