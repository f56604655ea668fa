"""Nothing is acknowledged before it is kept."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram import polling
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.receive import InboxQueue
from tests.channels.telegram.fakes import WatchedInbox, once


class ScriptedRequest(BaseRequest):
    """Answers each request with the next of its answers, then never again; remembers the offsets asked for."""

    def __init__(self, *answers: object):
        self.offsets: list[int] = []
        self.done = asyncio.Event()
        self._answers = list(answers)

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **more: Any
    ) -> tuple[int, bytes]:
        self.offsets.append(int(parse_qs(urlsplit(url).query)["offset"][0]))
        if not self._answers:
            self.done.set()
            await asyncio.Event().wait()
        return 200, json.dumps({"ok": True, "result": self._answers.pop(0)}).encode()


def offsets_asked(inbox: WatchedInbox, *answers: object) -> list[int]:
    """Poll until all answers are given; returns the offsets asked for."""

    async def work() -> list[int]:
        request = ScriptedRequest(*answers)
        polling_task = asyncio.create_task(Poller(Bot("1:test"), request, InboxQueue(inbox)).run())
        await asyncio.wait_for(request.done.wait(), 10)
        polling_task.cancel()
        await asyncio.wait({polling_task})
        return request.offsets

    return asyncio.run(work())


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONGEST_PAUSE_SECONDS", 0.01)


def test_offset_follows_what_is_kept() -> None:
    inbox = WatchedInbox()
    assert offsets_asked(inbox, [{"update_id": 5}, {"update_id": 6}], []) == [0, 7, 7]
    assert list(inbox.states) == [5, 6]


def test_offset_stays_at_what_could_not_be_kept() -> None:
    inbox = WatchedInbox(trouble_after=once(OSError("disk full")))
    updates = [{"update_id": 5}, {"update_id": 6}]
    assert offsets_asked(inbox, updates, updates) == [0, 0, 7]
    assert list(inbox.states) == [5, 6]


@pytest.mark.parametrize("odd", [{"not": "a list"}, [{"no": "update_id"}], ["no object"]])
def test_answer_without_updates_is_asked_for_again(odd: object) -> None:
    inbox = WatchedInbox()
    assert offsets_asked(inbox, odd, [{"update_id": 5}]) == [0, 0, 6]
    assert list(inbox.states) == [5]
