"""What stands above a text and tells about it."""

from __future__ import annotations

from datetime import date

from bot.knowledge.blocks import Block, Heading, Paragraph
from bot.knowledge.grids import Grid
from bot.knowledge.masthead import take_masthead

TITLE, TEXT = Heading("2024年年度报告", 1), Paragraph("本报告由本局编制。")


def pairs(**values: str) -> Grid:
    """One row of labels above one of values."""
    return Grid((tuple(values), tuple(values.values())))


def test_a_table_of_metadata_is_stated_and_no_text() -> None:
    """Above the title or below it."""
    rows = (
        pairs(索引号="011/2024-1", 发布机构="示例市粮食局"),
        pairs(文号="示粮〔2024〕2号", 生成日期="2024年1月20日"),
    )
    for blocks in ((*rows, TITLE, TEXT), (TITLE, *rows, TEXT)):
        masthead = take_masthead(blocks)
        assert masthead.blocks == (TITLE, TEXT)
        stated = masthead.stated
        assert (stated.index_number, stated.agency, stated.number) == ("011/2024-1", "示例市粮食局", "示粮〔2024〕2号")
        assert stated.formed_on == date(2024, 1, 20)


def test_metadata_without_a_field_stay_below_the_title() -> None:
    """Nothing is lost, and the title is still found."""
    masthead = take_masthead((pairs(索引号="1", 名称="年报", 有效性="有效"), TITLE, TEXT))
    assert masthead.blocks == (TITLE, pairs(有效性="有效"), TEXT)


def test_a_date_that_is_none_is_remarked_on_and_dropped() -> None:
    """The text is published."""
    masthead = take_masthead((pairs(索引号="1", 发布日期="近日"), TEXT))
    assert (masthead.stated.index_number, masthead.stated.published_on) == ("1", None)
    (finding,) = masthead.findings
    assert finding.reason == 'date "近日" is no date and was ignored'


def test_other_tables_are_text() -> None:
    """Known labels may head columns of anything, and what stands far down is no masthead."""
    one: tuple[Block, ...] = (pairs(名称="粮食", 数量="3"), TEXT)
    assert take_masthead(one).blocks == one
    several: tuple[Block, ...] = (pairs(名称="大米", 类别="粮食"), TEXT)
    assert take_masthead(several).blocks == several
    late: tuple[Block, ...] = (Paragraph("本" * 100), pairs(索引号="1", 文号="2"))
    assert take_masthead(late).blocks == late


def test_the_letterhead_gives_the_number() -> None:
    """示例市粮食局文件 and the 文号 stand above the title; anything else above the 文号 is text."""
    masthead = take_masthead((Paragraph("示例市粮食局文件"), Paragraph("示粮发〔2025〕3号"), TITLE, TEXT))
    assert (masthead.stated.number, masthead.blocks) == ("示粮发〔2025〕3号", (TITLE, TEXT))
    blocks = (Paragraph("根据"), Paragraph("示粮发〔2025〕3号"), TEXT)
    assert take_masthead(blocks).blocks == blocks
