"""Marks of secrecy and of what is not finished, and the many texts that only speak of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.examining.clocks import outdated_clock
from bot.knowledge.examining.marks import draft_title, placeholder, secrecy_mark


@pytest.mark.parametrize(
    "text",
    [
        "机密★1年",
        "秘密 ★",
        "密级：机密",
        "内部资料",
        "【内部资料】",
        "内部资料，请勿外传",
        "（不予公开）",
        "公开属性：不予公开",
        "此件不予公开。",
        "機密★",
        "绝密",
    ],
)
def test_marks_of_secrecy_are_found(text: str) -> None:
    assert secrecy_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "开展保密审查216次，未发生泄密事件。",
        "（三）不予公开",
        "不予公开1件，其中属于国家秘密0件。",
        "1.属于国家秘密",
        "依法不予公开的，告知申请人并说明理由。",
        "公开属性：主动公开",
        "涉及国家秘密、商业秘密的信息不予公开。",
        "内部机构设置",
        "二、不予公开的情形",
    ],
)
def test_to_speak_of_secrecy_is_no_mark(text: str) -> None:
    assert secrecy_mark(text) == ""


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("某市粮食储备管理办法（征求意见稿）", "征求意见稿"),
        ("工作方案(送审稿)", "送审稿"),
        ("关于《某市粮食储备管理办法（征求意见稿）》公开征求意见的公告", ""),
        ("《办法（征求意见稿）》意见征集情况说明", ""),
        ("2024年度报告", ""),
    ],
)
def test_a_draft_says_so_in_its_title_unless_the_public_is_asked(title: str, word: str) -> None:
    assert draft_title(title) == word


@pytest.mark.parametrize(
    "text", ["时间：待定", "全年公开XX条", "××年×月", "联系人：XXX", "金额____元", "2024年xx月", "数量【 】条"]
)
def test_what_is_not_filled_in_is_found(text: str) -> None:
    assert placeholder(text)


@pytest.mark.parametrize("text", ["等待定期检查", "XXL号", "Exxon公司", "2024年12月", "待定点医院公布", "1×2米"])
def test_ordinary_words_are_no_placeholders(text: str) -> None:
    assert placeholder(text) == ""


@pytest.mark.parametrize(
    ("text", "day", "old"),
    [
        ("自收到申请之日起15个工作日内予以答复。", None, True),
        ("需要延长的，最多延长十五个工作日", date(2020, 1, 1), True),
        ("自收到申请之日起15个工作日内予以答复。", date(2018, 1, 1), False),
        ("自收到申请之日起20个工作日内予以答复。", None, False),
        ("第三方应当自收到征求意见书之日起15个工作日内提出意见。", None, False),
        ("15个工作日内办结备案。", None, False),
    ],
)
def test_the_clocks_of_2008_are_found_in_current_guides(text: str, day: date | None, old: bool) -> None:
    assert bool(outdated_clock(text, day)) is old
