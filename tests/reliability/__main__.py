"""All scenes at full size, as the tables of docs/reliability.md; exit 1 where one of its promises is broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from tests.botapi import Fault
from tests.conftest import fresh_schema, why_no_postgresql
from tests.reliability.proxy import DatabaseProxy
from tests.reliability.scenes import (
    Away,
    Receiving,
    Stage,
    Stopped,
    cut,
    database_away,
    frozen,
    in_order,
    killed_at_random,
    locked,
    poisoned,
    stopped,
)

QUESTIONS, KILLS, SEEDS = 500, 20, (1,)
GOOD = 50
CHATS, MESSAGES = 20, 20
AWAY_SECONDS, ASKED = 30.0, 20
STOP_SECONDS = 10.0


def main() -> int:
    """Play every scene; returns how many promises were broken."""
    if reason := why_no_postgresql():
        print(f"without PostgreSQL: {reason}", file=sys.stderr)
    broken = 0
    _heading(
        "questions", "received by", "database", "kills", "not recorded", "recorded twice", "not answered", "repeated",
        "most by one kill",
    )  # fmt: skip
    for receiving, database in _combinations():
        for seed in SEEDS:
            with _stage(receiving, database) as stage:
                found = killed_at_random(stage, QUESTIONS, KILLS, seed)
            lost = found.missing, found.doubled, found.unanswered
            _row(found.questions, receiving, database, found.kills, *lost, found.repeated, found.most)
            broken += any(lost) or found.most > 1 or found.repeated > found.kills
    _heading(
        "received by", "database", "asked to stop", "s until it ended", "answered by then", "not recorded", "repeated"
    )
    for receiving, database, how, end in _ends():
        _row(
            receiving,
            database,
            how,
            f"{end.seconds:.1f}",
            f"{end.before} of {end.questions}",
            end.missing,
            end.repeated,
        )
        broken += end.code != 0 or end.seconds > STOP_SECONDS or end.missing > 0 or end.repeated > 1
    _heading("received by", "database", "answered beside the poison", "kept as failed", "chats out of order")
    for receiving, database in _combinations():
        with _stage(receiving, database) as stage:
            answered, failed = poisoned(stage, GOOD)
        with _stage(receiving, database) as stage:
            disordered = in_order(stage, CHATS, MESSAGES)
        _row(receiving, database, f"{answered} of {GOOD}", failed, f"{disordered} of {CHATS}")
        broken += answered < GOOD or disordered > 0
    _heading(
        "received by",
        "database",
        "away",
        "questions",
        "not recorded",
        "recorded twice",
        "repeated",
        "s until all are answered",
    )
    for receiving, database, how, away in _absences():
        lost = away.missing, away.doubled, away.repeated
        _row(receiving, database, how, away.questions, *lost, f"{away.seconds:.1f}")
        broken += any(lost)
    return broken


def _combinations() -> Iterator[tuple[Receiving, str]]:
    for receiving in get_args(Receiving):
        yield receiving, "SQLite"
        if not why_no_postgresql():
            yield receiving, "PostgreSQL"


@contextmanager
def _stage(receiving: Receiving, database: str) -> Iterator[Stage]:
    with TemporaryDirectory() as folder:
        if database == "SQLite":
            yield Stage(Path(folder), receiving, f"sqlite:///{folder}/bot.db")
        else:
            with fresh_schema() as url:
                yield Stage(Path(folder), receiving, url)


def _ends() -> Iterator[tuple[Receiving, str, str, Stopped]]:
    slow, stuck = Fault(delay_seconds=0.3, acts=True), Fault(delay_seconds=12.0)
    for receiving, database in _combinations():
        for how, trouble in (("while it answers", slow), ("while Telegram says nothing", stuck)):
            with _stage(receiving, database) as stage:
                yield receiving, database, how, stopped(stage, ASKED, trouble)
        if database == "PostgreSQL":
            with _stage(receiving, database) as stage, DatabaseProxy(stage.database_url) as proxy:
                through = Stage(stage.root, receiving, proxy.url)
                found = stopped(through, ASKED, slow, frozen(proxy))
            yield receiving, database, "while the database says nothing", found


def _absences() -> Iterator[tuple[Receiving, str, str, Away]]:
    for receiving, database in _combinations():
        if database == "SQLite":
            with _stage(receiving, database) as stage:
                found = database_away(stage, locked(stage.database_url), AWAY_SECONDS, ASKED)
            yield receiving, database, "locked", found
            continue
        for how in (cut, frozen):
            with _stage(receiving, database) as stage, DatabaseProxy(stage.database_url) as proxy:
                through = Stage(stage.root, receiving, proxy.url)
                found = database_away(through, how(proxy), AWAY_SECONDS, ASKED)
            yield receiving, database, how.__name__, found


def _heading(*names: str) -> None:
    print()
    _row(*names)
    _row(*["---"] * len(names))


def _row(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
