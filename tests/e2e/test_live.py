"""`bot run` while the folder is worked on: real processes, files saved as editors, copies and checkouts save them."""

from __future__ import annotations

import json
import os
import pty
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.e2e.command import Bot
from tests.e2e.test_cli import read_until
from tests.houses import ASK_CANTEEN, ASK_PARKING, CANTEEN_PASSAGE, FILES, PARKING, PARKING_PASSAGE
from tests.knowledge.places import write_folder

pytestmark = pytest.mark.e2e

PATIENCE_SECONDS = 40.0


class Running:
    """`bot run` with pipes in place of a terminal."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.process = bot.start("run", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.readers: list[threading.Thread] = []
        self.said, self.told = queue.Queue[str](), queue.Queue[str]()
        for pipe, lines in ((self.process.stdout, self.said), (self.process.stderr, self.told)):
            assert pipe is not None
            reader = threading.Thread(target=self._read, args=(pipe, lines))
            self.readers.append(reader)
            reader.start()

    @staticmethod
    def _read(pipe: IO[bytes], lines: queue.Queue[str]) -> None:
        with pipe:
            for line in pipe:
                lines.put(line.decode().rstrip("\n"))

    def end(self) -> None:
        """As at the end of a conversation."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(PATIENCE_SECONDS) == 0
        for reader in self.readers:
            reader.join()

    def ask(self, question: str) -> str:
        """The first line of the reply."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{question}\n".encode())
        self.process.stdin.flush()
        assert self.said.get(timeout=PATIENCE_SECONDS) == f"您问：{question}"
        first = self.said.get(timeout=PATIENCE_SECONDS)
        # A reply ends with an empty line, and may have some; its contact is the last but one.
        while not self.said.get(timeout=PATIENCE_SECONDS).startswith("联系："):
            pass
        assert self.said.get(timeout=PATIENCE_SECONDS) == ""
        return first

    def hears(self, words: str) -> str:
        """A line on standard error with these words; those before it are dropped."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in (line := self.told.get(timeout=max(0.01, deadline - time.monotonic()))):
            pass
        return line

    def answers(self, question: str, passage: str) -> float:
        """Seconds until a question is answered by a passage."""
        begun = time.monotonic()
        while self.ask(question) != passage:
            assert time.monotonic() - begun < PATIENCE_SECONDS, f"{passage} does not answer"
            time.sleep(0.05)
        return time.monotonic() - begun

    def folder(self) -> Path:
        return self.bot.folder / "knowledge"


class Patient(Bot):
    """`bot` that waits longer for a file to come to rest; else a busy machine that holds a writer up looks like its end."""

    def start(self, *arguments: str | bytes, **options: Any) -> subprocess.Popen[bytes]:
        program = "from bot.knowledge import watching; watching.QUIET_SECONDS = 1.0; from bot.cli import main; main()"
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **options)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    write_folder(tmp_path, FILES)
    yield from run(Bot(tmp_path))


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Running]:
    write_folder(tmp_path, FILES)
    yield from run(Patient(tmp_path))


def run(bot: Bot) -> Iterator[Running]:
    running = Running(bot)
    try:
        running.hears("退回0件")
        assert running.ask(ASK_PARKING) == PARKING_PASSAGE
        yield running
    finally:
        running.end()


def priced(price: int) -> tuple[str, str]:
    """The file with another price, and the passage that then answers."""
    return PARKING.replace("5元", f"{price}元"), PARKING_PASSAGE.replace("5元", f"{price}元")


def test_a_saved_file_answers_a_new_one_too_and_a_deleted_one_no_more(running: Running) -> None:
    text, passage = priced(8)
    write_folder(running.bot.folder, {"items/parking.md": text})
    running.answers(ASK_PARKING, passage)
    assert running.hears("已发布") == "已发布：新增0件，更新1件，撤下0件"
    write_folder(running.bot.folder, {"items/new/pool.md": "---\ntitle: 游泳馆水温\n---\n\n游泳馆水温常年保持27度。\n"})
    running.answers("游泳馆水温多少", "游泳馆水温常年保持27度。")
    (running.folder() / "items/canteen.md").unlink()
    running.hears("新增0件，更新0件，撤下1件")
    assert running.ask(ASK_CANTEEN) != CANTEEN_PASSAGE


def test_files_replaced_in_one_step_as_editors_do_it(running: Running) -> None:
    """What vim, gedit and Office leave lying about meanwhile is no document."""
    for price, temporary in ((6, ".goutputstream-A1"), (7, ".parking.md.swp"), (8, "~$parking.md"), (9, "parking.md~")):
        text, passage = priced(price)
        draft = running.folder() / "items" / temporary
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, running.folder() / "items" / "parking.md")  # noqa: PTH105 - one atomic step
        running.answers(ASK_PARKING, passage)
    assert running.told.qsize() in range(9)
    lines = [running.told.get_nowait() for _ in range(running.told.qsize())]
    assert not [line for line in lines if "error" in line or "新增1件" in line]


def test_a_half_written_file_is_never_published(patient: Running) -> None:
    """It is written piece by piece; before and after it, whole versions only."""
    text, passage = priced(8)
    halves = "".join(f"\n第{number}段。\n" for number in range(12))
    with (patient.folder() / "items/parking.md").open("w", encoding="utf-8") as file:
        for piece in (text.partition("停车每小时")[0], "停车每小时", *halves.split("\n"), "\n", passage[5:], "\n"):
            file.write(piece)
            file.flush()
            time.sleep(0.05)
    patient.hears("更新1件")
    history = patient.bot.run("history", "items/parking").stdout.splitlines()
    assert len(history) == 2
    assert [line.split()[3] for line in history] == ["公布", "公布"]


def test_a_broken_version_leaves_the_last_good_one_and_staff_are_told_where(running: Running) -> None:
    """On the console, and in `bot status`, until it is mended; the text goes into neither."""
    broken = PARKING.replace("2018-03-01", "不详").replace("5元", "8元")
    write_folder(running.bot.folder, {"items/parking.md": broken})
    line = running.hears("error")
    assert line.startswith("error 错误: knowledge/items/parking.md:3: 日期“不详”不是日期；")
    assert running.ask(ASK_PARKING) == PARKING_PASSAGE
    status = running.bot.run("status")
    assert status.returncode == 1
    assert "  items/parking.md:3: 日期“不详”不是日期；请写成 2017-12-31" in status.stdout.splitlines()
    text, passage = priced(8)
    write_folder(running.bot.folder, {"items/parking.md": text})
    running.answers(ASK_PARKING, passage)
    assert running.bot.run("status").returncode == 0


def test_a_checkout_of_thousands_is_published_while_answers_go_on(running: Running) -> None:
    count = 2000
    write_folder(
        running.bot.folder,
        {f"items/list/{number}.md": f"# 第{number}号公告\n\n内容{number}。\n" for number in range(count)},
    )
    published = 0
    while published != count + 2:
        # Each is answered, before it is published and while it is.
        for _ in range(5):
            assert running.ask(ASK_PARKING) == PARKING_PASSAGE
        published = json.loads(running.bot.run("status", "--json").stdout)["documents"]


def test_a_folder_that_cannot_be_watched_is_looked_at(tmp_path: Path) -> None:
    """As on a network drive, where the system notices nothing."""
    write_folder(tmp_path, FILES)
    for running in run(Bot(tmp_path, {"WATCHFILES_FORCE_POLLING": "1"})):
        text, passage = priced(8)
        write_folder(tmp_path, {"items/parking.md": text})
        running.answers(ASK_PARKING, passage)
        assert running.ask(ASK_CANTEEN) == CANTEEN_PASSAGE


def test_a_link_that_is_turned_to_another_folder_is_followed(tmp_path: Path) -> None:
    """As releases are switched; the folder may be gone for a moment."""
    text, passage = priced(8)
    for release, files in (("one", FILES), ("two", FILES | {"items/parking.md": text})):
        (tmp_path / release).mkdir()
        write_folder(tmp_path / release, files)
    link = tmp_path / "current"
    link.symlink_to(tmp_path / "one" / "knowledge", target_is_directory=True)
    for running in run(Bot(tmp_path, {"BOT_KNOWLEDGE": str(link)})):
        link.unlink()
        time.sleep(0.7)
        assert running.ask(ASK_PARKING) == PARKING_PASSAGE
        link.symlink_to(tmp_path / "two" / "knowledge", target_is_directory=True)
        running.answers(ASK_PARKING, passage)


def test_whoever_types_at_a_terminal_sees_that_something_was_published(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    bot = Bot(tmp_path, {"TERM": "xterm", "COLUMNS": "80"})
    ours, theirs = pty.openpty()
    with bot.start("run", stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        read_until(ours, "您问：")
        text, _ = priced(8)
        write_folder(tmp_path, {"items/parking.md": text})
        read_until(ours, "已发布：新增0件，更新1件，撤下0件")
        os.write(ours, f"{ASK_PARKING}\n".encode())
        assert "停车每小时8元" in read_until(ours, "您问：")
        os.write(ours, b"/quit\n")
        read_until(ours, "再见")
        assert process.wait(10) == 0
    os.close(ours)
