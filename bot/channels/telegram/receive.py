"""Updates on their way in: kept before they are acknowledged, dealt with once, and one chat's in order.

Telegram forgets an update as soon as a higher offset is asked for, and that happens as soon as the update is on the
queue (in polling.py, and in python-telegram-bot's own Updater). So this queue's `put` keeps the update before it
returns: what Telegram forgets, we have.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, cast

import structlog
from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.clock import utc_now
from bot.channels.measures import Measures, Unmeasured
from bot.channels.telegram.ports import Inbox

log = structlog.get_logger()

AT_ONCE = 8
"""Updates dealt with at the same time; measured: more makes each slower and none faster."""

MOST_WAITING = 1000
"""Updates taken before the rest is left to wait at Telegram, so that a flood does not fill the memory."""


MOST_TRIES = 5
"""How often an update is dealt with before a fault of the database, which answers in between, counts as the update's own."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0
"""Between two looks at whether the database is back."""


class InboxQueue(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, with an inbox that outlives the process."""

    def __init__(self, inbox: Inbox, now: Callable[[], datetime] = utc_now, measures: Measures | None = None) -> None:
        super().__init__()
        self._measures = measures or Unmeasured()
        self._inbox = inbox
        self._now = now
        self._open: set[int] = set()
        self._settled: set[int] = set()
        self._unsure: set[int] = set()
        self._interrupted: set[int] = set()
        self._tries: dict[int, int] = {}
        self._freed = asyncio.Event()

    async def put(self, item: object) -> None:
        """Keep an update, then let it wait for its handler; one that is there already is dropped.

        Anything but an update, such as python-telegram-bot's sign to stop, only passes through.
        """
        if isinstance(item, Update):
            await self._accept(item, item.to_json())
        else:
            await super().put(item)

    async def take(self, raw: Mapping[str, Any], bot: Bot) -> None:
        """Put an update as Telegram sent it; one that cannot be read is kept as failed and stops none behind it."""
        # As it came: the library's own way to write it down takes fifteen times as long.
        written = json.dumps(raw)
        try:
            update = Update.de_json(dict(raw), bot)
        except Exception as error:
            log.warning("telegram.unreadable", update_id=raw["update_id"], error=type(error).__name__)
            await self.keep_unreadable(raw["update_id"], raw, type(error).__name__)
        else:
            await self._accept(update, written)

    async def _accept(self, update: Update, written: str) -> None:
        if update.inline_query:
            # In a few seconds nobody waits for it any more, and it is no inquiry: it is answered now or never.
            self.settled(update.update_id)
        elif await self._keep(update.update_id, written):
            self._measures.received(update.update_id, _kind_of(update))
        else:
            return
        self._open.add(update.update_id)
        await super().put(update)

    async def keep_unreadable(self, number: int, content: object, error: str) -> None:
        """Keep what nobody can read as failed, for staff to look at.

        Args:
            number: the update's, or one that stands for it.
            content: what came, as far as JSON can hold it.
            error: the class of what went wrong.
        """
        if await self._keep(number, json.dumps(content)):
            self._measures.received(number, "unreadable")
            await asyncio.to_thread(self._inbox.fail, number, f"unreadable: {error}")

    async def replay(self, bot: Bot) -> int:
        """Queue what an earlier run kept and did not finish, oldest first.

        Returns:
            How many updates that were.
        """
        pending = await asyncio.to_thread(self._inbox.pending)
        for update_id, payload in pending:
            try:
                update = Update.de_json(json.loads(payload), bot)
            except Exception as error:
                await asyncio.to_thread(self._inbox.fail, update_id, f"unreadable: {type(error).__name__}")
            else:
                self._open.add(update_id)
                await super().put(update)
        return len(pending)

    @property
    def has_room(self) -> bool:
        """Whether few enough updates wait here for more to come."""
        return len(self._open) < MOST_WAITING

    async def room(self) -> None:
        """Wait until there is room."""
        while not self.has_room:
            self._freed.clear()
            await self._freed.wait()

    def settled(self, update_id: int) -> None:
        """Note that an update's end is in the inbox already, written together with what it led to."""
        self._settled.add(update_id)

    async def finish(self, update_id: int) -> None:
        """Note that the handlers are done with an update."""
        if update_id not in self._settled:
            await asyncio.to_thread(self._inbox.finish, update_id)
        self._settled.discard(update_id)
        self._tries.pop(update_id, None)
        self._open.discard(update_id)
        self._freed.set()

    def interrupt(self, update_id: int) -> bool:
        """Note that the database went away under an update; False where that has come too often to be the database's fault."""
        self._tries[update_id] = self._tries.get(update_id, 0) + 1
        if self._tries[update_id] >= MOST_TRIES:
            return False
        self._interrupted.add(update_id)
        return True

    def was_interrupted(self, update_id: int) -> bool:
        """Whether an update is to be dealt with anew; asked once after each try."""
        is_to_come = update_id in self._interrupted
        self._interrupted.discard(update_id)
        return is_to_come

    async def database_back(self) -> None:
        """Wait until the database answers, for as long as it takes."""
        pause_seconds = FIRST_PAUSE_SECONDS
        while True:
            await asyncio.sleep(pause_seconds)
            try:
                await asyncio.to_thread(self._inbox.last_update_id)
            except Exception as error:
                log.warning("telegram.database_away", error=type(error).__name__)
                pause_seconds = min(LONGEST_PAUSE_SECONDS, pause_seconds * 2)
            else:
                return

    async def _keep(self, update_id: int, payload: str) -> bool:
        try:
            is_new = await asyncio.to_thread(self._inbox.put, update_id, payload, self._now())
        except BaseException:
            # It may or may not be committed; when Telegram sends it again, "already there" must not mean "dealt with".
            self._unsure.add(update_id)
            raise
        is_new = is_new or (update_id in self._unsure and update_id not in self._open)
        self._unsure.discard(update_id)
        return is_new


def _kind_of(update: Update) -> str:
    """What an update brings, by Telegram's word for it."""
    return next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None)), "other")


class OrderedProcessor(BaseUpdateProcessor):
    """Deals with several updates at once, but with one chat's in the order in which they came.

    Attributes:
        again: deals with an update anew, where the database went away under it.
    """

    def __init__(self, queue: InboxQueue, at_once: int = AT_ONCE) -> None:
        # The base class would let the updates of one busy chat take every place while they wait for each other, so the
        # places are given out here, to those whose turn has come.
        super().__init__(max_concurrent_updates=1_000_000)
        self._queue = queue
        self._places = asyncio.Semaphore(at_once)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self.again: Callable[[Update], Awaitable[Any]] | None = None

    @property
    def chats(self) -> int:
        """How many chats have an update waiting or in hand."""
        return len(self._turns)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn and a free place, handle the update, and tell the inbox."""
        chat = _place_of(update)
        lock, users = self._turns.get(chat, (asyncio.Lock(), 0))
        self._turns[chat] = (lock, users + 1)
        try:
            async with lock, self._places:
                if not self._closing:
                    await self._handle(update, coroutine)
        finally:
            # Not started where we are closing: the inbox keeps the update for the next run.
            cast("Coroutine[Any, Any, Any]", coroutine).close()
            lock, users = self._turns.pop(chat)
            if users > 1:
                self._turns[chat] = (lock, users - 1)

    async def drain(self, seconds: float) -> None:
        """Start nothing more, give what is in hand so many seconds, and leave the rest to the inbox."""
        self._closing = True
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _handle(self, update: object, coroutine: Awaitable[Any]) -> None:
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._running.add(task)
        try:
            await coroutine
            if isinstance(update, Update):
                await self._complete(update)
        finally:
            self._running.discard(task)

    async def _complete(self, update: Update) -> None:
        """Deal with an update anew for as long as it is the database that fails; those behind it in its chat wait."""
        while self._queue.was_interrupted(update.update_id):
            if self._closing or not self.again:
                # The inbox keeps it for the next run.
                return
            await self._queue.database_back()
            await self.again(update)
        await self._finish(update.update_id)

    async def _finish(self, update_id: int) -> None:
        try:
            await self._queue.finish(update_id)
        except Exception as error:
            # It stays pending and the next run answers it again: better than an apology for an answer that was given.
            log.error("telegram.not_finished", update_id=update_id, error=type(error).__name__)


def _place_of(update: object) -> int:
    """What has its updates dealt with in order: a chat, or a person where it stands in none."""
    place = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
    return place.id if place else 0
