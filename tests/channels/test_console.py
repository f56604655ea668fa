"""The console: a conversation line by line, at a terminal or from a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import replies
from bot.app import App
from bot.channels.console import Conversation, converse
from bot.model import Channel, Language, Reply, Verdict
from bot.own_data import OwnData, phrases
from tests.houses import ASK_CANTEEN, ASK_PARKING, CANTEEN_PASSAGE, FILES, PARKING_PASSAGE, write_house

# Longer than a quote, so that 全文 has more to show.
RULES = (
    "---\ntitle: 访客须知\naliases:\n  - 访客怎么登记\n---\n\n访客怎么登记：到门卫处登记。"
    + "访客请走东门。" * 100
    + "完。\n"
)
GATES = {
    f"items/{place}.md": f"---\ntitle: {place}开放\n---\n\n{place}在周末开放，请走右侧。\n"
    for place in ("东门", "西门")
}
ASK_RULES, ASK_GATES = "访客怎么登记", "门在周末开放吗"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    files = FILES | GATES | {"items/rules.md": RULES}
    with App(write_house(tmp_path_factory.mktemp("house"), files)) as app:
        app.sync()
        yield app


@pytest.fixture
def conversation(app: App) -> Conversation:
    return Conversation(app.answering, own_data(app), "tester")


def own_data(app: App) -> OwnData:
    return OwnData(app.store, app.intake, app.answering.keep_days)


def offered(conversation: Conversation) -> Reply:
    """A reply that offers a choice."""
    reply = conversation.reply_to(ASK_GATES)
    assert len(reply.choices) == 2
    return reply


def test_a_question_is_answered_and_put_on_record(app: App, conversation: Conversation) -> None:
    reply = conversation.reply_to(ASK_PARKING)
    assert reply.quote is not None
    assert reply.quote.text == PARKING_PASSAGE
    (record,) = app.store.records.latest(limit=1)
    assert (record.channel, record.question, record.decision) == (Channel.CONSOLE, ASK_PARKING, Verdict.ANSWER)
    assert record.reply == replies.plain_text(reply)
    assert "tester" not in record.citizen_key


def test_a_number_picks_a_choice(app: App, conversation: Conversation) -> None:
    choices = offered(conversation).choices
    before = app.store.records.latest(limit=1)
    reply = conversation.reply_to(" 2 ")
    assert reply.citation is not None
    assert reply.citation.document == choices[1].document
    # What was asked is on record already; picking asks nothing new.
    assert app.store.records.latest(limit=1) == before


def test_a_number_beyond_the_choices_is_told_of(conversation: Conversation) -> None:
    offered(conversation)
    assert conversation.reply_to("3").lead == "没有第3条，请回复1到2的序号。"


def test_the_full_text_of_a_cut_quote_is_shown_on_request(conversation: Conversation) -> None:
    cut = conversation.reply_to(ASK_RULES)
    assert cut.full_text
    whole = conversation.reply_to("全文")
    assert whole.quote is not None
    assert whole.quote.text.endswith("完。")
    assert conversation.reply_to("/full").quote == whole.quote


def test_the_full_text_of_nothing_is_not_looked_up(app: App, conversation: Conversation) -> None:
    assert conversation.reply_to("全文").lead == "没有可以接着看的内容，请把问题写完整。"
    conversation.reply_to(ASK_RULES)
    conversation.reply_to("今天天气怎么样")
    assert conversation.reply_to("全文").quote is None
    assert "全文" not in [record.question for record in app.store.records.all()]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/start", "您好！这里答复有关随州市招商局公开信息的问题"),
        ("/help", "一次问一件事"),
        ("/HELP", "一次问一件事"),
        ("/contact", "联系：随州市招商局，办公室，电话0722-3312345，随州招商网，热线12345"),
        ("/privacy", "我们不保存您的姓名"),
        ("/whatever", "一次问一件事"),
    ],
)
def test_commands_are_answered_and_an_unknown_one_with_the_help(
    app: App, conversation: Conversation, command: str, words: str
) -> None:
    before = app.store.records.latest(limit=1)
    assert words in replies.plain_text(conversation.reply_to(command))
    assert app.store.records.latest(limit=1) == before


def test_commands_speak_the_language_of_the_last_question(conversation: Conversation) -> None:
    assert conversation.reply_to("食堂幾點開門").language is Language.HANT
    assert conversation.reply_to("/contact").language is Language.HANT


def spoken(app: App, lines: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a conversation fed from a pipe prints."""
    converse(app.answering, own_data(app), "tester", io.StringIO(lines))
    return capsys.readouterr().out


def test_a_pipe_shows_each_question_above_its_reply_in_order(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    out = spoken(app, f"{ASK_PARKING}\r\n\n  \n{ASK_CANTEEN}\n", capsys)
    places = [out.index(text) for text in (ASK_PARKING, PARKING_PASSAGE, ASK_CANTEEN, CANTEEN_PASSAGE)]
    assert places == sorted(places)
    assert out.count("您问：") == 2


def test_a_pipe_gets_plain_text_without_colours_and_unbroken_lines(
    app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever greps it finds whole sentences."""
    out = spoken(app, f"{ASK_RULES}\n", capsys)
    assert "\x1b" not in out
    assert "访客请走东门。" * 10 in out
    assert "[全文]" in out


def test_choices_say_how_to_pick_one(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    out = spoken(app, f"{ASK_GATES}\n1\n", capsys)
    assert "回复序号查看" in out
    assert "在周末开放，请走右侧。\n\n出处：" in out


@pytest.mark.parametrize("leave", ["/quit", "/EXIT", "退出"])
def test_a_word_of_leave_ends_the_conversation(app: App, capsys: pytest.CaptureFixture[str], leave: str) -> None:
    assert PARKING_PASSAGE not in spoken(app, f"{leave}\n{ASK_PARKING}\n", capsys)


def test_rich_markup_in_a_question_is_only_text(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    """[bold] and [/] are what a citizen typed."""
    assert "您问：[bold]停车[/] [red" in spoken(app, "[bold]停车[/] [red\n", capsys)


def test_the_answering_sentence_stands_within_the_shown_quote(conversation: Conversation) -> None:
    reply = conversation.reply_to(ASK_RULES)
    assert reply.quote is not None
    assert reply.quote.focus in reply.quote.text


def test_words_that_follow_up_are_answered_as_what_they_mean_and_recorded_as_typed(
    app: App, conversation: Conversation
) -> None:
    conversation.reply_to(ASK_PARKING)
    reply = conversation.reply_to("电话多少")
    assert reply.lead.startswith("按“停车收费电话”理解：")
    (record,) = app.store.records.latest(limit=1)
    assert (record.question, record.understood) == ("电话多少", "停车收费电话")


def test_more_of_the_same_is_offered_on_request(conversation: Conversation) -> None:
    conversation.reply_to(ASK_PARKING)
    assert conversation.reply_to("还有呢").lead == "没有相邻的章节，也没有其他年份的同一内容。"


def test_the_newest_documents_are_offered_and_picked_by_number(conversation: Conversation) -> None:
    offer = conversation.reply_to("/new")
    assert offer.choices[0].label == "职工食堂开放时间 2018-04-01"
    quote = conversation.reply_to("1").quote
    assert quote
    assert quote.text == CANTEEN_PASSAGE


def test_what_was_said_half_an_hour_ago_is_followed_up_on_no_more(
    conversation: Conversation, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation.reply_to(ASK_PARKING)
    later = app.answering.now() + timedelta(minutes=31)
    monkeypatch.setattr(app.answering, "_clock", lambda: later)
    assert "理解" not in conversation.reply_to("电话多少").lead


def test_a_citizen_sees_what_is_kept_of_them_and_of_nobody_else(app: App) -> None:
    mine, other = (Conversation(app.answering, own_data(app), name) for name in ("mine", "other"))
    other.reply_to(ASK_CANTEEN)
    assert mine.reply_to("/mydata").lead.startswith(phrases(Language.HANS).no_records)
    mine.reply_to(ASK_PARKING)
    shown = mine.reply_to("/MyData").lead
    assert ASK_PARKING in shown
    assert ASK_CANTEEN not in shown


def test_a_citizen_has_their_words_erased_once_they_confirm_it(app: App) -> None:
    said = phrases(Language.HANS)
    conversation = Conversation(app.answering, own_data(app), "eraser")
    conversation.reply_to(ASK_PARKING)
    (record,) = app.store.records.latest(limit=1)
    assert said.ask in conversation.reply_to("/forget").lead
    assert conversation.reply_to(said.keep).lead == said.kept
    conversation.reply_to("/forget")
    assert conversation.reply_to(f" {phrases(Language.HANT).erase} ").lead == said.erased
    erased = app.store.records.find(record.reference)
    assert erased
    assert (erased.question, erased.reply, erased.citizen_key) == ("", "", "")
    assert "理解" not in conversation.reply_to("电话多少").lead


def test_what_does_not_confirm_an_erasure_is_a_message_of_its_own(app: App, conversation: Conversation) -> None:
    conversation.reply_to("/forget")
    reply = conversation.reply_to(ASK_PARKING)
    assert reply.quote
    assert reply.quote.text == PARKING_PASSAGE
    assert phrases(Language.HANS).erased not in conversation.reply_to(phrases(Language.HANS).erase).lead
    (record, _) = app.store.records.latest(limit=2)
    assert record.question
