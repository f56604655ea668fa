"""Whether a group's message is meant for the bot, what it asks without the bot's name, and where the answer belongs."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import letters
from bot.channels.telegram.text import clean
from bot.model import Letter


class _Addressed(filters.MessageFilter):
    """Messages that name the bot, alone or behind a command, or reply to it, written by people."""

    def filter(self, message: Message) -> bool:
        # Another bot that answers us would have us answer for ever; whoever writes in a group's name looks like a bot.
        if message.from_user and message.from_user.is_bot and not message.sender_chat:
            return False
        return _is_reply_to_bot(message) or bool(_mentions(message)) or is_command_to_bot(message)


ADDRESSED = _Addressed()


def is_private(message: Message) -> bool:
    """Whether a message stands in a chat with its writer alone."""
    return message.chat.type == message.chat.PRIVATE


def question_text(message: Message) -> str:
    """A message's words, or those under its picture, without the bot's name."""
    text = message.text or message.caption or ""
    for mention in _mentions(message):
        text = text.replace(mention, " ")
    return clean(text).strip()


def answer_under(
    message: Message, answers: Sequence[Rendered], *, reference: str = "", edited: bool = False
) -> list[Letter]:
    """Messages that answer one: in its topic, and under it where others talk in between.

    Args:
        message: what is answered.
        answers: in order.
        reference: of the contact record that they belong to.
        edited: whether they answer what it was changed to; then they stand under it in a private chat as well.
    """
    under = edited or message.chat.type != message.chat.PRIVATE
    reply_to = message.message_id if under else None
    return letters(message.chat.id, answers, reply_to=reply_to, thread=topic_of(message), reference=reference)


def topic_of(message: Message) -> int | None:
    """The topic that a message stands in; a thread of replies in a group without topics is none."""
    return message.message_thread_id if message.is_topic_message else None


def _is_reply_to_bot(message: Message) -> bool:
    replied = message.reply_to_message
    # In a topic that the bot opened, whatever is written counts as a reply to that.
    if not replied or not replied.from_user or replied.forum_topic_created:
        return False
    return replied.from_user.id == message.get_bot().id


def is_command_to_bot(message: Message) -> bool:
    """Whether a message has a command with the bot's name behind it."""
    commands = message.parse_entities([MessageEntity.BOT_COMMAND]).values()
    return any(command.lower().endswith(_own_name(message)) for command in commands)


def _own_name(message: Message) -> str:
    return f"@{message.get_bot().username}".lower()


def _mentions(message: Message) -> set[str]:
    kinds: list[str | None] = [MessageEntity.MENTION]
    named = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    return {mention for mention in named.values() if mention.lower() == _own_name(message)}
