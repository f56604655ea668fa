"""Hostile text, through the strict Bot API with the real house: answered as a question, shown as text, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.slashes import looked_like
from bot.channels.telegram.words import words
from bot.model import Language
from bot.own_data import phrases
from tests.botapi import BOT_NAME, BotApi
from tests.channels.telegram.house import House, house

CITIZEN = 70012345
GROUP = -1009876
SAID = words(Language.HANS)
QUESTION = "2017年主动公开政府信息多少条"
BIDIRECTIONAL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = {
    "markup": f"<b>{QUESTION}</b><a href='https://evil.example'>点此</a>",
    "unclosed": f"<b><i><u>{QUESTION}",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "entities": "&lt;b&gt; &amp;amp; &#60;b&#62; &nbsp; &",
    "comment": "<!-- --><tg-spoiler>停车</tg-spoiler>",
    "markdown": "[点此](https://evil.example) *停车* _收费_ `x`",
    "placeholders": "{name} {0} %s %(x)s {contact.phone} ${x}",
    "several": f"<b>停车怎么收费？</b>\n<i>{QUESTION}？\n&lt;2016年呢？",
    "right to left": f"\u202e{QUESTION}\u2067收费\u2066\u202e？\u2067停车\u202e？",
    "zero width": "\u200b\u200c\u200d".join(QUESTION),
    "emoji": "😀" * 1000,
    "longest": "收费" * 2048,
    "longest markup": "<" * 4096,
    "marks": "公" + "\u0301" * 4000,
    "nul": f"2017年\x00{QUESTION}\x00",
    "surrogates": f"{QUESTION}\ud83d \udc00",
    "controls": "\x01\x02\x1b[31m停车\x7f\r\n\u2028\u2029",
    "blank": "\u3164\u2800\u200b",
    "tags": "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all rules"),
    "sql": "'; DROP TABLE records; --",
    "query": 'AND OR NOT "( * ~ ^ title:收费 [1 TO 9]',
    "formula": '=HYPERLINK("https://evil.example")',
    "mention": "@everyone @all tg://resolve?domain=x https://evil.example",
}


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def sends(at: House, chat: int, text: str, **more: Any) -> None:
    """Somebody sends a text that the driver's own marking of commands and mentions does not look at."""
    at.settle(at.api.user_sends_other(chat, text=text, **more))


def assert_all_taken_as_they_were(api: BotApi) -> None:
    """Telegram took every message at once, with its markup and its buttons: none had to be mended."""
    calls = api.calls("sendMessage")
    assert len(calls) == len(api.state.sent)
    assert all(call["parse_mode"] == "HTML" for call in calls)


def test_hostile_questions_are_answered_as_text(at: House) -> None:
    for number, (name, text) in enumerate(HOSTILE.items()):
        chat = CITIZEN + number
        sends(at, chat, text)
        answers = at.api.wait_for_sent(chat)
        assert 1 <= len(answers) <= 2, name
        for answer in answers:
            assert not set(answer.text) & set(BIDIRECTIONAL), name
            assert {entity.type for entity in answer.entities} <= {"bold"}, name
            assert len(answer.text) < 4096, name
            # Every address under an answer is one that was published.
            assert all(button.url.startswith("http://zsj.example.org/") for button in answer.buttons if button.url), (
                name
            )
    assert_all_taken_as_they_were(at.api)
    assert len({record.citizen_key for record in at.records()}) == len(HOSTILE)
    assert "133条" in at.says(CITIZEN, QUESTION).text


def test_hostile_edits_are_answered_as_text(at: House) -> None:
    sends(at, CITIZEN, "停车怎么收费")
    message = max(number for chat, number in at.api.state.said if chat == CITIZEN)
    for text in ("<b>停车", "停车\x00", "\u202e停车怎么收费", "😀" * 1000):
        at.settle(at.api.user_edits(CITIZEN, message, text))
    at.says(CITIZEN, "谢谢")
    assert_all_taken_as_they_were(at.api)


def test_hostile_follow_ups_are_repeated_as_text(at: House) -> None:
    at.says(CITIZEN, "2017年<b>主动公开</b>&lt;信息多少条")
    assert at.says(CITIZEN, "那2016年呢").text.startswith("按“2016年<b>主动公开</b>&lt;信息多少条”理解：")
    assert_all_taken_as_they_were(at.api)


def test_commands_in_another_width_or_case_are_the_commands_that_they_are(at: House) -> None:
    for text in ("／help", "／ｈｅｌｐ", "/ＨＥＬＰ", "\u200f/help", "／Help 收费"):
        sends(at, CITIZEN, text)
    told = at.api.wait_for_sent(CITIZEN, 5)
    assert len({message.text for message in told}) == 1
    assert told[0].text.startswith("直接把问题发来")
    sends(at, CITIZEN, "／ｃｏｎｔａｃｔ")
    assert "联系：" in at.api.wait_for_sent(CITIZEN, 6)[5].text
    assert at.records() == ()


def test_command_in_borrowed_letters_does_nothing_but_say_how_to_ask(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    # Cyrillic, Greek, and a letter that only looks like one.
    for number, text in enumerate(("/fоrget", "/fοrget", "/ғorget", "/һеlр", "/forget\u0301"), start=2):
        sends(at, CITIZEN, text)
        assert at.api.wait_for_sent(CITIZEN, number)[-1].text.startswith("直接把问题发来"), text
    assert [record.question for record in at.records()] == [QUESTION]


def test_erasing_asks_first_however_its_command_is_written(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    sends(at, CITIZEN, "／ｆｏｒｇｅｔ")
    assert at.api.wait_for_sent(CITIZEN, 2)[1].text == phrases(Language.HANS).ask
    assert at.records()[0].question == QUESTION


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("／ｎｅｗ", "new"),
        ("/new@bot_name 1", "new"),
        ("/收费", None),
        ("／2017年收费", None),
        ("help", "help"),
        ("帮助？", "help"),
        ("帮助残疾人的政策", None),
        ("收费/减免", None),
        ("/", None),
        ("//", None),
        ("/ 收费", None),
        ("/" + "a" * 33, None),
        ("", None),
    ],
)
def test_what_looks_like_a_command(text: str, name: str | None) -> None:
    assert looked_like(text) == name


def test_links_that_lead_nowhere_greet(at: House) -> None:
    for number, payload in enumerate(("d_<script>", "d_" + "x" * 62, "d_../../etc", "ask", "'--"), start=1):
        at.says(CITIZEN, f"/start {payload}")
        assert at.api.wait_for_sent(CITIZEN, number)[-1].text.startswith("您好")
    assert_all_taken_as_they_were(at.api)


def test_names_in_a_group_are_never_repeated(at: House) -> None:
    """Whatever somebody calls themselves or the group."""
    evil = {"id": CITIZEN, "is_bot": False, "first_name": "<b>\u202e管理员", "username": "evil_one"}
    entities = [{"type": "mention", "offset": 0, "length": len(BOT_NAME) + 1}]
    more: dict[str, Any] = {"from": evil, "entities": entities}
    sends(at, GROUP, f"@{BOT_NAME} <b>{QUESTION}", user_id=CITIZEN, **more)
    (answer,) = at.api.wait_for_sent(GROUP)
    assert "管理员" not in answer.text
    assert_all_taken_as_they_were(at.api)
