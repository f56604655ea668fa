"""Telegram brings its updates: 200 means that one is in the inbox, and nothing else does."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from bot.channels.listening import CannotListen
from bot.channels.telegram import AnotherInstance, TokenRefused, receive, webhook
from bot.channels.telegram.webhook import LARGEST_BODY, SECRET_HEADER, WebhookRefused
from bot.settings import Webhook
from tests.addresses import free_address
from tests.botapi import BotApi, Fault, RefusalError
from tests.channels.telegram.fakes import Channel, FakeAnswering, WatchedInbox, channel, once

CITIZEN = 70012345
HOST = "bot.example.org"


@pytest.fixture
def place(api: BotApi) -> Webhook:
    """A webhook behind a proxy."""
    listen = free_address()
    api.lead(HOST, str(listen))
    return Webhook(f"https://{HOST}/telegram", listen)


@contextmanager
def hooked(
    api: BotApi, place: Webhook, inbox: WatchedInbox | None = None, answering: FakeAnswering | None = None
) -> Iterator[Channel]:
    """The channel at work, its webhook set."""
    with channel(api, answering, inbox, webhook=place) as running:
        api.wait_for(lambda: bool(api.calls("setWebhook")))
        yield running


class Caller:
    """Whoever comes to the webhook, with Telegram's secret unless told otherwise."""

    def __init__(self, api: BotApi, place: Webhook) -> None:
        self._url = f"http://{place.listen}{place.path}"
        self._secret = str(api.calls("setWebhook")[-1]["secret_token"])

    def post(self, body: object, secret: str | None = None, kind: str = "application/json") -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {SECRET_HEADER: self._secret if secret is None else secret, "Content-Type": kind}
        return httpx.post(self._url, content=content, headers=headers, timeout=10)


def update(number: int, text: str = "2017年主动公开多少条") -> dict[str, object]:
    chat = {"id": CITIZEN, "type": "private", "first_name": "市民"}
    user = {"id": CITIZEN, "is_bot": False, "first_name": "市民"}
    return {
        "update_id": number,
        "message": {"message_id": number, "from": user, "chat": chat, "date": 1_700_000_000, "text": text},
    }


def test_a_question_that_is_brought_is_answered(api: BotApi, place: Webhook) -> None:
    with hooked(api, place) as running:
        number = api.user_sends(CITIZEN, "2017年主动公开多少条")
        api.wait_for_sent(CITIZEN)
        api.wait_until_read(number)
        running.settle(number)
        (told,) = api.calls("setWebhook")
        assert told["url"] == place.url
        assert "message" in told["allowed_updates"]
        assert len(told["secret_token"]) == 64
        assert told["drop_pending_updates"] == "false"
    # It stays set: what comes while nothing runs waits for the next run.
    assert vars(api.state)["webhook"]
    assert not api.calls("getUpdates")


def test_what_waits_at_telegram_is_brought_to_the_next_run(api: BotApi, place: Webhook) -> None:
    with hooked(api, place):
        pass
    api.user_sends(CITIZEN, "夜里的问题")
    answering = FakeAnswering()
    with hooked(api, place, answering=answering):
        api.wait_for_sent(CITIZEN)
    assert [question.text for question in answering.asked] == ["夜里的问题"]


def test_whoever_is_not_telegram_is_turned_away(api: BotApi, place: Webhook) -> None:
    inbox = WatchedInbox()
    with hooked(api, place, inbox):
        caller = Caller(api, place)
        assert caller.post(update(1), secret="guessed").status_code == 403
        assert caller.post(update(1), secret="").status_code == 403
        assert caller.post(update(1), kind="text/plain").status_code == 415
        assert caller.post(b" " * (LARGEST_BODY + 1)).status_code == 413
        assert httpx.get(f"http://{place.listen}{place.path}").status_code == 405
        assert httpx.get(f"http://{place.listen}/").status_code == 404
        assert not inbox.states
        assert caller.post(update(1), kind="application/json; charset=utf-8").status_code == 200
        assert list(inbox.states) == [1]


NO_UPDATES = (
    b"{",
    b"\xff\x00",
    b"[" * 100_000,
    b"[]",
    b"{}",
    b'{"update_id": "1"}',
    b'{"update_id": true}',
    b'{"update_id": 1e99}',
)


@pytest.mark.parametrize("body", NO_UPDATES)
def test_what_holds_no_update_is_kept_as_failed_and_does_not_come_again(
    api: BotApi, place: Webhook, body: bytes
) -> None:
    inbox = WatchedInbox()
    with hooked(api, place, inbox):
        caller = Caller(api, place)
        assert [caller.post(body).status_code for _ in range(2)] == [200, 200]
        (number,) = inbox.states
        assert number < 0
        assert inbox.states == {number: "failed"}
        assert inbox.reasons == {number: "unreadable: no update"}
        inbox.erase(CITIZEN)
        # It is not taken for the update that came last.
        assert inbox.last_update_id() is None


def test_an_unreadable_update_is_kept_as_failed_and_stops_none_behind_it(api: BotApi, place: Webhook) -> None:
    with hooked(api, place) as running:
        broken = api.raw_update({"message": {"text": "broken", "date": "never"}})
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
        running.settle(broken, "failed")
    assert not api.state.updates


def test_an_update_that_cannot_be_kept_comes_again(api: BotApi, place: Webhook) -> None:
    inbox = WatchedInbox(trouble=once(sqlite3.OperationalError("disk full")))
    with hooked(api, place, inbox):
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
    assert list(inbox.states.values()) == ["finished"]


def test_a_database_that_hangs_is_not_waited_for(api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was given up is committed later all the same; as it comes again, it is answered, and once."""
    monkeypatch.setattr(webhook, "KEEP_SECONDS", 0.05)
    going_on = threading.Event()
    answering, inbox = FakeAnswering(), WatchedInbox(trouble=lambda _: assert_set(going_on))
    with hooked(api, place, inbox, answering) as running:
        caller = Caller(api, place)
        assert caller.post(update(5)).status_code == 503
        going_on.set()
        monkeypatch.setattr(webhook, "KEEP_SECONDS", 10.0)
        assert caller.post(update(5)).status_code == 200
        running.settle(5)
    assert len(answering.asked) == 1


def assert_set(event: threading.Event) -> None:
    """Hang until something is so."""
    assert event.wait(10)


def test_a_flood_is_told_to_come_later(api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch) -> None:
    with hooked(api, place):
        caller = Caller(api, place)
        monkeypatch.setattr(receive, "MOST_WAITING", 0)
        answer = caller.post(update(1))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        monkeypatch.undo()
        assert caller.post(update(1)).status_code == 200


def test_an_update_whose_answer_was_lost_is_answered_once(api: BotApi, place: Webhook) -> None:
    answering = FakeAnswering()
    with hooked(api, place, answering=answering):
        api.fail("webhook", Fault(drops=True, acts=True))
        last = api.user_sends(CITIZEN, "你好")
        api.wait_until_read(last)
        api.user_sends(CITIZEN, "再问")
        api.wait_for_sent(CITIZEN, 2)
    assert [question.text for question in answering.asked] == ["你好", "再问"]


def test_an_address_that_telegram_refuses_is_said(api: BotApi, place: Webhook) -> None:
    api.fail("setWebhook", RefusalError(400, "Bad Request: bad webhook: Failed to resolve host"))
    with channel(api, webhook=place) as running:
        running.join()
    assert isinstance(running.error, WebhookRefused)
    assert "BOT_TELEGRAM_WEBHOOK: " in str(running.error)
    assert "failed to resolve host" in str(running.error)


def test_an_address_that_is_taken_is_said(api: BotApi, place: Webhook) -> None:
    with hooked(api, place), channel(api, webhook=place) as second:
        second.join()
    assert isinstance(second.error, CannotListen)
    assert f"BOT_TELEGRAM_WEBHOOK_LISTEN: cannot listen on {place.listen}: " in str(second.error)


@pytest.mark.parametrize(
    "trouble",
    [Fault(drops=True), RefusalError(429, "Too Many Requests", retry_after=0), RefusalError(502, "Bad Gateway")],
)
def test_introducing_itself_waits_for_telegram(
    api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch, trouble: Fault | RefusalError
) -> None:
    monkeypatch.setattr(webhook, "LONGEST_PAUSE_SECONDS", 0.01)
    api.fail("setWebhook", trouble)
    with hooked(api, place):
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
    assert len(api.calls("setWebhook")) == 2
    assert vars(api.state)["webhook"]["url"] == place.url


def test_a_token_that_is_refused_later_ends_the_channel(
    api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.01)
    with hooked(api, place) as running:
        api.fail("getWebhookInfo", RefusalError(401, "Unauthorized"))
        running.join()
    assert isinstance(running.error, TokenRefused)


def test_a_webhook_that_somebody_removed_is_set_again(
    api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.01)
    with hooked(api, place):
        api.state.webhook = None
        api.wait_for(lambda: len(api.calls("setWebhook")) == 2)
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
    first, again = api.calls("setWebhook")
    assert again == first


def test_a_webhook_that_another_process_set_ends_this_one(
    api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.01)
    with hooked(api, place) as running:
        api.state.webhook = dict(api.state.webhook or {}, url="https://other.example.org/bot")
        running.join()
    assert isinstance(running.error, AnotherInstance)


def test_what_keeps_telegram_away_is_in_the_log(
    api: BotApi, place: Webhook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.02)
    with hooked(api, place):
        api.lead(HOST, "127.0.0.1:9")
        api.user_sends(CITIZEN, "秘密的话")
        api.wait_for(lambda: bool(api.state.hook_error))
        count = len(api.calls("getWebhookInfo"))
        api.wait_for(lambda: len(api.calls("getWebhookInfo")) > count + 1)
    log = capsys.readouterr().out
    assert "Connection failed" in log
    assert "秘密" not in log
