"""What looks like a command and is none to Telegram: ``／ｈｅｌｐ`` from a Chinese keyboard, ``/һеlр`` in borrowed letters."""

from __future__ import annotations

import re

from telegram import Message
from telegram.ext import filters

from bot.language.normalise import fold
from bot.language.tokens import is_han

_COMMAND = re.compile(r"/([^\s/@]{1,32})(?:@\w{3,32})?(?:\s.*)?")


def looked_like(text: str) -> str | None:
    """The name of the command that a text looks like, in one width and case; None where it looks like none.

    A word of Han characters behind a slash is a question, not a command.
    """
    found = _COMMAND.fullmatch(fold(text))
    return found[1] if found and not any(map(is_han, found[1])) else None


class _LooksLikeCommand(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return looked_like(message.text or "") is not None


LOOKS_LIKE_COMMAND = _LooksLikeCommand()
