"""What citizens send that the bot cannot read: one kind word now and then on what works instead."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TypeVar

from telegram import Message

_Value = TypeVar("_Value")

TEXT_ONLY_EVERY = timedelta(minutes=10)
CHATS_REMEMBERED = 1000

# A GIF is a document as well, a venue a location: the narrower name first.
_KINDS = (
    "voice", "audio", "photo", "video_note", "video", "animation", "sticker", "document", "venue", "location", "contact",
    "poll",
)  # fmt: skip


def kind_of(message: Message) -> str:
    """What a message is, by Telegram's word for it; empty for what has none here."""
    return next((name for name in _KINDS if getattr(message, name)), "")


class Unreadable:
    """Remembers in which chats the word was said of late."""

    def __init__(self) -> None:
        self._said: OrderedDict[int, datetime] = OrderedDict()
        self._albums: OrderedDict[int, str] = OrderedDict()

    def answered(self, message: Message) -> None:
        """Note a message whose caption is answered: the other pieces of its album need no word."""
        if message.media_group_id:
            _keep(self._albums, message.chat.id, message.media_group_id)

    def calls_for_word(self, message: Message) -> bool:
        """Whether the word is due, which counts it as said: an album is as many messages as it has pieces."""
        chat = message.chat.id
        if message.media_group_id and self._albums.get(chat) == message.media_group_id:
            return False
        said_at = self._said.get(chat)
        if said_at and message.date - said_at < TEXT_ONLY_EVERY:
            return False
        _keep(self._said, chat, message.date)
        return True


def _keep(known: OrderedDict[int, _Value], chat: int, value: _Value) -> None:
    known[chat] = value
    known.move_to_end(chat)
    if len(known) > CHATS_REMEMBERED:
        known.popitem(last=False)
