"""Slips are put right where that gives published words, and nothing else is touched."""

from __future__ import annotations

import pytest

from bot.matching.mending import mend
from bot.matching.usage import Usage
from tests.matching.published import GLOSSARY, Published, document, section

GAZETTE = Published(
    (
        document(
            "items/1",
            section("1", "行政复议", "行政复议决定书应当送达申请人，行政复议不收取任何费用。"),
            section("2", "信息公开", "主动公开政府信息的，办理结果在招商网公布；第二天起可以查阅。"),
            section("3", "天数", "行政复议办理期限为六十天，自受理起计算。"),
        ),
    )
)


def mended(text: str, *names: str) -> str:
    return mend(text, Usage(GAZETTE, GLOSSARY.pairs), names)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政 府信息", "政府信息"),
        ("主公动开信息", "主动公开信息"),
        ("信息公开理办结果", "信息公开办理结果"),
        ("信息开公", "信息公开"),
        ("信息公开合时办理", "信息公开何时办理"),
        ("行证复议", "行政复议"),
        ("信息公开半理结果", "信息公开办理结果"),
        ("主动工开", "主动公开"),
        ("信息公开深么时候", "信息公开什么时候"),
    ],
)
def test_a_slip_is_put_right_where_that_gives_published_words(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["行政复议", "天气怎么样", "局长是谁", "公园几点关门", "要钱吗", "2017 annual report", "", "行政复议由谁受理"],
)
def test_what_only_sounds_like_published_words_is_left_alone(typed: str) -> None:
    assert mended(typed) == typed


def test_of_two_ways_to_put_a_slip_right_the_likelier_is_taken() -> None:
    """主工动开 could be turned into 主动工开, and needs another slip then; 主动工开 is one slip from 主动公开."""
    assert mended("主动工开信息") == "主动公开信息"


def test_the_name_of_an_office_that_is_not_ours_is_left_alone() -> None:
    assert mended("行证复议", "行证") == "行证复议"
