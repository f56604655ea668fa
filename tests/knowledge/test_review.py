"""What the review tells staff."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Reviewing, read_folder
from bot.model import Severity
from tests.bench.folder import write_small_reports
from tests.knowledge.places import shared, write_folder

TODAY = date(2026, 7, 1)
FULL = """[zsj]
name = "某市招商局"
department = "办公室"
address = "人民路1号"
hours = "9:00-17:00"
phone = "1"
fax = "2"
email = "a@b.cn"
site = "招商网"
portal = "某市政府网"
hotline = "12345"
"""
KEPT = "---\ntitle: 招商政策\nkind: item\nagency: zsj\ndate: 2018-02-05\n---\n甲。"


def remarks(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """Severity and text of every remark of the review."""
    folder = read_folder(write_folder(tmp_path, files))
    return [f"{finding.severity.value} {finding}" for finding in Reviewing().review(folder, TODAY)]


def test_well_kept_folder_gets_notes_at_most(tmp_path: Path) -> None:
    """No false alarms: what was inferred is told, nothing else."""
    files = {
        "agencies.toml": FULL,
        "a.md": KEPT,
        "b.md": KEPT.replace("date: 2018-02-05", "日期: 2026-07-01").replace("甲。", "丙。"),
        "guides/c.md": "---\ntitle: 怎么申请\nkind: guide\nagency: zsj\n---\n乙。",
        "glossary.csv": "term,synonyms\n收费,要钱\n数量,多少\n",
        "questions.csv": "question,expect_document,expect_text,class\n政策,a,甲,figure\n天气,,,none\n",
    }
    assert remarks(tmp_path, files) == [
        "note knowledge/a.md: inferred year 2018; state in the file what is inferred wrongly",
        "note knowledge/b.md: inferred year 2026; state in the file what is inferred wrongly",
    ]


def faults(path: Path) -> list[str]:
    """What reading and review find beyond notes."""
    folder = read_folder(path)
    found = (*folder.findings, *Reviewing().review(folder, TODAY))
    return [f"{finding.severity.value} {finding}" for finding in found if finding.severity is not Severity.NOTE]


def test_no_fault_is_found_with_the_folder_that_is_shipped() -> None:
    assert faults(Path(__file__).parents[2] / "knowledge") == []


@pytest.mark.e2e
def test_no_fault_is_found_with_fifty_made_up_reports(tmp_path: Path) -> None:
    """Of the free form of 2014 to 2020, and of the form with tables since."""
    tool = shared("tools", "make_reports.py")
    path = tmp_path / "knowledge"
    command = [sys.executable, str(tool), str(path), "--agencies", "5", "--first", "2014", "--last", "2024"]
    subprocess.run(command, check=True, capture_output=True)
    assert len(list((path / "reports").iterdir())) >= 50
    assert faults(path) == []


def test_no_fault_is_found_with_texts_of_random_words(tmp_path: Path) -> None:
    write_small_reports(tmp_path / "knowledge", 120)
    assert faults(tmp_path / "knowledge") == []


def test_empty_contact_fields_are_listed_in_one_note(tmp_path: Path) -> None:
    """Staff see at a glance which facts nobody has stated."""
    assert remarks(tmp_path, {"agencies.toml": '[a]\nname = "甲局"\nphone = "1"\nhotline = "12345"\n'}) == [
        'note knowledge/agencies.toml: agency "a" states no department, address, hours, fax, email, site, portal; '
        "replies leave them out"
    ]


def test_agency_that_nobody_can_reach_is_warned_of(tmp_path: Path) -> None:
    """A reply would send citizens nowhere."""
    (remark,) = remarks(tmp_path, {"agencies.toml": '[a]\nname = "甲局"\nhours = "9:00-17:00"\n'})
    assert remark.startswith(
        'warning knowledge/agencies.toml: agency "a" has nothing to reach it by; state one of address'
    )


def test_document_without_agency_is_warned_of_where_agencies_are_known(tmp_path: Path) -> None:
    """Where none is known at all, reading has said so."""
    two = '[jia]\nname = "甲局"\nphone = "1"\n[yi]\nname = "乙局"\nphone = "1"\n'
    warned = "warning knowledge/a.md: no agency; state agency 机关, or mark one agency default = true"
    assert warned in remarks(tmp_path, {"agencies.toml": two, "a.md": KEPT.replace("agency: zsj\n", "")})
    assert warned not in remarks(tmp_path, {"agencies.toml": FULL, "a.md": KEPT.replace("agency: zsj\n", "")})


def test_missing_and_future_dates_are_told(tmp_path: Path) -> None:
    """A missing date is a note, one to come a warning."""
    files = {"a.md": KEPT.replace("2018", "2062"), "b.md": KEPT.replace("date: 2018-02-05\n", "")}
    found = remarks(tmp_path, files)
    assert "warning knowledge/a.md: a date in the future; check the date" in found
    assert "note knowledge/b.md: no date; state date 日期" in found


def test_what_was_inferred_is_told_with_its_values(tmp_path: Path) -> None:
    """Staff check the guess without opening the file."""
    (remark,) = remarks(tmp_path, {"2017.txt": "招商局年度报告\n甲。\n2018年2月5日"})
    assert remark == (
        "note knowledge/2017.txt: inferred title 招商局年度报告, kind report, year 2017, published_on 2018-02-05; "
        "state in the file what is inferred wrongly"
    )


def test_rows_of_a_catalogue_are_told_of_together(tmp_path: Path) -> None:
    """A thousand rows make one remark, at the first row concerned."""
    rows = "1,甲,2018-02-05,文\n2,乙,,文\n3,丙,,文\n4,丁,2018-02-05,文\n5,戊,2062-02-05,文\n"
    found = remarks(tmp_path, {"agencies.toml": FULL, "c.csv": f"id,title,date,text\n{rows}"})
    assert found == [
        "note knowledge/c.csv:3: no date: 2 of 5 rows; state date 日期",
        "warning knowledge/c.csv:6: a date in the future: 5; check the date",
        "note knowledge/c.csv:2: inferred agency: 5 of 5 rows; state in the file what is inferred wrongly",
    ]


def test_golden_question_with_an_unknown_document_is_an_error(tmp_path: Path) -> None:
    """A draft's question is only warned of, a repeated one noted."""
    files = {
        "a.md": KEPT,
        "drafts/b.md": KEPT,
        "questions.csv": "question,expect_document\n甲,a\n乙,c\n丙,drafts/b\n甲,a\n",
    }
    found = [remark for remark in remarks(tmp_path, files) if "questions.csv" in remark]
    assert found == [
        'error knowledge/questions.csv:3: golden question expects document "c", which is not there; '
        "write the id of a document: its path without suffix, or its 索引号",
        'warning knowledge/questions.csv:4: golden question expects document "drafts/b", which is draft; '
        "publish the document, or take the question out",
        "note knowledge/questions.csv:5: golden question repeats line 2; keep one",
    ]


def test_term_with_two_rows_is_warned_of(tmp_path: Path) -> None:
    """In either script and case."""
    found = remarks(tmp_path, {"glossary.csv": "term,synonyms\n收费,要钱\n收費,fee\n"})
    assert found == ['warning knowledge/glossary.csv: term "收费" has 2 rows; put its synonyms in one row']


def test_remarks_show_the_folders_own_name(tmp_path: Path) -> None:
    """A folder may be called anything."""
    folder = read_folder(write_folder(tmp_path, {"a.md": KEPT}))
    assert {finding.path for finding in Reviewing().review(replace(folder, name="资料"), TODAY)} == {"资料/a.md"}
    assert all(finding.severity is Severity.NOTE for finding in Reviewing().review(folder, TODAY))
