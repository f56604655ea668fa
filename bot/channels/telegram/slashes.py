"""What is meant for a command and is none to Telegram: ``／ｈｅｌｐ``, ``/һеlр`` in borrowed letters, 帮助 and nothing else."""

from __future__ import annotations

import re

from telegram import Message
from telegram.ext import filters

from bot.language.normalise import fold
from bot.language.tokens import is_han

_COMMAND = re.compile(r"/([^\s/@]{1,32})(?:@\w{3,32})?(?:\s.*)?")


_SPOKEN = {
    "help": ("帮助", "使用帮助", "使用说明", "菜单", "怎么用", "怎么使用", "如何使用", "help", "menu"),
    "language": ("语言", "切换语言", "换语言", "英文", "英语", "简体", "繁体", "language", "english", "in english"),
    "mydata": ("我的信息", "我的提问", "我的记录", "my data"),
    "forget": ("删除我的信息", "删除我的提问", "删除我的记录", "忘记我", "delete my data", "forget me"),
    "status": ("我的申请", "my applications"),
}
_COMMAND_OF = {fold(said): name for name, many in _SPOKEN.items() for said in many}


def looked_like(text: str) -> str | None:
    """The name of the command that a text looks like, in one width and case; None where it looks like none.

    A word of Han characters behind a slash is a question, not a command.
    """
    found = _COMMAND.fullmatch(fold(text))
    return found[1] if found and not any(map(is_han, found[1])) else spoken(text)


def spoken(text: str) -> str | None:
    """The name of the command that a text asks for in words and nothing else: 帮助; None for any other text."""
    return _COMMAND_OF.get(fold(text).strip(" 。.!！?？"))


class _LooksLikeCommand(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return looked_like(message.text or "") is not None


LOOKS_LIKE_COMMAND = _LooksLikeCommand()
