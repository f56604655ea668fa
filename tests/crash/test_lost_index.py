"""An index deleted, cut or overwritten, while it is open and while it is not."""

from __future__ import annotations

import random
import shutil
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import freshness
from bot.app import App
from bot.publishing import IndexUnavailable
from bot.settings import Settings
from tests.crash.children import run, seen_afresh, serving, sync
from tests.crash.states import NEW, OLD, builds, put, quoted
from tests.houses import ASK_CANTEEN, ASK_PARKING, PARKING_PASSAGE, settings_in

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that has published the old state."""
    root = tmp_path_factory.mktemp("template")
    put(root, OLD)
    assert run(sync, settings_in(root)) == 0
    return root


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return settings_in(tmp_path)


def files_of(settings: Settings) -> list[Path]:
    """The files of the one build that have something in them."""
    return sorted(path for path in settings.index.glob("*/*") if path.stat().st_size)


def kind_of(path: Path) -> str:
    """What tells the files of a build apart, whose names are others in each."""
    return path.name if path.suffix == ".json" else path.suffix


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def empty(_: bytes) -> bytes:
    return b""


def overwrite_the_middle(content: bytes) -> bytes:
    """Leaves the end, by which tantivy knows its own files."""
    third = len(content) // 3
    return content[:third] + random.Random(7).randbytes(min(third, 40)) + content[third + min(third, 40) :]


def overwrite(content: bytes) -> bytes:
    return random.Random(7).randbytes(len(content))


def zero(content: bytes) -> bytes:
    return bytes(len(content))


def test_an_index_that_is_deleted_while_it_serves_answers_on_and_is_built_anew(settings: Settings) -> None:
    """The very next look at the generation finds that it is gone, though nothing new was published."""
    with serving(settings, ASK_PARKING) as server:
        for _ in range(3):
            shutil.rmtree(settings.index, ignore_errors=True)
            assert server.tell("answers", 10) == {PARKING_PASSAGE}
            assert server.tell("refresh") == ""
            assert len(builds(settings.index)) == 2
            assert server.tell("look").agrees
    assert seen_afresh(settings).answers == OLD.answers


def test_a_deleted_index_that_cannot_be_built_anew_still_answers(settings: Settings) -> None:
    """It is in memory until the process ends: nobody need be told that nothing is published."""
    with serving(settings, ASK_PARKING) as server:
        shutil.rmtree(settings.index, ignore_errors=True)
        # The server may have made the folder anew in between.
        while not settings.index.is_file():
            shutil.rmtree(settings.index, ignore_errors=True)
            try:
                settings.index.write_text("not a folder", encoding="utf-8")
            except IsADirectoryError:
                continue
        assert server.tell("answers", 10) == {PARKING_PASSAGE}
        assert "answering from generation 1" in server.tell("messages")[-1]
        settings.index.unlink()
        assert server.tell("answers", 10) == {PARKING_PASSAGE}
        assert server.tell("refresh") == ""
        assert server.tell("look").agrees


def test_a_deleted_index_answers_on_while_the_disk_has_no_room_for_another(settings: Settings) -> None:
    """What is left on disk is seen to be nothing, and what is in memory is none the worse for it."""
    with serving(settings, ASK_PARKING) as server:
        server.tell("limit", 20)
        shutil.rmtree(settings.index, ignore_errors=True)
        assert "answering from generation 1" in server.tell("messages")[-1]
        assert server.tell("answers", 10) == {PARKING_PASSAGE}
        server.tell("limit", None)
        assert server.tell("refresh") == ""
        assert server.tell("look").agrees


def test_nobody_waits_while_a_deleted_index_is_built_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large one takes a minute, in which what is published meanwhile is quoted as it then stands."""
    monkeypatch.setattr(freshness, "STALE_SECONDS", 0.0)
    begun, go_on = threading.Event(), threading.Event()
    with App(settings) as app:
        assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
        rebuild = app.index.rebuild

        def slow_rebuild(*args: Any) -> None:
            begun.set()
            assert go_on.wait(20)
            rebuild(*args)

        monkeypatch.setattr(app.index, "rebuild", slow_rebuild)
        shutil.rmtree(settings.index)
        with ThreadPoolExecutor() as threads:
            first = threads.submit(quoted, app, ASK_PARKING)
            assert begun.wait(20)
            try:
                assert threads.submit(quoted, app, ASK_PARKING).result(20) == PARKING_PASSAGE
                put(settings.knowledge.parent, NEW)
                assert run(sync, replace(settings, index=settings.index.with_name("second"))) == 0
                assert threads.submit(quoted, app, ASK_PARKING).result(20) == NEW.answers[0]
            finally:
                go_on.set()
            assert first.result(20) in (PARKING_PASSAGE, NEW.answers[0])
        assert quoted(app, ASK_PARKING) == NEW.answers[0]
        assert app.index.stands()


@pytest.mark.parametrize("damage", [cut, empty, overwrite, overwrite_the_middle], ids=lambda damage: damage.__name__)
def test_a_file_that_is_damaged_while_nothing_runs_is_noticed_at_the_start(settings: Settings, damage: object) -> None:
    """Each of a build's files by itself; tantivy alone would open some of them, and panic, hang or rank wrongly later."""
    assert callable(damage)
    for kind in sorted(map(kind_of, files_of(settings))):
        (file,) = (path for path in files_of(settings) if kind_of(path) == kind)
        before = builds(settings.index)
        content = file.read_bytes()
        file.write_bytes(damage(content))
        seen = seen_afresh(settings)
        assert (seen.answers, seen.agrees) == (OLD.answers, True), file.name
        if file.name != ".managed.json":
            assert builds(settings.index) != before, file.name


def test_an_update_is_not_mistaken_for_damage(settings: Settings, tmp_path: Path) -> None:
    """Lists of what is deleted have a checksum as well."""
    put(tmp_path, NEW)
    before = builds(settings.index)
    assert run(sync, settings) == 0
    assert seen_afresh(settings).answers == NEW.answers
    assert builds(settings.index) == before


def test_without_any_index_nobody_is_told_that_nothing_is_published(settings: Settings) -> None:
    """Every question fails with the reason, also the second one within the same second."""
    shutil.rmtree(settings.index)
    settings.index.write_text("not a folder", encoding="utf-8")
    with App(settings) as app:
        for _ in range(3):
            with pytest.raises(IndexUnavailable, match="make the folder writable"):
                quoted(app, ASK_PARKING)
        settings.index.unlink()
        assert quoted(app, ASK_PARKING) == PARKING_PASSAGE


def test_files_cut_while_they_are_open_end_the_process_at_worst_and_the_next_one_is_right(settings: Settings) -> None:
    """Files are mapped into memory: reading behind their new end is SIGBUS, which no program can survive."""
    with serving(settings, ASK_PARKING) as server:
        for path in files_of(settings):
            path.write_bytes(b"")
        try:
            assert server.tell("answers", 10) == {PARKING_PASSAGE}
        except (EOFError, ConnectionResetError, BrokenPipeError):
            server.process.join()
            assert server.process.exitcode == -signal.SIGBUS
    assert seen_afresh(settings).answers == OLD.answers


@pytest.mark.parametrize("damage", [overwrite, zero], ids=lambda damage: damage.__name__)
def test_files_overwritten_while_they_are_open_are_noticed_at_the_next_look(settings: Settings, damage: object) -> None:
    """A question in between may fail, or find nothing; none quotes what is not published."""
    assert callable(damage)
    with serving(settings, ASK_PARKING) as server:
        for path in files_of(settings):
            if path.suffix != ".json":
                with path.open("r+b") as file:
                    file.write(damage(path.read_bytes()))
        assert server.tell("refresh") == ""
        assert server.tell("answers", 10) == {PARKING_PASSAGE}
        assert server.tell("look").agrees


def test_a_folder_that_is_not_the_indexs_own_loses_nothing(settings: Settings) -> None:
    """Whoever points BOT_INDEX at a folder with other things in it keeps them."""
    kept = settings.index / "photos" / "one.jpg"
    kept.parent.mkdir()
    kept.write_bytes(b"...")
    next(settings.index.glob("*/meta.json")).unlink()
    assert seen_afresh(settings).agrees
    assert kept.exists()


def test_one_that_was_put_back_from_a_copy_catches_up(settings: Settings, tmp_path: Path) -> None:
    """An older copy of the index folder beside a database that has moved on."""
    shutil.copytree(settings.index, tmp_path / "copy")
    put(tmp_path, NEW)
    assert run(sync, settings) == 0
    with serving(settings, ASK_CANTEEN) as server:
        assert server.tell("answers", 4) == {""}
        shutil.rmtree(settings.index, ignore_errors=True)
        shutil.copytree(tmp_path / "copy", settings.index, dirs_exist_ok=True)
        assert server.tell("answers", 10) == {""}
        assert server.tell("refresh") == ""
        assert server.tell("look").agrees
    assert seen_afresh(settings).answers == NEW.answers
