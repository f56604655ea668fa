"""Figures in a form in which two documents can be compared."""

from __future__ import annotations

import pytest

from bot.knowledge.examining.figures import figures_in
from bot.knowledge.lines import Line, split_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开政府信息216条，其中机构概况4条。", [("主动公开政府信息", "条", 216, None)]),
        ("2023年，我局共收到政府信息公开申请7件", [("收到政府信息公开申请", "件", 7, 2023)]),
        ("2023年主动公开政府信息共1,206条。", [("主动公开政府信息", "条", 1206, 2023)]),
        ("第一季度主动公开政府信息20条。", []),
        ("主动公开政府信息比上年增加20条。", []),
        ("每年公开信息不少于20条。", []),
        ("配备工作人员3名。", []),
    ],
)
def test_whole_year_figures_are_read(text: str, expected: list[tuple[str, str, int, int | None]]) -> None:
    found = [(figure.measure, figure.unit, figure.value, figure.year) for figure in figures_in(split_lines(text))]
    assert found == expected


def test_a_measure_counts_where_it_is_first_stated() -> None:
    lines = (Line(3, "全年主动公开政府信息216条。"), Line(9, "全年主动公开政府信息150条。"))
    assert [(figure.value, figure.line) for figure in figures_in(lines)] == [(216, 3)]
