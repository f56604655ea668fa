"""A pass over what was noticed finds what one over the whole folder does."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import EVERYTHING, Folder, Holdings, Noticed, read_folder
from bot.model import Stamp
from tests.knowledge.places import write_folder

FILES = {
    "agencies.toml": '[zsj]\nname = "某市招商局"\nphone = "1"\n',
    "a.md": "甲的内容。",
    "a/b.md": "乙的内容。",
    "a/c/d.md": "丁的内容。",
    "a-b.md": "丙的内容。",
    "list.csv": "id,text\n1,甲\n2,乙\n",
    "e.md": "",
}


def known_of(folder: Folder) -> tuple[object, ...]:
    """All that is held of a folder, but for when its files were saved."""
    files = [(file.path, file.hash, file.basis, file.refused, file.cards) for file in folder.files]
    return files, list(folder.cards), folder.findings, folder.refused


def write(name: str, text: str) -> Callable[[Path], object]:
    return lambda path: (path / name).write_text(text, encoding="utf-8")


def move(name: str, to: str) -> Callable[[Path], object]:
    return lambda path: (path / name).rename(path / to)


def delete(name: str) -> Callable[[Path], object]:
    return lambda path: shutil.rmtree(path / name) if (path / name).is_dir() else (path / name).unlink()


def replace_folder_by_file(path: Path) -> None:
    shutil.rmtree(path / "a")
    (path / "a").write_text("无后缀", encoding="utf-8")


def replace_file_by_folder(path: Path) -> None:
    (path / "a.md").unlink()
    write_folder(path, {"x.md": "己"})
    (path / "knowledge").rename(path / "a.md")


# name → (what somebody does, what is noticed of it)
DONE: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a file saved": (write("a/b.md", "乙的新内容。"), {"a/b.md"}),
    "a file more": (write("a/c/z.md", "新的。"), {"a/c/z.md"}),
    "a file gone": (delete("a.md"), {"a.md"}),
    "a file renamed": (move("a.md", "z.md"), {"a.md", "z.md"}),
    "a folder renamed": (move("a", "z"), {"a", "z"}),
    "a folder moved below another": (move("a/c", "c"), {"a/c", "c"}),
    "a folder gone": (delete("a"), {"a"}),
    "a folder hidden": (move("a", ".a"), {"a"}),
    "a file where a folder was": (replace_folder_by_file, {"a"}),
    "a folder where a file was": (replace_file_by_folder, {"a.md", "a.md/x.md"}),
    "a row gone": (write("list.csv", "id,text\n2,乙\n"), {"list.csv"}),
    "a row whose id is a file's": (write("list.csv", "id,text\na-b,甲\n"), {"list.csv"}),
    "a file refused": (write("a.md", "甲\0"), {"a.md"}),
    "another agency": (write("agencies.toml", '[zsj]\nname = "某市招商局"\ndefault = true\n'), {"agencies.toml"}),
    "agencies that cannot be read": (write("agencies.toml", "[zsj"), {"agencies.toml"}),
    "a link": (lambda path: (path / "l.md").symlink_to("a.md"), {"l.md"}),
    "a link out": (lambda path: (path / "l.md").symlink_to("/etc/passwd"), {"l.md"}),
    "a name that turns": (write("\u202ex.md", "甲"), {"\u202ex.md"}),
    "one name in two ways": (
        lambda path: [write(unicodedata.normalize(form, "é.md"), "甲")(path) for form in ("NFC", "NFD")],
        {unicodedata.normalize("NFD", "é.md")},
    ),
    "something that is ignored": (write(".a.md.swp", "甲"), set()),
    "the bad file mended": (write("e.md", "戊的内容。"), {"e.md"}),
}


@pytest.mark.parametrize("name", DONE)
def test_what_was_noticed_is_all_that_has_to_be_looked_at(tmp_path: Path, name: str) -> None:
    """And what is undone is as it was."""
    done, noticed = DONE[name]
    path = write_folder(tmp_path, FILES)
    holdings = Holdings()
    read_folder(path, holdings)
    done(path)
    assert known_of(read_folder(path, holdings, noticed=Noticed(frozenset(noticed)))) == known_of(read_folder(path))
    shutil.rmtree(path)
    write_folder(tmp_path, FILES)
    assert known_of(read_folder(path, holdings, noticed=Noticed(frozenset(noticed)))) == known_of(read_folder(path))


def test_nothing_else_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_folder(tmp_path, FILES)
    holdings = Holdings()
    read_folder(path, holdings)
    holdings.settle(Stamp(1, "a"), ())
    seen: list[str] = []
    scandir = os.scandir

    def noting(folder: str) -> object:
        seen.append(os.path.relpath(folder, path))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noting)
    write("a/c/d.md", "丁的新内容。")(path)
    folder = read_folder(path, holdings, noticed=Noticed(frozenset({"a/c/d.md"})))
    assert [document.id for document in folder.documents] == ["a/c/d"]
    assert set(seen) == {".", "a/c"}


def test_what_a_link_leads_to_is_looked_at_each_time(tmp_path: Path) -> None:
    """Nothing is noticed at the link when it changes."""
    path = write_folder(tmp_path, FILES)
    (path / "l.md").symlink_to("a.md")
    holdings = Holdings()
    read_folder(path, holdings)
    holdings.settle(Stamp(1, "a"), ())
    write("a.md", "甲的新内容。")(path)
    read_folder(path, holdings, noticed=Noticed(frozenset({"a.md"})))
    assert holdings.documents.names == ["a.md", "l.md"]


def test_a_folder_that_can_be_read_again_is_no_more_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_folder(tmp_path, FILES)
    holdings, scandir, closed = Holdings(), os.scandir, [True]

    def guarded(folder: str) -> object:
        if folder.endswith("/a") and closed:
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    assert "a" in read_folder(path, holdings, noticed=EVERYTHING).refused
    closed.clear()
    folder = read_folder(path, holdings, noticed=Noticed(frozenset()))
    assert (sorted(folder.refused), len(folder.cards)) == (["e.md"], 6)
