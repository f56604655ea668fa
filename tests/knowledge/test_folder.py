"""A folder as staff keep it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge import Folder, KnowledgeFolderMissing, read_folder
from bot.knowledge.decoding import LARGEST_BYTES
from bot.model import GoldenQuestion, Kind, Severity, Status, Term
from tests.knowledge.places import shared, write_folder

AGENCIES = '[zsj]\nname = "某市招商局"\nphone = "1"\n'


def errors_of(folder: Folder) -> list[str]:
    """Errors as staff read them."""
    return [str(finding) for finding in folder.findings if finding.severity is Severity.ERROR]


def test_whole_folder_is_read(tmp_path: Path) -> None:
    """Documents in the order of their paths, with the small files beside them."""
    path = write_folder(
        tmp_path,
        {
            "agencies.toml": AGENCIES,
            "glossary.csv": "term,synonyms\n收费,要钱\n",
            "questions.csv": "question,expect_document\n公开多少,reports/2017\n",
            "reports/2017.md": "---\ntitle: 某市招商局2017年度报告\ndate: 2018-02-05\n---\n## 一、概述\n甲。",
            "items/开放时间.txt": "周一至周五。",
            "items/catalogue.csv": "id,title,text\n011,甲,乙\n",
            "README.md": "# 怎么用这个文件夹",
        },
    )
    folder = read_folder(path)
    assert [document.id for document in folder.documents] == ["011", "items/开放时间", "reports/2017"]
    assert [document.kind for document in folder.documents] == [Kind.ITEM, Kind.ITEM, Kind.REPORT]
    assert {document.agency for document in folder.documents} == {"zsj"}
    assert folder.documents[2].path == "reports/2017.md"
    assert folder.documents[2].sections[0].line == 5
    assert folder.glossary == (Term("收费", ("要钱",)),)
    assert folder.golden == (GoldenQuestion("公开多少", "reports/2017", line=2),)
    assert (folder.findings, folder.refused) == ((), frozenset())


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    """Each is refused with place, reason and remedy."""
    path = write_folder(
        tmp_path,
        {
            "agencies.toml": AGENCIES,
            "a.txt": "甲。",
            "bad.csv": "甲,乙\n",
            "binary.txt": b"PK\x03\x04\0\0",
            "date.md": "---\ntitle: 甲\ndate: 2017年13月\n---\n乙。",
            "empty.md": "",
            "header.md": "---\ntitle: 甲\n---\n",
            "latin.txt": b"\xff\xff\xff",
        },
    )
    folder = read_folder(path)
    assert [document.id for document in folder.documents] == ["a"]
    assert errors_of(folder) == [
        "knowledge/bad.csv:1: no row is the header of a catalogue; write one: 索引号, 名称, 生成日期, 内容概述",
        "knowledge/binary.txt: the file is a zip archive, such as DOCX and XLSX are, not what its name says (.txt); "
        "give it the suffix of what it is",
        'knowledge/date.md:3: date "2017年13月" is no date; write 2017-12-31',
        "knowledge/empty.md: the file is empty; write the text, or delete the file",
        "knowledge/header.md: the file has no text; write the text, or delete the file",
        "knowledge/latin.txt: the file is neither UTF-8 nor GB 18030; save it as text in UTF-8",
    ]
    assert folder.refused == {"bad.csv", "binary.txt", "date.md", "empty.md", "header.md", "latin.txt"}


def test_bad_row_is_named_by_file_and_line(tmp_path: Path) -> None:
    """The catalogue itself is not refused."""
    folder = read_folder(write_folder(tmp_path, {"items.csv": "id,text\n1,甲\n,乙\n"}))
    assert errors_of(folder) == ["knowledge/items.csv:3: the row has no id; give it its 索引号"]
    assert len(folder.documents) == 1
    assert folder.refused == frozenset()


@pytest.mark.parametrize(
    "suffix",
    [".doc", ".wps", ".ET", ".ppt", ".pptx", ".jpg", ".png", ".ofd", ".ceb", ".heic", ".eml"],
)
def test_office_files_are_refused_with_a_way_out(tmp_path: Path, suffix: str) -> None:
    """Nobody wonders why a document is not found."""
    folder = read_folder(write_folder(tmp_path, {f"a{suffix}": b"x"}))
    (error,) = errors_of(folder)
    assert f"{suffix.casefold()} files are not read; " in error
    assert "save it as .docx" in error or "save it as .xlsx" in error
    assert folder.refused == {f"a{suffix}"}


@pytest.mark.parametrize(
    ("suffix", "target"), [(".doc", ".docx"), (".WPS", ".docx"), (".et", ".xlsx"), (".uof", ".docx")]
)
def test_old_formats_are_refused_with_the_format_to_save_them_in(tmp_path: Path, suffix: str, target: str) -> None:
    """WPS and Word save the text whole, numbers and tables included; Markdown would have to be typed."""
    folder = read_folder(write_folder(tmp_path, {f"a{suffix}": b"x"}))
    (error,) = errors_of(folder)
    assert error.endswith(f"open it in Word, WPS or LibreOffice and save it as {target}")


@pytest.mark.parametrize("suffix", [".zip", ".rar", ".7z"])
def test_an_archive_is_refused_and_to_be_unpacked(tmp_path: Path, suffix: str) -> None:
    """What is in it would be missed by nobody but the public."""
    (error,) = errors_of(read_folder(write_folder(tmp_path, {f"a{suffix}": b"x"})))
    assert error.endswith("unpack it, and put what is in it into the folder")


def test_what_editors_and_systems_leave_behind_is_ignored(tmp_path: Path) -> None:
    """Silently; other files of unknown type are noted."""
    names = [".DS_Store", ".git/config", "~$a.docx", ".a.md.swp", "a.md~", "a.tmp", "README.md"]
    folder = read_folder(write_folder(tmp_path, {"agencies.toml": AGENCIES, **dict.fromkeys(names, "x")}))
    assert (list(folder.documents), folder.findings) == ([], ())
    noted = read_folder(write_folder(tmp_path, {"a.py": "x"})).findings
    assert [str(finding) for finding in noted] == ["knowledge/a.py: files of type .py are ignored"]


def test_second_file_with_the_same_id_is_refused(tmp_path: Path) -> None:
    """Two files that differ by suffix only, and a row that has a file's id."""
    folder = read_folder(write_folder(tmp_path, {"a.md": "甲。", "a.txt": "乙。", "c.csv": "id,text\na,丙\nb,丁\n"}))
    assert [(document.id, document.sections[0].text) for document in folder.documents] == [("a", "甲。"), ("b", "丁")]
    assert errors_of(folder) == [
        'knowledge/a.txt: document id "a" is that of a.md as well; rename one of the files',
        'knowledge/c.csv:2: document id "a" is that of a.md as well; give the row an id of its own',
    ]
    assert folder.refused == {"a.txt"}


def test_drafts_and_withdrawn_documents_are_kept_with_their_status(tmp_path: Path) -> None:
    """Publishing leaves them out, not reading."""
    folder = read_folder(write_folder(tmp_path, {"drafts/a.md": "甲。", "b.md": "---\nstatus: 已撤下\n---\n乙。"}))
    assert {document.id: document.status for document in folder.documents} == {
        "b": Status.WITHDRAWN,
        "drafts/a": Status.DRAFT,
    }


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """Links inside it are followed, as mounted volumes have them."""
    (tmp_path / "secret.txt").write_text("密", encoding="utf-8")
    path = write_folder(tmp_path, {".data/a.txt": "甲。"})
    (path / "a.txt").symlink_to(path / ".data" / "a.txt")
    (path / "b.txt").symlink_to(tmp_path / "secret.txt")
    (path / "c").symlink_to(tmp_path)
    (path / "d.txt").symlink_to(path / "nowhere.txt")
    folder = read_folder(path)
    assert [document.id for document in folder.documents] == ["a"]
    assert errors_of(folder) == [
        "knowledge/b.txt: the link leads out of the folder; copy the file into the folder",
        "knowledge/c: the link leads out of the folder; copy the file into the folder",
        "knowledge/d.txt: the link leads nowhere; copy the file into the folder, or delete the link",
    ]


def test_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A sparse file costs nothing to make and must cost nothing to refuse."""
    path = write_folder(tmp_path, {"a.txt": ""})
    os.truncate(path / "a.txt", LARGEST_BYTES + 1)
    assert errors_of(read_folder(path)) == ["knowledge/a.txt: the file is larger than 20 MB; split it"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_the_right_to_read_is_refused(tmp_path: Path) -> None:
    """The system's own words are passed on."""
    path = write_folder(tmp_path, {"a.txt": "甲。"})
    (path / "a.txt").chmod(0)
    assert errors_of(read_folder(path))[0].startswith("knowledge/a.txt: the file cannot be read (Permission denied)")


def test_name_that_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    """A name in another encoding would break every later step; blanks of any width are fine."""
    path = write_folder(tmp_path, {"招商\u3000政策 1.txt": "乙。"})
    Path(os.fsdecode(os.fsencode(path) + b"/\xd5\xd0.txt")).write_text("甲。", encoding="utf-8")
    folder = read_folder(path)
    (error,) = errors_of(folder)
    assert error == (
        r"knowledge/\udcd5\udcd0.txt: the name has characters that cannot be shown, or that turn it round; rename it"
    )
    assert [document.id for document in folder.documents] == ["招商\u3000政策 1"]


def test_missing_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    """The one thing that reading cannot do without."""
    with pytest.raises(KnowledgeFolderMissing, match="set BOT_KNOWLEDGE"):
        read_folder(tmp_path / "none")


def test_folder_without_agencies_is_warned_of(tmp_path: Path) -> None:
    """Nothing is invented: replies then have no contact."""
    (finding,) = read_folder(write_folder(tmp_path, {"a.txt": "甲。"})).findings
    assert finding.severity is Severity.WARNING
    assert str(finding).startswith("knowledge/agencies.toml: no agency is known, so replies name no contact; write")


def test_unknown_agency_of_many_rows_is_remarked_once(tmp_path: Path) -> None:
    """A catalogue of another house does not flood the review."""
    rows = "".join(f"{number},甲,信息科\n" for number in range(50))
    folder = read_folder(write_folder(tmp_path, {"agencies.toml": AGENCIES, "c.csv": f"id,text,agency\n{rows}"}))
    assert [str(finding) for finding in folder.findings] == [
        'knowledge/c.csv:2: agency "信息科" is not in agencies.toml; add it there as an agency or an alias'
    ]


def test_broken_agencies_do_not_stop_the_documents(tmp_path: Path) -> None:
    """The file is refused once, without the warning for a missing one."""
    folder = read_folder(write_folder(tmp_path, {"agencies.toml": "[a\n", "a.txt": "甲。"}))
    assert len(folder.documents) == 1
    assert folder.refused == {"agencies.toml"}
    assert len(folder.findings) == 1


def test_reports_of_many_agencies_and_years_load(tmp_path: Path) -> None:
    """Both forms of report, each with its agency, year, kind and outline."""
    made = tmp_path / "made"
    subprocess.run(
        [sys.executable, shared("tools", "make_reports.py"), made, "--seed", "7"], check=True, capture_output=True
    )
    folder = read_folder(made)
    assert not folder.findings
    assert len(folder.documents) == 66
    for document in folder.documents:
        agency, year = document.id.removeprefix("reports/").split("-")
        assert (document.agency, document.year, document.kind) == (agency, int(year), Kind.REPORT)
        assert document.title.endswith(f"{year}年政府信息公开工作年度报告")
        assert [section.id for section in document.sections if "." not in section.id and section.id != "0"] == list(
            "123456"
        )
    known = {document.id for document in folder.documents}
    assert {golden.expect_document for golden in folder.golden} <= known | {""}
