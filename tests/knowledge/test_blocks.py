"""Blocks of every format become the same lines, and with them the same sections."""

from __future__ import annotations

from bot.knowledge.blocks import Block, Entry, Heading, Paragraph, to_lines
from bot.knowledge.grids import Grid
from bot.knowledge.manuscript import write_manuscript
from bot.knowledge.stated import Stated

REPORT: tuple[Block, ...] = (
    Heading("示例市粮食局2024年政府信息公开年度报告", 1),
    Paragraph("一、总体情况"),
    Paragraph("主动公开 12 条"),
    Paragraph("其中，"),
    Entry("（一）", "网站公开10条。"),
    Entry("•", "公告栏公开2条。"),
    Grid(
        (("项目", "数量", "数量"), ("项目", "自然人", "法人"), ("一、新收", "3", ""), ("合计", "合计", "3")), headers=2
    ),
)


def test_headings_entries_and_rows_find_their_places() -> None:
    manuscript = write_manuscript(Stated(), to_lines(REPORT))
    assert manuscript.title_line == "示例市粮食局2024年政府信息公开年度报告"
    assert [section.headings for section in manuscript.sections] == [
        ("一、总体情况",),
        ("一、总体情况", "（一）网站公开10条"),
    ]
    assert manuscript.sections[-1].text.split("\n") == [
        "网站公开10条。",
        "•公告栏公开2条。",
        "项目：一、新收，数量 自然人：3",
        "项目：合计，数量 自然人：合计，数量 法人：3",
    ]


def test_a_whole_paragraph_is_joined_to_nothing_even_where_its_sentence_is_open() -> None:
    (section,) = write_manuscript(Stated(), to_lines(REPORT[2:4])).sections
    assert section.text == "主动公开 12 条\n其中，"


def test_a_loose_paragraph_is_joined_to_the_rest_of_its_sentence() -> None:
    parts = (Paragraph("对来本市投资考察的，以及来访的", loose=True), Paragraph("客商，认真听取意见。", loose=True))
    (section,) = write_manuscript(Stated(), to_lines(parts)).sections
    assert section.text == "对来本市投资考察的，以及来访的客商，认真听取意见。"


def test_a_sign_that_somebody_typed_before_a_paragraph_makes_no_heading() -> None:
    assert [line.text for line in to_lines((Paragraph("# 话题"), Paragraph(" ")))] == ["话题"]


def test_a_row_is_neither_title_nor_chrome() -> None:
    rows = Grid((("",), ("示例市粮食局2024年度报告",), ("打印本页 关闭",)))
    (section,) = write_manuscript(Stated(), to_lines((rows,))).sections
    assert section.text == "“示例市粮食局2024年度报告”\n“打印本页 关闭”"
