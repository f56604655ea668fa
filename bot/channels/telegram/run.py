"""Starting the channel, keeping it going, and stopping it without losing a question."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import structlog
from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.alone import Alone
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.memory import forget_in_time
from bot.channels.telegram.polling import LONGEST_PAUSE_SECONDS, Poller, TokenRefused
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.receive import InboxQueue, OrderedProcessor
from bot.channels.telegram.routes import AnyApplication, add_handlers
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.staff import Delivery, Desk, Group, Morning, Staff
from bot.channels.telegram.staff.wording import staff_menu
from bot.channels.telegram.webhook import Hook
from bot.channels.telegram.words import GROUP_COMMANDS, PRIVATE_COMMANDS, command_menu
from bot.intake import Intake
from bot.model import Language
from bot.settings import Webhook
from bot.store import Store

if TYPE_CHECKING:
    # Imported by whoever makes one: prometheus_client takes 0.1 s.
    from bot.channels.health import Health

log = structlog.get_logger()

TELEGRAM_API = "https://api.telegram.org/bot"
GRACE_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 1.0


def run_telegram(
    answering: Answering,
    store: Store,
    token: str,
    secret: bytes,
    api_url: str = "",
    *,
    webhook: Webhook | None = None,
    health: Health | None = None,
    intake: Intake | None = None,
    staff: Staff | None = None,
) -> None:
    """Serve Telegram until SIGTERM or SIGINT.

    Args:
        answering: the walk from question to reply.
        store: where updates are kept until they are dealt with, and messages until they are sent.
        token: the bot's, from @BotFather.
        secret: the house's, which the buttons are sealed with.
        api_url: the Bot API's base address up to and with ``/bot``; empty for Telegram's own.
        webhook: where Telegram brings its updates; without it Telegram is asked for them.
        health: a port for those who watch.
        intake: where applications go; without it none are taken.
        staff: whom questions can be passed on to; without it there is no 转人工.

    Raises:
        TokenRefused: Telegram does not know the token.
        AnotherInstance: another process serves the same bot.
        WebhookRefused: Telegram does not take the webhook's address.
        CannotListen: an address to listen on cannot be used.
    """
    asyncio.run(_until_signalled(answering, store, token, secret, api_url, webhook, health, intake, staff))


async def serve(
    answering: Answering,
    store: Store,
    token: str,
    secret: bytes,
    api_url: str,
    stop: asyncio.Event,
    grace_seconds: float = GRACE_SECONDS,
    *,
    webhook: Webhook | None = None,
    health: Health | None = None,
    intake: Intake | None = None,
    staff: Staff | None = None,
) -> None:
    """Serve Telegram until `stop` is set; then give the updates in hand `grace_seconds` to be answered.

    What is not answered by then stays in the inbox and is answered by the next run.

    Raises:
        as `run_telegram`.
    """
    quiet_libraries()
    alone = Alone(store)
    await alone.claim()
    measures = health.measures if health else None
    queue = InboxQueue(store.inbox, measures=measures)
    post = Post(store, queue, measures=measures)
    processor = OrderedProcessor(queue)
    polling, sending = _requests()
    application = _build(token, api_url, queue, processor, polling, sending)
    processor.again = application.process_update
    signer = Signer(secret)
    delivery = Delivery(store)
    courier = Courier(
        application.bot, store, delivery.undelivered, signer, measures=measures,
        delivered=delivery.sent, address=delivery.address,
    )  # fmt: skip
    post.wake = courier.wake
    talk = Conversation(answering, post, signer, intake=intake)
    if staff:
        talk.desk = Desk(post, talk.limiter, staff)
        talk.pass_on = talk.desk.pass_on
        # Before all others: the staff's group is nobody's to ask in.
        application.add_handler(TypeHandler(Update, Group(answering, post, staff).receive), group=-1)
    add_handlers(application, talk)
    try:
        async with contextlib.AsyncExitStack() as stack:
            if health:
                await stack.enter_async_context(health.listening())
            if not await _first(stop, _connect(application, webhook, store, staff)):
                return
            async with _started(application, processor, courier, grace_seconds):
                replayed = await queue.replay(application.bot)
                log.info("telegram.started", replayed=replayed, by="webhook" if webhook else "polling")
                receiver: Hook | Poller = Poller(application.bot, polling, queue)
                if webhook:
                    receiver = Hook(application.bot, queue, webhook, secret)
                work = [receiver.run(), alone.watch(), courier.run(), forget_in_time(store)]
                if staff:
                    work.append(Morning(post, staff).run())
                with health.watching() if health else contextlib.nullcontext():
                    await _first(stop, _all_of(*work))
            log.info("telegram.stopped")
    finally:
        await application.shutdown()
        await application.bot.shutdown()
        alone.release()


def quiet_libraries() -> None:
    """Keep the libraries' chatter out of the log: httpx writes addresses, and the bot's address holds its token."""
    for name in ("httpx", "httpcore", "telegram", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)


async def _until_signalled(
    answering: Answering,
    store: Store,
    token: str,
    secret: bytes,
    api_url: str,
    webhook: Webhook | None,
    health: Health | None,
    intake: Intake | None,
    staff: Staff | None,
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(
        answering, store, token, secret, api_url, stop, webhook=webhook, health=health, intake=intake, staff=staff
    )


def _requests() -> tuple[BaseRequest, BaseRequest]:
    """The connections for polling, and for everything else."""
    # Reading the certificates is the slowest part of a start; once is enough.
    certificates = {"verify": httpx.create_ssl_context()}
    # A few more than updates at once; httpcore slows down with a large pool.
    sending = HTTPXRequest(connection_pool_size=16, pool_timeout=30, read_timeout=15, httpx_kwargs=certificates)
    return HTTPXRequest(connection_pool_size=1, httpx_kwargs=certificates), sending


def _build(
    token: str,
    api_url: str,
    queue: InboxQueue,
    processor: OrderedProcessor,
    polling: BaseRequest,
    sending: BaseRequest,
) -> AnyApplication:
    return (
        Application.builder()
        .token(token)
        .base_url(api_url or TELEGRAM_API)
        .updater(None)
        .job_queue(None)
        .update_queue(queue)
        .concurrent_updates(processor)
        .request(sending)
        .get_updates_request(polling)
        .build()
    )


async def _connect(application: AnyApplication, webhook: Webhook | None, store: Store, staff: Staff | None) -> None:
    """Introduce ourselves to Telegram, for as long as it takes: a server may start before its network does."""
    pause_seconds = FIRST_PAUSE_SECONDS
    while True:
        try:
            await application.initialize()
            if not webhook:
                # While a webhook is set Telegram refuses to be polled. Updates that wait are questions: none is dropped.
                await application.bot.delete_webhook(drop_pending_updates=False)
            await _set_commands(application.bot)
            if staff:
                await _set_staff_commands(application.bot, store, staff)
        except InvalidToken:
            # The library's message spells the token out.
            raise TokenRefused from None
        except TelegramError as error:
            log.warning("telegram.connecting", error=type(error).__name__, again_in_seconds=pause_seconds)
            await asyncio.sleep(pause_seconds)
            pause_seconds = min(LONGEST_PAUSE_SECONDS, pause_seconds * 2)
        else:
            return


async def _set_commands(bot: Bot) -> None:
    """One menu for private chats and a shorter one for groups, in Chinese and English; whose app speaks another gets Chinese."""
    menus = ((BotCommandScopeAllPrivateChats(), PRIVATE_COMMANDS), (BotCommandScopeAllGroupChats(), GROUP_COMMANDS))
    for scope, names in menus:
        for code, language in ((None, Language.HANS), ("zh", Language.HANS), ("en", Language.ENGLISH)):
            await bot.set_my_commands(command_menu(names, language), scope=scope, language_code=code)


async def _set_staff_commands(bot: Bot, store: Store, staff: Staff) -> None:
    """The staff's own menu, in their group. The bot need not be there yet: it serves citizens meanwhile."""
    chat = await asyncio.to_thread(store.handovers.follow, staff.chat)
    # Staff know who the bot is.
    await asyncio.to_thread(store.chats.mark_introduced, chat, datetime.now(UTC))
    try:
        await bot.set_my_commands(staff_menu(Language.HANS), scope=BotCommandScopeChat(chat))
    except (BadRequest, Forbidden) as error:
        log.warning("telegram.no_staff_group", error=type(error).__name__, remedy="take the bot into BOT_STAFF_CHAT")


@contextlib.asynccontextmanager
async def _started(
    application: AnyApplication, processor: OrderedProcessor, courier: Courier, grace_seconds: float
) -> AsyncIterator[None]:
    await application.start()
    try:
        yield
    finally:
        deadline = time.monotonic() + grace_seconds
        await processor.drain(grace_seconds)
        # What is answered by now goes out as far as the time allows; the rest waits in the outbox for the next run.
        await courier.drain(max(0.0, deadline - time.monotonic()))
        await application.stop()


async def _all_of(*work: Coroutine[Any, Any, None]) -> None:
    """Do several things at once until one of them ends, which only an error does.

    Raises:
        TokenRefused: Telegram does not know the token any more.
    """
    try:
        async with asyncio.TaskGroup() as group:
            for each in work:
                group.create_task(each)
    except ExceptionGroup as errors:
        # One of them ended it; the others were only cancelled.
        if isinstance(errors.exceptions[0], InvalidToken):
            raise TokenRefused from None
        raise errors.exceptions[0] from None


async def _first(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work unless `stop` comes first.

    Returns:
        Whether the work came to its end.
    """
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            # Here its error is raised, if it ended with one.
            working.result()
        return working.done()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.wait({working, stopping})
