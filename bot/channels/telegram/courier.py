"""Takes letters from the outbox to Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from statistics import fmean
from typing import Any

import structlog
from telegram import Bot, Message
from telegram.error import InvalidToken, TelegramError

from bot.channels.clock import utc_now
from bot.channels.measures import Measures, Unmeasured
from bot.channels.telegram.files import unpacked
from bot.channels.telegram.pace import OVERALL_SECONDS, Pace
from bot.channels.telegram.refusals import Refusals, Undelivered
from bot.channels.telegram.seals import Signer
from bot.model import Letter, QueuedLetter
from bot.store import Hold, Store

log = structlog.get_logger()

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
"""Between two tries to note what became of a letter."""

GLANCE_SECONDS = 1.0
"""How often to look for letters that another process put in."""

HOLD_SECONDS = 5.0
"""How often to make sure that sending is still ours."""

LAST_SECONDS = 1.0
"""What is given to letters under way, whatever the time."""

MOST_UNDER_WAY = 8
CALLS_REMEMBERED = 20
BEHIND_SECONDS = 1.0
"""How long letters have to wait behind one another before more than one is under way."""

Delivered = Callable[[QueuedLetter, Any], None]
Address = Callable[[Letter], Letter]


class Courier:
    """Sends what the outbox holds; a letter is settled there only with what Telegram said of it.

    One letter is under way at a time, so that a killed process leaves no more than one whose fate nobody knows; that one is
    sent again. Only where one at a time has not kept up for a while are there as many as the distance to Telegram asks for.

    Args:
        undelivered: told of each letter that is given up, and why; called in the transaction that gives it up.
        signer: seals the buttons of each letter as it goes out, when the chat is known that it goes to.
        delivered: told of each letter that Telegram took, and what it made of it; called in the transaction that notes it.
        address: completes a letter by what is known only when it goes out; called in a thread.
    """

    def __init__(
        self,
        bot: Bot,
        store: Store,
        undelivered: Undelivered,
        signer: Signer,
        now: Callable[[], datetime] = utc_now,
        pace: Pace | None = None,
        measures: Measures | None = None,
        *,
        delivered: Delivered | None = None,
        address: Address | None = None,
    ) -> None:
        self._bot = bot
        self._store = store
        self._signer = signer
        self._delivered = delivered
        self._address = address
        self._now = now
        self._pace = pace or Pace(time.monotonic)
        self._refusals = Refusals(store, self._pace, undelivered, now)
        self._measures = measures or Unmeasured()
        self._woken = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._seconds_taken: deque[float] = deque(maxlen=CALLS_REMEMBERED)
        self._behind_since: float | None = None
        self._hold: Hold | None = None
        self._hold_checked = time.monotonic()

    def wake(self) -> None:
        """Look for letters now."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled, as the one process of this database that does: the limits are the bot's, not a worker's.

        Raises:
            InvalidToken: Telegram does not know the token any more.
        """
        while True:
            self._woken.clear()
            try:
                pause = await self._send_next() if await self._is_in_charge() else GLANCE_SECONDS
            except InvalidToken:
                raise
            except Exception as error:
                # The database, for a while: letters wait, nothing is lost.
                log.warning("telegram.outbox", error=type(error).__name__)
                pause = FIRST_PAUSE_SECONDS
            if pause != 0:
                await self._rest(min(GLANCE_SECONDS, pause or GLANCE_SECONDS))

    async def drain(self, seconds: float) -> None:
        """Send what is due for so many seconds, then give what is under way a moment; the rest waits for the next run."""
        deadline = time.monotonic() + seconds
        try:
            while self._hold and time.monotonic() < deadline:
                self._woken.clear()
                pause = await self._send_next()
                if pause is None and not self._under_way:
                    break
                await self._rest(min(pause if pause is not None else GLANCE_SECONDS, deadline - time.monotonic()))
            if self._under_way:
                await asyncio.wait(self._under_way.values(), timeout=max(LAST_SECONDS, deadline - time.monotonic()))
                await self._abandon()
        finally:
            if self._hold:
                self._hold.release()

    async def _abandon(self) -> None:
        """Wait no longer for what Telegram has not answered yet; the next run sends it again."""
        late = tuple(self._under_way.values())
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    async def _is_in_charge(self) -> bool:
        """Whether this process is the one that sends; it becomes it when the one before it is gone."""
        if self._hold and time.monotonic() > self._hold_checked + HOLD_SECONDS:
            self._hold_checked = time.monotonic()
            if not await asyncio.to_thread(self._hold.stands):
                self._hold = None
        if self._hold is None:
            self._hold = await asyncio.to_thread(self._store.take_hold, "sending")
        return self._hold is not None

    async def _send_next(self) -> float | None:
        """Start the next letter; returns the seconds until the one after it may be, None where none is due."""
        for task in self._under_way.values():
            if task.done():
                task.result()
        if len(self._under_way) >= self._room():
            return GLANCE_SECONDS
        if wait := self._pace.wait():
            return wait
        resting = self._pace.resting()
        queued = await self._next_letter({*self._under_way, *resting})
        if queued is None:
            self._behind_since = None
            # Whether one waits for a chat to have rested is of interest to whoever drains.
            return min(resting.values()) if resting and await self._next_letter(self._under_way) else None
        if self._behind_since is None:
            self._behind_since = time.monotonic()
        chat = queued.letter.chat
        self._pace.note(chat)
        task = self._under_way[chat] = asyncio.create_task(self._send(queued))
        task.add_done_callback(lambda done: self._done(chat, done))
        return 0.0

    async def _next_letter(self, busy: Collection[int]) -> QueuedLetter | None:
        """The letter that is due before all others, but for those to busy chats."""
        due = await asyncio.to_thread(self._store.outbox.due, self._now(), 1, tuple(busy))
        return due[0] if due else None

    def _room(self) -> int:
        """How many letters may be under way; each is one that a kill may repeat."""
        if self._behind_since is None or time.monotonic() - self._behind_since < BEHIND_SECONDS:
            return 1
        # The quickest of late is the distance; what others take longer is this machine's own, and no reason to risk more
        # where Telegram is near enough for one at a time. Where it is not, all that a call takes has to be made up for.
        distance = min(self._seconds_taken, default=0.0)
        if distance <= OVERALL_SECONDS:
            return 1
        return min(MOST_UNDER_WAY, math.ceil(fmean(self._seconds_taken) / OVERALL_SECONDS))

    def _done(self, chat: int, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            self._under_way.pop(chat, None)
        self._woken.set()

    async def _rest(self, seconds: float) -> None:
        # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the waking.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _send(self, queued: QueuedLetter) -> None:
        started = time.monotonic()
        try:
            if self._address:
                queued = replace(queued, letter=await asyncio.to_thread(self._address, queued.letter))
            letter = queued.letter
            call = getattr(self._bot, letter.method)
            result = await call(chat_id=letter.chat, **unpacked(self._signer.sealed(letter)))
        except InvalidToken:
            raise
        except TelegramError as error:
            refusal = error
            self._measures.refused(type(error).__name__)
            await self._settle(lambda: self._refusals.settle(queued, refusal))
        except Exception as error:
            # Something that the library itself cannot send: it would be the same tomorrow.
            reason = type(error).__name__
            self._measures.refused(reason)
            await self._settle(lambda: self._refusals.give_up(queued, reason))
        else:
            self._seconds_taken.append(time.monotonic() - started)
            await self._settle(lambda: self._sent(queued, result))
            self._measures.sent(queued.origin)

    def _sent(self, queued: QueuedLetter, result: Any) -> None:
        with self._store.together():
            self._store.outbox.sent(queued.id, _number_of(result), self._now())
            if self._delivered:
                self._delivered(queued, result)

    async def _settle(self, note: Callable[[], None]) -> None:
        """Note what became of a letter, for as long as it takes: a letter that is sent and not noted is sent again."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await asyncio.to_thread(note)
            except Exception as error:
                log.error("telegram.not_settled", error=type(error).__name__, again_in_seconds=pause)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
            else:
                return


def _number_of(result: object) -> int | None:
    return result.message_id if isinstance(result, Message) else getattr(result, "message_id", None)
