"""What stands before every answer, over real HTTP: limits, the block list, and no more out than two messages for one in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import limits, run
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.words import words
from bot.model import Language, Verdict
from tests.botapi import BOT_NAME, BotApi
from tests.channels.telegram.house import House, house

CITIZEN, NEIGHBOUR = 70012345, 70012346
GROUP = -1009876
SAID = words(Language.HANS)
QUESTION = "2017年主动公开政府信息多少条"


@pytest.fixture
def at(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(limits, "MOST_MESSAGES", 3)
    with house(api, tmp_path) as running:
        yield running


def flood(at: House, count: int = 5, chat: int = CITIZEN, text: str = QUESTION, **more: Any) -> None:
    for number in range(count):
        last = at.api.user_sends(chat, f"{text}{number}", **more)
    at.settle(last)


def test_flood_is_told_once_and_every_question_is_on_record(at: House) -> None:
    flood(at, 6)
    assert [message.text for message in at.api.wait_for_sent(CITIZEN, 4)[3:]] == [SAID.too_much]
    at.says(NEIGHBOUR, QUESTION)
    assert len(at.api.sent(CITIZEN)) == 4
    records = at.records()
    assert [record.question for record in records[:6]] == [f"{QUESTION}{number}" for number in range(6)]
    assert [record.decision for record in records[3:]] == [*([Verdict.LIMITED] * 3), Verdict.ANSWER]
    assert [record.reply for record in records[3:6]] == [SAID.too_much, "", ""]
    assert {record.citizen_key for record in records[:6]} == {records[0].citizen_key}


def test_edit_beyond_the_limit_is_noted_on_its_record(at: House) -> None:
    flood(at, 3)
    message = min(number for chat, number in at.api.state.said if chat == CITIZEN)
    at.settle(at.api.user_edits(CITIZEN, message, "2018年主动公开政府信息多少条"))
    assert at.api.wait_for_sent(CITIZEN, 4)[3].text == SAID.too_much
    assert [text for _, text in at.records()[0].edits] == ["2018年主动公开政府信息多少条"]
    assert len(at.records()) == 3


def test_nobody_loses_the_right_to_be_forgotten_by_writing_too_much(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor that to see what is kept; but that too only so often."""
    flood(at, 5)
    assert len(at.api.wait_for_sent(CITIZEN, 4)) == 4
    at.turns(at.says(CITIZEN, "/forget"), "确认删除")
    assert {record.question for record in at.records()} == {""}
    sent = len(at.api.sent(CITIZEN))
    for _ in range(limits.MOST_OWN):
        last = at.api.user_sends(CITIZEN, "/mydata")
    at.settle(last)
    assert len(at.api.wait_for_sent(CITIZEN, sent + limits.MOST_OWN - 2)) == sent + limits.MOST_OWN - 2


def test_commands_and_presses_count_and_lead_to_nothing_beyond_the_limit(at: House) -> None:
    answer = at.says(CITIZEN, QUESTION)
    at.says(CITIZEN, "/help")
    at.corner(answer, SAID.helpful)
    assert at.corner(answer, SAID.related) == SAID.too_much
    assert at.corner(answer, SAID.related) == ""
    at.settle(at.api.user_sends(CITIZEN, "/help"))
    at.settle(at.api.user_sends_other(CITIZEN, sticker={"file_id": "a"}))
    assert len(at.api.sent(CITIZEN)) == 2
    assert len(at.records()) == 1


def test_only_the_flooding_member_of_a_group_is_stopped(at: House) -> None:
    flood(at, 5, GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN)
    told = at.api.wait_for_sent(GROUP, 4)[3]
    assert told.text == SAID.too_much
    assert told.reply_to
    at.settle(at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=NEIGHBOUR))
    assert "133条" in at.api.wait_for_sent(GROUP, 5)[4].text


def test_talk_that_is_not_meant_for_the_bot_does_not_count(at: House) -> None:
    flood(at, 5, GROUP, "今天天气真好", user_id=CITIZEN)
    at.settle(at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    assert "133条" in at.api.wait_for_sent(GROUP)[0].text


def test_staff_chat_falls_under_no_limit(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MESSAGES", 3)
    monkeypatch.setattr(run, "Conversation", partial(Conversation, spared={GROUP}))
    with house(api, tmp_path) as at:
        flood(at, 6, GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN)
        assert all("133条" in message.text for message in at.api.wait_for_sent(GROUP, 6))


def test_blocked_citizen_is_told_once_and_dropped_everywhere(at: House) -> None:
    answer = at.says(CITIZEN, QUESTION)
    (record,) = at.records()
    at.store.blocks.add(record.citizen_key, record.reference, datetime.now(UTC))
    told = at.says(CITIZEN, QUESTION)
    assert told.text.startswith(SAID.blocked)
    assert "12345" in told.text
    assert at.corner(answer, SAID.helpful) == ""
    at.settle(at.api.user_sends(CITIZEN, "/forget"))
    at.settle(at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    assert at.letters_of(at.api.state.next_update) == 0
    assert at.store.blocks.all()[0].dropped == 4
    assert len(at.api.sent(CITIZEN)) == 2
    assert at.records() == (record,)
    at.says(NEIGHBOUR, QUESTION)
    at.store.blocks.lift(record.citizen_key)
    assert "133条" in at.says(CITIZEN, QUESTION).text


def test_blocked_citizen_is_not_told_so_before_others(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    (record,) = at.records()
    at.store.blocks.add(record.citizen_key, record.reference, datetime.now(UTC))
    at.settle(before_others := at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    assert at.letters_of(before_others) == 0
    assert at.says(CITIZEN, QUESTION).text.startswith(SAID.blocked)


FRAGMENTS = st.sampled_from(
    [QUESTION, "停车怎么收费", "收费和减免情况", "那2016年呢", "全文", "还有呢", "2", "电话多少", "谢谢", "你好", "我要申请公开",
     "这是一个很长的问题，" * 100, "收费" * 300, "<b>&lt;", "😀" * 200, "\u202e", "\x00", "？", "？？？", "\n", "；", " ",
     f"@{BOT_NAME}", "/help", "/start", "/privacy", "/browse", "/forget", "/apply", "/status", "/cancel",
     "/nothing", f"/contact@{BOT_NAME}", "／ｎｅｗ"]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, min_size=1, max_size=12).map(lambda parts: "".join(parts)[:4096])
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
FILE = {"file_id": "f", "file_unique_id": "u"}
OTHERS = st.sampled_from(
    [{"photo": PHOTO}, {"voice": FILE | {"duration": 1}}, {"document": FILE}, {"location": {"latitude": 1, "longitude": 1}},
     {"contact": {"phone_number": "1", "first_name": "甲"}}, {"new_chat_title": "新名"}, {"migrate_from_chat_id": -5},
     {"dice": {"emoji": "🎲", "value": 1}}, {"photo": PHOTO, "caption": QUESTION}]
)  # fmt: skip


def test_one_update_of_any_kind_leads_to_two_messages_at_most(api: BotApi, tmp_path: Path) -> None:
    chats = iter(range(8000, 9000))
    with house(api, tmp_path) as at:

        def check(update_id: int) -> None:
            at.settle(update_id)
            assert at.letters_of(update_id) <= 2

        @settings(deadline=None, max_examples=50)
        @given(TEXTS, TEXTS, OTHERS, st.booleans(), st.integers(0, 9))
        def hold(text: str, edited: str, other: dict[str, Any], in_group: bool, place: int) -> None:
            chat = next(chats)
            chat = -chat if in_group else chat
            check(api.user_sends(chat, text, user_id=CITIZEN + abs(chat)))
            message = max(number for where, number in api.state.said if where == chat)
            check(api.user_edits(chat, message, edited))
            check(api.user_sends_other(chat, user_id=CITIZEN + abs(chat), **other))
            check(api.bot_becomes(chat, "member", "left"))
            for answer in api.sent(chat)[:1]:
                pressed = [button.data for button in answer.buttons if button.data]
                data = pressed[place % len(pressed)] if pressed else text[:20]
                api.user_presses_data(answer, data, user_id=abs(chat))
                check(api.state.next_update)

        hold()


def test_inline_query_leads_to_no_message(at: House) -> None:
    query = at.api.user_searches(CITIZEN, QUESTION)
    at.api.wait_for(lambda: query in at.api.state.inline_answers)
    assert at.letters_of(at.api.state.next_update) == 0
