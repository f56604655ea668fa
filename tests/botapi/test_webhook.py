"""The strict Bot API delivers to a webhook as Telegram does, and refuses the addresses that Telegram refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi, Fault, Server
from tests.botapi.webhook import SECRET_HEADER

HOST = "bot.example.org"


class Receiver:
    """A webhook that answers what the test says, and remembers what came.

    Attributes:
        answers: statuses to give, in turn; then 200 for ever.
    """

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[tuple[str, str, dict[str, Any]]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.got.append((self.path, self.headers.get(SECRET_HEADER, ""), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def texts(self) -> list[str]:
        return [body["message"]["text"] for _, _, body in self.got]

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def api(server: Server) -> Iterator[BotApi]:
    with BotApi(server) as api:
        yield api


@pytest.fixture
def receiver(api: BotApi) -> Iterator[Receiver]:
    with Receiver() as receiver:
        api.lead(HOST, receiver.place)
        yield receiver


def call(api: BotApi, method: str, **parameters: Any) -> Any:
    return httpx.post(f"{api.url}{api.token}/{method}", json=parameters, timeout=5).json()


def set_hook(api: BotApi, **more: Any) -> None:
    assert call(api, "setWebhook", url=f"https://{HOST}/hook", **more)["result"] is True


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "http://bot.example.org/hook"}, "An HTTPS URL must be provided"),
        ({"url": "bot.example.org/hook"}, "An HTTPS URL must be provided"),
        ({"url": "https://bot.example.org:8080/hook"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://bot.example.org/hook", "secret_token": "口令"}, "unallowed characters"),
        ({"url": "https://bot.example.org/hook", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://bot.example.org/hook", "secret_token": "a" * 257}, "too long"),
        ({"url": "https://bot.example.org/hook", "max_connections": 101}, "max_connections"),
    ],
)
def test_what_telegram_refuses_is_refused(api: BotApi, parameters: dict[str, Any], reason: str) -> None:
    answer = call(api, "setWebhook", **parameters)
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert call(api, "getWebhookInfo")["result"]["url"] == ""


def test_updates_come_to_the_address_with_the_secret_and_are_gone(api: BotApi, receiver: Receiver) -> None:
    update = api.user_sends(7, "早先的")
    set_hook(api, secret_token="s-1", max_connections=3, allowed_updates=["message"])
    api.wait_until_read(update)
    ((path, secret, body),) = receiver.got
    assert (path, secret, body["update_id"]) == ("/hook", "s-1", update)
    info = call(api, "getWebhookInfo")["result"]
    assert info["url"] == f"https://{HOST}/hook"
    assert info["max_connections"] == 3
    assert "secret_token" not in info
    assert "last_error_date" not in info


def test_what_is_not_taken_comes_again_and_keeps_its_order(api: BotApi, receiver: Receiver) -> None:
    receiver.answers += [503, 500]
    for text in "甲乙丙":
        last = api.user_sends(7, text)
    set_hook(api)
    api.wait_until_read(last)
    assert receiver.texts() == ["甲", "甲", "甲", "乙", "丙"]


def test_a_chat_that_is_held_up_holds_up_no_other(api: BotApi, receiver: Receiver) -> None:
    receiver.answers += [503]
    api.user_sends(7, "甲")
    api.user_sends(7, "乙")
    last = api.user_sends(8, "丙")
    set_hook(api, max_connections=1)
    api.wait_for(lambda: not api.state.updates)
    assert receiver.texts() == ["甲", "丙", "甲", "乙"]
    assert last


def test_a_lost_answer_makes_it_come_twice(api: BotApi, receiver: Receiver) -> None:
    api.fail("webhook", Fault(drops=True, acts=True))
    last = api.user_sends(7, "甲")
    set_hook(api)
    api.wait_until_read(last)
    assert receiver.texts() == ["甲", "甲"]


def test_nobody_there_is_said_and_tried_again(api: BotApi, receiver: Receiver) -> None:
    place = api.state.proxies.pop(HOST)
    api.lead(HOST, "127.0.0.1:9")
    last = api.user_sends(7, "甲")
    set_hook(api)
    api.wait_for(lambda: bool(api.state.hook_error))
    assert call(api, "getWebhookInfo")["result"]["pending_update_count"] == 1
    assert "Connection failed" in call(api, "getWebhookInfo")["result"]["last_error_message"]
    api.lead(HOST, place)
    api.wait_until_read(last)
    assert receiver.texts() == ["甲"]


def test_only_allowed_updates_are_delivered(api: BotApi, receiver: Receiver) -> None:
    api.raw_update({"channel_post": {"text": "无关", "chat": {"id": -9}}})
    last = api.user_sends(7, "甲")
    set_hook(api, allowed_updates=["message"])
    api.wait_for(lambda: bool(receiver.got))
    assert [body["update_id"] for _, _, body in receiver.got] == [last]
