"""The channel starts when it can, keeps going, and stops without losing a question."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any

import pytest
import structlog

from bot.channels.telegram import AnotherInstance, Setup, TokenRefused, alone, connecting, polling, receive, run
from bot.channels.telegram.words import PRIVATE_COMMANDS
from bot.model import Question
from bot.store import DatabaseUnavailable, Hold
from tests.botapi import BotApi, Fault, RefusalError
from tests.channels.telegram.fakes import SECRET, FakeAnswered, FakeAnswering, WatchedInbox, channel, once

CITIZEN = 70012345


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONGEST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(connecting, "FIRST_PAUSE_SECONDS", 0.01)


def test_start_sets_the_menu_and_drops_no_waiting_update(api: BotApi) -> None:
    api.state.webhook = {"url": "https://example.org/old"}
    api.user_sends(CITIZEN, "早先的问题")
    with channel(api):
        api.wait_for_sent(CITIZEN)
    assert not vars(api.state)["webhook"]
    menus = {place: [command["command"] for command in menu] for place, menu in api.state.commands.items()}
    assert menus["all_private_chats", "zh"] == list(PRIVATE_COMMANDS)
    assert menus["all_group_chats", ""] == ["help", "contact"]
    assert set(menus) == {
        (scope, code) for scope in ("all_private_chats", "all_group_chats") for code in ("", "zh", "en")
    }
    assert api.state.commands["all_private_chats", "en"][1]["description"] == "How to ask"


def test_wrong_token_is_said_without_spelling_it_out(api: BotApi) -> None:
    with channel(api, token="4242:wrong") as running:
        running.join()
    assert isinstance(running.error, TokenRefused)
    assert "BOT_TELEGRAM_TOKEN" in str(running.error)
    assert "wrong" not in str(running.error)
    assert running.error.__suppress_context__


def test_token_that_is_refused_later_ends_the_channel(api: BotApi) -> None:
    with channel(api) as running:
        api.wait_for(lambda: bool(api.calls("getUpdates")))
        api.fail("getUpdates", RefusalError(401, "Unauthorized"))
        api.user_sends(CITIZEN, "你好")
        running.join()
    assert isinstance(running.error, TokenRefused)


def test_second_instance_ousts_the_first_which_says_so(api: BotApi) -> None:
    with channel(api) as first:
        api.wait_for(lambda: bool(api.calls("getUpdates")))
        with channel(api) as second:
            first.join()
            api.user_sends(CITIZEN, "你好")
            api.wait_for_sent(CITIZEN)
        assert second.error is None
    assert isinstance(first.error, AnotherInstance)
    assert "another process" in str(first.error)


def test_second_process_of_a_database_says_so_and_leaves_the_first_alone(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "PATIENCE_SECONDS", 0.2)
    inbox = WatchedInbox()
    with channel(api, inbox=inbox) as first:
        api.wait_for(lambda: bool(api.calls("getUpdates")))
        with channel(api, inbox=inbox) as second:
            second.join()
        assert isinstance(second.error, AnotherInstance)
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
    assert first.error is None
    with channel(api, inbox=inbox):
        api.user_sends(CITIZEN, "再问")
        api.wait_for_sent(CITIZEN, 2)


def test_a_process_that_another_took_over_from_ends(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL lets go of what a broken connection held, and another process may be quicker."""
    monkeypatch.setattr(alone, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(alone, "CHECK_SECONDS", 0.01)
    inbox = WatchedInbox()
    taken = inbox.store.take_hold
    with channel(api, inbox=inbox) as running:
        api.wait_for(lambda: bool(api.calls("getUpdates")))
        monkeypatch.setattr(Hold, "stands", lambda hold: False)
        monkeypatch.setattr(inbox.store, "take_hold", lambda name: taken("sending") if name == "sending" else None)
        running.join()
    assert isinstance(running.error, AnotherInstance)


class Interrupted(FakeAnswering):
    """Answers, once the database has failed so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._left = times

    def answer(self, question: Question, **more: Any) -> FakeAnswered:
        if self._left:
            self._left -= 1
            raise DatabaseUnavailable("server closed the connection", "look")
        return super().answer(question, **more)


def test_a_question_that_the_database_went_away_under_is_answered_when_it_is_back(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits, those behind it in its chat too, and nobody hears an apology."""
    monkeypatch.setattr(receive, "FIRST_PAUSE_SECONDS", 0.01)
    answering = Interrupted(receive.MOST_TRIES - 1)
    with channel(api, answering) as running:
        api.user_sends(CITIZEN, "甲")
        last = api.user_sends(CITIZEN, "乙")
        replies = api.wait_for_sent(CITIZEN, 2)
        running.settle(last)
    assert [question.text for question in answering.asked] == ["甲", "乙"]
    assert all("133条" in reply.text for reply in replies)
    assert set(running.inbox.states.values()) == {"finished"}


def test_a_question_that_always_breaks_the_database_is_given_up(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "FIRST_PAUSE_SECONDS", 0.01)
    with channel(api, Interrupted(receive.MOST_TRIES)) as running:
        poison = api.user_sends(CITIZEN, "甲")
        api.user_sends(CITIZEN, "乙")
        api.wait_for_sent(CITIZEN, 2)
        running.settle(poison, "failed")


def test_start_waits_for_the_network(api: BotApi) -> None:
    api.fail("getMe", Fault(drops=True), times=2)
    api.fail("deleteWebhook", RefusalError(502, "Bad Gateway"))
    with channel(api):
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
    assert len(api.calls("getMe")) >= 3
    assert len(api.calls("deleteWebhook")) >= 2


def test_stop_while_waiting_for_the_network(api: BotApi) -> None:
    api.fail("getMe", Fault(drops=True), times=1000)
    with channel(api) as running:
        api.wait_for(lambda: bool(api.calls("getMe")))
    assert running.error is None


@pytest.mark.parametrize(
    "fault",
    [
        RefusalError(502, "Bad Gateway"),
        RefusalError(429, "Too Many Requests: retry after 1", retry_after=1),
        Fault(drops=True, acts=True),
        Fault(drops=True),
    ],
)
def test_polling_goes_on_after_trouble(api: BotApi, fault: Fault | RefusalError) -> None:
    api.fail("getUpdates", fault)
    with channel(api) as running:
        update = api.user_sends(CITIZEN, "你好")
        running.settle(update)
    assert len(api.sent(CITIZEN)) == 1
    assert len(running.answering.asked) == 1


def test_inbox_trouble_leaves_the_update_with_telegram_until_it_can_be_kept(api: BotApi) -> None:
    with channel(api, inbox=WatchedInbox(trouble=once(OSError("disk full")))) as running:
        update = api.user_sends(CITIZEN, "你好")
        running.settle(update)
        api.wait_until_read(update)
    assert len(api.sent(CITIZEN)) == 1


def test_unreadable_update_stops_none_behind_it_and_stays_out_of_the_log(api: BotApi) -> None:
    with structlog.testing.capture_logs() as logs, channel(api) as running:
        broken = api.raw_update({"message": {"date": "no date", "text": "秘密"}})
        update = api.user_sends(CITIZEN, "你好")
        running.settle(update)
        api.wait_until_read(broken)
    assert running.inbox.states[broken] == "failed"
    assert "秘密" not in str(logs)


def test_update_that_telegram_delivers_to_the_next_run_again_is_answered_once(api: BotApi) -> None:
    inbox = WatchedInbox()
    update = api.user_sends(CITIZEN, "你好")
    delivered = dict(api.state.updates[-1])
    with channel(api, inbox=inbox) as first:
        first.settle(update)
    api.redeliver(delivered)
    with channel(api, inbox=inbox) as second:
        second.settle(api.user_sends(CITIZEN, "/help"))
    assert len(api.sent(CITIZEN)) == 2
    assert second.answering.asked == []


def test_chats_keep_their_order_and_at_most_eight_questions_run_at_once(api: BotApi) -> None:
    answering = FakeAnswering(pause_seconds=0.002)
    with channel(api, answering) as running:
        for number in range(60):
            last = api.user_sends(1 + number % 12, f"{number}")
        running.settle(last)
        api.wait_for(lambda: sum(len(api.sent(chat)) for chat in range(1, 13)) == 60)
    for chat in range(1, 13):
        asked = [int(question.text) for question in answering.asked if question.citizen == str(chat)]
        assert asked == sorted(asked)
    assert answering.most_at_once <= 8


def test_stop_answers_what_is_in_hand_and_the_next_run_the_rest(api: BotApi) -> None:
    inbox = WatchedInbox()
    answering = FakeAnswering(pause_seconds=0.2)
    with channel(api, answering, inbox):
        updates = [api.user_sends(CITIZEN, f"问题{number}") for number in range(5)]
        api.wait_until_read(updates[-1])
    assert 0 < list(inbox.states.values()).count("finished") < 5
    assert not api.state.updates

    with channel(api, FakeAnswering(), inbox) as second:
        second.settle(updates[-1])
    assert len(api.sent(CITIZEN)) == 5
    texts = [question.text for question in answering.asked + second.answering.asked]
    assert texts == [f"问题{number}" for number in range(5)]


def test_stop_does_not_wait_longer_than_its_grace(api: BotApi) -> None:
    inbox = WatchedInbox()
    api.fail("sendMessage", Fault(delay_seconds=3, refusal=RefusalError(502, "Bad Gateway")))
    with channel(api, inbox=inbox, grace_seconds=0.05) as running:
        update = api.user_sends(CITIZEN, "你好")
        api.wait_for(lambda: bool(api.calls("sendMessage")))
        started = time.monotonic()
        running.stop()
    assert time.monotonic() - started < 3
    assert inbox.states == {update: "finished"}
    assert inbox.store.outbox.backlog().waiting == 1


def test_log_holds_no_citizen_no_token_and_no_question(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as logs, channel(api, FakeAnswering(broken=frozenset({"坏问题"}))) as running:
        running.settle(api.user_sends(CITIZEN, "好问题"))
        running.settle(api.user_sends(CITIZEN, "坏问题"), "failed")
        api.fail("sendMessage", RefusalError(403, "Forbidden: bot was blocked by the user"))
        running.settle(api.user_sends(CITIZEN, "又一个好问题"))
    everything = f"{logs}{caplog.text}"
    assert "telegram.failed" in everything
    for secret in (str(CITIZEN), api.token, "问题"):
        assert secret not in everything


def test_run_stops_at_a_signal(api: BotApi) -> None:
    def terminate() -> None:
        # Not before the answer: until its handler is set, the signal would end the tests.
        api.user_sends(CITIZEN, "你好")
        api.wait_for_sent(CITIZEN)
        os.kill(os.getpid(), signal.SIGTERM)

    inbox = WatchedInbox()
    thread = threading.Thread(target=terminate)
    thread.start()
    run.run_telegram(
        Setup(answering=FakeAnswering(), store=inbox.store, token=api.token, secret=SECRET, api_url=api.url)
    )
    thread.join()
    assert list(inbox.states.values()) == ["finished"]
