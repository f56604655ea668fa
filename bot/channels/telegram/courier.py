"""Takes letters from the outbox to Telegram, with the patience that each of its refusals deserves."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.clock import utc_now
from bot.channels.measures import Measures, Unmeasured
from bot.channels.telegram.files import unpacked
from bot.channels.telegram.memory import move_chat
from bot.channels.telegram.pace import OVERALL_SECONDS, Pace
from bot.channels.telegram.repair import is_done_already, is_nobody_there, repaired
from bot.channels.telegram.seals import Signer
from bot.model import Letter, Priority, QueuedLetter
from bot.store import Hold, Store

log = structlog.get_logger()

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
LONGEST_WAIT = timedelta(hours=24)
"""How long a letter is tried: a reply of yesterday helps nobody, and staff are told."""

GLANCE_SECONDS = 1.0
"""How often to look for letters that another process put in."""

HOLD_SECONDS = 5.0
"""How often to make sure that sending is still ours."""

LAST_SECONDS = 1.0
"""What is given to letters under way, whatever the time."""

HEADS = 50
"""Letters looked at once; each is its chat's first, so one busy chat fills no more than one place."""

MOST_UNDER_WAY = 8
BEHIND_SECONDS = 1.0
"""How long letters have to wait behind one another before more than one is under way."""

MOST_CHATS_SLOWED = 3
"""So many chats slowed down at once mean that Telegram slows the whole bot."""

Undelivered = Callable[[QueuedLetter, str], None]
Delivered = Callable[[QueuedLetter, Any], None]
Address = Callable[[Letter], Letter]

TOPIC_METHODS = frozenset(("create_forum_topic", "close_forum_topic", "reopen_forum_topic"))
"""What a group without topics, or without the right to make them, refuses; that says nothing of messages."""


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
        self._undelivered = undelivered
        self._signer = signer
        self._delivered = delivered
        self._address = address
        self._now = now
        self._pace = pace or Pace(time.monotonic)
        self._measures = measures or Unmeasured()
        self._woken = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._seconds_to_telegram = 0.0
        self._behind_since: float | None = None
        self._slowed: dict[int, float] = {}
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
        heads = await asyncio.to_thread(self._store.outbox.due, self._now(), HEADS, tuple(self._under_way))
        if all(self._pace.rest(queued.letter.chat) for queued in heads):
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = time.monotonic()
        waits = [(self._pace.wait(queued.letter.chat), place) for place, queued in enumerate(heads)]
        ready = next((place for wait, place in waits if not wait), None)
        if ready is None:
            return min((wait for wait, _ in waits), default=None)
        queued = heads[ready]
        chat = queued.letter.chat
        self._pace.note(chat)
        task = self._under_way[chat] = asyncio.create_task(self._send(queued))
        task.add_done_callback(lambda done: self._done(chat, done))
        return 0.0

    def _room(self) -> int:
        """How many letters may be under way; each is one that a kill may repeat."""
        if self._behind_since is None or time.monotonic() - self._behind_since < BEHIND_SECONDS:
            return 1
        return max(1, min(MOST_UNDER_WAY, math.ceil(self._seconds_to_telegram / OVERALL_SECONDS)))

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
            await self._settle(lambda: self._refused(queued, refusal))
        except Exception as error:
            # Something that the library itself cannot send: it would be the same tomorrow.
            reason = type(error).__name__
            self._measures.refused(reason)
            await self._settle(lambda: self._give_up(queued, reason))
        else:
            self._seconds_to_telegram += (time.monotonic() - started - self._seconds_to_telegram) * 0.2
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

    def _refused(self, queued: QueuedLetter, error: TelegramError) -> None:
        chat = queued.letter.chat
        if isinstance(error, RetryAfter):
            self._slow_down(queued, seconds_of(error))
        elif isinstance(error, ChatMigrated):
            move_chat(self._store, chat, error.new_chat_id)
        elif queued.letter.method in TOPIC_METHODS and isinstance(error, BadRequest):
            self._give_up(queued, _reason(error))
        elif isinstance(error, Forbidden) or is_nobody_there(error):
            if queued.letter.priority is Priority.STAFF:
                # Put out of their group by mistake, perhaps: what citizens wait for is kept until the bot is back.
                self._try_again(queued, error)
                return
            log.info("telegram.unreachable")
            with self._store.together():
                self._store.chats.mark_unreachable(chat, self._now())
                for lost in self._store.outbox.give_up(chat, _reason(error), self._now()):
                    self._undelivered(lost, _reason(error))
        elif isinstance(error, BadRequest):
            self._mend(queued, error)
        else:
            self._try_again(queued, error)

    def _mend(self, queued: QueuedLetter, error: BadRequest) -> None:
        """What Telegram will not take as it is: in another form where there is one, else it is given up."""
        if is_done_already(error):
            self._store.outbox.sent(queued.id, None, self._now())
        elif letter := repaired(queued.letter, error):
            log.warning("telegram.mended", reason=_reason(error))
            self._store.outbox.replace(queued.id, letter)
        else:
            self._give_up(queued, _reason(error))

    def _try_again(self, queued: QueuedLetter, error: TelegramError) -> None:
        """The network, or Telegram's own faults: later, and later still. It may have been sent: twice is better than never."""
        if self._now() - queued.queued_at > LONGEST_WAIT:
            self._give_up(queued, _reason(error))
            return
        pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** min(queued.attempts, 10))
        log.info("telegram.again", error=type(error).__name__, attempts=queued.attempts + 1, again_in_seconds=pause)
        self._store.outbox.postpone(queued.id, self._now() + timedelta(seconds=pause))

    def _give_up(self, queued: QueuedLetter, reason: str) -> None:
        log.error("telegram.undelivered", reason=reason)
        with self._store.together():
            self._store.outbox.fail(queued.id, reason, self._now())
            self._undelivered(queued, reason)

    def _slow_down(self, queued: QueuedLetter, seconds: float) -> None:
        log.info("telegram.slower", wait_seconds=seconds)
        self._pace.hold(queued.letter.chat, seconds)
        until = time.monotonic() + seconds
        self._slowed = {chat: end for chat, end in self._slowed.items() if end > time.monotonic()}
        self._slowed[queued.letter.chat] = until
        if len(self._slowed) >= MOST_CHATS_SLOWED:
            self._pace.hold_all(seconds)
        self._store.outbox.postpone(queued.id, self._now() + timedelta(seconds=seconds))


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait, whichever type the library gives."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def at_once(call: Callable[[], Awaitable[Any]]) -> bool:
    """Make a call that is worth nothing later, such as the end of a button's wait; False where it failed."""
    try:
        await call()
    except InvalidToken:
        raise
    except TelegramError as error:
        log.debug("telegram.not_at_once", error=type(error).__name__)
        return False
    return True


def _number_of(result: object) -> int | None:
    return result.message_id if isinstance(result, Message) else getattr(result, "message_id", None)


def _reason(error: TelegramError) -> str:
    """What Telegram said, which quotes nobody."""
    return f"{type(error).__name__}: {error.message}"[:200]
