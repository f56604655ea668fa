"""What a question is about, without the words that ask."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.normalise import fold
from bot.language.wording import (
    asked_unit,
    asks_for_time,
    asks_when_published,
    content_sounds,
    content_stretches,
    is_english,
)
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收费标准是什么", ["收费标准"]),
        ("主动公开了多少条", ["主动公开"]),
        ("怎么申请行政复议", ["申请行政复议"]),
        ("办公地址在哪里", ["办公地址"]),
        ("how many applications were received", ["applications", "received"]),
        ("有多少", []),
        ("", []),
    ],
)
def test_asking_words_carry_nothing(text: str, expected: list[str]) -> None:
    assert list(content_stretches(fold(text))) == expected


@pytest.mark.parametrize(
    "word",
    ["存在", "所有", "在线", "及时", "能源", "地址", "过程", "会议", "人才", "会计", "介绍信", "长度", "目标", "就业"],
)
def test_words_that_hold_an_asking_word_stay_whole(word: str) -> None:
    assert content_stretches(word) == (word,)


@pytest.mark.parametrize("word", ["准备金", "目的", "通过率", "了解", "的士", "就业人数", "需要量"])
def test_longer_words_that_hold_an_asking_word_stay_whole(word: str) -> None:
    assert content_stretches(word) == (word,)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("公开了多少条", "条"), ("有几件", "件"), ("来访多少人次", "人次"), ("要多少钱", "钱"), ("一共有多少", ""),
        ("金额是", ""), ("占比", "%"), ("how many items", ""), ("收费标准", None), ("怎么申请", None), ("", None),
    ],
)  # fmt: skip
def test_the_unit_of_the_figure_asked_for_is_told(text: str, unit: str | None) -> None:
    assert asked_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("什么时候答复", True),
        ("多久", True),
        ("几天", True),
        ("when", True),
        ("duo jiu", True),
        ("多少条", False),
        ("whenever", False),
    ],
)
def test_questions_for_a_time_are_told(text: str, expected: bool) -> None:
    assert asks_for_time(text) is expected


def test_a_documents_own_date_is_told_from_other_times() -> None:
    assert asks_when_published(["年度报告", "发布"])
    assert not asks_when_published(["申请", "答复"])
    assert not asks_when_published([])


def test_spelled_questions_lose_their_asking_words_too() -> None:
    assert content_sounds("zhu dong gong kai duo shao tiao".split(" ")) == (("zhu", "dong", "gong", "kai"),)  # noqa: SIM905


@pytest.mark.parametrize(("text", "expected"), [("fee", True), ("fee 收费", False), ("2017", False), ("", False)])
def test_english_has_latin_words_only(text: str, expected: bool) -> None:
    assert is_english(text) is expected


@given(texts)
def test_any_text_has_its_stretches(text: str) -> None:
    folded = fold(text)
    assert all(stretch and stretch in folded for stretch in content_stretches(folded))
    asked_unit(folded)
    asks_for_time(folded)
