"""The Telegram channel: updates in, replies out, nothing lost between the two."""

from __future__ import annotations

import os

# python-telegram-bot 22 warns each time it builds a RetryAfter, unless this asks for the coming type of its delay.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.channels.telegram.alone import AnotherInstance
from bot.channels.telegram.polling import TokenRefused
from bot.channels.telegram.run import run_telegram, serve
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.staff import Bulletin, Drafting, Entered, Heard, Office, Staff

__all__ = [
    "AnotherInstance",
    "Bulletin",
    "Drafting",
    "Entered",
    "Heard",
    "Office",
    "Setup",
    "Staff",
    "TokenRefused",
    "run_telegram",
    "serve",
]
