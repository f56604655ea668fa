"""A disk that fills while the index is written: what stood before answers, and room is all that is needed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.crash.children import Server, run, serving, sync
from tests.crash.states import NEW, OLD, builds, put
from tests.houses import ASK_PARKING, PARKING_PASSAGE, settings_in

pytestmark = pytest.mark.e2e

# What the store holds is quoted as it stands there; what the index has not yet is not found.
MEANWHILE = (*NEW.answers[:2], "")
LIMITS = (0, 20, 100, 500, 1500)
"""In bytes: files cannot grow beyond, so the room ends at one step or another."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 128 kB; skips where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A house that has published the old state."""
    put(tmp_path, OLD)
    assert run(sync, settings_in(tmp_path)) == 0
    return settings_in(tmp_path)


def fill(disk: Path) -> Path:
    """Leave no room on a disk; what fills it is returned."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def answers_on_and_explains(server: Server, index: Path, reason: str) -> None:
    """It answers from what stood before, and says place, reason and remedy."""
    assert server.tell("look").answers == MEANWHILE
    (*_, logged) = server.tell("messages")
    assert "answering from generation 1" in logged
    for said in (logged, server.tell("refresh")):
        assert f"{index}: " in said
        assert reason in said
        assert "make the folder writable and its disk have room, or set BOT_INDEX" in said
    # It tries again all the time; in between, nothing that could not be finished lies about.
    assert any(len(builds(index)) == 2 for _ in range(10_000))


@pytest.mark.parametrize("limit", LIMITS)
def test_an_index_that_cannot_grow_answers_on_says_why_and_catches_up_when_there_is_room(
    settings: Settings, tmp_path: Path, limit: int
) -> None:
    """An update, and the rebuild that is tried after it, wherever in a file the room ends."""
    second = replace(settings, index=tmp_path / "second")
    with serving(second, ASK_PARKING) as server:
        server.tell("limit", limit)
        put(tmp_path, NEW)
        assert run(sync, settings) == 0
        answers_on_and_explains(server, second.index, "File too large")
        server.tell("limit", None)
        assert server.tell("refresh") == ""
        seen = server.tell("look")
        assert (seen.answers, seen.agrees) == (NEW.answers, True)


def test_an_index_on_a_full_disk_answers_on_says_why_and_catches_up_when_there_is_room(
    settings: Settings, small_disk: Path, tmp_path: Path
) -> None:
    """The same on a disk that is full indeed."""
    second = replace(settings, index=small_disk / "index")
    with serving(second, ASK_PARKING) as server:
        ballast = fill(small_disk)
        put(tmp_path, NEW)
        assert run(sync, settings) == 0
        answers_on_and_explains(server, second.index, "No space left on device")
        ballast.unlink()
        assert server.tell("refresh") == ""
        seen = server.tell("look")
        assert (seen.answers, seen.agrees) == (NEW.answers, True)


def test_a_first_index_that_finds_no_room_is_built_as_soon_as_there_is_some(
    settings: Settings, small_disk: Path
) -> None:
    """There is nothing to answer from before: the question fails, with the reason."""
    ballast = fill(small_disk)
    first = replace(settings, index=small_disk / "index")
    with serving(first, ASK_PARKING) as server:
        for failure in server.tell("answers", 4):
            assert failure.startswith(f"IndexUnavailable: {first.index}: ")
            assert "No space left on device" in failure
        ballast.unlink()
        assert server.tell("refresh") == ""
        assert server.tell("answers", 4) == {PARKING_PASSAGE}
