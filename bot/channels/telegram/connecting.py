"""Getting to know Telegram: the connections, and what the bot says of itself before it takes updates."""

from __future__ import annotations

import asyncio

import httpx
import structlog
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.clock import utc_now
from bot.channels.telegram.polling import LONGEST_PAUSE_SECONDS, TokenRefused
from bot.channels.telegram.receive import InboxQueue, OrderedProcessor
from bot.channels.telegram.routes import AnyApplication
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.staff import Staff
from bot.channels.telegram.staff.wording import staff_menu
from bot.channels.telegram.words import GROUP_COMMANDS, PRIVATE_COMMANDS, command_menu
from bot.model import Language
from bot.store import Store

log = structlog.get_logger()

TELEGRAM_API = "https://api.telegram.org/bot"
FIRST_PAUSE_SECONDS = 1.0


def requests() -> tuple[BaseRequest, BaseRequest]:
    """The connections for polling, and for everything else."""
    # Reading the certificates is the slowest part of a start; once is enough.
    certificates = {"verify": httpx.create_ssl_context()}
    # A few more than updates at once; httpcore slows down with a large pool.
    sending = HTTPXRequest(connection_pool_size=16, pool_timeout=30, read_timeout=15, httpx_kwargs=certificates)
    return HTTPXRequest(connection_pool_size=1, httpx_kwargs=certificates), sending


def build(
    setup: Setup, queue: InboxQueue, processor: OrderedProcessor, polling: BaseRequest, sending: BaseRequest
) -> AnyApplication:
    """The library's part of the channel, which receives nothing by itself."""
    return (
        Application.builder()
        .token(setup.token)
        .base_url(setup.api_url or TELEGRAM_API)
        .updater(None)
        .job_queue(None)
        .update_queue(queue)
        .concurrent_updates(processor)
        .request(sending)
        .get_updates_request(polling)
        .build()
    )


async def connect(application: AnyApplication, setup: Setup) -> None:
    """Introduce ourselves to Telegram, for as long as it takes: a server may start before its network does.

    Raises:
        TokenRefused: Telegram does not know the token.
    """
    pause_seconds = FIRST_PAUSE_SECONDS
    while True:
        try:
            await application.initialize()
            if not setup.webhook:
                # While a webhook is set Telegram refuses to be polled. Updates that wait are questions: none is dropped.
                await application.bot.delete_webhook(drop_pending_updates=False)
            await _set_commands(application.bot)
            if setup.staff:
                await _set_staff_commands(application.bot, setup.store, setup.staff)
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
    await asyncio.to_thread(store.chats.mark_introduced, chat, utc_now())
    try:
        await bot.set_my_commands(staff_menu(Language.HANS), scope=BotCommandScopeChat(chat))
    except (BadRequest, Forbidden) as error:
        log.warning("telegram.no_staff_group", error=type(error).__name__, remedy="take the bot into BOT_STAFF_CHAT")
