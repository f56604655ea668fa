"""A table's row is quoted with its headers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.grids import flatten_tables
from bot.knowledge.lines import split_lines

TABLE = """前言。
| 科室 | 人数 | 电话 |
| --- | :---: | --- |
| 办公室 | 3 | 12345 |
| 业务科 | 12 | 12346 |
后记。"""


def flat(text: str) -> list[str]:
    return [line.text for line in flatten_tables(split_lines(text))]


def test_each_row_is_a_line_with_its_headers() -> None:
    """And what stands around the table stays."""
    assert flat(TABLE) == [
        "前言。",
        "科室：办公室，人数：3，电话：12345",
        "科室：业务科，人数：12，电话：12346",
        "后记。",
    ]


def test_rows_keep_the_lines_that_they_stand_on() -> None:
    assert [line.number for line in flatten_tables(split_lines(TABLE))] == [1, 4, 5, 6]


def test_empty_cells_are_left_out_and_cells_without_a_header_stand_by_themselves() -> None:
    """A first cell such as 一、新收 must not become a heading."""
    assert flat("| | 总计 |\n|---|---|\n| 一、新收 | 3 |\n| 二、结转 | |\n| 三 | 1 | 2 |") == [
        "“一、新收”，总计：3",
        "“二、结转”",
        "“三”，总计：1，“2”",
    ]


def test_an_escaped_bar_is_part_of_its_cell() -> None:
    assert flat("| 名称 | 值 |\n|--|--|\n| a\\|b | 1 |") == ["名称：a|b，值：1"]


def test_lines_with_bars_but_without_a_rule_are_no_table() -> None:
    assert flat("打印 | 关闭\n甲 | 乙") == ["打印 | 关闭", "甲 | 乙"]


@given(st.text(alphabet="|- :甲1\n\\", max_size=60))
def test_any_text_is_flattened_and_loses_no_letter_outside_rules_and_headers(text: str) -> None:
    lines = split_lines(text)
    flattened = flatten_tables(lines)
    assert len(flattened) <= len(lines)
    if not any("--" in line.text for line in lines):
        assert flattened == lines
