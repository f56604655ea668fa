"""Starting the channel, keeping it going, and stopping it without losing a question."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import structlog
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import TypeHandler

from bot.channels.telegram.alone import Alone
from bot.channels.telegram.connecting import build, connect, requests
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.handlers import Conversation
from bot.channels.telegram.memory import forget_in_time
from bot.channels.telegram.polling import Poller, TokenRefused
from bot.channels.telegram.post import Post
from bot.channels.telegram.receive import InboxQueue, OrderedProcessor
from bot.channels.telegram.routes import AnyApplication, add_handlers
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.staff import Delivery, Desk, Group, Morning
from bot.channels.telegram.webhook import Hook

log = structlog.get_logger()

GRACE_SECONDS = 6.0
"""What is given to work in hand; of the ten seconds until whoever stops us kills us, the rest is for putting things away."""


def run_telegram(setup: Setup, stopping: Callable[[], None] = lambda: None) -> None:
    """Serve Telegram until SIGTERM or SIGINT.

    Args:
        setup: what with.
        stopping: called when the signal comes.

    Raises:
        TokenRefused: Telegram does not know the token.
        AnotherInstance: another process serves the same bot.
        WebhookRefused: Telegram does not take the webhook's address.
        CannotListen: an address to listen on cannot be used.
    """
    asyncio.run(_until_signalled(setup, stopping))


async def serve(setup: Setup, stop: asyncio.Event, grace_seconds: float = GRACE_SECONDS) -> None:
    """Serve Telegram until `stop` is set; then give the updates in hand `grace_seconds` to be answered.

    What is not answered by then stays in the inbox and is answered by the next run.

    Raises:
        as `run_telegram`.
    """
    quiet_libraries()
    store, staff, health = setup.store, setup.staff, setup.health
    alone = Alone(store)
    await alone.claim()
    measures = health.measures if health else None
    queue = InboxQueue(store.inbox, measures=measures)
    post = Post(store, queue, measures=measures)
    processor = OrderedProcessor(queue)
    polling, sending = requests()
    application = build(setup, queue, processor, polling, sending)
    processor.again = application.process_update
    signer = Signer(setup.secret)
    delivery = Delivery(store)
    courier = Courier(
        application.bot, store, delivery.undelivered, signer, measures=measures,
        delivered=delivery.sent, address=delivery.address,
    )  # fmt: skip
    post.wake = courier.wake
    talk = Conversation(setup.answering, post, signer, intake=setup.intake)
    if staff:
        talk.desk = Desk(post, talk.limiter, staff)
        talk.pass_on = talk.desk.pass_on
        # Before all others: the staff's group is nobody's to ask in.
        application.add_handler(TypeHandler(Update, Group(setup.answering, post, staff).receive), group=-1)
    add_handlers(application, talk)
    try:
        async with contextlib.AsyncExitStack() as stack:
            if health:
                await stack.enter_async_context(health.listening())
            if not await _first(stop, connect(application, setup)):
                return
            async with _started(application, processor, courier, grace_seconds):
                replayed = await queue.replay(application.bot)
                log.info("telegram.started", replayed=replayed, by="webhook" if setup.webhook else "polling")
                receiver: Hook | Poller = Poller(application.bot, polling, queue)
                if setup.webhook:
                    receiver = Hook(application.bot, queue, setup.webhook, setup.secret)
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


async def _until_signalled(setup: Setup, stopping: Callable[[], None]) -> None:
    stop = asyncio.Event()

    def told() -> None:
        stopping()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told)
    await serve(setup, stop)


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
