"""What a citizen gets for each kind of message, over real HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot.channels.telegram import unreadable
from bot.channels.telegram.words import cannot_read, words
from bot.model import Channel, Language, handle_of
from tests.botapi import BLOCKED, BOT_NAME, BotApi, RefusalError
from tests.channels.telegram.fakes import CONTACT, PASSAGE, FakeAnswering, channel, offering, once, quoting

CITIZEN = 70012345
GROUP = -1009876
STICKER = {
    "file_id": "f",
    "file_unique_id": "u",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


def test_question_is_answered_with_source_and_contact(api: BotApi) -> None:
    with channel(api) as running:
        update = api.user_sends(CITIZEN, "2017年主动公开多少条")
        (answer,) = api.wait_for_sent(CITIZEN)
        running.settle(update)
    assert answer.text.startswith(PASSAGE)
    assert answer.styled("bold") == ("133条",)
    assert "2017年政府信息公开年度报告" in answer.text
    assert CONTACT.name in answer.text
    assert answer.reply_to == 0
    (question,) = running.answering.asked
    assert (question.text, question.channel) == ("2017年主动公开多少条", Channel.TELEGRAM)
    assert question.citizen == str(CITIZEN)
    assert question.asked_at.utcoffset() == timedelta(hours=8)
    assert running.answering.origins == [f"telegram:{update}"]


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/start", "introduction zh-Hans"),
        ("/start from_website", "introduction zh-Hans"),
        ("/help", "help zh-Hans"),
        ("/privacy", "privacy zh-Hans\n\n为了能接着问"),
        ("/nonsense", "help zh-Hans"),
        ("/contact", CONTACT.name),
    ],
)
def test_commands_are_answered_and_not_recorded(api: BotApi, command: str, text: str) -> None:
    with channel(api) as running:
        api.user_sends(CITIZEN, command)
        (answer,) = api.wait_for_sent(CITIZEN)
    assert text in answer.text
    assert running.answering.asked == []


def test_commands_speak_the_language_of_the_citizens_app(api: BotApi) -> None:
    with channel(api):
        for language in ("en-GB", "zh-hant", "zh-hans"):
            api.user_sends(CITIZEN, "/help", language=language)
        answers = api.wait_for_sent(CITIZEN, 3)
    assert [answer.text for answer in answers] == ["help en", "help zh-Hant", "help zh-Hans"]


@pytest.mark.parametrize(
    ("text", "app", "language"),
    [
        ("？？？", "zh-hant", Language.HANT),
        ("2017?", "en", Language.ENGLISH),
        ("你好", "zh-tw", Language.HANT),
        ("2017年公开多少条", "zh-hant", Language.HANS),
        ("2017年公開多少條", "zh-hans", Language.HANT),
        ("停车收费", "en", Language.HANS),
    ],
)
def test_words_that_tell_no_language_are_taken_in_that_of_the_app(
    api: BotApi, text: str, app: str, language: Language
) -> None:
    with channel(api) as running:
        running.settle(api.user_sends(CITIZEN, text, language=app))
    assert [question.language for question in running.answering.asked] == [language]


def test_choice_shows_its_passage_in_the_language_of_the_offer(api: BotApi) -> None:
    with channel(api, FakeAnswering(offering(language=Language.ENGLISH))) as running:
        api.user_sends(CITIZEN, "report")
        (offer,) = api.wait_for_sent(CITIZEN)
        query = api.user_presses(offer, "2 ")
        _, passage = api.wait_for_sent(CITIZEN, 2)
        api.wait_for(lambda: query in api.state.query_answers)
    assert [button.text for button in offer.buttons][1] == "2 2018年政府信息公开年度报告"
    assert running.answering.shown == [("show", handle_of("reports/2018"), "2", Language.ENGLISH)]
    assert passage.text.startswith(PASSAGE)
    assert running.answering.asked[1:] == []


def test_full_text_is_a_button_away(api: BotApi) -> None:
    with channel(api, FakeAnswering(quoting(full_text=True))) as running:
        api.user_sends(CITIZEN, "多少条")
        (answer,) = api.wait_for_sent(CITIZEN)
        api.user_presses(answer, "全文")
        _, whole = api.wait_for_sent(CITIZEN, 2)
    assert whole.text.startswith("全文如下。")
    assert running.answering.shown == [("full", handle_of("reports/2017"), "2.1", Language.HANS)]


def test_button_of_an_earlier_edition_says_that_it_expired(api: BotApi) -> None:
    with channel(api, FakeAnswering(offering())) as running:
        api.user_sends(CITIZEN, "报告")
        (offer,) = api.wait_for_sent(CITIZEN)
        query = api.user_presses_data(offer, "old:button", language="en")
        api.wait_for(lambda: query in api.state.query_answers)
    assert api.state.query_answers[query] == words(Language.ENGLISH).expired
    assert running.answering.shown == []


def test_button_whose_query_is_too_old_still_shows_its_passage(api: BotApi) -> None:
    api.fail("answerCallbackQuery", RefusalError(400, "Bad Request: query is too old"))
    with channel(api, FakeAnswering(offering())):
        api.user_sends(CITIZEN, "报告")
        (offer,) = api.wait_for_sent(CITIZEN)
        api.user_presses(offer, "1 ")
        assert len(api.wait_for_sent(CITIZEN, 2)) == 2


def test_photos_voice_and_stickers_get_one_kind_word(api: BotApi) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    with channel(api) as running:
        for _ in range(3):
            api.user_sends_other(CITIZEN, photo=photo)
        last = api.user_sends_other(CITIZEN, voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
        running.settle(last)
    assert [message.text for message in api.sent(CITIZEN)] == [cannot_read("photo", Language.HANS)]
    assert running.answering.asked == []


def test_kind_word_is_said_again_when_the_chat_is_long_forgotten(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unreadable, "CHATS_REMEMBERED", 1)
    with channel(api) as running:
        for chat in (CITIZEN, CITIZEN + 1, CITIZEN):
            running.settle(api.user_sends_other(chat, sticker=STICKER))
    assert len(api.sent(CITIZEN)) == 2


def test_words_under_a_picture_are_a_question(api: BotApi) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    with channel(api) as running:
        api.user_sends_other(CITIZEN, photo=photo, caption="这条在哪里")
        api.wait_for_sent(CITIZEN)
    assert [question.text for question in running.answering.asked] == ["这条在哪里"]


def test_service_messages_are_passed_over(api: BotApi) -> None:
    with channel(api) as running:
        running.settle(
            api.user_sends_other(CITIZEN, message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
        )
    assert api.sent(CITIZEN) == ()


def test_group_hears_nothing_unless_the_bot_is_meant(api: BotApi) -> None:
    with channel(api) as running:
        for text in ("今天天气好", "@somebody_else 多少条", "/nonsense"):
            last = api.user_sends(GROUP, text, user_id=CITIZEN)
        running.settle(last)
        running.settle(api.user_sends_other(GROUP, user_id=CITIZEN, sticker=STICKER))
    assert api.sent(GROUP) == ()
    assert running.answering.asked == []


def test_group_question_that_names_the_bot_is_answered_under_it(api: BotApi) -> None:
    with channel(api) as running:
        api.user_sends(GROUP, f"😀 @{BOT_NAME.upper()} 2017年多少条", user_id=CITIZEN)
        (answer,) = api.wait_for_sent(GROUP)
    assert answer.reply_to == api.state.next_message - 1
    assert [question.text for question in running.answering.asked] == ["😀   2017年多少条"]
    assert running.answering.asked[0].citizen == str(CITIZEN)


def test_group_reply_to_the_bot_is_a_question(api: BotApi) -> None:
    with channel(api) as running:
        api.user_sends(GROUP, f"@{BOT_NAME} 2017年", user_id=CITIZEN)
        (answer,) = api.wait_for_sent(GROUP)
        api.user_sends(GROUP, "2018年呢", user_id=CITIZEN + 1, reply_to=answer)
        api.wait_for_sent(GROUP, 2)
    assert running.answering.asked[1].text == "2018年呢"


def test_other_bots_are_not_answered(api: BotApi) -> None:
    with channel(api) as running:
        robot = {"id": 9, "is_bot": True, "first_name": "机器"}
        entities = [{"type": "mention", "offset": 0, "length": len(BOT_NAME) + 1}]
        message: dict[str, Any] = {"from": robot, "text": f"@{BOT_NAME} 你好", "entities": entities}
        running.settle(api.user_sends_other(GROUP, **message))
    assert api.sent(GROUP) == ()


def test_who_writes_in_a_groups_name_is_nobody_in_particular(api: BotApi) -> None:
    with channel(api) as running:
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        entities = [{"type": "mention", "offset": 0, "length": len(BOT_NAME) + 1}]
        message: dict[str, Any] = {
            "from": anonymous,
            "sender_chat": {"id": GROUP, "type": "supergroup", "title": "街坊"},
            "text": f"@{BOT_NAME} 2017年",
            "entities": entities,
        }
        api.user_sends_other(GROUP, **message)
        api.wait_for_sent(GROUP)
    assert running.answering.asked[0].citizen == ""


def test_fault_of_ours_gets_an_apology_with_the_contact(api: BotApi) -> None:
    with channel(api, FakeAnswering(broken=frozenset({"坏"}))) as running, structlog.testing.capture_logs() as logs:
        update = api.user_sends(CITIZEN, "坏")
        apology, contact = api.wait_for_sent(CITIZEN, 2)
        running.settle(update, "failed")
        # The next question is answered as if nothing had happened.
        api.user_sends(CITIZEN, "好")
        api.wait_for_sent(CITIZEN, 3)
    assert apology.text == words(Language.HANS).sorry
    assert CONTACT.name in contact.text
    assert running.inbox.reasons == {update: "ValueError"}
    failures = [entry for entry in logs if entry["event"] == "telegram.failed"]
    assert failures == [
        {"event": "telegram.failed", "update_id": update, "error": "ValueError", "log_level": "error"},
    ]


def test_apology_comes_without_contact_where_that_fails_too(api: BotApi) -> None:
    with channel(api, FakeAnswering(broken=frozenset({"*"}))) as running:
        running.settle(api.user_sends(CITIZEN, "坏"), "failed")
        (apology,) = api.wait_for_sent(CITIZEN)
    assert apology.text == words(Language.HANS).sorry


def test_failure_that_cannot_be_noted_is_left_to_the_next_run(api: BotApi) -> None:
    with channel(api, FakeAnswering(broken=frozenset({"坏"}))) as running:
        running.inbox.trouble_failing = once(OSError("disk"))
        update = api.user_sends(CITIZEN, "坏")
        running.settle(api.user_sends(CITIZEN, "好"))
        assert running.inbox.states[update] == "pending"
    with channel(api, FakeAnswering(), running.inbox) as again:
        again.settle(update)
    assert [message.text for message in api.sent(CITIZEN)].count(words(Language.HANS).sorry) == 0
    assert len(api.sent(CITIZEN)) == 2


def test_apology_that_cannot_be_sent_is_let_go(api: BotApi) -> None:
    with channel(api, FakeAnswering(broken=frozenset({"*"}))) as running:
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
        api.fail("sendMessage", RefusalError(400, "Bad Request: chat not found"))
        running.settle(api.user_sends(CITIZEN, "坏"), "failed")
        api.user_sends(CITIZEN + 1, "/help")
        api.wait_for_sent(CITIZEN + 1)
    assert running.error is None


def test_citizen_who_blocked_the_bot_is_no_failure(api: BotApi) -> None:
    api.fail("sendMessage", BLOCKED)
    with channel(api) as running:
        update = api.user_sends(CITIZEN, "2017年")
        running.settle(update)
    assert api.sent(CITIZEN) == ()
    assert len(running.answering.asked) == 1


def test_answer_whose_update_cannot_be_settled_is_not_sent_but_apologised_for(api: BotApi) -> None:
    with channel(api) as running:
        running.inbox.trouble_finishing = once(OSError("disk"))
        update = api.user_sends(CITIZEN, "2017年")
        apology, _ = api.wait_for_sent(CITIZEN, 2)
    assert apology.text == words(Language.HANS).sorry
    assert running.inbox.states[update] == "failed"
