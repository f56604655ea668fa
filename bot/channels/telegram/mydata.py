"""/mydata: what is kept about whoever asks, as a message."""

from __future__ import annotations

import asyncio
from typing import cast

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import answer_under
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import render
from bot.channels.telegram.words import words
from bot.intake import Intake
from bot.model import Channel, Language, Reply
from bot.own_data import OwnData


class MyData:
    """Tells a citizen what is kept about them.

    Args:
        answering: knows their pseudonym, and how long words are kept.
        intake: where applications go; None where none are taken.
    """

    def __init__(self, answering: Answering, post: Post, intake: Intake | None) -> None:
        self._answering = answering
        self._post = post
        self._own_data = OwnData(post.store, intake, answering.keep_days)

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/mydata, in a private chat: records, applications, the draft and the settings of who sends it."""
        message = cast("Message", update.message)

        def compose() -> Reply:
            language = language_in(self._post.store, update)
            return Reply(
                language, self._own_data.shown(self._key(message), language, self._settings(message, language))
            )

        reply = await asyncio.to_thread(compose)
        await self._post.send(update.update_id, answer_under(message, render(reply)))

    def _key(self, message: Message) -> str:
        citizen = str(message.from_user.id) if message.from_user else ""
        return self._answering.citizen_key(Channel.TELEGRAM, citizen)

    def _settings(self, message: Message, language: Language) -> str:
        chosen = self._post.store.chats.language(message.chat.id)
        return words(language).my_language.format(language=words(chosen).language_name) if chosen else ""
