"""Handing messages to Telegram, with the patience that each of its refusals deserves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.channels.telegram.render import Message

log = structlog.get_logger()

T = TypeVar("T")

PAUSES_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Waits between the attempts of one message while the network or Telegram is down."""

MOST_FLOOD_WAITS = 10
"""How often one message waits because Telegram asked for slower sending."""


class Sender:
    """Sends messages through one bot."""

    def __init__(self, bot: Bot, pauses_seconds: Sequence[float] = PAUSES_SECONDS):
        self._bot = bot
        self._pauses_seconds = pauses_seconds

    async def send(self, chat: int, messages: Sequence[Message], reply_to: int | None = None) -> bool:
        """Send messages in order, the first one as a reply where `reply_to` names a message.

        Returns:
            False where the citizen has blocked the bot or left the group: nobody is there to read.

        Raises:
            BadRequest: Telegram will not take the message as it is.
            NetworkError: Telegram could not be reached for about a minute.
            RetryAfter: Telegram asked to wait again and again.
        """
        for message in messages:
            try:
                await self._send_one(chat, message, reply_to)
            except ChatMigrated as moved:
                chat, reply_to = moved.new_chat_id, None
                await self._send_one(chat, message, reply_to)
            except Forbidden:
                log.info("telegram.forbidden")
                return False
            reply_to = None
        return True

    async def answer_press(self, query_id: str, text: str | None = None) -> None:
        """End the wait of a pressed button; Telegram refuses that after a while, when nobody waits any more."""
        try:
            await persist(lambda: self._bot.answer_callback_query(query_id, text=text), self._pauses_seconds)
        except (BadRequest, Forbidden) as error:
            log.debug("telegram.press_not_answered", error=type(error).__name__)

    async def _send_one(self, chat: int, message: Message, reply_to: int | None) -> None:
        replying = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        await persist(
            lambda: self._bot.send_message(
                chat,
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(message),
                reply_parameters=replying,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            self._pauses_seconds,
        )


async def persist(call: Callable[[], Awaitable[T]], pauses_seconds: Sequence[float]) -> T:
    """Make a call again while it fails for a reason that passes: the network, Telegram's own faults, its limits.

    A message whose time-out hid a success is sent twice; that is better than not at all.
    """
    failures = flood_waits = 0
    while True:
        try:
            return await call()
        except RetryAfter as error:
            flood_waits += 1
            if flood_waits > MOST_FLOOD_WAITS:
                raise
            log.info("telegram.slower", wait_seconds=seconds_of(error))
            await asyncio.sleep(seconds_of(error))
        except NetworkError as error:
            # BadRequest is a NetworkError to python-telegram-bot, but the same request would be refused again.
            if isinstance(error, BadRequest) or failures >= len(pauses_seconds):
                raise
            await asyncio.sleep(pauses_seconds[failures])
            failures += 1


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait, whichever type the library gives."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _markup(message: Message) -> InlineKeyboardMarkup | None:
    if not message.keyboard:
        return None
    rows = [
        [InlineKeyboardButton(button.text, callback_data=button.data) for button in row] for row in message.keyboard
    ]
    return InlineKeyboardMarkup(rows)
