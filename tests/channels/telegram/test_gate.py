"""What stands before every answer, over real HTTP: limits, the block list, and no more out than two messages for one in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels.telegram import limits, run
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.words import words
from bot.model import Language, Verdict
from bot.store.tables import outbox
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
    assert at.store.blocks.all()[0].dropped == 4
    assert len(at.api.sent(CITIZEN)) == 2
    assert at.api.sent(GROUP) == ()
    assert at.records() == (record,)
    at.says(NEIGHBOUR, QUESTION)
    at.store.blocks.lift(record.citizen_key)
    assert "133条" in at.says(CITIZEN, QUESTION).text


def letters_of(at: House, update_id: int) -> int:
    """How many messages an update led to."""
    counted = select(func.count()).where(outbox.c.origin == f"telegram:{update_id}")
    with at.store._database.read() as connection:
        return connection.execute(counted).scalar_one()


LONG = "这是一个很长的问题，" * 100
USER = {"id": CITIZEN, "is_bot": False, "first_name": "市民"}
UPDATES: dict[str, dict[str, Any]] = {
    "question": {"text": QUESTION},
    "several": {"text": f"{QUESTION}？2016年呢？停车怎么收费？收费和减免情况？"},
    "several long ones": {"text": f"{LONG}？{LONG}2016年呢？{LONG}怎么收费？{LONG}"},
    "longest": {"text": "收费" * 2048},
    "markup": {"text": "<b>&lt;" * 500},
    "lines": {"text": "收费\n" * 1000},
    "marks": {"text": "？" * 4096},
    "caption": {"caption": QUESTION, "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
    "sticker": {"sticker": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular",
                            "is_animated": False, "is_video": False}},
    "contact": {"contact": {"phone_number": "1", "first_name": "甲"}},
    "service": {"new_chat_title": "新名"},
    **{name: {"text": f"/{name}", "entities": [{"type": "bot_command", "offset": 0, "length": len(name) + 1}]}
       for name in ("start", "help", "browse", "new", "contact", "language", "privacy", "forget", "nothing")},
}  # fmt: skip


def test_one_update_leads_to_two_messages_at_most(api: BotApi, tmp_path: Path) -> None:
    with house(api, tmp_path) as at:
        for number, (name, content) in enumerate(UPDATES.items()):
            for chat in (8000 + number, -1008000 - number):
                sent = at.api.user_sends_other(chat, **content)
                at.settle(sent)
                assert letters_of(at, sent) <= 2, name
                message = max(given for place, given in at.api.state.said if place == chat)
                edited = at.api.user_edits(chat, message, f"@{BOT_NAME} {QUESTION}？{LONG}？")
                at.settle(edited)
                assert letters_of(at, edited) <= 2, name
        for chat in [chat for chat, _ in at.api.state.sent if chat > 0]:
            for button in at.api.sent(chat)[0].buttons:
                if button.data:
                    at.api.user_presses_data(at.api.sent(chat)[0], button.data)
                    at.settle(at.api.state.next_update)
                    assert letters_of(at, at.api.state.next_update) <= 2, button.text
