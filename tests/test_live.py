"""The folder published in the background: whatever goes wrong, it goes on, and each remark is told once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import live
from bot.knowledge import KnowledgeFolderMissing, Noticed
from bot.live import Live
from bot.model import Changes, Finding, Severity
from bot.publishing import Published
from bot.store import DatabaseUnavailable
from tests.knowledge.places import write_folder

PATIENCE_SECONDS = 20.0
BROKEN = Finding(Severity.ERROR, "knowledge/a.md", 2, "no date", "write one")
NOTED = Finding(Severity.NOTE, "knowledge/a.md", 0, "no date", "write one")


class House:
    """Publishes what it is told to, in turn, and keeps what was told of it."""

    def __init__(self, *turns: Callable[[], Published]) -> None:
        self._turns = list(turns)
        self.told: list[tuple[Published, tuple[Finding, ...]]] = []
        self.done = threading.Semaphore(0)

    def publish(self, noticed: Noticed) -> Published:
        try:
            return self._turns.pop(0)() if self._turns else Published(Changes(), ())
        finally:
            self.done.release()

    def tell(self, published: Published, fresh: tuple[Finding, ...]) -> None:
        self.told.append((published, fresh))


def fails(error: BaseException) -> Callable[[], Published]:
    def publish() -> Published:
        raise error

    return publish


def finds(*findings: Finding, changed: bool = False) -> Callable[[], Published]:
    return lambda: Published(Changes(added=("a",) if changed else ()), findings)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(live, "RETRY_SECONDS", 0.01)
    return write_folder(tmp_path, {"a.md": "甲。"})


def test_what_goes_wrong_is_logged_and_tried_again(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A database that is away for a while, a drive, a mistake of ours; of the last only the class, for it may quote."""
    house = House(
        fails(DatabaseUnavailable("it is away", "wait")),
        fails(KnowledgeFolderMissing(folder)),
        fails(ZeroDivisionError("the text of a document")),
        finds(changed=True),
    )
    with caplog.at_level(logging.WARNING), Live(folder, house.publish, house.tell):
        for _ in range(4):
            assert house.done.acquire(timeout=PATIENCE_SECONDS)
    assert len(house.told) == 1
    assert "the last good state answers on: it is away; wait" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "the text of a document" not in caplog.text


def test_a_remark_is_told_once_until_it_was_gone(folder: Path) -> None:
    house = House(finds(BROKEN, NOTED), finds(BROKEN, NOTED), finds(NOTED), finds(BROKEN))
    with Live(folder, house.publish, house.tell):
        for number in range(4):
            # The first comes by itself: something may have been saved before the watch stood.
            if number:
                (folder / "a.md").write_text(f"第{number}稿。", encoding="utf-8")
            assert house.done.acquire(timeout=PATIENCE_SECONDS)
    assert [fresh for _, fresh in house.told] == [(BROKEN,), (BROKEN,)]


def test_what_was_told_at_the_start_is_not_told_again(folder: Path) -> None:
    house = House(finds(BROKEN))
    with Live(folder, house.publish, house.tell, (BROKEN,)):
        assert house.done.acquire(timeout=PATIENCE_SECONDS)
    assert house.told == []
