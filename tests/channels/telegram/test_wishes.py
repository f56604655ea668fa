"""Who asks for a person is told from who asks about persons."""

from __future__ import annotations

import pytest

from bot.channels.telegram.staff.wishes import asks_for_person


@pytest.mark.parametrize(
    "text",
    [
        "人工", "转人工！", "轉人工", "人工客服", "我要人工服务", "请帮我转接人工", "我想找真人", "有没有人工客服",
        "有人工吗？", "人工在吗",
        "能不能转人工", "human", "Agent please", "talk to a person", "Can I speak to a human?", "I'd like to talk to someone",
    ],
)  # fmt: skip
def test_a_wish_for_a_person_is_one(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    ["", "？", "人工湖什么时候修好", "人工智能项目有哪些", "人工费多少钱", "有多少工作人员", "停车收费转人工智能",
     "staff numbers in 2017",
     "how many staff", "contact", "联系人", "找人"],
)  # fmt: skip
def test_a_question_about_persons_is_none(text: str) -> None:
    assert not asks_for_person(text)
