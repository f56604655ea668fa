"""Several questions in one message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.language.several import questions_in
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("2017年主动公开多少条？信息公开收费吗？", ["2017年主动公开多少条？", "信息公开收费吗？"]),
        ("你好！\n怎么申请公开？\n多少天答复？\n谢谢", ["怎么申请公开？", "多少天答复？"]),
        ("1、收费吗\n2、多久答复\n3、找谁", ["收费吗", "多久答复", "找谁"]),
        ("(1) how many items?\n(2) is there a fee?", ["how many items?", "is there a fee?"]),
        ("收费吗？收费吗？", ["收费吗？"]),
        ("怎么申请，另外收费吗？", ["怎么申请", "收费吗？"]),
        ("收费吗 还有地址在哪", ["收费吗", "地址在哪"]),
        ("收不收费？顺便问一下，多久能答复？", ["收不收费？", "多久能答复？"]),
        ("收费标准\n办理时限\n联系电话", ["收费标准", "办理时限", "联系电话"]),
        ("1. 收费标准\n2. 办理时限", ["收费标准", "办理时限"]),
    ],
)
def test_each_is_found_without_number_and_greeting(text: str, questions: list[str]) -> None:
    assert list(questions_in(text)) == questions


@pytest.mark.parametrize(
    "text",
    [
        "怎么申请公开？？？",
        "我上个月交了申请。\n多久答复？",
        "《关于进一步优化营商环境\n若干措施》在哪里",
        "主动公开多少条",
        "????",
        "",
        "你好\n谢谢",
        "还有呢？",
        "还有什么办法",
        "材料交了，还有身份证",
        "随州市招商局\n收费标准",
        "关于印发\n优化营商环境措施的\n通知",
        "我要查的是，另外那份报告",
    ],
)
def test_a_message_that_explains_or_asks_once_stays_whole(text: str) -> None:
    assert questions_in(text) == (text,)


@settings(deadline=None, max_examples=200)
@given(texts)
def test_any_text_has_at_least_one_part_and_every_part_stands_in_it(text: str) -> None:
    parts = questions_in(text)
    assert parts
    assert all(part in text for part in parts)
