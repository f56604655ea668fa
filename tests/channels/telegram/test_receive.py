"""Updates are kept before they are acknowledged, dealt with once, and in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, Update

from bot.channels.telegram.receive import InboxQueue, OrderedProcessor
from tests.channels.telegram.fakes import WatchedInbox, once

BOT = Bot("1:test")


def raw(update_id: int, chat: int = 7, text: str = "你好") -> dict[str, Any]:
    """An update as Telegram sends it, with a field that no library knows yet."""
    user = {"id": chat, "is_bot": False, "first_name": "市民"}
    message = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": user, "text": text}
    return {"update_id": update_id, "message": message | {"brand_new": {"field": 1}}}


def update(update_id: int, chat: int = 7) -> Update:
    return Update.de_json(raw(update_id, chat), BOT)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


def test_update_is_kept_before_put_returns() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        await queue.put(update(1))
        assert inbox.states == {1: "pending"}
        assert await queue.get() == update(1)

    run(work())


def test_update_that_could_not_be_kept_is_not_queued() -> None:
    async def work() -> None:
        queue = InboxQueue(WatchedInbox(trouble=once(OSError("disk full"))))
        with pytest.raises(OSError, match="disk full"):
            await queue.put(update(1))
        assert queue.empty()
        await queue.put(update(1))
        assert queue.qsize() == 1

    run(work())


def test_redelivered_update_is_dropped() -> None:
    async def work() -> None:
        queue = InboxQueue(WatchedInbox())
        for _ in range(2):
            await queue.take(raw(1), BOT)
        assert queue.qsize() == 1
        await queue.get()
        await queue.finish(1)
        await queue.take(raw(1), BOT)
        assert queue.empty()

    run(work())


def test_update_that_was_kept_with_an_error_is_queued_when_it_comes_again() -> None:
    async def work() -> None:
        inbox = WatchedInbox(trouble_after=once(ConnectionError("lost after the commit")))
        queue = InboxQueue(inbox)
        with pytest.raises(ConnectionError):
            await queue.put(update(1))
        assert queue.empty()
        for _ in range(2):
            await queue.put(update(1))
        assert queue.qsize() == 1

    run(work())


def test_anything_but_an_update_passes_through() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        sign = object()
        await queue.put(sign)
        assert await queue.get() is sign
        assert inbox.states == {}

    run(work())


def test_unreadable_update_is_kept_as_failed_and_stops_none_behind_it() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        broken = {"update_id": 1, "message": {"date": "yesterday"}}
        for _ in range(2):
            await queue.take(broken, BOT)
        await queue.take(raw(2), BOT)
        assert inbox.states == {1: "failed", 2: "pending"}
        assert json.loads(inbox.payloads[1]) == broken
        assert inbox.reasons[1].startswith("unreadable: ")
        assert queue.qsize() == 1

    run(work())


def test_pending_updates_are_replayed_in_order_as_they_were() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        first = InboxQueue(inbox)
        for update_id in (3, 1, 2, 4):
            await first.take(raw(update_id), BOT)
        await first.finish(1)
        inbox.fail(4, "ValueError")
        inbox.put(5, "no JSON", first._now())

        second = InboxQueue(inbox)
        assert await second.replay(BOT) == 3
        replayed = [second.get_nowait() for _ in range(second.qsize())]
        assert replayed == [update(3), update(2)]
        assert isinstance(replayed[0], Update)
        assert replayed[0].to_dict() == raw(3) | {"message": replayed[0].to_dict()["message"]}
        assert replayed[0].to_dict()["message"]["brand_new"] == {"field": 1}
        assert inbox.states[5] == "failed"
        # Telegram may deliver them once more; they are in hand already.
        await second.take(raw(3), BOT)
        assert second.empty()

    run(work())


def test_finishing_leaves_a_failure_a_failure() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        await queue.put(update(1))
        inbox.fail(1, "ValueError")
        queue.settled(1)
        await queue.finish(1)
        assert inbox.states == {1: "failed"}

    run(work())


def test_flood_waits_at_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        monkeypatch.setattr("bot.channels.telegram.receive.MOST_WAITING", 2)
        queue = InboxQueue(WatchedInbox())
        for update_id in (1, 2):
            await queue.room()
            await queue.put(update(update_id))
        waiting = asyncio.create_task(queue.room())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        await queue.finish(1)
        await waiting

    run(work())


class Recorder:
    """Handles updates slowly and notes when each began and ended."""

    def __init__(self, pause_seconds: float = 0.002):
        self.events: list[tuple[str, int]] = []
        self.at_once = self.most_at_once = 0
        self._pause_seconds = pause_seconds

    async def handle(self, update_id: int) -> None:
        self.events.append(("begin", update_id))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self._pause_seconds)
        self.at_once -= 1
        self.events.append(("end", update_id))


def test_one_chat_keeps_its_order_while_others_go_on() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        recorder = Recorder()
        processor = OrderedProcessor(InboxQueue(inbox), at_once=4)
        chats = {update_id: update_id % 5 + 1 for update_id in range(1, 41)}
        for update_id in chats:
            inbox.put(update_id, "{}", datetime.now(UTC))
        await asyncio.gather(
            *(
                processor.process_update(update(update_id, chat), recorder.handle(update_id))
                for update_id, chat in chats.items()
            )
        )
        for chat in set(chats.values()):
            events = [event for event in recorder.events if chats[event[1]] == chat]
            assert events == [(what, number) for number in chats if chats[number] == chat for what in ("begin", "end")]
        assert recorder.most_at_once == 4
        assert set(inbox.states.values()) == {"finished"}
        assert processor.chats == 0

    run(work())


def test_busy_chat_does_not_hold_up_the_others() -> None:
    async def work() -> None:
        recorder = Recorder(0.01)
        processor = OrderedProcessor(InboxQueue(WatchedInbox()), at_once=2)
        busy = [processor.process_update(update(number, 1), recorder.handle(number)) for number in range(1, 11)]
        await asyncio.gather(*busy, processor.process_update(update(99, 2), recorder.handle(99)))
        assert recorder.events.index(("end", 99)) < recorder.events.index(("begin", 3))

    run(work())


def test_draining_finishes_what_is_in_hand_and_leaves_the_rest_to_the_inbox() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        recorder = Recorder(0.05)
        processor = OrderedProcessor(queue, at_once=2)
        tasks = []
        for number in (1, 2, 3):
            await queue.put(update(number, number))
            tasks.append(asyncio.create_task(processor.process_update(update(number, number), recorder.handle(number))))
        await asyncio.sleep(0.01)
        await processor.drain(5)
        await asyncio.gather(*tasks)
        assert inbox.states == {1: "finished", 2: "finished", 3: "pending"}

    run(work())


def test_draining_gives_up_on_what_takes_too_long() -> None:
    async def work() -> None:
        inbox = WatchedInbox()
        queue = InboxQueue(inbox)
        await queue.put(update(1))
        processor = OrderedProcessor(queue)
        task = asyncio.create_task(processor.process_update(update(1), asyncio.sleep(60)))
        await asyncio.sleep(0.01)
        await processor.drain(0.01)
        assert task.cancelled()
        assert inbox.states == {1: "pending"}

    run(work())
