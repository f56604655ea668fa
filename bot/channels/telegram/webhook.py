"""Letting Telegram bring its updates, through a proxy that speaks HTTPS.

Telegram takes any answer of the 200s for "delivered" and delivers again after any other. So the answer is 200 as soon as
the update is in the inbox, never before; and 200 as well for what nobody can read, which would come again for a day.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels import ChannelRefused
from bot.channels.listening import listening
from bot.channels.telegram.alone import AnotherInstance
from bot.channels.telegram.polling import ALLOWED_UPDATES, LONGEST_PAUSE_SECONDS, TokenRefused
from bot.channels.telegram.receive import AT_ONCE, InboxQueue
from bot.channels.telegram.refusals import seconds_of
from bot.settings import Webhook

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_BODY = 1_000_000
"""Bytes; Telegram's updates are of a few thousand."""

BODY_SECONDS = 10.0
KEEP_SECONDS = 20.0
"""How long an update may take into the inbox before Telegram is told to come again."""

CHECK_SECONDS = 300.0
"""How often to see whether the webhook is still set: whoever polls with this token removes it, and all would be silence."""


class WebhookRefused(ChannelRefused):
    """Telegram does not take the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"BOT_TELEGRAM_WEBHOOK: Telegram refused the address ({reason}); write one that it can reach")


class Hook:
    """Takes updates from Telegram into the queue, as they are brought.

    Args:
        bot: introduces the webhook to Telegram.
        queue: keeps what is brought.
        place: the public address, and where to listen for what the proxy sees there.
        house_secret: what the webhook's secret is made of, the same on every worker.
    """

    def __init__(self, bot: Bot, queue: InboxQueue, place: Webhook, house_secret: bytes) -> None:
        self._bot = bot
        self._queue = queue
        self._place = place
        self._secret = hmac.new(house_secret, b"webhook", hashlib.sha256).hexdigest()
        self._failure_told: datetime | None = None
        self.application = Starlette(routes=[Route(place.path, self._receive, methods=["POST"])])

    async def run(self) -> None:
        """Listen until cancelled, and see to it that Telegram knows where; the webhook stays set for the next run.

        Raises:
            TokenRefused: the token is not valid, or not any more.
            AnotherInstance: somebody set another address.
            WebhookRefused: Telegram does not take the address.
            CannotListen: the address to listen on cannot be used.
        """
        async with listening(self.application, self._place.listen, "BOT_TELEGRAM_WEBHOOK_LISTEN"):
            pause_seconds = 0.0
            is_set = False
            while True:
                try:
                    if is_set:
                        await self._check()
                    else:
                        await self._introduce()
                    is_set, pause_seconds = True, 0.0
                    await asyncio.sleep(CHECK_SECONDS)
                    continue
                except InvalidToken:
                    raise TokenRefused from None
                except BadRequest as error:
                    raise WebhookRefused(error.message) from None
                except RetryAfter as error:
                    pause_seconds = seconds_of(error)
                except TelegramError as error:
                    pause_seconds = min(LONGEST_PAUSE_SECONDS, pause_seconds * 1.5 + 0.5)
                    log.warning("telegram.webhook", error=type(error).__name__, again_in_seconds=pause_seconds)
                await asyncio.sleep(pause_seconds)

    async def _introduce(self) -> None:
        """Set the webhook. At every start, for nobody can ask Telegram for the secret that it has."""
        await self._bot.set_webhook(
            self._place.url,
            allowed_updates=json.loads(ALLOWED_UPDATES),
            max_connections=AT_ONCE,
            secret_token=self._secret,
            drop_pending_updates=False,
        )

    async def _check(self) -> None:
        """See whether updates still come here, and say what keeps them from it.

        Raises:
            AnotherInstance: somebody set another address.
        """
        found = await self._bot.get_webhook_info()
        if not found.url:
            log.warning("telegram.webhook_removed")
            await self._introduce()
        elif found.url != self._place.url:
            raise AnotherInstance
        if found.last_error_date and found.last_error_date != self._failure_told:
            self._failure_told = found.last_error_date
            log.warning("telegram.webhook_failing", said=found.last_error_message, waiting=found.pending_update_count)

    async def _receive(self, request: Request) -> Response:
        # Bytes, for a header may hold anything, and text that is not ASCII cannot be compared in constant time.
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return Response(status_code=403)
        if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        if not self._queue.has_room:
            return _later()
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self._keep(body)
        except Exception as error:
            # The inbox, for a while; its error may quote the update.
            log.warning("telegram.not_kept", error=type(error).__name__)
            return _later()
        return Response(status_code=200)

    async def _keep(self, body: bytes) -> None:
        raw = _update_in(body)
        if raw is None:
            log.warning("telegram.unreadable")
            await self._queue.keep_unreadable(_number_of(body), body.decode(errors="replace"), "no update")
        else:
            await self._queue.take(raw, self._bot)


async def _body(request: Request) -> bytes | None:
    """What was sent; None where it is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _update_in(body: bytes) -> dict[str, Any] | None:
    """The update, or None where it is none that could be kept under its number."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    is_number = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
    return raw if is_number else None


def _number_of(body: bytes) -> int:
    """A number for what has none: below zero, where Telegram has no updates, and the same when it comes again."""
    return -1 - int.from_bytes(hashlib.sha256(body).digest()[:7])


def _later() -> Response:
    return Response(status_code=503, headers={"Retry-After": "1"})
