"""Contact records as Excel opens them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import python_calamine as calamine

from bot.desk.workbooks import HEADER, write_workbook
from bot.model import Channel, Resolution, Verdict
from tests.commands.console import run
from tests.commands.test_records import add
from tests.desk.test_exports import RECORD

HEARD = replace(
    RECORD, reference="ZX-2026-000002", channel=Channel.VISIT, decision=None, outcome=Resolution.REFERRED,
    follow_up_on=date(2026, 3, 9), erased_at=datetime(2026, 4, 1, 9, 30, tzinfo=UTC), matches=(),
)  # fmt: skip


def read(path: Path) -> dict[str, list[list[object]]]:
    with calamine.load_workbook(path) as book:
        return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_records_stand_below_a_chinese_header_with_dates_that_are_dates(tmp_path: Path) -> None:
    asked = replace(RECORD, agency="zsj")
    write_workbook([asked, HEARD], tmp_path / "a.xlsx", {"zsj": "随州市招商局"})
    header, first, second = read(tmp_path / "a.xlsx")["咨询登记"]
    assert header == list(HEADER)
    answered, heard = (dict(zip(HEADER, row, strict=True)) for row in (first, second))
    assert answered["时间"] == RECORD.asked_at.astimezone().replace(tzinfo=None, microsecond=0)
    assert (answered["方式"], answered["判定"], answered["办理结果"]) == ("Telegram", "直接答复", "待处理")
    assert answered["机关"] == "随州市招商局"
    assert answered["答复"] == RECORD.reply
    assert (heard["方式"], heard["判定"], heard["办理结果"]) == ("来访", "", "已告知其他机关")
    assert heard["回访日期"] == date(2026, 3, 9)
    assert isinstance(heard["删除时间"], datetime)


@pytest.mark.parametrize("verdict", Verdict)
def test_whatever_the_bot_came_to_has_a_word(tmp_path: Path, verdict: Verdict) -> None:
    write_workbook([replace(RECORD, decision=verdict)], tmp_path / "a.xlsx")
    ((header, row),) = read(tmp_path / "a.xlsx").values()
    assert row[header.index("判定")]


def test_the_header_stays_in_sight_and_filters(tmp_path: Path) -> None:
    write_workbook([RECORD, HEARD], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:R3"' in sheet
    assert sheet.count("<col ") > 5


def test_a_row_is_as_tall_as_its_longest_text_and_paper_has_what_can_be_read(tmp_path: Path) -> None:
    """LibreOffice shows one line of a text whose row states no height, and shrinks all columns onto a page."""
    short, long = (replace(RECORD, question="问", reply=reply) for reply in ("答", "答" * 90 + "\n\n联系"))
    write_workbook([short, long, replace(RECORD, reply="答" * 30000)], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert re.findall(r'<row r="[0-9]+"[^>]* ht="([0-9]+)"', sheet) == ["90", "405"]
    assert "!$A$1:$H$4" in book


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "{=1}", "http://example.org/" + "a" * 3000, "\x00\x07"])
def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    write_workbook([replace(RECORD, question=text)], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    if text.isprintable():
        assert read(tmp_path / "a.xlsx")["咨询登记"][1][HEADER.index("内容")] == text


def test_a_text_longer_than_a_cell_is_cut_and_a_longer_register_takes_more_sheets(tmp_path: Path) -> None:
    write_workbook([replace(RECORD, reply="答" * 40_000)] * 3, tmp_path / "a.xlsx", rows_of_a_sheet=2)
    sheets = read(tmp_path / "a.xlsx")
    assert {name: len(rows) for name, rows in sheets.items()} == {"咨询登记": 3, "咨询登记2": 2}
    assert len(str(sheets["咨询登记"][1][HEADER.index("答复")])) == 32_767


def test_without_records_there_is_still_a_header(tmp_path: Path) -> None:
    write_workbook([], tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == {"咨询登记": [list(HEADER)]}


def test_the_files_name_or_format_says_what_is_written(tmp_path: Path) -> None:
    add(tmp_path, "停车怎么收费", "--at", "2026-03-01")
    assert run(tmp_path, "records", "export", "--output", str(tmp_path / "a.xlsx")).exit_code == 0
    assert len(read(tmp_path / "a.xlsx")["咨询登记"]) == 2
    assert run(tmp_path, "records", "export", "--format", "csv", "--output", str(tmp_path / "b")).exit_code == 0
    assert (tmp_path / "b").read_text(encoding="utf-8-sig").startswith("编号,渠道")
    refused = run(tmp_path, "records", "export", "--format", "xlsx")
    assert (refused.exit_code, refused.stderr) == (2, "a workbook goes into a file; name it with --output 登记.xlsx\n")
    assert run(tmp_path, "records", "export", "--output", str(tmp_path / "no" / "a.xlsx")).exit_code == 2
