"""A folder read again: what did not change is left unread, and all that is known of it stands."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Folder, Holdings, Noticed, Reviewing, read_folder, reading
from bot.knowledge.manuscript import Reading
from bot.knowledge.readers import READERS
from bot.model import Stamp
from tests.knowledge.places import write_folder

AGENCIES = '[zsj]\nname = "某市招商局"\nphone = "1"\n'
FILES = {
    "agencies.toml": AGENCIES,
    "a.md": "---\ntitle: 甲\ndate: 2018-01-02\n---\n\n甲的内容。\n",
    "b.md": "---\ndate: 2018-13-02\n---\n\n乙的内容。\n",
    "c.csv": "id,text,agency\n1,甲,信息科\n2,乙,信息科\n,丙,\n",
    "drafts/d.md": "---\ntitle: 丁\n---\n\n丁的内容。\n",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder whose files were saved long ago."""
    path = write_folder(tmp_path, FILES)
    for file in path.rglob("*.*"):
        age(file)
    return path


def age(file: Path, seconds: float = 3600.0) -> None:
    """Make a file as old as that."""
    then = time.time() - seconds
    os.utime(file, (then, then))


def known_from(folder: Folder) -> Holdings:
    """What a publishing of this folder leaves known of it."""
    holdings = Holdings()
    holdings.fill(Stamp(1, "a"), folder.files, folder.agencies)
    return holdings


def read_again(folder: Folder) -> list[str]:
    """Paths of the files that the last pass read."""
    return folder.holdings.documents.names


@pytest.fixture
def read_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The suffixes of the files that readers were handed."""
    names: list[str] = []

    def noting(suffix: str, reader: Callable[[bytes], Reading]) -> Callable[[bytes], Reading]:
        def read(data: bytes) -> Reading:
            names.append(suffix)
            return reader(data)

        return read

    for suffix, reader in dict(READERS).items():
        monkeypatch.setitem(READERS, suffix, noting(suffix, reader))
    return names


def test_nothing_changed_reads_nothing_and_says_all_that_it_said(path: Path, read_names: list[str]) -> None:
    """Findings and what the review knows of each document are those of the first reading."""
    first = read_folder(path)
    read_names.clear()
    again = read_folder(path, known_from(first))
    assert read_names == []
    assert (read_again(again), list(again.documents)) == ([], [])
    assert (again.findings, again.refused) == (first.findings, first.refused)
    assert (list(again.cards), list(again.files)) == (list(first.cards), list(first.files))
    assert len(first.findings) == 3


@pytest.mark.parametrize("name", ["a.md", "b.md", "c.csv", "drafts/d.md"])
def test_only_the_file_that_changed_is_read(path: Path, read_names: list[str], name: str) -> None:
    known = known_from(read_folder(path))
    read_names.clear()
    (path / name).write_bytes((path / name).read_bytes().replace("内容".encode(), "正文".encode()) + b"\n")
    again = read_folder(path, known)
    assert read_names == [Path(name).suffix]
    assert {document.path for document in again.documents} <= {name}
    assert list(again.cards) == list(read_folder(path).cards)
    assert again.findings == read_folder(path).findings


def test_a_file_that_was_only_touched_is_not_parsed(path: Path, read_names: list[str]) -> None:
    """As after a git checkout: the time is another one, the content is not; the new time is known from then on."""
    first = read_folder(path)
    known = known_from(first)
    read_names.clear()
    age(path / "a.md", 60.0)
    again = read_folder(path, known)
    assert (read_names, read_again(again)) == ([], [])
    assert [file.path for file in known.unnoted] == ["a.md"]
    assert known.get("a.md") != first.holdings.get("a.md")


def test_saved_twice_within_a_tick_of_the_clock_it_is_read_all_the_same(path: Path) -> None:
    """Size, time and place are then those of the version that was read."""
    file = path / "a.md"
    file.write_text("第一稿。", encoding="utf-8")
    status = file.stat()
    known = known_from(read_folder(path))
    file.write_text("第二稿。", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    (document,) = read_folder(path, known).documents
    assert document.sections[0].text == "第二稿。"


def test_other_agencies_read_everything_anew(path: Path) -> None:
    """Whose a document is may be told by them; a comment in their file tells nothing."""
    known = known_from(read_folder(path))
    (path / "agencies.toml").write_text(f"# 注\n{AGENCIES}", encoding="utf-8")
    assert list(read_folder(path, known).documents) == []
    (path / "agencies.toml").write_text(AGENCIES.replace("[zsj]", "[zsj]\ndefault = true"), encoding="utf-8")
    assert len(read_folder(path, known).documents) == 4


def test_another_program_reads_everything_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_from(read_folder(path))
    monkeypatch.setattr(reading, "_program", lambda: "another")
    assert len(read_folder(path, known).documents) == 4


def test_unreadable_agencies_leave_every_document_with_the_agency_that_it_has(path: Path) -> None:
    known = known_from(read_folder(path))
    (path / "agencies.toml").write_text("[zsj\n", encoding="utf-8")
    folder = read_folder(path, known)
    assert list(folder.documents) == []
    assert {card.agency for card in folder.cards if card.path == "a.md"} == {"zsj"}
    assert "agencies.toml" in folder.refused


def test_the_second_file_of_an_id_is_read_when_the_first_goes(path: Path) -> None:
    """Although nothing of it has changed."""
    (path / "a.txt").write_text("后来的。", encoding="utf-8")
    age(path / "a.txt")
    first = read_folder(path)
    assert "a.txt" in first.refused
    (path / "a.md").unlink()
    again = read_folder(path, known_from(first))
    assert [(document.path, document.sections[0].text) for document in again.documents] == [("a.txt", "后来的。")]
    assert "a.txt" not in again.refused


def test_a_new_first_file_of_an_id_takes_it_from_one_that_is_left_unread(path: Path) -> None:
    known = known_from(read_folder(path))
    (path / "a.csv").write_text("id,text\na,表里的甲\n", encoding="utf-8")
    again = read_folder(path, known)
    assert [document.path for document in again.documents] == ["a.csv"]
    assert 'document id "a" is that of a.csv as well' in "".join(map(str, again.findings))
    assert "a.md" in again.refused


def test_a_file_that_is_being_written_stays_as_it_is_known(path: Path) -> None:
    """And one that nobody knows yet does not exist before it is whole."""
    known = known_from(read_folder(path))
    (path / "a.md").write_text("半", encoding="utf-8")
    (path / "new.md").write_text("半", encoding="utf-8")
    again = read_folder(path, known, noticed=Noticed(None, frozenset({"a.md", "new.md"})))
    assert list(again.documents) == []
    assert {card.path for card in again.cards} == {"a.md", "c.csv", "drafts/d.md"}
    assert [document.path for document in read_folder(path, known_from(again)).documents] == ["a.md", "new.md"]


def test_a_folder_that_cannot_be_read_keeps_what_is_known_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its documents are not withdrawn for a permission that was set wrongly, or a drive that went away."""
    known = known_from(read_folder(path))
    scandir = os.scandir

    def denied(name: str) -> object:
        if name.endswith("drafts"):
            raise PermissionError(13, "Permission denied", name)
        return scandir(name)

    monkeypatch.setattr(os, "scandir", denied)
    again = read_folder(path, known)
    assert "drafts" in again.refused
    assert read_again(again) == again.holdings.gone == []
    assert "drafts/d" in {card.id for card in again.cards}


def test_the_review_says_of_files_left_unread_what_it_said(path: Path) -> None:
    (path / "agencies.toml").write_text(AGENCIES.replace("phone", "fax"), encoding="utf-8")
    first = read_folder(path)
    again = replace(read_folder(path, known_from(first)), golden=first.golden)
    today = date(2017, 1, 1)
    assert Reviewing().review(again, today) == Reviewing().review(first, today)
    assert any("future" in finding.reason for finding in Reviewing().review(again, today))
