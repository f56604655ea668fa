"""Whether a group's message is meant for the bot, and what it asks without the bot's name."""

from __future__ import annotations

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.channels.telegram.text import clean


class _Addressed(filters.MessageFilter):
    """Messages that name the bot or reply to it, written by people."""

    def filter(self, message: Message) -> bool:
        # Another bot that answers us would have us answer for ever; whoever writes in a group's name looks like a bot.
        if message.from_user and message.from_user.is_bot and not message.sender_chat:
            return False
        replied = message.reply_to_message
        if replied and replied.from_user and replied.from_user.id == message.get_bot().id:
            return True
        return bool(_mentions(message))


ADDRESSED = _Addressed()


def question_text(message: Message) -> str:
    """A message's words, or those under its picture, without the bot's name."""
    text = message.text or message.caption or ""
    for mention in _mentions(message):
        text = text.replace(mention, " ")
    return clean(text).strip()


def asked_in(message: Message) -> int | None:
    """The message to reply to in a group, where others talk in between."""
    return None if message.chat.type == message.chat.PRIVATE else message.message_id


def _mentions(message: Message) -> set[str]:
    kinds: list[str | None] = [MessageEntity.MENTION]
    named = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    own = f"@{message.get_bot().username}".lower()
    return {mention for mention in named.values() if mention.lower() == own}
