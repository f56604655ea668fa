"""Those who watch see whether the channel lives, whether it can answer, and how it does; and nothing of anybody."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

import httpx
import pytest

from bot.channels import health
from bot.channels.listening import CannotListen
from bot.settings import Address
from bot.store import DatabaseUnavailable
from tests.addresses import free_address
from tests.botapi import BLOCKED, BotApi, Fault
from tests.channels.telegram.fakes import FakeAnswering, WatchedInbox, channel

CITIZEN = 70012345


@pytest.fixture
def place() -> Address:
    return free_address()


def get(place: Address, path: str) -> httpx.Response:
    return httpx.get(f"http://{place}/{path}", timeout=10)


def samples(place: Address) -> dict[str, float]:
    lines = (line for line in get(place, "metrics").text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def wait_until_ready(api: BotApi) -> None:
    api.wait_for(lambda: bool(api.calls("getUpdates")))


def test_it_is_ready_once_updates_are_received(api: BotApi, place: Address) -> None:
    api.fail("getMe", Fault(delay_seconds=0.5))
    with channel(api, health=place):
        api.wait_for(lambda: bool(api.calls("getMe")))
        assert get(place, "health").text == "ok\n"
        early = get(place, "ready")
        assert (early.status_code, early.json()["receiving"]) == (503, False)
        wait_until_ready(api)
        found = get(place, "ready")
        assert (found.status_code, found.json()) == (
            200,
            {"ready": True, "database": True, "index": 1, "receiving": True},
        )


def test_measures_tell_what_passed(api: BotApi, place: Address) -> None:
    inbox = WatchedInbox()
    with channel(api, FakeAnswering(broken=frozenset({"坏"})), inbox, health=place) as running:
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
        running.settle(api.user_sends(CITIZEN, "坏"), "failed")
        running.settle(api.raw_update({"message": {"date": "never"}}), "failed")
        api.user_blocks(CITIZEN + 1)
        api.user_sends(CITIZEN + 1, "在吗")
        api.wait_for(lambda: any(call["chat_id"] == str(CITIZEN + 1) for call in api.calls("sendMessage")))
        api.wait_for_sent(CITIZEN, 2)
        found = samples(place)
    assert found['bot_updates_total{kind="message"}'] == 3
    assert found['bot_updates_total{kind="unreadable"}'] == 1
    assert found['bot_decisions_total{kind="inquiry",verdict="answer"}'] == 2
    assert found["bot_composed_seconds_count"] >= 2
    assert found["bot_sent_seconds_count"] >= 1
    assert found['bot_failed{queue="inbox"}'] == 2
    assert found['bot_waiting{queue="inbox"}'] == 0
    assert found["bot_database_up"] == 1
    assert found["bot_receiving"] == 1
    assert 0 <= found["bot_last_update_age_seconds"] < 60


def test_what_telegram_refuses_is_counted_by_kind(api: BotApi, place: Address) -> None:
    with channel(api, health=place):
        api.fail("sendMessage", BLOCKED)
        api.user_sends(CITIZEN, "你好")
        api.wait_for(lambda: bool(api.calls("sendMessage")))
        api.user_sends(CITIZEN, "再问")
        api.wait_for_sent(CITIZEN)
        assert samples(place)['bot_send_errors_total{error="Forbidden"}'] == 1


def test_measures_hold_no_citizen_no_token_and_no_question(api: BotApi, place: Address) -> None:
    with channel(api, health=place):
        api.user_sends(CITIZEN, "秘密的话")
        api.wait_for_sent(CITIZEN)
        shown = get(place, "metrics").text + get(place, "ready").text
    for secret in (str(CITIZEN), api.token, "秘密", "ZX-"):
        assert secret not in shown


def test_a_database_that_is_gone_makes_it_not_ready(
    api: BotApi, place: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = WatchedInbox()

    def gone() -> Any:
        raise DatabaseUnavailable("connection refused by hunter2", "look")

    with channel(api, inbox=inbox, health=place):
        wait_until_ready(api)
        monkeypatch.setattr(inbox, "backlog", gone)
        found = get(place, "ready")
        assert (found.status_code, found.json()["database"]) == (503, False)
        assert "hunter2" not in found.text
        assert samples(place)["bot_database_up"] == 0
        # The process lives all the same: to restart it would not help.
        assert get(place, "health").status_code == 200
    assert "hunter2" not in capsys.readouterr().out


def test_a_database_that_hangs_counts_as_gone(api: BotApi, place: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LOOK_SECONDS", 0.05)
    inbox, going_on = WatchedInbox(), threading.Event()

    def hang() -> Any:
        assert going_on.wait(10)
        raise sqlite3.OperationalError("locked")

    with channel(api, inbox=inbox, health=place):
        wait_until_ready(api)
        monkeypatch.setattr(inbox, "backlog", hang)
        assert [get(place, "ready").json()["database"] for _ in range(2)] == [False, False]
        going_on.set()


def test_an_address_that_is_taken_is_said(api: BotApi, place: Address) -> None:
    with channel(api, health=place):
        wait_until_ready(api)
        with channel(api, health=place) as second:
            second.join()
    assert isinstance(second.error, CannotListen)
    assert f"BOT_HEALTH_LISTEN: cannot listen on {place}: " in str(second.error)
