"""What stands in a folder besides documents: links, pipes, names that deceive, files that are not what they are called."""

from __future__ import annotations

import io
import os
import socket
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Folder, Holdings, Noticed, read_folder
from bot.knowledge.signatures import foreign
from bot.knowledge.walk import is_ignored, shown
from tests.knowledge.places import write_folder


def said(folder: Folder) -> dict[str, str]:
    """Reason and remedy of each error by the file's name."""
    return {
        finding.path.removeprefix("knowledge/"): f"{finding.reason}; {finding.remedy}"
        for finding in folder.findings
        if finding.severity == "error"
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder with one good file."""
    return write_folder(tmp_path, {"good.md": "甲。"})


def only_good_is_read(folder: Folder) -> bool:
    return [document.id for document in folder.documents] == ["good"]


def test_links_that_lead_in_a_circle_are_refused_by_name(path: Path) -> None:
    (path / "a.md").symlink_to("b.md")
    (path / "b.md").symlink_to("a.md")
    (path / "self.md").symlink_to("self.md")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert said(folder) == dict.fromkeys(
        ("a.md", "b.md", "self.md"), "the link leads in a circle; copy the file into the folder"
    )


def test_a_folder_that_holds_itself_is_gone_through_once(path: Path) -> None:
    (path / "sub").mkdir()
    (path / "sub" / "up").symlink_to(path, target_is_directory=True)
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert said(folder) == {"sub/up": "links to folders are not followed; move the folder here"}


def test_links_out_of_the_folder_are_refused_however_they_lead_there(path: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("密", encoding="utf-8")
    (path / "a.md").symlink_to(tmp_path / "secret.md")
    (path / "b.md").symlink_to("../secret.md")
    (path / "c.md").symlink_to("a.md")
    (path / "etc").symlink_to("/etc")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert folder.refused == {"a.md", "b.md", "c.md", "etc"}
    assert {reason.partition(";")[0] for reason in said(folder).values()} == {"the link leads out of the folder"}


@pytest.mark.e2e
def test_a_pipe_or_a_socket_is_refused_and_nothing_waits_for_it(path: Path) -> None:
    os.mkfifo(path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path / "socket.md"))
        folder = read_folder(path)
    assert only_good_is_read(folder)
    assert set(said(folder)) == {"pipe.md", "socket.md"}
    assert "no file" in said(folder)["pipe.md"]


def test_a_folder_with_a_documents_name_is_a_folder(path: Path) -> None:
    (path / "a.md").mkdir()
    assert only_good_is_read(read_folder(path))


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("\u202efdp.md", r"\u202efdp.md"),
        ("a\u2066b.md", r"a\u2066b.md"),
        ("a\x1b[31m.md", r"a\x1b[31m.md"),
        ("报告\n.md", r"报告\n.md"),
        ("a\x7f.md", r"a\x7f.md"),
        ("a\u2028.md", r"a\u2028.md"),
    ],
)
def test_a_name_that_steers_or_deceives_is_refused_and_shown_escaped(path: Path, name: str, seen: str) -> None:
    (path / name).write_text("乙。", encoding="utf-8")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert folder.refused == {seen}
    assert said(folder)[seen].endswith("; rename it")


def test_a_folder_with_such_a_name_is_refused_with_all_that_is_in_it(path: Path) -> None:
    (path / "a\u202eb").mkdir()
    (path / "a\u202eb" / "c.md").write_text("丙。", encoding="utf-8")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert folder.refused == {r"a\u202eb"}


@given(st.text(min_size=1))
def test_a_shown_name_can_be_printed_and_stored(name: str) -> None:
    text = shown(name)
    assert text.encode()
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
    assert shown(text) == text


@pytest.mark.parametrize("name", ["招商　政策 1.md", "a-b_c.md", "👨‍👩‍👧.md", "é.md", "e\u0301.md"])
def test_everyday_names_are_shown_as_they_are(name: str) -> None:
    assert shown(name) == name


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "甲")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.md", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("a.txt", zipped(), "a zip archive"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Office file"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.txt", b"{\\rtf1 text}", "an RTF file"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused_saying_what_it_is(
    path: Path, name: str, content: bytes, what: str
) -> None:
    (path / name).write_bytes(content)
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert said(folder)[name].startswith(f"the file is {what}")
    assert "give it the suffix of what it is" in said(folder)[name]


def test_what_may_be_wrapped_in_several_ways_is_left_to_its_reader() -> None:
    """Spreadsheets are saved as HTML with the suffix of Excel, encrypted documents as old Office files."""
    assert foreign(".xls", zipped()) == ""
    assert foreign(".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == ""
    assert foreign(".docx", b"%PDF-1.7") == "a PDF"
    assert foreign(".pdf", zipped()).startswith("a zip")
    assert foreign(".md", "---\ntitle: 甲\n---\n".encode()) == ""


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(path: Path, content: bytes) -> None:
    (path / "a.md").write_bytes(content)
    assert said(read_folder(path)) == {"a.md": "the file is empty; write the text, or delete the file"}


def test_a_file_with_nul_bytes_is_refused(path: Path) -> None:
    for content in (b"a\0b", "title: 2017\n甲。".encode("utf-16-le")):
        (path / "a.md").write_bytes(content)
        assert "NUL bytes" in said(read_folder(path))["a.md"]


@pytest.mark.parametrize("name", ["a.md", "a.csv", "agencies.toml", "glossary.csv"])
def test_a_file_of_500_megabytes_is_refused_by_its_size(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unread: opening it would be an error here."""
    (path / name).touch()
    os.truncate(path / name, 500_000_000)
    open_ = os.open

    def opened(file: str | Path, *args: int) -> int:
        assert Path(file).name != name
        return open_(file, *args)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(Path, "read_bytes", lambda file: pytest.fail(f"{file} is read"))
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert said(folder)[name] == "the file is larger than 20 MB; split it"


def test_brackets_without_end_in_the_agencies_are_refused(path: Path) -> None:
    (path / "agencies.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert folder.refused == {"agencies.toml"}


@pytest.mark.parametrize(
    "name",
    [
        ".a.md.swp", ".goutputstream-A1B2", "~$报告.docx", "a.md~", "#a.md#", ".~lock.a.docx#", "a.tmp", ".#a.md",
        "a.part", "a.crdownload", ".DS_Store", ".git", "Thumbs.db", "desktop.ini", "Icon\r", "._a.md", "__MACOSX",
    ],
)  # fmt: skip
def test_what_editors_and_systems_leave_behind_is_ignored(name: str) -> None:
    assert is_ignored(name)


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """A folder's files stand where the folder would stand, before a file whose name goes on after it."""
    names = ["a/b.md", "a/c/d.md", "a-b.md", "a.md", "乙.md", "B.md"]
    path = write_folder(tmp_path, dict.fromkeys(names, "甲"))
    assert [file.path for file in read_folder(path).files] == sorted(names, key=lambda name: name.split("/"))


def test_one_name_written_in_two_ways_is_refused(path: Path) -> None:
    """A disk may hold both; they would be one document, and nobody can say which."""
    for form in ("NFC", "NFD"):
        (path / unicodedata.normalize(form, "café.md")).write_text("咖啡。", encoding="utf-8")
    folder = read_folder(path)
    assert only_good_is_read(folder)
    assert said(folder) == {"café.md": "two files have this name, written in two ways; rename one of them"}


@pytest.mark.parametrize(
    ("page", "beside"), [("页.html", "页_files"), ("页.htm", "页.files"), ("a.b.html", "a.b_files")]
)
@pytest.mark.e2e
def test_what_a_browser_saves_with_a_page_is_no_document(tmp_path: Path, page: str, beside: str) -> None:
    """Frames would be published, and each picture be refused; a folder without its page is one like any other."""
    frame = "<html><body><p>分享到：微信，微博，打印本页，关闭窗口。</p></body></html>"
    path = write_folder(tmp_path, {page: frame, f"{beside}/saved_resource.html": frame, f"{beside}/logo.png": "x"})
    holdings = Holdings()
    folder = read_folder(path, holdings)
    assert ([file.path for file in folder.files], folder.refused) == ([page], frozenset())
    (path / page).unlink()
    folder = read_folder(path, holdings, noticed=Noticed(frozenset({page})))
    assert [file.path for file in folder.files] == [f"{beside}/logo.png", f"{beside}/saved_resource.html"]
    (path / page).write_text(frame, encoding="utf-8")
    folder = read_folder(path, holdings, noticed=Noticed(frozenset({page})))
    assert [file.path for file in folder.files] == [page]
