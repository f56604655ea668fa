"""What the channel is run with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.telegram.ports import Answering
from bot.channels.telegram.staff import Staff
from bot.intake import Intake
from bot.settings import Webhook
from bot.store import Store

if TYPE_CHECKING:
    # Imported by whoever makes one: prometheus_client takes 0.1 s.
    from bot.channels.health import Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the channel is run with.

    Attributes:
        answering: the walk from question to reply.
        store: where updates are kept until they are dealt with, and messages until they are sent.
        token: the bot's, from @BotFather.
        secret: the house's, which the buttons are sealed with.
        api_url: the Bot API's base address up to and with ``/bot``; empty for Telegram's own.
        webhook: where Telegram brings its updates; without it Telegram is asked for them.
        health: a port for those who watch.
        intake: where applications go; without it none are taken.
        staff: whom questions can be passed on to; without it there is no 转人工.
    """

    answering: Answering
    store: Store
    token: str = field(repr=False)
    secret: bytes = field(repr=False)
    api_url: str = ""
    webhook: Webhook | None = None
    health: Health | None = None
    intake: Intake | None = None
    staff: Staff | None = None
