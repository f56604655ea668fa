"""The strict Bot API keeps its own promises, seen over HTTP as a bot sees it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.botapi import BLOCKED, BotApi, Fault, RefusalError, Server

CITIZEN = 7


class Client:
    """A bot's side of the wire, without a library's kindness."""

    def __init__(self, api: BotApi):
        self._http = httpx.Client(timeout=5, verify=False)  # noqa: S501 # no certificates to read: it is plain HTTP
        self._base = f"{api.url}{api.token}"

    def call(self, method: str, **parameters: Any) -> Any:
        return self._http.post(f"{self._base}/{method}", json=parameters).json()

    def close(self) -> None:
        self._http.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def api(server: Server) -> Iterator[BotApi]:
    with BotApi(server) as api:
        yield api


@pytest.fixture
def bot(api: BotApi) -> Iterator[Client]:
    client = Client(api)
    yield client
    client.close()


def greeted(api: BotApi) -> int:
    """A private chat that the bot may write to."""
    api.user_sends(CITIZEN, "你好")
    return CITIZEN


def test_wrong_token_is_unauthorized(api: BotApi) -> None:
    answer = httpx.get(f"{api.url}1:wrong/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


def test_unknown_method_is_not_found(bot: Client) -> None:
    assert bot.call("sendPigeon")["error_code"] == 404


def test_updates_stay_until_a_higher_offset_is_asked_for(api: BotApi, bot: Client) -> None:
    first = api.user_sends(CITIZEN, "一")
    second = api.user_sends(CITIZEN, "二")
    assert [update["update_id"] for update in bot.call("getUpdates")["result"]] == [first, second]
    assert [update["update_id"] for update in bot.call("getUpdates", offset=first)["result"]] == [first, second]
    assert [update["update_id"] for update in bot.call("getUpdates", offset=second)["result"]] == [second]
    assert bot.call("getUpdates", offset=second + 1)["result"] == []


def test_limit_gives_the_oldest(api: BotApi, bot: Client) -> None:
    first = api.user_sends(CITIZEN, "一")
    api.user_sends(CITIZEN, "二")
    assert [update["update_id"] for update in bot.call("getUpdates", limit=1)["result"]] == [first]


def test_long_poll_ends_when_an_update_comes(api: BotApi, bot: Client) -> None:
    later = threading.Timer(0.05, api.user_sends, (CITIZEN, "来了"))
    later.start()
    assert bot.call("getUpdates", timeout=5)["result"][0]["message"]["text"] == "来了"
    later.join()


def test_only_allowed_updates_are_delivered(api: BotApi, bot: Client) -> None:
    api.user_sends(CITIZEN, "一")
    api.user_edits(CITIZEN, api.state.next_message, "二")
    assert len(bot.call("getUpdates", allowed_updates=["message"])["result"]) == 1
    assert len(bot.call("getUpdates", allowed_updates=["message", "edited_message"])["result"]) == 2


def test_newer_poll_ousts_the_older(api: BotApi, bot: Client) -> None:
    answers: list[Any] = []
    older = threading.Thread(target=lambda: answers.append(bot.call("getUpdates", timeout=5)))
    older.start()
    api.wait_for(lambda: api.state.poll_number == 1)
    newer = Client(api)
    newer.call("getUpdates")
    newer.close()
    older.join()
    assert answers[0]["error_code"] == 409
    assert "terminated by other getUpdates request" in answers[0]["description"]


def test_polling_is_refused_while_a_webhook_is_set(bot: Client) -> None:
    assert bot.call("setWebhook", url="https://example.org/hook")["result"] is True
    assert bot.call("getWebhookInfo")["result"]["url"] == "https://example.org/hook"
    assert bot.call("getUpdates")["error_code"] == 409
    bot.call("deleteWebhook")
    assert bot.call("getUpdates")["ok"] is True


def test_form_and_address_parameters_are_read_like_json(api: BotApi) -> None:
    chat = greeted(api)
    markup = '{"inline_keyboard": [[{"text": "全文", "callback_data": "f:1"}]]}'
    sent = httpx.post(
        f"{api.url}{api.token}/sendMessage?parse_mode=HTML",
        data={"chat_id": str(chat), "text": "<b>133</b>条", "reply_markup": markup},
    )
    assert sent.json()["ok"] is True
    (message,) = api.sent(chat)
    assert (message.text, message.styled("bold"), message.buttons[0].data) == ("133条", ("133",), "f:1")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<h1>标题</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("年<b>133", 'Can\'t find end tag corresponding to start tag "b"'),
        ("133</b>", "Unexpected end tag at byte offset 3"),
        ("<b>1<i>2</b></i>", "Unmatched end tag"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<span class="x">1</span>', 'must have class "tg-spoiler"'),
        ("A & B", "Unsupported entity at byte offset 2"),
        ("&nbsp;", "Unsupported entity"),
        ("&#0;", "Unsupported entity"),
    ],
)
def test_html_that_telegram_refuses_is_refused(api: BotApi, bot: Client, html: str, reason: str) -> None:
    answer = bot.call("sendMessage", chat_id=greeted(api), text=html, parse_mode="HTML")
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: can't parse entities: ")
    assert reason in answer["description"]


def test_html_shows_as_text_with_entities(api: BotApi, bot: Client) -> None:
    html = '😀<b>A &amp; B</b> &lt;i&gt; &#39;<a href="https://e.cn/?a=1&amp;b=2">源</a>'
    answer = bot.call("sendMessage", chat_id=greeted(api), text=html, parse_mode="HTML")
    assert answer["result"]["text"] == "😀A & B <i> '源"
    assert answer["result"]["entities"][0] == {"type": "bold", "offset": 2, "length": 5}


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u200b"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "一", "chat_id": 999}, "chat not found"),
        ({"text": "一", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"text": "一", "reply_markup": {"inline_keyboard": [[{"text": "长", "callback_data": "文" * 22}]]}},
            "BUTTON_DATA",
        ),
        ({"text": "一", "reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}}, "non-empty text"),
    ],
)
def test_messages_that_telegram_refuses_are_refused(
    api: BotApi, bot: Client, parameters: dict[str, Any], reason: str
) -> None:
    answer = bot.call("sendMessage", **({"chat_id": greeted(api)} | parameters))
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert api.sent(CITIZEN) == ()


def test_tags_do_not_count_towards_the_length(api: BotApi, bot: Client) -> None:
    html = f"<b>{'字' * 4096}</b>"
    assert bot.call("sendMessage", chat_id=greeted(api), text=html, parse_mode="HTML")["ok"] is True


def test_edit_that_changes_nothing_is_refused(api: BotApi, bot: Client) -> None:
    chat = greeted(api)
    sent = bot.call("sendMessage", chat_id=chat, text="一")["result"]["message_id"]
    assert bot.call("editMessageText", chat_id=chat, message_id=sent, text="二")["ok"] is True
    assert "not modified" in bot.call("editMessageText", chat_id=chat, message_id=sent, text="二")["description"]
    assert "not modified" in bot.call("editMessageReplyMarkup", chat_id=chat, message_id=sent)["description"]
    assert "not found" in bot.call("editMessageText", chat_id=chat, message_id=99, text="三")["description"]
    assert api.sent(chat)[0].text == "二"


def test_a_query_is_answered_in_time_or_not_at_all(api: BotApi, bot: Client) -> None:
    chat = greeted(api)
    markup = {"inline_keyboard": [[{"text": "全文", "callback_data": "f:1"}]]}
    bot.call("sendMessage", chat_id=chat, text="一", reply_markup=markup)
    query = api.user_presses(api.sent(chat)[0], "全文")
    assert bot.call("getUpdates")["result"][-1]["callback_query"]["data"] == "f:1"
    assert bot.call("answerCallbackQuery", callback_query_id=query)["result"] is True
    assert "query is too old" in bot.call("answerCallbackQuery", callback_query_id="99")["description"]


def test_commands_and_mentions_are_marked(api: BotApi, bot: Client) -> None:
    api.user_sends(-5, "😀 @disclosure_test_bot /help", user_id=CITIZEN)
    message = bot.call("getUpdates")["result"][0]["message"]
    assert message["entities"] == [
        {"type": "mention", "offset": 3, "length": 20},
        {"type": "bot_command", "offset": 24, "length": 5},
    ]


def test_small_methods_answer(api: BotApi, bot: Client) -> None:
    assert bot.call("getMe")["result"]["is_bot"] is True
    assert bot.call("sendChatAction", chat_id=greeted(api), action="typing")["result"] is True
    assert bot.call("setMyCommands", commands=[{"command": "help", "description": "帮助"}])["result"] is True
    assert bot.call("setMyCommands", commands=[{"command": "Help", "description": "帮助"}])["error_code"] == 400


def test_blocked_bot_is_forbidden(api: BotApi, bot: Client) -> None:
    chat = greeted(api)
    api.user_blocks(chat)
    assert bot.call("sendMessage", chat_id=chat, text="一")["error_code"] == 403


def test_scripted_refusals_come_as_often_as_asked_for(api: BotApi, bot: Client) -> None:
    chat = greeted(api)
    api.fail("sendMessage", RefusalError(429, "Too Many Requests: retry after 3", retry_after=3))
    api.fail("sendMessage", BLOCKED)
    api.fail("sendMessage", RefusalError(502, "Bad Gateway"))
    answers = [bot.call("sendMessage", chat_id=chat, text="一") for _ in range(4)]
    assert [answer.get("error_code") for answer in answers] == [429, 403, 502, None]
    assert answers[0]["parameters"] == {"retry_after": 3}
    assert len(api.sent(chat)) == 1


def test_scripted_break_comes_before_or_after_the_work(api: BotApi, bot: Client) -> None:
    chat = greeted(api)
    api.fail("sendMessage", Fault(drops=True))
    with pytest.raises(httpx.RemoteProtocolError):
        bot.call("sendMessage", chat_id=chat, text="一")
    assert api.sent(chat) == ()
    api.fail("sendMessage", Fault(drops=True, acts=True))
    with pytest.raises(httpx.RemoteProtocolError):
        bot.call("sendMessage", chat_id=chat, text="二")
    assert len(api.sent(chat)) == 1


def test_scripted_delay_outlasts_an_impatient_bot(api: BotApi) -> None:
    chat = greeted(api)
    api.fail("sendMessage", Fault(delay_seconds=0.2))
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{api.url}{api.token}/sendMessage", json={"chat_id": chat, "text": "一"}, timeout=0.05)


@pytest.mark.e2e
def test_waiting_in_vain_ends() -> None:
    with BotApi() as api, pytest.raises(TimeoutError):
        api.wait_for_sent(CITIZEN, seconds=0.01)


def test_message_goes_to_a_topic_that_there_is(api: BotApi, bot: Client) -> None:
    api.user_sends(-5, "话题里", user_id=CITIZEN, message_thread_id=77, is_topic_message=True)
    sent = bot.call("sendMessage", chat_id=-5, text="一", message_thread_id=77)["result"]
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (77, True)
    assert api.sent(-5)[0].thread == 77
    answer = bot.call("sendMessage", chat_id=-5, text="一", message_thread_id=78)
    assert answer["description"] == "Bad Request: message thread not found"


def test_change_of_what_the_bot_is_in_a_chat_is_told(api: BotApi, bot: Client) -> None:
    api.bot_becomes(-5, "member", "left", user_id=CITIZEN)
    change = bot.call("getUpdates")["result"][0]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert change["chat"]["type"] == "supergroup"


def article(**changed: Any) -> dict[str, Any]:
    content = {"message_text": "<b>133</b>条", "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "报告", "input_message_content": content} | changed


def test_inline_query_is_answered_once_known(api: BotApi, bot: Client) -> None:
    query = api.user_searches(CITIZEN, "收费", "20")
    told = bot.call("getUpdates")["result"][0]["inline_query"]
    assert (told["query"], told["offset"], told["from"]["id"]) == ("收费", "20", CITIZEN)
    assert bot.call("answerInlineQuery", inline_query_id=query, results=[article()])["result"] is True
    assert api.state.inline_answers[query]["results"][0]["text"] == "133条"
    assert "query is too old" in bot.call("answerInlineQuery", inline_query_id="99", results=[])["description"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"results": [article(id=str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(id="")]}, "RESULT_ID_INVALID"),
        ({"results": [article(id="公" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
        (
            {"results": [article(input_message_content={"message_text": "<x>", "parse_mode": "HTML"})]},
            "can't parse entities",
        ),
        ({"results": [article(input_message_content={"message_text": "字" * 4097})]}, "message is too long"),
        ({"results": [article(type="gif")]}, "of this type are not served here"),
        ({"results": [], "next_offset": "0" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"results": [], "button": {"text": "问", "start_parameter": "问"}}, "START_PARAM_INVALID"),
        ({}, "can't parse inline query results"),
    ],
)
def test_inline_answers_that_telegram_refuses_are_refused(
    api: BotApi, bot: Client, given: dict[str, Any], reason: str
) -> None:
    query = api.user_searches(CITIZEN, "收费")
    answer = bot.call("answerInlineQuery", inline_query_id=query, **given)
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert api.state.inline_answers == {}
