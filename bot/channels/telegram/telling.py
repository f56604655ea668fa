"""Sends what is composed in a chat's language, under what it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from telegram import Message, Update

from bot.channels.telegram.addressing import answer_under
from bot.channels.telegram.memory import language_in, remember_shown
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import render
from bot.model import Language, Reply


class Telling:
    """Answers messages with what needs no question, in the language that was chosen, else in that of the app.

    Args:
        post: files what is to be sent, and settles updates.
    """

    def __init__(self, post: Post) -> None:
        self._post = post

    async def tell(self, update: Update, compose: Callable[[Language], Reply]) -> None:
        """Send a reply, and remember what it shows."""
        message, store = cast("Message", update.message), self._post.store

        def write() -> None:
            reply = compose(language_in(store, update))
            to_send = answer_under(message, render(reply))
            with store.together():
                self._post.file(update.update_id, to_send)
                remember_shown(store, message.chat, reply)

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    async def show(self, update: Update, compose: Callable[[Language], tuple[Rendered, ...]]) -> None:
        """Send messages."""
        message = cast("Message", update.message)
        messages = await asyncio.to_thread(lambda: compose(language_in(self._post.store, update)))
        await self._post.send(update.update_id, answer_under(message, messages))
