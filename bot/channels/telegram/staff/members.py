"""Who writes in the staff's group, and what they are called and told."""

from __future__ import annotations

from telegram import Message

from bot.channels.telegram.addressing import topic_of
from bot.channels.telegram.render import letters
from bot.channels.telegram.staff.cards import plain
from bot.channels.telegram.staff.wording import Wording, wording
from bot.channels.telegram.words import language_of
from bot.model import Language, Letter, Priority


def is_person(message: Message) -> bool:
    """Whether a member wrote it, perhaps as an anonymous administrator; neither a bot nor a channel."""
    if message.sender_chat:
        return message.sender_chat.id == message.chat.id and not message.is_automatic_forward
    return message.from_user is not None and not message.from_user.is_bot


def name_of(message: Message) -> str:
    """The name that the writer goes by; an anonymous administrator by the title that they bear."""
    if message.sender_chat or not message.from_user:
        return message.author_signature or said_to(message).anonymous
    return message.from_user.full_name


def named_by_reply(message: Message) -> str:
    """The name of the person whose message is replied to; empty where it is nobody's."""
    replied = message.reply_to_message
    person = replied.from_user if replied and not replied.forum_topic_created else None
    return person.full_name if person and not person.is_bot else ""


def spoken_by(message: Message) -> Language:
    """The language of the writer's app."""
    return language_of(message.from_user.language_code if message.from_user else None)


def said_to(message: Message) -> Wording:
    """The sentences in the writer's language."""
    return wording(spoken_by(message))


def under(message: Message, text: str) -> list[Letter]:
    """A word to the writer, under what they wrote."""
    return letters(
        message.chat.id, plain(text), reply_to=message.message_id, thread=topic_of(message), priority=Priority.STAFF
    )
