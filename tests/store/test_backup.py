"""Backups: whole and of one moment, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import DatabaseUnavailable, back_up, open_store, restore
from tests.commands.console import run
from tests.store.test_records import add


def references(path: Path) -> list[str]:
    with open_store(f"sqlite:///{path}") as store:
        return [record.reference for record in store.records.all()]


def test_backups_under_load_are_whole_and_miss_nothing_that_was_told_before(tmp_path: Path) -> None:
    url, done = f"sqlite:///{tmp_path / 'bot.db'}", threading.Event()
    with open_store(url) as store:
        told = [add(store).reference]

        def write() -> None:
            while not done.is_set():
                told.append(add(store, reply="答" * 2000).reference)

        writers = [threading.Thread(target=write) for _ in range(2)]
        for writer in writers:
            writer.start()
        for number in range(5):
            before = list(told)
            back_up(url, tmp_path / f"{number}.db")
            kept = references(tmp_path / f"{number}.db")
            assert set(before) <= set(kept)
            assert kept == [f"ZX-2026-{place:06d}" for place in range(1, len(kept) + 1)]
        done.set()
        for writer in writers:
            writer.join()


def test_a_restored_database_goes_on_from_the_backup(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path / 'bot.db'}", tmp_path / "copy.db"
    with open_store(url) as store:
        add(store)
    assert run(tmp_path, "backup", str(copy)).exit_code == 0
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as read_only:
        assert read_only.execute("PRAGMA journal_mode").fetchone() == ("delete",), "readable where nothing is written"
    with open_store(url) as store:
        add(store)
    assert run(tmp_path, "restore", str(copy), given="n\n").exit_code == 1
    assert len(references(tmp_path / "bot.db")) == 2
    assert run(tmp_path, "restore", str(copy), "--yes").exit_code == 0
    assert references(tmp_path / "bot.db") == ["ZX-2026-000001"]
    with open_store(url) as store:
        assert add(store).reference == "ZX-2026-000002"


def test_what_is_no_backup_is_refused_and_the_database_stays(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        add(store)
    (tmp_path / "text").write_text("no database" * 999)
    (tmp_path / "empty").touch()
    for name in ("text", "empty", "gone"):
        refused = run(tmp_path, "restore", str(tmp_path / name), "--yes")
        assert refused.exit_code == 2
        assert name in refused.stderr
    assert run(tmp_path, "backup", str(tmp_path / "no" / "copy")).exit_code == 2
    assert len(references(tmp_path / "bot.db")) == 1


def test_a_database_that_somebody_has_open_is_not_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.backup.CLAIM_SECONDS", 0.1)
    path, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    with open_store(f"sqlite:///{path}") as store:
        add(store)
        back_up(f"sqlite:///{path}", copy)
        add(store)
        refused = run(tmp_path, "restore", str(copy), "--yes")
        assert refused.exit_code == 2
        assert "bot.db: the database is in use; stop `bot run`" in refused.stderr
        assert add(store).reference == "ZX-2026-000003"
    assert run(tmp_path, "restore", str(copy), "--yes").exit_code == 0
    assert references(path) == ["ZX-2026-000001"]


@pytest.mark.parametrize(
    "what_is_left", [b"", b"no database" * 999, b"SQLite format 3\0"], ids=["empty", "other", "cut"]
)
def test_what_is_damaged_is_put_aside(tmp_path: Path, what_is_left: bytes) -> None:
    path, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    with open_store(f"sqlite:///{path}") as store:
        add(store)
    back_up(f"sqlite:///{path}", copy)
    path.write_bytes(what_is_left)
    assert run(tmp_path, "restore", str(copy), "--yes").exit_code == 0
    assert references(path) == ["ZX-2026-000001"]
    if what_is_left:
        assert Path(f"{path}.damaged").read_bytes() == what_is_left


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="use pg_dump"):
        back_up("postgresql://localhost/bot", tmp_path / "copy")
    with pytest.raises(DatabaseUnavailable, match="use pg_restore"):
        restore("postgresql://localhost/bot", tmp_path / "copy")
