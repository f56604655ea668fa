"""Measurements to the Markdown tables of docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.house import Change, Synced
from tests.bench.indexing import Build
from tests.bench.peers import Measured
from tests.bench.questions import KINDS, Asked
from tests.bench.serving import Resident, Start
from tests.bench.timing import percentile
from tests.bench.variants import Tried
from tests.bench.walk import Walked, count_ranks, refused

MEGABYTE = 1_000_000
AGAINST_PEERS, FULL = 100_000, 1_000_000
# At so many sections this share of all questions is to take at most so many milliseconds.
SPEED = {3_000: (0.5, 1.5), AGAINST_PEERS: (0.99, 6.0), FULL: (0.99, 35.0)}
# How many times as fast as a peer the walk is to be.
FASTER = {"rapidfuzz": 100, "SQLite FTS5": 20}


@dataclass(frozen=True, slots=True)
class Size:
    """All that was measured with one number of sections; an empty list is what was not."""

    sections: int
    questions: Sequence[Asked]
    synced: Synced
    walked: Walked
    build: Build | None
    rebuild: tuple[float, float]
    start: Start
    resident: Resident
    changes: Sequence[Change]
    peers: Sequence[Measured]
    tried: Sequence[Tried]

    @property
    def warm(self) -> str:
        """p50 and p99 of the walk, warm."""
        return f"{percentile(self.walked.warm, 0.5):.2f} | {percentile(self.walked.warm, 0.99):.2f}"


def render(sizes: Sequence[Size]) -> str:
    """Every table, under headings of its own."""
    with_peers = [size for size in sizes if size.peers]
    parts = [
        _machine(),
        "### The walk of a question, CPU milliseconds\n",
        _table(
            "sections | first p50 | first p99 | warm p50 | warm p99 | warm, recorded p50 | p99 | by the clock p50 | "
            "recall@1 | recall@10 | foreign ones not answered",
            map(_walk_row, sizes),
        ),
        "### Building and publishing\n",
        _table(
            "sections | index built, sections/s | a CPU second | rebuilt from the database, sections/s | a CPU second | "
            "first sync, sections/s | a CPU second | its peak, MB | index, bytes/section | database, bytes/section",
            map(_build_row, sizes),
        ),
        "### A running process\n",
        _table(
            "sections | RSS, MB | PSS, MB | of it mapped index, MB | start to first answer, s | of CPU, s | "
            "changed file live, s | of CPU, s | again, s | of CPU, s",
            map(_running_row, sizes),
        ),
        "### Side by side, CPU milliseconds a question\n",
        "\n".join(f"{size.sections:,} sections\n\n{_peers_table(size)}" for size in with_peers),
        "### recall@1 by kind of question\n",
        "\n".join(f"{size.sections:,} sections\n\n{_kinds_table(size)}" for size in with_peers[-1:]),
        "### Ways to ask the index\n",
        "\n".join(f"{size.sections:,} sections\n\n{_variants_table(size)}" for size in sizes if size.tried),
        "### Targets\n",
        _table("target | measured | met", _targets(sizes)),
    ]
    return "\n".join(parts)


def _machine() -> str:
    name = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores of {name}, Python {platform.python_version()}.\n"


def _table(head: str, rows: Iterable[str]) -> str:
    rule = " | ".join(["---", *["---:"] * head.count(" | ")])
    return "".join(f"| {row} |\n" for row in (head, rule, *rows))


def _percentiles(values: Sequence[float]) -> str:
    return f"{percentile(values, 0.5):.2f} | {percentile(values, 0.99):.2f}"


def _walk_row(size: Size) -> str:
    walked = size.walked
    ranks = count_ranks(size.questions, walked.found)
    return " | ".join(
        (
            f"{size.sections:,}",
            _percentiles(walked.first),
            _percentiles(walked.warm),
            _percentiles(walked.recorded),
            f"{percentile(walked.recorded_wall, 0.5):.2f}",
            f"{ranks.at_one:.3f} | {ranks.at_ten:.3f}",
            f"{refused(size.questions, walked):.2f}",
        )
    )


def _build_row(size: Size) -> str:
    build, synced = size.build, size.synced
    return " | ".join(
        (
            f"{size.sections:,}",
            f"{build.sections_per_second:,.0f}" if build else "–",
            f"{build.sections / build.cpu_seconds:,.0f}" if build else "–",
            *(f"{size.sections / seconds:,.0f}" for seconds in size.rebuild),
            *(f"{synced.sections / seconds:,.0f}" for seconds in (synced.seconds, synced.cpu_seconds)),
            f"{synced.peak / MEGABYTE:,.0f}",
            f"{synced.index_bytes / synced.sections:,.0f}",
            f"{synced.database_bytes / synced.sections:,.0f}",
        )
    )


def _running_row(size: Size) -> str:
    resident, start = size.resident, size.start
    changes = [(change.seconds, change.cpu_seconds) for change in size.changes]
    # The first is that of a process just begun; of the others the quickest.
    live = [*changes[0], *map(min, zip(*changes[1:], strict=True))] if changes else []
    return " | ".join(
        (
            f"{size.sections:,}",
            f"{resident.rss / MEGABYTE:.0f}",
            f"{resident.pss / MEGABYTE:.0f}",
            f"{resident.mapped_index / MEGABYTE:.0f}",
            f"{start.seconds:.2f}",
            f"{start.cpu_seconds:.2f}",
            *(f"{spent:.2f}" for spent in live),
            *("–" for _ in range(4 - len(live))),
        )
    )


def _peers_table(size: Size) -> str:
    ranks = count_ranks(size.questions, size.walked.found)
    found = f"{ranks.at_one:.3f} | {ranks.at_ten:.3f} | {len(size.questions)}"
    rows = [f"this bot, the whole walk | – | {size.warm} | {_in_chinese(size, size.walked.warm):.2f} | {found} | 1 | 1"]
    for searches in size.tried[:1]:
        spent = searches.milliseconds
        everywhere = median(spent) / median(size.walked.warm[: len(spent)])
        in_chinese = _in_chinese(size, spent) / _in_chinese(size, size.walked.warm[: len(spent)])
        rows.append(
            f"of it, asking the index | – | {_percentiles(spent)} | {_in_chinese(size, spent):.2f} | | | "
            f"{len(spent)} | {everywhere:.2f} | {in_chinese:.2f}"
        )
    rows += [_peer_row(size, peer) for peer in size.peers]
    head = "what | built, CPU s | p50 | p99 | p50 in Chinese | recall@1 | recall@10 | asked | times ours | in Chinese"
    return _table(head, rows)


def _peer_row(size: Size, peer: Measured) -> str:
    asked = size.questions[: len(peer.found)]
    ranks = count_ranks(asked, peer.found)
    everywhere, in_chinese = times_ours(size, peer)
    return (
        f"{peer.name} | {peer.build_seconds:.1f} | {_percentiles(peer.milliseconds)} | "
        f"{_in_chinese(size, peer.milliseconds):.2f} | "
        f"{ranks.at_one:.3f} | {ranks.at_ten:.3f} | {len(asked)} | {everywhere:.1f} | {in_chinese:.1f}"
    )


def times_ours(size: Size, peer: Measured) -> tuple[float, float]:
    """How many times our median the peer's is, on the questions that it was asked, and on those of them in Chinese.

    Of pinyin and of other things the peers know hardly a token: they are done at once, and have found nothing.
    """
    spent, ours = peer.milliseconds, size.walked.warm[: len(peer.milliseconds)]
    return median(spent) / median(ours), _in_chinese(size, spent) / _in_chinese(size, ours)


def _in_chinese(size: Size, milliseconds: Sequence[float]) -> float:
    asked = zip(size.questions, milliseconds, strict=False)
    return median(spent for one, spent in asked if one.kind not in ("pinyin", "foreign"))


def _kinds_table(size: Size) -> str:
    kinds = [kind for kind in KINDS if kind != "foreign"]
    found = [("this bot", size.walked.found), *((peer.name, peer.found) for peer in size.peers)]
    rows = (
        " | ".join((name, *(f"{count_ranks(size.questions[: len(keys)], keys, kind).at_one:.2f}" for kind in kinds)))
        for name, keys in found
    )
    return _table(" | ".join(("what", *kinds)), rows)


def _variants_table(size: Size) -> str:
    rows = (
        f"{tried.name} | {tried.recall:.3f} | {_percentiles(tried.milliseconds)} | {tried.free:.2f} | {tried.bound:.2f}"
        for tried in size.tried
    )
    return _table("tokens asked for | recall@20 | p50 a question | p99 | one free search | one bound search", rows)


def _targets(sizes: Sequence[Size]) -> Iterator[str]:
    for size in sizes:
        yield from _speed_targets(size)
        if size.sections == AGAINST_PEERS:
            yield from _peer_targets(size)
            live = min(change.seconds for change in size.changes)
            yield _target("one changed document live in ≤ 0.5 s at 100,000 sections", live, "s", met=live <= 0.5)
        if size.sections >= AGAINST_PEERS:
            spent = size.build.cpu_seconds if size.build else size.rebuild[1]
            speed = size.sections / spent
            what = f"an index of {size.sections:,} built by ≥ 4,000 sections a CPU second"
            yield _target(what, speed, "/s", met=speed >= 4000)
        if size.sections == FULL:
            held = size.resident.rss / MEGABYTE
            yield _target("resident ≤ 900 MB at 1,000,000, with the mapped index", held, "MB", met=held <= 900)


def _target(target: str, measured: float, unit: str, *, met: bool) -> str:
    return f"{target} | {measured:,.2f} {unit} | {'yes' if met else '**no**'}"


def _speed_targets(size: Size) -> Iterator[str]:
    if size.sections in SPEED:
        share, most = SPEED[size.sections]
        for state, milliseconds in (("warm", size.walked.warm), ("first", size.walked.first)):
            spent = percentile(milliseconds, share)
            what = f"p{share * 100:.0f} ≤ {most} ms at {size.sections:,} sections, {state}"
            yield _target(what, spent, "ms", met=spent <= most)


def _peer_targets(size: Size) -> Iterator[str]:
    for peer in size.peers:
        least = next((least for name, least in FASTER.items() if peer.name.startswith(name)), 0)
        if least:
            for which, times in zip(("all questions", "those in Chinese"), times_ours(size, peer), strict=True):
                what = f"≥ {least} × as fast as {peer.name} at {size.sections:,} sections, {which}"
                yield _target(what, times, "×", met=times >= least)
