"""``python -m tests.bench.load``: thirty questions a second for a minute, and how soon each is answered."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from tests.botapi import BotApi, Fault
from tests.reliability.scenes import (
    END_SECONDS,
    FIRST_CHAT,
    FIRST_YEAR,
    Receiving,
    Stage,
    holds_each,
    stop,
    wait_for_start,
)

A_SECOND, SECONDS, CHATS = 30, 60, 500
ROUND_TRIP_SECONDS = 0.04
P95_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Load:
    """What became of the questions.

    Attributes:
        disordered: chats that were not answered in order.
        median: seconds from when Telegram has a question to when it has the reply; the others likewise.
        cpu: share of one processor that the bot took while it was asked.
        rss: bytes in memory at the most.
    """

    questions: int
    answered: int
    disordered: int
    median: float
    p95: float
    longest: float
    cpu: float
    rss: int


def measure_load(stage: Stage, questions: int, a_second: float, chats: int) -> Load:
    """Ask evenly, each chat for one year after the other, with every call of the bot taking a round trip."""
    with BotApi() as api:
        bot = stage.bot(api)
        for method in ("sendMessage", "getUpdates"):
            api.fail(method, Fault(delay_seconds=ROUND_TRIP_SECONDS, acts=True), times=questions * 3)
        asked_at: dict[int, list[float]] = defaultdict(list)
        with bot.running() as process:
            wait_for_start(api, stage.receiving)
            cpu_before, started = _cpu_seconds(process), time.monotonic()
            for number in range(questions):
                time.sleep(max(0.0, started + number / a_second - time.monotonic()))
                chat = FIRST_CHAT + number % chats
                api.user_sends(chat, f"{FIRST_YEAR + len(asked_at[chat])}年主动公开信息多少条")
                asked_at[chat].append(time.monotonic())
            cpu = (_cpu_seconds(process) - cpu_before) / (time.monotonic() - started)
            api.wait_for(lambda: len(api.state.sent) >= questions, END_SECONDS)
            rss = _peak_bytes(process)
            stop(process)
        replies = {chat: api.sent(chat) for chat in asked_at}
        waits = sorted(
            api.state.sent_at[chat, reply.message_id] - at
            for chat, moments in asked_at.items()
            for at, reply in zip(moments, replies[chat], strict=False)
        )
    disordered = sum(
        not holds_each(
            [reply.text for reply in replies[chat]], [f"信息{1000 + number}条" for number in range(len(moments))]
        )
        for chat, moments in asked_at.items()
    )
    p95 = waits[math.ceil(len(waits) * 0.95) - 1]
    return Load(questions, len(waits), disordered, waits[len(waits) // 2], p95, waits[-1], cpu, rss)


def main() -> int:
    """Print the table of docs/reliability.md; returns how many aims were missed."""
    missed = 0
    print(
        "| received by | questions | answered | chats out of order | median | p95 | longest | CPU of one processor | memory |"
    )
    print("| --- " * 9 + "|")
    for receiving in get_args(Receiving):
        with TemporaryDirectory() as folder:
            stage = Stage(Path(folder), receiving, f"sqlite:///{folder}/bot.db")
            found = measure_load(stage, A_SECOND * SECONDS, A_SECOND, CHATS)
        waits = f"{found.median:.2f} s | {found.p95:.2f} s | {found.longest:.2f} s"
        counts = f"{found.questions:,} | {found.answered:,} | {found.disordered}"
        print(f"| {receiving} | {counts} | {waits} | {found.cpu:.0%} | {found.rss / 1e6:.0f} MB |", flush=True)
        missed += found.answered < found.questions or found.disordered > 0 or found.p95 > P95_SECONDS
    return missed


def _cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """Of the process; those that read files for it are gone by now."""
    # The program's name, in brackets, may hold blanks.
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_bytes(process: subprocess.Popen[bytes]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
