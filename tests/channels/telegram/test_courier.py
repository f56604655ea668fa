"""Each refusal of Telegram's gets the patience that it deserves, and no letter is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

from bot.channels.telegram import courier as couriers
from bot.channels.telegram import refusals
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.refusals import seconds_of
from bot.channels.telegram.render import Message, letters, say
from bot.channels.telegram.seals import Signer
from bot.model import Letter, QueuedLetter
from bot.store import Store
from bot.store.tables import outbox
from tests.botapi import BLOCKED, BotApi, Fault, RefusalError
from tests.channels.telegram.fakes import SECRET, WatchedInbox

CITIZEN, OTHER = 7, 8
GROUP = -1001
SLOWER = RefusalError(429, "Too Many Requests: retry after 1", retry_after=1)


class Office:
    """A store and a courier at work on it in a thread."""

    def __init__(self, api: BotApi) -> None:
        self.store: Store = WatchedInbox().store
        self.lost: list[tuple[int, str]] = []
        self._api = api
        self._count = 0
        for chat in (CITIZEN, OTHER, GROUP):
            api.user_sends(chat, "你好")

    def put(self, *to_send: Letter) -> None:
        self._count += 1
        self.store.outbox.put(to_send, f"test:{self._count}", datetime.now(UTC))

    def states(self) -> list[tuple[int, str]]:
        with self.store._database.read() as connection:
            rows = connection.execute(select(outbox.c.chat, outbox.c.state).order_by(outbox.c.id))
            return [(row.chat, row.state) for row in rows]

    def wait_until_settled(self) -> None:
        deadline = time.monotonic() + 15
        while self.store.outbox.backlog().waiting:
            assert time.monotonic() < deadline, self.states()
            time.sleep(0.01)

    @contextmanager
    def sending(self) -> Iterator[Courier]:
        loop = asyncio.new_event_loop()
        request = HTTPXRequest(read_timeout=0.3)
        bot = Bot(self._api.token, base_url=self._api.url, request=request)
        stop = asyncio.Event()
        started: list[Courier] = []

        def undelivered(queued: QueuedLetter, reason: str) -> None:
            self.lost.append((queued.letter.chat, reason))

        async def work() -> None:
            async with bot:
                courier = Courier(bot, self.store, undelivered, Signer(SECRET))
                started.append(courier)
                task = asyncio.create_task(courier.run())
                await stop.wait()
                task.cancel()
                await asyncio.wait({task})
                await courier.drain(0)

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(work())

        thread = Thread(target=run)
        thread.start()
        try:
            while not started:
                time.sleep(0.001)
            yield started[0]
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(20)
            assert not thread.is_alive()


@pytest.fixture
def office(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(couriers, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(refusals, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(couriers, "GLANCE_SECONDS", 0.05)
    return Office(api)


def texts(api: BotApi, chat: int) -> list[str]:
    return [message.text for message in api.sent(chat)]


def test_letters_arrive_in_order_the_first_as_a_reply(api: BotApi, office: Office) -> None:
    messages = (Message("一"), Message("二"), Message("三"))
    office.put(*letters(CITIZEN, messages, reply_to=2))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, CITIZEN) == ["一", "二", "三"]
    assert [bool(message.reply_to) for message in api.sent(CITIZEN)] == [True, False, False]


@pytest.mark.parametrize(
    "fault",
    [
        RefusalError(502, "Bad Gateway"),
        RefusalError(500, "Internal Server Error"),
        Fault(drops=True),
        Fault(delay_seconds=0.6, refusal=RefusalError(504, "Gateway Timeout")),
    ],
)
def test_passing_troubles_are_sat_out(api: BotApi, office: Office, fault: Fault | RefusalError) -> None:
    api.fail("sendMessage", fault, times=3)
    office.put(*letters(CITIZEN, (Message("一"), Message("二"))))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, CITIZEN) == ["一", "二"]


def test_a_trouble_of_a_day_is_given_up_and_told(api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "LONGEST_WAIT", timedelta(0))
    api.fail("sendMessage", RefusalError(502, "Bad Gateway"))
    office.put(*letters(CITIZEN, say("答复")))
    with office.sending():
        office.wait_until_settled()
    assert office.states() == [(CITIZEN, "failed")]
    assert [chat for chat, _ in office.lost] == [CITIZEN]


def test_only_the_chat_that_telegram_slows_down_waits(api: BotApi, office: Office) -> None:
    api.fail("sendMessage", SLOWER)
    office.put(*letters(CITIZEN, say("慢")))
    started = time.monotonic()
    with office.sending():
        api.wait_for(lambda: bool(api.calls("sendMessage")))
        office.put(*letters(OTHER, say("快")))
        api.wait_for_sent(OTHER)
        assert time.monotonic() - started < 1
        office.wait_until_settled()
    assert time.monotonic() - started >= 1
    assert texts(api, CITIZEN) == ["慢"]


def test_who_blocked_the_bot_gets_no_second_message_and_is_marked(api: BotApi, office: Office) -> None:
    api.fail("sendMessage", BLOCKED)
    office.put(*letters(CITIZEN, (Message("一"), Message("二"))))
    with office.sending():
        office.wait_until_settled()
    assert len(api.calls("sendMessage")) == 1
    assert office.states() == [(CITIZEN, "failed"), (CITIZEN, "failed")]
    assert office.store.chats.is_unreachable(CITIZEN)
    assert office.lost == [(CITIZEN, "Forbidden: Forbidden: bot was blocked by the user")] * 2


def test_a_chat_that_is_not_there_is_not_tried_again(api: BotApi, office: Office) -> None:
    office.put(*letters(999, say("答复")))
    with office.sending():
        office.wait_until_settled()
    assert len(api.calls("sendMessage")) == 1
    assert office.store.chats.is_unreachable(999)


def test_a_group_that_moved_is_followed(api: BotApi, office: Office) -> None:
    moved = RefusalError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=GROUP)
    api.fail("sendMessage", moved)
    office.put(*letters(-1, (Message("一"), Message("二"))))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, GROUP) == ["一", "二"]


@pytest.mark.parametrize(
    ("parameters", "sent"),
    [
        ({"text": "<b>粗 & 细", "parse_mode": "HTML"}, "粗 & 细"),
        ({"text": "话题", "message_thread_id": 77}, "话题"),
        ({"text": "钮", "reply_markup": {"inline_keyboard": [[{"text": "长", "callback_data": "x" * 65}]]}}, "钮"),
        ({"text": "回", "reply_parameters": {"message_id": 4711}}, "回"),
    ],
)
def test_what_telegram_stumbles_over_is_left_out_and_the_words_arrive(
    api: BotApi, office: Office, parameters: dict[str, object], sent: str
) -> None:
    if "message_thread_id" in parameters:
        api.fail("sendMessage", RefusalError(400, "Bad Request: message thread not found"))
    office.put(Letter(CITIZEN, "send_message", parameters))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, CITIZEN) == [sent]


def test_what_cannot_be_mended_is_given_up_and_stops_nobody(api: BotApi, office: Office) -> None:
    office.put(Letter(CITIZEN, "send_message", {"text": "字" * 5000}), Letter(CITIZEN, "no_such_call"))
    office.put(*letters(CITIZEN, say("后")))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, CITIZEN) == ["后"]
    assert [state for _, state in office.states()] == ["failed", "failed", "sent"]
    assert len(office.lost) == 2


def test_the_next_run_sends_what_the_last_one_left(api: BotApi, office: Office) -> None:
    office.put(*letters(CITIZEN, (Message("一"), Message("二"))))
    api.fail("sendMessage", Fault(delay_seconds=0.2, drops=True))
    with office.sending():
        api.wait_for(lambda: bool(api.calls("sendMessage")))
    with office.sending():
        office.wait_until_settled()
    assert texts(api, CITIZEN) == ["一", "二"]


def test_one_of_two_processes_sends_until_it_is_gone(api: BotApi, office: Office) -> None:
    with office.sending():
        office.put(*letters(CITIZEN, say("一")))
        office.wait_until_settled()
        with office.sending() as second:
            office.put(*letters(CITIZEN, say("二")))
            office.wait_until_settled()
            assert second._hold is None
    assert texts(api, CITIZEN) == ["一", "二"]


@pytest.mark.parametrize("setting", ["true", "false"])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_delay_is_read_whichever_type_the_library_gives(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    assert seconds_of(RetryAfter(3)) == 3.0


def most_at_once(api: BotApi, office: Office, seconds: float, first_seconds: float | None = None) -> int:
    """How many letters are under way at the same time at the most, each to a chat of its own, with Telegram far away."""
    api.fail("sendMessage", Fault(delay_seconds=seconds if first_seconds is None else first_seconds))
    api.fail("sendMessage", Fault(delay_seconds=seconds), times=100)
    for chat in range(100, 106):
        api.user_sends(chat, "你好")
        office.put(*letters(chat, say("答复")))
    under_way: list[int] = []
    with office.sending():
        while office.store.outbox.backlog().waiting:
            under_way.append(len(api.calls("sendMessage")) - sum(bool(api.sent(chat)) for chat in range(100, 106)))
            time.sleep(0.005)
    return max(under_way)


def test_one_letter_is_under_way_at_a_time(api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill can repeat that one and no other."""
    monkeypatch.setattr(couriers, "BEHIND_SECONDS", 60.0)
    assert most_at_once(api, office, seconds=0.03) == 1


def test_only_where_one_at_a_time_does_not_keep_up_more_are(
    api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "BEHIND_SECONDS", 0.1)
    monkeypatch.setattr(couriers, "OVERALL_SECONDS", 0.005)
    assert most_at_once(api, office, seconds=0.03) > 1


def test_a_slow_machine_is_no_distance_to_telegram(
    api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far behind it is: what one call took is enough to know how near Telegram is."""
    monkeypatch.setattr(couriers, "BEHIND_SECONDS", 0.0)
    monkeypatch.setattr(couriers, "OVERALL_SECONDS", 0.05)
    assert most_at_once(api, office, seconds=0.15, first_seconds=0.0) == 1


def test_far_from_telegram_all_that_a_call_takes_is_made_up_for(
    api: BotApi, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quick first call tells that one at a time is too few, not that two are enough."""
    monkeypatch.setattr(couriers, "BEHIND_SECONDS", 0.0)
    monkeypatch.setattr(couriers, "OVERALL_SECONDS", 0.01)
    assert most_at_once(api, office, seconds=0.12, first_seconds=0.01) > 2
