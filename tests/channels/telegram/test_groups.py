"""In groups and topics, with the real house behind it: answers where the bot is meant, and one word when it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import run
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.render import letters, say
from bot.channels.telegram.words import words
from bot.model import Language
from tests.botapi import BOT_NAME, BotApi, RefusalError
from tests.botapi.methods import BOT_USER
from tests.channels.telegram.house import House, house

CITIZEN, NEIGHBOUR = 70012345, 70012346
GROUP, SUPERGROUP = -9876, -1009876
TOPIC: dict[str, Any] = {"message_thread_id": 77, "is_topic_message": True}
SAID = words(Language.HANS)
QUESTION = "2017年主动公开政府信息多少条"


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def test_command_is_obeyed_where_it_names_the_bot(at: House) -> None:
    for place, command in enumerate(("help", "contact", "privacy", "start")):
        for text in (f"/{command}", f"/{command}@another_bot"):
            at.settle(not_ours := at.api.user_sends(SUPERGROUP, text, user_id=CITIZEN))
            assert at.letters_of(not_ours) == 0
        at.settle(at.api.user_sends(SUPERGROUP, f"/{command}@{BOT_NAME}", user_id=CITIZEN))
        answer = at.api.wait_for_sent(SUPERGROUP, 2 * place + 1)[-1]
        assert answer.reply_to
        at.settle(at.api.user_sends(SUPERGROUP, f"/{command}", user_id=CITIZEN, reply_to=answer))
        at.api.wait_for_sent(SUPERGROUP, 2 * place + 2)


def test_edit_is_answered_where_the_bot_is_meant_afterwards(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, QUESTION, user_id=CITIZEN))
    message = max(number for chat, number in at.api.state.said if chat == SUPERGROUP)
    at.settle(not_ours := at.api.user_edits(SUPERGROUP, message, f"{QUESTION}呢"))
    assert at.letters_of(not_ours) == 0
    entities = [{"type": "mention", "offset": 0, "length": len(BOT_NAME) + 1}]
    body = at.api.state.said[SUPERGROUP, message] | {
        "text": f"@{BOT_NAME} {QUESTION}",
        "entities": entities,
        "edit_date": int(at.api.state.clock()),
    }
    at.settle(at.api.raw_update({"edited_message": body}))
    (answer,) = at.api.wait_for_sent(SUPERGROUP)
    assert "133条" in answer.text
    assert answer.reply_to == message


def test_answers_stand_in_the_topic_of_the_question(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN, **TOPIC))
    (answer,) = at.api.wait_for_sent(SUPERGROUP)
    at.api.user_presses(answer, SAID.related, user_id=NEIGHBOUR)
    at.api.wait_for_sent(SUPERGROUP, 2)
    at.settle(at.api.user_sends(SUPERGROUP, f"/help@{BOT_NAME}", user_id=CITIZEN, **TOPIC))
    assert [message.thread for message in at.api.wait_for_sent(SUPERGROUP, 3)] == [77, 77, 77]


def test_thread_of_replies_is_no_topic(at: House) -> None:
    """In a group without topics Telegram refuses a message to it."""
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN, message_thread_id=3))
    assert at.api.wait_for_sent(SUPERGROUP)[0].thread == 0


def test_topic_that_is_closed_meanwhile_gets_its_answer_in_the_main_chat(at: House) -> None:
    at.api.fail("sendMessage", RefusalError(400, "Bad Request: message thread not found"))
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN, **TOPIC))
    (answer,) = at.api.wait_for_sent(SUPERGROUP)
    assert (answer.thread, "133条" in answer.text) == (0, True)


def test_whatever_stands_in_a_topic_that_the_bot_opened_is_not_meant_for_it(at: House) -> None:
    opening: dict[str, Any] = {
        "message_id": 77,
        "from": BOT_USER,
        "chat": {"id": SUPERGROUP, "type": "supergroup", "title": "街坊"},
        "date": 0,
        "forum_topic_created": {"name": "甲", "icon_color": 1},
    }
    more: dict[str, Any] = TOPIC | {"reply_to_message": opening, "text": QUESTION}
    at.settle(not_ours := at.api.user_sends_other(SUPERGROUP, user_id=CITIZEN, **more))
    assert at.letters_of(not_ours) == 0


def test_new_group_is_told_once_who_is_there_and_how_to_ask(at: House) -> None:
    at.settle(at.api.bot_becomes(SUPERGROUP, "member", "left", user_id=CITIZEN))
    (told,) = at.api.wait_for_sent(SUPERGROUP)
    assert told.text.startswith("您好！")
    assert f"@{BOT_NAME}" in told.text
    at.settle(at.api.bot_becomes(SUPERGROUP, "administrator", "member", user_id=CITIZEN))
    at.settle(at.api.bot_becomes(SUPERGROUP, "kicked", "administrator", user_id=CITIZEN))
    assert at.store.chats.is_unreachable(SUPERGROUP)
    at.settle(at.api.bot_becomes(SUPERGROUP, "member", "kicked", user_id=CITIZEN))
    assert not at.store.chats.is_unreachable(SUPERGROUP)
    at.says(NEIGHBOUR, QUESTION)
    assert len(at.api.sent(SUPERGROUP)) == 1


def test_staffs_own_chat_needs_no_introduction(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "Conversation", partial(Conversation, spared={SUPERGROUP}))
    with house(api, tmp_path) as at:
        at.settle(taken_in := api.bot_becomes(SUPERGROUP, "member", "left", user_id=CITIZEN))
        assert at.letters_of(taken_in) == 0


def test_introduction_speaks_the_language_of_whoever_took_the_bot_in(at: House) -> None:
    at.settle(at.api.bot_becomes(SUPERGROUP, "administrator", "left", user_id=CITIZEN, language="en"))
    assert "To ask in this group" in at.api.wait_for_sent(SUPERGROUP)[0].text


def test_citizen_who_blocks_the_bot_is_unreachable_until_they_come_back(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    at.settle(at.api.bot_becomes(CITIZEN, "kicked", "member"))
    assert at.store.chats.is_unreachable(CITIZEN)
    at.settle(at.api.bot_becomes(CITIZEN, "member", "kicked"))
    assert not at.store.chats.is_unreachable(CITIZEN)
    assert len(at.api.sent(CITIZEN)) == 1


def test_group_that_became_a_supergroup_is_no_new_one(at: House) -> None:
    """Both groups tell of it, and Telegram may tell of the bot's place in the new one."""
    at.settle(at.api.bot_becomes(GROUP, "member", "left", user_id=CITIZEN))
    at.api.wait_for_sent(GROUP)
    at.settle(at.api.user_sends_other(GROUP, user_id=CITIZEN, migrate_to_chat_id=SUPERGROUP))
    at.settle(at.api.user_sends_other(SUPERGROUP, user_id=CITIZEN, migrate_from_chat_id=GROUP))
    at.settle(at.api.bot_becomes(SUPERGROUP, "administrator", "left", user_id=CITIZEN))
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    (answer,) = at.api.wait_for_sent(SUPERGROUP)
    assert "133条" in answer.text


def test_what_waits_for_a_group_goes_to_the_supergroup_that_it_became(at: House) -> None:
    now = datetime.now(UTC)
    with at.store.together():
        at.store.outbox.put(letters(GROUP, say("迟到的")), "test:1", now)
        (waiting,) = at.store.outbox.due(now, 1)
        at.store.outbox.postpone(waiting.id, now + timedelta(hours=1))
    at.settle(at.api.user_sends_other(GROUP, user_id=CITIZEN, migrate_to_chat_id=SUPERGROUP))
    (waiting,) = at.store.outbox.due(now + timedelta(hours=1), 1)
    assert waiting.letter.chat == SUPERGROUP


def test_help_in_a_group_says_how_to_ask_there_and_nothing_of_what_only_private_chats_have(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"/help@{BOT_NAME}", user_id=CITIZEN))
    (told,) = at.api.wait_for_sent(SUPERGROUP)
    assert f"请在消息里写上 @{BOT_NAME}" in told.text
    assert "三十分钟" not in told.text
    assert "三十分钟" in at.says(CITIZEN, "/help").text


@pytest.mark.parametrize("command", ["browse", "apply", "mydata", "BROWSE"])
def test_command_that_is_none_in_a_group_leads_to_a_private_chat(at: House, command: str) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"/{command}@{BOT_NAME}", user_id=CITIZEN))
    (told,) = at.api.wait_for_sent(SUPERGROUP)
    assert told.text == SAID.only_in_private
    assert told.button(SAID.to_private).url == f"https://t.me/{BOT_NAME}"


def test_unknown_command_that_names_the_bot_gets_the_help(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"/foo@{BOT_NAME}", user_id=CITIZEN))
    (told,) = at.api.wait_for_sent(SUPERGROUP)
    assert told.text.startswith("直接把问题发来")
    at.settle(others := at.api.user_sends(SUPERGROUP, "/foo", user_id=CITIZEN, reply_to=told))
    assert at.letters_of(others) == 0


def test_what_follows_up_on_nothing_in_a_group_is_not_looked_up(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} 全文", user_id=CITIZEN))
    assert at.api.wait_for_sent(SUPERGROUP)[0].text == "没有可以接着看的内容，请把问题写完整。"
    assert at.records() == ()


def test_who_asks_for_a_person_where_there_are_no_staff_gets_the_contact(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} 人工", user_id=CITIZEN))
    for told in (*at.api.wait_for_sent(SUPERGROUP), at.says(CITIZEN, "我要人工")):
        assert told.text.startswith(SAID.no_person)
        assert "联系：" in told.text
    assert at.records() == ()


def test_introduction_says_where_to_go_on(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"/start@{BOT_NAME}", user_id=CITIZEN))
    assert f"@{BOT_NAME}" in at.api.wait_for_sent(SUPERGROUP)[0].text
    assert at.says(CITIZEN, "/start").text.endswith(SAID.first_steps)


def test_commands_in_words_are_obeyed_in_a_group_too(at: House) -> None:
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} 帮助", user_id=CITIZEN))
    at.settle(at.api.user_sends(SUPERGROUP, f"@{BOT_NAME} 删除我的信息", user_id=CITIZEN))
    first, second = at.api.wait_for_sent(SUPERGROUP, 2)
    assert (first.text[:7], second.text) == ("直接把问题发来", SAID.only_in_private)
