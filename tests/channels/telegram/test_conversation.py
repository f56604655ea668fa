"""Conversations over real HTTP with the real house behind them: what follows up, what is browsed, rated, chosen, forgotten."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update

from bot.channels.telegram import memory, run
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.words import reasons, words
from bot.intake import Intake
from bot.language.normalise import fold
from bot.model import Language, Rating, Reason, Resolution, Verdict, handle_of
from bot.own_data import phrases
from tests.botapi import BOT_NAME, BotApi, RefusalError, Sent
from tests.channels.telegram.house import House, house

CITIZEN = 70012345
SAID = words(Language.HANS)
ITEMS_2017 = "2017年主动公开政府信息多少条"


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def labels(message: Sent) -> list[str]:
    return [button.text for button in message.buttons]


def rows(message: Sent) -> int:
    return len({button.row for button in message.buttons})


def test_a_year_alone_follows_up_and_the_reply_says_what_it_was_taken_for(at: House) -> None:
    assert "133条" in at.says(CITIZEN, ITEMS_2017).text
    answer = at.says(CITIZEN, "那2016年呢")
    assert answer.text.startswith("按“2016年主动公开政府信息多少条”理解：")
    assert "121条" in answer.text
    assert "133条" not in answer.text
    # And what followed up can be followed up on.
    assert "256条" in at.says(CITIZEN, "2018").text
    first, second, third = at.records()
    assert (first.question, first.understood) == (ITEMS_2017, "")
    assert (second.question, second.understood) == ("那2016年呢", "2016年主动公开政府信息多少条")
    assert (third.question, third.understood) == ("2018", "2018年主动公开政府信息多少条")


def test_a_follow_up_is_answered_in_the_language_of_what_it_follows(at: House) -> None:
    at.says(CITIZEN, "2017年主動公開政府信息多少條")
    assert at.says(CITIZEN, "那2016年呢").text.startswith("按「2016年主動公開政府信息多少條」理解：")


def test_nobody_follows_up_on_another(at: House) -> None:
    at.says(CITIZEN, ITEMS_2017)
    assert "理解" not in at.says(CITIZEN + 1, "那2016年呢").text


def test_what_was_spoken_of_half_an_hour_ago_is_forgotten(at: House) -> None:
    at.says(CITIZEN, ITEMS_2017)
    topic = at.store.chats.topic(CITIZEN, datetime.now(UTC) - timedelta(minutes=30))
    assert topic
    at.store.chats.keep_topic(CITIZEN, topic, datetime.now(UTC) - timedelta(minutes=31))
    assert "理解" not in at.says(CITIZEN, "那2016年呢").text


def test_a_number_and_more_and_the_full_text_do_what_buttons_do_and_leave_no_record(at: House) -> None:
    offer = at.says(CITIZEN, "收费和减免情况")
    assert labels(offer)[1].startswith("2 ")
    picked = at.says(CITIZEN, "2")
    assert "出处：" in picked.text
    assert "第十季度" not in picked.text
    whole = at.says(CITIZEN, "全文")
    assert whole.text.startswith("全文第1页，共")
    related = at.says(CITIZEN, "还有呢")
    assert len([label for label in labels(related) if label[0].isdigit()]) >= 2
    assert [record.question for record in at.records()] == ["收费和减免情况"]


def test_after_a_reply_that_shows_nothing_there_is_no_full_text(at: House) -> None:
    """It would be that of an answer before it."""
    at.says(CITIZEN, ITEMS_2017)
    at.says(CITIZEN, "今天天气怎么样")
    for words_ in ("全文", "还有呢"):
        assert at.says(CITIZEN, words_).text == "没有可以接着看的内容，请把问题写完整。"
    assert len(at.records()) == 2


def test_a_number_that_was_not_offered_is_told_of(at: House) -> None:
    at.says(CITIZEN, "收费和减免情况")
    assert at.says(CITIZEN, "9").text.startswith("没有第9条，请回复1到")
    assert "出处：" in at.says(CITIZEN, "2").text


def test_what_is_too_old_is_forgotten_even_where_nobody_writes(
    at: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.says(CITIZEN, ITEMS_2017)
    long_ago = datetime.now(UTC) - timedelta(hours=49)
    at.store.chats.keep_topic(CITIZEN, {"question": ITEMS_2017}, long_ago)
    at.store.asked.put(CITIZEN, 1, "ZX-2026-000001", long_ago)

    async def once() -> None:
        sweeping = asyncio.create_task(memory.forget_in_time(at.store))
        while at.store.asked.reference_of(CITIZEN, 1):
            await asyncio.sleep(0.01)
        sweeping.cancel()

    asyncio.run(once())
    assert at.store.chats.topic(CITIZEN, long_ago) is None
    assert at.store.asked.reference_of(CITIZEN, 2) == "ZX-2026-000001"


def test_small_talk_does_not_end_what_was_spoken_of(at: House) -> None:
    at.says(CITIZEN, ITEMS_2017)
    at.says(CITIZEN, "谢谢")
    assert "121条" in at.says(CITIZEN, "那2016年呢").text


def test_full_text_is_turned_page_by_page_in_one_message_between_sentences(at: House) -> None:
    cut = at.says(CITIZEN, "2017年收费和减免情况")
    page = at.presses(cut, "全文")
    seen = [page.text.split("\n\n出处")[0]]
    while SAID.later in labels(page):
        page = at.turns(page, SAID.later)
        seen.append(page.text.split("\n\n出处")[0])
    assert len(seen) > 1
    assert len(at.api.sent(CITIZEN)) == 2
    assert [text.split("，")[0] for text in seen] == [f"全文第{number}页" for number in range(1, len(seen) + 1)]
    # Every page but the last ends with a sentence, and goes on.
    assert all(text.endswith("。…") for text in seen[:-1])
    assert SAID.later not in labels(page)
    assert at.turns(page, SAID.earlier).text.startswith(seen[-2][:20])


def test_page_whose_message_is_gone_comes_anew(at: House) -> None:
    page = at.presses(at.says(CITIZEN, "2017年收费和减免情况"), "全文")
    at.api.fail("editMessageText", RefusalError(400, "Bad Request: message to edit not found"))
    assert at.presses(page, SAID.later).text.startswith("全文第2页")


def test_buttons_under_an_answer_are_few_and_lead_to_its_source(at: House) -> None:
    answer = at.says(CITIZEN, ITEMS_2017)
    assert labels(answer) == [SAID.related, SAID.source, SAID.helpful, SAID.unhelpful]
    assert answer.button(SAID.source).url == "http://zsj.example.org/2017"
    assert rows(answer) <= 3


def test_related_offers_the_neighbours_and_the_same_of_other_years(at: House) -> None:
    offer = at.presses(at.says(CITIZEN, ITEMS_2017), SAID.related)
    offered = [label for label in labels(offer) if label[0].isdigit()]
    assert len(offered) == 3
    assert "二、收费和减免情况" in offer.text
    assert "2016年政府信息公开年度报告 › 一、主动公开情况" in offer.text
    assert "2018年政府信息公开年度报告 › 一、主动公开情况" in offer.text
    number = next(line[0] for line in offer.text.split("\n") if "2016年" in line)
    assert "121条" in at.presses(offer, f"{number} ").text


def test_rating_is_kept_with_the_record_and_may_change(at: House) -> None:
    answer = at.says(CITIZEN, ITEMS_2017)
    (record,) = at.records()
    assert at.corner(answer, SAID.helpful) == SAID.thanks
    assert at.store.feedback.of(record.reference) == Rating(True)
    asked = at.turns(answer, SAID.unhelpful)
    assert set(reasons(Language.HANS).values()) <= set(labels(asked))
    assert SAID.helpful not in labels(asked)
    assert rows(asked) <= 3
    assert at.store.feedback.of(record.reference) == Rating(False)
    back = at.turns(asked, "内容太旧")
    assert at.store.feedback.of(record.reference) == Rating(False, Reason.OLD)
    assert labels(back) == labels(answer)


def test_offers_leave_an_inquiry_open_until_one_is_opened_by_button_or_number(at: House) -> None:
    for by_button in (True, False):
        offer = at.says(CITIZEN, "收费和减免情况")
        record = at.records()[-1]
        assert (record.decision, record.outcome) == (Verdict.CHOICES, Resolution.OPEN)
        picked = at.presses(offer, "1 ") if by_button else at.says(CITIZEN, "1")
        assert "出处：" in picked.text
        assert at.records()[-1].outcome is Resolution.ANSWERED
        assert [event.who for event in at.store.corrections.events(record.reference)] == ["bot"]


def test_only_who_asked_rates(at: House) -> None:
    answer = at.says(CITIZEN, ITEMS_2017)
    (record,) = at.records()
    other = at.says(CITIZEN + 1, "你好")
    data = answer.button(SAID.helpful).data
    query = at.api.user_presses_data(other, data)
    at.api.wait_for(lambda: query in at.api.state.query_answers)
    assert at.api.state.query_answers[query] == SAID.expired
    assert at.store.feedback.of(record.reference) is None


def test_there_is_nobody_to_pass_on_to_so_there_is_no_such_button(at: House) -> None:
    assert SAID.pass_on not in labels(at.says(CITIZEN, "游泳馆的水温"))


def test_link_to_a_document_shows_its_beginning(at: House) -> None:
    shown = at.says(CITIZEN, f"/start d_{handle_of('reports/2017')}")
    assert "133条" in shown.text
    assert "出处：随州市招商局2017年政府信息公开年度报告" in shown.text
    assert SAID.related in labels(shown)
    gone = at.says(CITIZEN, f"/start d_{handle_of('reports/1999')}")
    assert "已经撤下" in gone.text
    assert at.says(CITIZEN, "/start d_short").text.startswith("您好")


def test_newest_documents_are_offered(at: House) -> None:
    offer = at.says(CITIZEN, "/new")
    assert [label[:6] for label in labels(offer)] == ["1 停车场收", "2 随州市招", "3 随州市招", "4 随州市招"]
    assert "停车每小时5元" in at.presses(offer, "1 ").text
    # Its number does the same, and so does 全文 for what was shown.
    assert "停车每小时5元" in at.says(CITIZEN, "1").text
    assert "停车每小时5元" in at.says(CITIZEN, "全文").text
    assert at.records() == ()


def test_browsing_goes_down_to_a_document_and_back_in_one_message(at: House) -> None:
    start = at.says(CITIZEN, "/browse")
    assert labels(start) == ["年度报告（3）", "信息条目（1）"]
    years = at.turns(start, "年度报告")
    assert labels(years) == ["2018年（1）", "2017年（1）", "2016年（1）", SAID.back]
    documents = at.turns(years, "2017年")
    assert documents.text.startswith("公开目录 › 年度报告 › 2017年 › 年度报告，共1件。")
    assert labels(at.turns(documents, SAID.back)) == labels(years)
    assert "133条" in at.presses(documents, "1 ").text
    assert len(at.api.sent(CITIZEN)) == 2


def test_chosen_language_is_obeyed_by_every_reply_until_it_follows_again(at: House) -> None:
    menu = at.says(CITIZEN, "/language")
    at.turns(menu, "English")
    answer = at.says(CITIZEN, ITEMS_2017)
    assert "Source: " in answer.text
    assert "Related" in labels(answer)
    assert at.says(CITIZEN, "/help").text.startswith("Just send your question")
    menu = at.says(CITIZEN, "/language")
    assert menu.text.startswith("Please choose")
    at.turns(menu, "As I ask")
    assert "出处：" in at.says(CITIZEN, ITEMS_2017).text


def test_forgetting_asks_first_and_then_leaves_an_anonymous_record(at: House) -> None:
    answer = at.says(CITIZEN, ITEMS_2017)
    at.corner(answer, SAID.helpful)
    at.says(CITIZEN + 1, ITEMS_2017)
    at.turns(at.says(CITIZEN, "/language"), "English")
    asked = at.says(CITIZEN, "/forget")
    kept = at.turns(asked, phrases(Language.ENGLISH).keep)
    assert kept.text == phrases(Language.ENGLISH).kept
    assert all(record.question for record in at.records())
    erased = at.turns(at.says(CITIZEN, "/forget"), phrases(Language.ENGLISH).erase)
    assert erased.text == phrases(Language.ENGLISH).erased
    mine, others = at.records()
    assert (mine.question, mine.reply, mine.citizen_key, mine.matches) == ("", "", "", ())
    assert (mine.reference, mine.decision) == ("ZX-2026-000001", Verdict.ANSWER)
    assert others.question == ITEMS_2017
    assert at.store.chats.language(CITIZEN) is None
    assert "理解" not in at.says(CITIZEN, "那2016年呢").text
    assert at.store.asked.reference_of(CITIZEN, 2) == ""


def test_edit_is_noted_on_the_record_and_answered_anew(at: House) -> None:
    at.says(CITIZEN, ITEMS_2017)
    message = min(number for chat, number in at.api.state.said if chat == CITIZEN)
    at.settle(at.api.user_edits(CITIZEN, message, "2018年主动公开政府信息多少条"))
    answer = at.api.wait_for_sent(CITIZEN, 2)[-1]
    assert "256条" in answer.text
    assert answer.reply_to == message
    first, second = at.records()
    assert first.question == ITEMS_2017
    assert [text for _, text in first.edits] == ["2018年主动公开政府信息多少条"]
    assert second.question == "2018年主动公开政府信息多少条"


def test_edit_that_changes_no_word_is_passed_over(at: House) -> None:
    at.says(CITIZEN, ITEMS_2017)
    message = min(number for chat, number in at.api.state.said if chat == CITIZEN)
    at.settle(at.api.user_edits(CITIZEN, message, f"{ITEMS_2017}"))
    at.says(CITIZEN, "谢谢")
    assert len(at.api.sent(CITIZEN)) == 2
    assert at.records()[0].edits == ()


def test_personal_data_is_kept_neither_of_a_message_nor_of_its_edit_nor_of_what_follows_up(at: House) -> None:
    at.says(CITIZEN, f"{ITEMS_2017} 13912345678")
    message = max(message for chat, message in at.api.state.said if chat == CITIZEN)
    at.settle(at.api.user_edits(CITIZEN, message, "2018年主动公开政府信息多少条 13912345678"))
    at.says(CITIZEN, "那2017年呢")
    told = "".join(f"{record.question}{record.understood}{record.reply}{record.edits}" for record in at.records())
    assert "139******78" in told
    assert "13912345678" not in told + str(at.store.chats.topic(CITIZEN, datetime(2000, 1, 1, tzinfo=UTC)))


def test_several_questions_are_answered_in_one_message_each_on_record(at: House) -> None:
    at.settle(at.api.user_sends(CITIZEN, f"{ITEMS_2017}？\n2016年呢？\n停车怎么收费？\n收费和减免情况？"))
    (answer,) = at.api.wait_for_sent(CITIZEN)
    assert all(part in answer.text for part in ("133条", "121条", "每小时5元"))
    assert answer.text.endswith(SAID.rest)
    assert answer.text.count("联系：") == 1
    assert len(at.records()) == 3
    assert {record.understood for record in at.records()} == {"", "2016年主动公开政府信息多少条"}


@pytest.mark.parametrize(
    "text",
    [
        "公" + "\u0301\u0302\u0323" * 1300,
        "😀" * 1000,
        "\u202e条少多息信开公动主年7102\u202c" * 100,
        "？" * 4096,
        "主动公开" * 1024,
        "1\n" * 2000,
        "年" * 4096,
    ],
    ids=["zalgo", "emoji", "right-to-left", "marks", "long", "lines", "years"],
)
def test_odd_messages_are_answered_soon_and_shortly(at: House, text: str) -> None:
    at.says(CITIZEN, ITEMS_2017)
    started = time.monotonic()
    at.says(CITIZEN, text)
    assert time.monotonic() - started < 5
    answers = at.api.sent(CITIZEN)[1:]
    assert 1 <= len(answers) <= 2
    assert all(len(answer.text) < 2000 for answer in answers)
    assert all(mark not in answer.text for answer in answers for mark in "\u202e\u202c")
    assert fold(at.records()[-1].question) or at.records()[-1].question


def test_question_is_passed_on_by_its_reference_where_there_are_staff(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[str] = []

    async def pass_on(update: Update, reference: str) -> None:
        passed.append(reference)

    def staffed(answering: Answering, post: Post, signer: Signer, intake: Intake) -> Conversation:
        talk = Conversation(answering, post, signer, intake=intake)
        talk.pass_on = pass_on
        return talk

    monkeypatch.setattr(run, "Conversation", staffed)
    with house(api, tmp_path) as at:
        answer = at.says(CITIZEN, ITEMS_2017)
        assert labels(answer)[-1] == SAID.pass_on
        assert rows(answer) == 3
        assert SAID.pass_on in labels(at.says(CITIZEN, "游泳馆的水温"))
        assert SAID.pass_on not in labels(at.says(CITIZEN, "谢谢"))
        at.corner(answer, SAID.pass_on)
        at.settle(at.api.state.next_update)
        # After a reason was given, the button is there again.
        back = at.turns(at.turns(answer, SAID.unhelpful), "看不懂")
        assert labels(back) == labels(answer)
        assert passed == [at.records()[0].reference]


def test_nobody_rates_passes_on_or_follows_up_in_a_group(at: House) -> None:
    group = -1009876
    at.settle(at.api.user_sends(group, f"@{BOT_NAME} {ITEMS_2017}", user_id=CITIZEN))
    (answer,) = at.api.wait_for_sent(group)
    assert labels(answer) == [SAID.related, SAID.source]
    at.settle(at.api.user_sends(group, "那2016年呢", user_id=CITIZEN, reply_to=answer))
    assert "理解" not in at.api.wait_for_sent(group, 2)[-1].text
    at.settle(at.api.user_sends(group, f"/forget@{BOT_NAME}", user_id=CITIZEN))
    assert at.api.wait_for_sent(group, 3)[-1].text == SAID.only_in_private


def test_button_of_a_withdrawn_document_says_so(at: House) -> None:
    answer = at.says(CITIZEN, ITEMS_2017)
    (at.app.settings.knowledge / "reports/2017.md").unlink()
    at.app.sync()
    assert "已经撤下" in at.presses(answer, SAID.related).text


def test_message_that_got_its_words_only_later_is_a_question(at: House) -> None:
    """A photo whose caption was added after it was sent."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    at.settle(at.api.user_sends_other(CITIZEN, photo=photo))
    message = min(number for chat, number in at.api.state.said if chat == CITIZEN)
    at.settle(at.api.user_edits(CITIZEN, message, ITEMS_2017))
    told, answer = at.api.wait_for_sent(CITIZEN, 2)
    assert told.text.startswith("目前看不了图片")
    assert "133条" in answer.text


@pytest.mark.parametrize(
    ("said", "told"),
    [("帮助", "直接把问题发来"), ("Help!", "直接把问题发来"), ("怎么用？", "直接把问题发来"), ("英文", SAID.choose_language),
     ("删除我的信息", "要删除您的提问内容"), ("我的提问", "没有保存您的提问"), ("我的申请", SAID.which_application)],
)  # fmt: skip
def test_a_command_in_words_is_obeyed_and_not_looked_up(at: House, said: str, told: str) -> None:
    assert at.says(CITIZEN, said).text.startswith(told)
    assert at.records() == ()


@pytest.mark.parametrize("said", ["便民帮助有哪些", "怎么用公共停车场", "英语考试"])
def test_a_question_with_a_commands_words_in_it_is_one(at: House, said: str) -> None:
    at.says(CITIZEN, said)
    assert [record.question for record in at.records()] == [said]
