"""A reply becomes messages that Telegram takes, and loses nothing on the way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.buttons import PRESS_BYTES, read_press
from bot.channels.telegram.render import Message, render, render_several, say
from bot.channels.telegram.text import clean, is_blank
from bot.language.several import MOST
from bot.model import Choice, Citation, Language, Quote, Reply
from bot.replies import QUOTE_CHARACTERS, plain_text
from tests.botapi import entities
from tests.channels.telegram.fakes import CITATION, CONTACT, offering, quoting

TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
NAME = st.text(max_size=60)
LANGUAGES = st.sampled_from(Language)
REPLIES = st.builds(
    Reply,
    LANGUAGES,
    TEXT,
    st.none() | st.builds(Quote, TEXT, TEXT, st.booleans(), st.booleans()),
    st.none() | st.builds(Citation, NAME, NAME, TEXT, st.tuples(TEXT)),
    st.lists(st.builds(Choice, NAME, NAME, TEXT), max_size=5).map(tuple),
    st.none() | st.just(CONTACT),
    st.booleans(),
)


def shown(message: Message) -> str:
    """What a reader sees of a message, by the strict server's own parser."""
    text, _ = entities.parse_html(message.html)
    return entities.clean(text)


def visible(text: str) -> str:
    """A text without what nobody sees."""
    return "".join(character for character in clean(text) if not is_blank(character))


@settings(deadline=None, max_examples=60)
@given(REPLIES, st.integers(20, 100))
def test_any_reply_renders_to_messages_that_telegram_takes_and_loses_nothing(reply: Reply, limit: int) -> None:
    messages = render(reply, limit, most=1000)
    texts = [shown(message) for message in messages]
    assert all(texts)
    assert all(entities.utf16(text) <= limit for text in texts)
    assert visible("".join(texts)) == visible(plain_text(reply))
    buttons = [button for message in messages for row in message.keyboard for button in row]
    assert all(1 <= len(button.data.encode()) <= PRESS_BYTES and read_press(button.data) for button in buttons)
    assert all(entities.clean(button.text) for button in buttons)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=3).flatmap(lambda text: st.just(text * 3000)))
def test_long_passages_come_in_several_messages_of_telegrams_size(text: str) -> None:
    messages = render(quoting(text, text[:100]))
    assert all(0 < entities.utf16(shown(message)) <= 4096 for message in messages)


def test_values_are_escaped() -> None:
    (message,) = render(quoting("A&B <b>不是</b> 133条", "<b>不是</b>"))
    assert message.html.startswith("A&amp;B <b>&lt;b&gt;不是&lt;/b&gt;</b> 133条\n\n")


def test_answer_stands_first_then_source_then_contact() -> None:
    (message,) = render(quoting())
    quote, _, source = shown(message).partition("\n\n")
    assert quote == "2017年，随州市招商局主动公开信息133条。机构概况2条。"
    assert [line[:2] for line in source.split("\n")] == ["出处", "联系"]
    assert "<b>133条</b>" in message.html
    assert [button.text for row in message.keyboard for button in row] == ["相关"]


def test_focus_that_is_cut_stays_bold_on_both_sides() -> None:
    first, second = render(Reply(Language.HANS, quote=Quote("重" * 60 + "轻" * 20, "重" * 60)), limit=40)
    assert first.html == f"<b>{'重' * 40}</b>"
    assert second.html == f"<b>{'重' * 20}</b>{'轻' * 20}"


def test_focus_that_is_not_in_the_passage_is_passed_over() -> None:
    (message,) = render(Reply(Language.HANS, quote=Quote("没有", "133条", before=True, after=True)))
    assert message.html == "…没有…"


def test_choices_are_numbered_in_text_and_buttons() -> None:
    (message,) = render(offering(3))
    assert "1. 2017年政府信息公开年度报告\n2. 2018年" in shown(message)
    assert [row[0].text for row in message.keyboard] == [
        f"{number} {2016 + number}年政府信息公开年度报告" for number in (1, 2, 3)
    ]


def test_long_choice_is_cut_on_its_button_only() -> None:
    label = "2017年政府信息公开年度报告 › 二、主动公开政府信息的情况和其他一些说明"
    (message,) = render(Reply(Language.HANS, choices=(Choice("a", "1", label),)))
    assert label in shown(message)
    assert message.keyboard[0][0].text == "1 2017年政府信息公开… › 二、主动公开政府信…"


def test_buttons_of_one_documents_passages_tell_them_apart_and_so_do_those_of_two_years() -> None:
    report = "随州市招商局{}年政府信息公开年度报告"
    labels = [
        f"{report.format(2017)} › 二、主动公开情况",
        f"{report.format(2017)} › （二）通过网络和纸质媒体公开信息的形式",
        f"{report.format(2016)} › （二）通过网络和纸质媒体公开信息的形式",
    ]
    reply = Reply(Language.HANS, choices=tuple(Choice(str(place), "1", label) for place, label in enumerate(labels)))
    (message,) = render(reply)
    assert [row[0].text for row in message.keyboard] == [
        "1 随州市招商局2017年政府… › 二、主动公开情况",
        "2 随州市招商局2017年… › （二）通过网络和纸…",
        "3 随州市招商局2016年… › （二）通过网络和纸…",
    ]


def test_passage_too_deep_for_a_button_gets_none() -> None:
    deep = ".".join(["1"] * 40)
    (message,) = render(Reply(Language.HANS, choices=(Choice("a", deep, "深"), Choice("b", "1", "浅"))))
    assert [row[0].text for row in message.keyboard] == ["2 浅"]


def test_buttons_stand_under_the_last_message_only() -> None:
    reply = Reply(Language.HANS, quote=Quote("第一句。" * 20), citation=CITATION, full_text=True)
    messages = render(reply, limit=40)
    assert [bool(message.keyboard) for message in messages] == [False] * (len(messages) - 1) + [True]


def test_own_sentences_are_escaped_too() -> None:
    assert say("1 < 2") == (Message("1 &lt; 2"),)


LONG_QUOTE = st.text("政府信息公开😀<&", min_size=1, max_size=8).map(
    lambda text: (text * QUOTE_CHARACTERS)[:QUOTE_CHARACTERS]
)
ANY_REPLY = st.builds(quoting, LONG_QUOTE, st.just(""), full_text=st.booleans()) | st.builds(
    offering, st.integers(1, 5)
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 4096), ANY_REPLY), min_size=1, max_size=MOST), st.sampled_from("公<"))
def test_several_answers_take_two_messages_however_long_the_questions(
    parts: list[tuple[int, Reply]], character: str
) -> None:
    """All questions together are as long as one message of Telegram's."""
    share = 4096 // len(parts)
    messages = render_several(
        [(character * min(length, share), reply) for length, reply in parts], "其余的请再发一次。"
    )
    assert 1 <= len(messages) <= 2
