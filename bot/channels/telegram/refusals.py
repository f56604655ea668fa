"""What Telegram will not take, and the patience that each of its refusals deserves."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.memory import move_chat
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.repair import is_done_already, is_nobody_there, repaired
from bot.model import Priority, QueuedLetter
from bot.store import Store

log = structlog.get_logger()

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
LONGEST_WAIT = timedelta(hours=24)
"""How long a letter is tried: a reply of yesterday helps nobody, and staff are told."""

MOST_CHATS_SLOWED = 3
"""So many chats slowed down at once mean that Telegram slows the whole bot."""

Undelivered = Callable[[QueuedLetter, str], None]

TOPIC_METHODS = frozenset(("create_forum_topic", "close_forum_topic", "reopen_forum_topic"))
"""What a group without topics, or without the right to make them, refuses; that says nothing of messages."""


class Refusals:
    """Puts off, mends or gives up what Telegram refused, each settled in the outbox when it returns.

    Args:
        store: whose outbox the letters are in.
        pace: is told which chats Telegram wants left alone.
        undelivered: told of each letter that is given up, and why; called in the transaction that gives it up.
    """

    def __init__(self, store: Store, pace: Pace, undelivered: Undelivered, now: Callable[[], datetime]) -> None:
        self._store = store
        self._pace = pace
        self._undelivered = undelivered
        self._now = now
        self._slowed: dict[int, float] = {}

    def settle(self, queued: QueuedLetter, error: TelegramError) -> None:
        """Note in the outbox what a refusal means for a letter, and for others of its chat."""
        chat = queued.letter.chat
        if isinstance(error, RetryAfter):
            self._slow_down(queued, seconds_of(error))
        elif isinstance(error, ChatMigrated):
            move_chat(self._store, chat, error.new_chat_id)
        elif queued.letter.method in TOPIC_METHODS and isinstance(error, BadRequest):
            self.give_up(queued, _reason(error))
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
            self.give_up(queued, _reason(error))

    def _try_again(self, queued: QueuedLetter, error: TelegramError) -> None:
        """The network, or Telegram's own faults: later, and later still. It may have been sent: twice is better than never."""
        if self._now() - queued.queued_at > LONGEST_WAIT:
            self.give_up(queued, _reason(error))
            return
        pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** min(queued.attempts, 10))
        log.info("telegram.again", error=type(error).__name__, attempts=queued.attempts + 1, again_in_seconds=pause)
        self._store.outbox.postpone(queued.id, self._now() + timedelta(seconds=pause))

    def give_up(self, queued: QueuedLetter, reason: str) -> None:
        """Note that a letter is not sent, and tell of it."""
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


def _reason(error: TelegramError) -> str:
    """What Telegram said, which quotes nobody."""
    return f"{type(error).__name__}: {error.message}"[:200]
