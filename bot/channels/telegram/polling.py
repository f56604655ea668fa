"""Asking Telegram for updates.

This does what python-telegram-bot's Updater does, with four differences that a public service needs. A failing inbox
does not end the polling for good; an unreadable update stops none behind it and stays out of the log; a refused token
is an error instead of a silence; an instance that was ousted does not oust the other in turn with a last request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels import ChannelRefused
from bot.channels.telegram.alone import AnotherInstance
from bot.channels.telegram.receive import InboxQueue
from bot.channels.telegram.refusals import seconds_of

log = structlog.get_logger()

# Everything else would only be thrown away.
ALLOWED_UPDATES = '["message","edited_message","callback_query","my_chat_member","inline_query"]'
LONGEST_PAUSE_SECONDS = 30.0


class TokenRefused(ChannelRefused):
    """The bot's token is not, or no longer, valid."""

    def __init__(self) -> None:
        super().__init__("Telegram refused the token in BOT_TELEGRAM_TOKEN; get a valid one from @BotFather")


class Poller:
    """Takes updates from Telegram into the queue, one long request after the other."""

    def __init__(self, bot: Bot, request: BaseRequest, queue: InboxQueue, timeout_seconds: int = 30):
        self._bot = bot
        self._request = request
        self._queue = queue
        self._timeout_seconds = timeout_seconds
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            TokenRefused: the token is not valid any more.
            AnotherInstance: another process polls too.
        """
        pause_seconds = 0.0
        while True:
            await self._queue.room()
            try:
                await self._ask()
                pause_seconds = 0.0
                continue
            except InvalidToken:
                raise TokenRefused from None
            except Conflict:
                raise AnotherInstance from None
            except RetryAfter as error:
                pause_seconds = seconds_of(error)
            except Exception as error:
                # The network, or an inbox that could not keep an update: the same offset is asked for again.
                pause_seconds = min(LONGEST_PAUSE_SECONDS, pause_seconds * 1.5 + 0.5)
                log.warning("telegram.polling", error=type(error).__name__, again_in_seconds=pause_seconds)
            await asyncio.sleep(pause_seconds)

    async def _ask(self) -> None:
        parameters = {"offset": self._offset, "timeout": self._timeout_seconds, "allowed_updates": ALLOWED_UPDATES}
        answer = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(parameters)}", read_timeout=self._timeout_seconds + 10
        )
        for raw in _updates(answer):
            await self._queue.take(raw, self._bot)
            # Only now may the next request acknowledge it.
            self._offset = raw["update_id"] + 1


def _updates(answer: object) -> Sequence[dict[str, Any]]:
    if not isinstance(answer, list) or not all(isinstance(raw, dict) and "update_id" in raw for raw in answer):
        raise TelegramError("an answer to getUpdates that holds no updates")
    return cast("Sequence[dict[str, Any]]", answer)
