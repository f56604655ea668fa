"""What offices put around the rows of a catalogue: titles, notes, headers of several rows, totals, sign-offs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import read_folder
from bot.knowledge.readers import Reading, UnreadableFile
from bot.knowledge.readers.catalogue import read_catalogue
from bot.model import Severity
from tests.knowledge.places import write_folder


def read(text: str, encoding: str = "utf-8") -> Reading:
    return read_catalogue(text.encode(encoding))


def titles(reading: Reading) -> list[str]:
    return [row.stated.title for row in reading.manuscripts]


def remarks(reading: Reading) -> list[tuple[Severity, int, str]]:
    return [(finding.severity, finding.line, finding.reason) for finding in reading.findings]


def test_the_header_stands_below_titles_and_notes() -> None:
    """Lines are still those of the file."""
    reading = read("随州市招商局信息公开目录,,\n（2017年）,,\n,,\n索引号,名称,生成日期\na-1,开放时间,2020-05-01\n")
    (row,) = reading.manuscripts
    assert (row.id, row.line, row.stated.title, reading.findings) == ("a-1", 5, "开放时间", ())


@pytest.mark.parametrize(
    "header",
    [
        '序号,索引号,名称,"生成\n日期",内容概述（200字以内）',
        "No.,信息索引号,信息名称,成文日期,内容摘要*",
        "序号,公开信息,,,\n,索引号,名称,生成日期,内容概述",
        "序号,索引,信息,生成,内容\n,号,名称,日期,概述",
        "序 号,索 引 号,名 称,生成日期：,内容概述：",
        "序号,索引号,公开事项,日期,摘要",
    ],
)
def test_headings_are_known_however_they_are_written(header: str) -> None:
    """In one row or in two, with blanks, broken lines, brackets and marks."""
    reading = read(f"{header}\n1,a-1,开放时间,2020-05-01,周一至周五。\n")
    (row,) = reading.manuscripts
    assert (row.id, row.stated.title, row.stated.formed_on) == ("a-1", "开放时间", date(2020, 5, 1))
    assert row.sections[0].text == "周一至周五。"
    assert reading.findings == ()


def test_a_doubtful_heading_counts_only_where_no_other_has_its_meaning() -> None:
    """责任单位 is the agency, unless 公开机构 stands beside it."""
    reading = read("索引号,名称,责任单位\n1,甲,办公室\n")
    assert reading.manuscripts[0].stated.agency == "办公室"
    reading = read("索引号,名称,责任单位,公开机构\n1,甲,办公室,招商局\n")
    assert reading.manuscripts[0].stated.agency == "招商局"
    assert remarks(reading) == [(Severity.NOTE, 1, "columns 责任单位 are not used")]


def test_totals_notes_and_sign_offs_at_the_end_are_left_out_with_a_note() -> None:
    """They are no items, and nobody wonders where they went."""
    reading = read(
        "序号,索引号,名称,生成日期\n1,a,甲,2017-01-01\n2,b,乙,2017-01-02\n合计,,2条,\n"
        "备注：以上均已发布,,,\n填表人：张三,,审核人：李四,\n,,随州市招商局,\n,,,2018年1月5日\n"
    )
    assert titles(reading) == ["甲", "乙"]
    assert remarks(reading) == [
        (Severity.NOTE, 4, '"合计 2条" is no item, and is left out'),
        (Severity.NOTE, 5, '"备注：以上均已发布" is no item, and is left out'),
        (Severity.NOTE, 6, '"填表人：张三 审核人：李四" is no item, and is left out'),
        (Severity.NOTE, 7, '"随州市招商局" is no item, and is left out'),
        (Severity.NOTE, 8, '"2018年1月5日" is no item, and is left out'),
    ]


def test_an_item_whose_number_was_forgotten_is_refused_and_not_left_out() -> None:
    """Also at the end."""
    reading = read("索引号,名称\na,甲\n,停车场收费标准\n")
    assert remarks(reading) == [(Severity.ERROR, 3, "the row has no id")]


def test_a_header_that_comes_again_is_no_item() -> None:
    """Printed tables have it on every page."""
    assert titles(read("索引号,名称\na,甲\n索引号,名称\nb,乙\n")) == ["甲", "乙"]


def test_a_text_across_the_sheet_is_the_category_of_the_rows_below_it() -> None:
    """Where they have none of their own."""
    reading = read("索引号,名称,类别\n政策,政策,政策\na,甲,\nb,乙,项目\n工作,工作,工作\nc,丙,\n")
    assert [(row.id, row.stated.category) for row in reading.manuscripts] == [
        ("a", "政策"),
        ("b", "项目"),
        ("c", "工作"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "2017-12-31",
        "2017/12/31",
        "2017.12.31",
        "2017年12月31日",
        "2017 年 12 月 31 日",
        "二〇一七年十二月三十一日",
        "２０１７年１２月３１日",
        "20171231",
        "43100",
        "43100.354166",
        "2017-12-31 08:30:00",
        "2017/12/31 8:30",
        "2017年12月31日 8:30",
        "2017年12月31日8时30分",
        "2017-12-31T08:30:00Z",
    ],
)
def test_dates_are_read_in_every_usual_form(written: str) -> None:
    """Also as the number of days that Excel counts."""
    assert read(f"索引号,名称,生成日期\n1,甲,{written}\n").manuscripts[0].stated.formed_on == date(2017, 12, 31)


@pytest.mark.parametrize("written", ["2017", "2017年12月", "12/31/2017", "43", "去年", "2017-02-30"])
def test_a_row_whose_date_is_none_is_refused(written: str) -> None:
    """Nobody guesses it."""
    reading = read(f"索引号,名称,生成日期\n1,甲,{written}\n2,乙,\n")
    assert titles(reading) == ["乙"]
    assert remarks(reading) == [(Severity.ERROR, 2, f'date "{written}" is no date')]


def test_unicode_text_of_excel_is_read() -> None:
    """UTF-16 with tabs."""
    assert titles(read("索引号\t名称\na\t甲\n", "utf-16")) == ["甲"]
    with pytest.raises(UnreadableFile, match="broken UTF-16"):
        read_catalogue("索引号\t名称\n".encode("utf-16") + b"\0")


def test_an_error_of_a_formula_refuses_its_row() -> None:
    reading = read("索引号,名称,内容\n1,甲,#REF!\n2,乙,#1\n")
    assert titles(reading) == ["乙"]
    assert remarks(reading) == [(Severity.ERROR, 2, "a formula of the row gives #REF!")]


def test_a_column_without_a_heading_is_noted() -> None:
    reading = read("索引号,名称,\n1,甲,乙\n")
    assert titles(reading) == ["甲"]
    assert remarks(reading) == [(Severity.NOTE, 1, "a column without a heading is not used")]


def test_rows_without_an_id_have_ids_that_stay_when_rows_are_added_and_sorted(tmp_path: Path) -> None:
    """序号 moves on with every row that is put above, and would be another item's tomorrow."""
    before = "序号,名称,生成日期\n1,甲,2017-01-01\n2,乙,2017-01-02\n"
    after = "序号,名称,生成日期\n1,新,2017-01-03\n2,乙,2017-01-02\n3,甲,2017-01-01\n"

    def ids(text: str) -> dict[str, str]:
        folder = read_folder(write_folder(tmp_path, {"items/list.csv": text}))
        return {document.title: document.id for document in folder.documents}

    first, second = ids(before), ids(after)
    assert {title: second[title] for title in first} == first
    assert len(set(second.values())) == 3
    assert all(one.startswith("items/list#") for one in second.values())


def test_rows_without_an_id_that_say_the_same_are_refused() -> None:
    """The same title of another day is another item."""
    reading = read("名称,生成日期\n甲,2017-01-01\n甲,2017-01-02\n甲,2017-01-01\n")
    assert [row.line for row in reading.manuscripts] == [2, 3]
    assert remarks(reading) == [(Severity.ERROR, 4, "the row has title, number and date of line 2 as well")]


_CELLS = st.sampled_from(
    ["", "索引号", "名称", "内容", "序号", "生成日期", "合计", "甲", "1", "2017-01-01", "#REF!", '"', "注：乙"]
)


@given(st.lists(st.lists(_CELLS, max_size=5), max_size=8), st.sampled_from(",\t;"))
def test_any_table_is_read_or_refused(rows: list[list[str]], sign: str) -> None:
    """Nothing else is raised, and every item stands in a line of its own."""
    try:
        reading = read("\n".join(sign.join(row) for row in rows))
    except UnreadableFile:
        return
    lines = [row.line for row in reading.manuscripts]
    assert len(set(lines)) == len(lines)
