"""What stands before every answer: the block list and the limits, with one word to whom they stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import CallbackQuery, Message, Update

from bot.channels.clock import utc_now
from bot.channels.telegram.addressing import answer_under
from bot.channels.telegram.limits import Limiter
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.refusals import at_once
from bot.channels.telegram.render import render
from bot.channels.telegram.words import words
from bot.model import Channel, Letter, Reply
from bot.replies import plain_text

log = structlog.get_logger()

Handle = Callable[[Update, Any], Coroutine[Any, Any, None]]
"""What python-telegram-bot calls with an update."""

PutAside = Callable[[int, Message, Sequence[Letter], str], None]
"""Puts a message on record that is not answered; see `Asking.put_aside`."""


class Gate:
    """Lets through what is to be answered.

    Args:
        answering: knows citizens' pseudonyms, and whom to turn to.
        post: files the word to whom is stopped, and settles their updates.
        limiter: counts what citizens send.
        spared: chats that fall under no limit, such as the staff's own.
    """

    def __init__(self, answering: Answering, post: Post, limiter: Limiter, spared: Collection[int] = ()) -> None:
        self._answering = answering
        self._post = post
        self._limiter = limiter
        self._spared = frozenset(spared)

    def guarded(self, handle: Handle, put_aside: PutAside | None = None, *, right: bool = False) -> Handle:
        """A handler that is called for what is let through.

        Args:
            handle: what answers.
            put_aside: puts on record what is not answered; None for what is no question.
            right: whether it is everybody's right, which nobody loses by writing too much.
        """

        async def through(update: Update, context: Any) -> None:
            if not await self._stopped(update, put_aside, right=right):
                await handle(update, context)

        return through

    async def may_search(self, user: int) -> bool:
        """Whether an inline query is answered; nobody is told why it is not, as there is nowhere to tell it."""
        now = utc_now()
        key = self._answering.citizen_key(Channel.TELEGRAM, str(user))
        return self._limiter.may_search(user, now) and not await asyncio.to_thread(self._post.store.blocks.is_on, key)

    async def _stopped(self, update: Update, put_aside: PutAside | None, *, right: bool) -> bool:
        chat, sender = update.effective_chat, update.effective_sender
        if not chat or not sender or chat.id in self._spared:
            return False
        key = self._key(update)
        is_blocked = bool(key) and await asyncio.to_thread(self._post.store.blocks.is_on, key)
        if is_blocked:
            await self._drop(update, key)
            return True
        message = update.message or update.edited_message
        sent_at = (message.edit_date or message.date) if message else utc_now()
        album = update.message.media_group_id if update.message else None
        excess = self._limiter.excess(sender.id, sent_at, album or "")
        if excess and right and self._limiter.may_have(sender.id, sent_at):
            return False
        if excess:
            if excess == 1:
                log.warning("telegram.too_much")
            await self._hold_off(update, put_aside, tell=excess == 1)
        return excess > 0

    async def _drop(self, update: Update, key: str) -> None:
        """Count what comes from whom staff no longer serve, and tell them so once, where nobody else reads it."""
        chat = update.effective_chat
        alone = update.callback_query is not None or (chat is not None and chat.type == chat.PRIVATE)

        def write() -> Reply | None:
            with self._post.store.together():
                first = self._post.store.blocks.drop(key, can_tell=alone)
                language = language_in(self._post.store, update)
                contact = self._answering.contact(language)
                told = replace(contact, lead=words(language).blocked) if first else None
                self._post.file(update.update_id, self._notice(update, told))
            return told

        await self._end(update, await asyncio.to_thread(write))

    async def _hold_off(self, update: Update, put_aside: PutAside | None, *, tell: bool) -> None:
        """Answer nothing to who asks too much at once; a question is put on record all the same."""
        message = update.message or update.edited_message

        def write() -> Reply | None:
            language = language_in(self._post.store, update)
            told = Reply(language, words(language).too_much) if tell else None
            notice = self._notice(update, told)
            if put_aside and message:
                put_aside(update.update_id, message, notice, plain_text(told) if told else "")
            else:
                with self._post.store.together():
                    self._post.file(update.update_id, notice)
            return told

        await self._end(update, await asyncio.to_thread(write))

    async def _end(self, update: Update, told: Reply | None) -> None:
        if query := update.callback_query:
            await _end_wait(query, told.lead if told else "")
        self._post.done(update.update_id)

    def _notice(self, update: Update, told: Reply | None) -> list[Letter]:
        """A word in the chat; to a press it is said in the corner instead."""
        message = update.message or update.edited_message
        if not told or not message:
            return []
        return answer_under(message, render(told))

    def _key(self, update: Update) -> str:
        """The pseudonym of whoever sent an update; empty where it was sent in a group's or a channel's name."""
        message = update.message or update.edited_message
        user = update.effective_user if not message or not message.sender_chat else None
        citizen = str(user.id) if user else ""
        return self._answering.citizen_key(Channel.TELEGRAM, citizen)


async def _end_wait(query: CallbackQuery, said: str) -> None:
    await at_once(lambda: query.answer(said or None))
