"""What a chat is remembered for between two messages, and its end."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Chat, Update

from bot.channels.clock import utc_now
from bot.channels.telegram.words import language_of
from bot.model import TOPIC_LASTS, Language, Reply, Topic
from bot.store import Store

log = structlog.get_logger()

SWEEP_SECONDS = 60.0


def remember_shown(store: Store, chat: Chat, reply: Reply) -> None:
    """Remember what is shown now, so that 全文 and a number mean it; in a group nothing, for it is everybody's."""
    if chat.type != chat.PRIVATE or not (reply.citation or reply.choices):
        return
    now = utc_now()
    stored = store.chats.topic(chat.id, now - TOPIC_LASTS)
    topic = Topic.read(stored) if stored else Topic("", reply.language)
    store.chats.keep_topic(chat.id, topic.after(reply).stored(), now)


def language_in(store: Store, update: Update) -> Language:
    """The language that was chosen in an update's chat, else that of its sender's app."""
    chat, user = update.effective_chat, update.effective_user
    chosen = store.chats.language(chat.id) if chat else None
    return chosen or language_of(user.language_code if user else None)


def move_chat(store: Store, chat: int, new_chat: int) -> None:
    """Take over what is known of a group, and what waits for it, to the supergroup that it became."""
    with store.together():
        store.outbox.move(chat, new_chat)
        store.chats.move(chat, new_chat)
        store.handovers.move(chat, new_chat)


def note_chosen(store: Store, chat: int, message_id: int) -> None:
    """Note that a citizen opened what a message offered: the inquiry that it replied to is answered with that."""
    if reference := store.outbox.reference_of(chat, message_id):
        store.corrections.answered(reference, utc_now())


async def forget_in_time(store: Store) -> None:
    """Drop what is too old to be followed up on or edited, until cancelled: what citizens are told is kept no longer."""
    while True:
        try:
            await asyncio.to_thread(store.expiry.forget_passing, utc_now())
        except Exception as error:
            # The database, for a while; the next round makes up for it.
            log.warning("telegram.not_forgotten", error=type(error).__name__)
        await asyncio.sleep(SWEEP_SECONDS)
