"""What is told of a folder that is watched: what may have changed, and what is still being written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import watching
from bot.knowledge.watching import watch_folder
from tests.houses import FILES
from tests.knowledge.places import write_folder


class Meanwhile(threading.Event):
    """A stop that never comes; whoever waits for it gives others the time to do something."""

    def __init__(self, something: Callable[[], object]) -> None:
        super().__init__()
        self.something = something

    def wait(self, timeout: float | None = None) -> bool:
        self.something()
        return False


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE_SECONDS", 0.0)


def test_the_first_look_at_the_whole_leaves_what_is_being_written_for_later(tmp_path: Path) -> None:
    """Nobody has noticed its beginning, which was before the watch stood."""
    folder = write_folder(tmp_path, FILES)
    being_written = folder / "items/parking.md"

    def write_on() -> None:
        with being_written.open("a", encoding="utf-8") as file:
            file.write("又一行。\n")

    noticed = next(watch_folder(folder, Meanwhile(write_on)))
    assert noticed.names is None
    assert noticed.moving == {"items/parking.md"}


def test_what_comes_and_goes_while_the_whole_is_looked_at_is_left_for_later(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, FILES)

    def rename() -> None:
        (folder / "items/parking.md").rename(folder / "items/berths.md")

    noticed = next(watch_folder(folder, Meanwhile(rename)))
    assert noticed.moving == {"items/parking.md", "items/berths.md"}


def test_what_stands_still_is_read_at_once(tmp_path: Path) -> None:
    noticed = next(watch_folder(write_folder(tmp_path, FILES), Meanwhile(lambda: None)))
    assert (noticed.names, noticed.moving) == (None, frozenset())
