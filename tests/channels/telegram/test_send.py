"""Each refusal of Telegram's gets the patience that it deserves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from bot.channels.telegram import send
from bot.channels.telegram.render import Message, say
from bot.channels.telegram.send import Sender, persist, seconds_of
from tests.botapi import BLOCKED, BotApi, Fault, RefusalError

CITIZEN = 7
SLOWER = RefusalError(429, "Too Many Requests: retry after 1", retry_after=1)
PAUSES = (0.001, 0.001)


def sending(api: BotApi, work: Callable[[Sender], Awaitable[object]]) -> object:
    """Do some sending through a bot of its own."""

    async def run() -> object:
        request = HTTPXRequest(read_timeout=0.1)
        bot = Bot(api.token, base_url=api.url, request=request)
        async with bot:
            return await work(Sender(bot, PAUSES))

    api.user_sends(CITIZEN, "你好")
    return asyncio.run(run())


def send_one(sender: Sender) -> Awaitable[bool]:
    return sender.send(CITIZEN, say("答复"))


def test_messages_arrive_in_order_the_first_as_a_reply(api: BotApi) -> None:
    messages = (Message("一"), Message("二"))
    assert sending(api, lambda sender: sender.send(CITIZEN, messages, reply_to=api.state.next_message)) is True
    first, second = api.sent(CITIZEN)
    assert (first.text, second.text) == ("一", "二")
    assert (bool(first.reply_to), bool(second.reply_to)) == (True, False)


@pytest.mark.parametrize(
    "fault",
    [
        RefusalError(502, "Bad Gateway"),
        RefusalError(500, "Internal Server Error"),
        Fault(drops=True),
        Fault(delay_seconds=0.3, refusal=RefusalError(504, "Gateway Timeout")),
    ],
)
def test_passing_troubles_are_sat_out(api: BotApi, fault: Fault | RefusalError) -> None:
    api.fail("sendMessage", fault, times=2)
    assert sending(api, send_one) is True
    assert len(api.sent(CITIZEN)) == 1


def test_trouble_that_does_not_pass_is_raised(api: BotApi) -> None:
    api.fail("sendMessage", RefusalError(502, "Bad Gateway"), times=3)
    with pytest.raises(NetworkError):
        sending(api, send_one)
    assert len(api.calls("sendMessage")) == 3


def test_wait_that_telegram_asks_for_is_kept(api: BotApi) -> None:
    api.fail("sendMessage", SLOWER)
    started = time.monotonic()
    assert sending(api, send_one) is True
    assert time.monotonic() - started >= 1
    assert len(api.sent(CITIZEN)) == 1


def test_endless_waiting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "seconds_of", lambda error: 0.0)
    calls = []

    async def refuse() -> None:
        calls.append(1)
        raise RetryAfter(30)

    with pytest.raises(RetryAfter):
        asyncio.run(persist(refuse, PAUSES))
    assert len(calls) == send.MOST_FLOOD_WAITS + 1


def test_who_blocked_the_bot_gets_no_second_message(api: BotApi) -> None:
    api.fail("sendMessage", BLOCKED)
    assert sending(api, lambda sender: sender.send(CITIZEN, (Message("一"), Message("二")))) is False
    assert len(api.calls("sendMessage")) == 1


def test_what_telegram_will_not_take_is_not_repeated(api: BotApi) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        sending(api, lambda sender: sender.send(999, say("答复")))
    assert len(api.calls("sendMessage")) == 1


def test_press_that_nobody_waits_for_any_more_is_let_go(api: BotApi) -> None:
    sending(api, lambda sender: sender.answer_press("no such query"))
    assert len(api.calls("answerCallbackQuery")) == 1


class MovedBot(Bot):
    """A bot whose group has become a supergroup."""

    def __init__(self) -> None:
        super().__init__("1:test")
        self.sent_to: list[object]
        with self._unfrozen():
            self.sent_to = []

    async def send_message(self, chat_id: int | str, *args: object, **more: object) -> object:  # type: ignore[override]
        if chat_id == -1:
            raise ChatMigrated(-1001)
        self.sent_to.append(chat_id)
        return None


def test_messages_follow_a_group_that_moved() -> None:
    bot = MovedBot()
    assert asyncio.run(Sender(bot).send(-1, (Message("一"), Message("二")))) is True
    assert bot.sent_to == [-1001, -1001]


@pytest.mark.parametrize("setting", ["true", "false"])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_delay_is_read_whichever_type_the_library_gives(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    assert seconds_of(RetryAfter(3)) == 3.0
