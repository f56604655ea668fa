"""Pressed buttons: each shows something, turns a page, or keeps a choice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast

from telegram import CallbackQuery, Chat, Message, Update

from bot.channels.telegram.buttons import (
    NO,
    YES,
    Action,
    Press,
    passing_on,
    rating,
    read_press,
    reason_of,
    reasons_for,
)
from bot.channels.telegram.courier import at_once
from bot.channels.telegram.memory import remember_shown
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import edit, edit_keyboard, keys, letters, render, render_shelf, say
from bot.channels.telegram.words import language_of, words
from bot.model import Channel, Language, Letter, Question, Rating, Reply

PassOn = Callable[[Update, str], Awaitable[None]]
"""Passes the question of a record on to staff; sends and settles what that leads to by itself."""


class Pressing:
    """Answers buttons.

    Attributes:
        pass_on: what 转人工 leads to; None where there is nobody to pass on to.
    """

    def __init__(self, answering: Answering, post: Post) -> None:
        self._answering = answering
        self._post = post
        self.pass_on: PassOn | None = None
        self._does = {
            Action.SHOW: self._shown,
            Action.FULL: self._shown,
            Action.RELATED: self._shown,
            Action.PAGE: self._turned,
            Action.BROWSE: self._browsed,
            Action.RATE: self._rated,
            Action.REASON: self._rated,
            Action.LANGUAGE: self._language_chosen,
            Action.FORGET: self._forgotten,
            Action.PASS_ON: self._passed_on,
        }

    async def pressed(self, update: Update) -> None:
        """Do what a button stands for."""
        query = cast("CallbackQuery", update.callback_query)
        press = read_press(query.data or "")
        if not press or not query.message:
            await self._expired(query)
            return
        chosen = await asyncio.to_thread(self._post.store.chats.language, query.message.chat.id)
        await self._does[press.action](update, query, press, chosen or press.language)

    async def _expired(self, query: CallbackQuery) -> None:
        chat = query.message.chat.id if query.message else query.from_user.id
        chosen = await asyncio.to_thread(self._post.store.chats.language, chat)
        await at_once(lambda: query.answer(words(chosen or language_of(query.from_user.language_code)).expired))

    async def _shown(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """A passage, the whole of it, or what is related to it: in a message of its own."""
        await at_once(query.answer)
        chat = _chat(query)

        def write() -> None:
            reply = self._passage(press, language)
            with self._post.store.together():
                self._post.file(update.update_id, letters(chat.id, render(reply)))
                remember_shown(self._post.store, chat, reply)

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    def _passage(self, press: Press, language: Language) -> Reply:
        if press.action is Action.SHOW:
            return self._answering.show(press.subject, press.detail, language)
        if press.action is Action.RELATED:
            return self._answering.related(press.subject, press.detail, language)
        return self._answering.full_text(press.subject, press.detail, language, press.page)

    async def _turned(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """Another page of a passage, in the place of the one that is shown."""
        await at_once(query.answer)
        reply = await asyncio.to_thread(self._answering.full_text, press.subject, press.detail, language, press.page)
        chat, message_id = _chat(query).id, _message_id(query)
        await self._post.send(update.update_id, [edit(chat, message_id, render(reply)[0])])

    async def _browsed(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """Another step through what is published, in the place of the last one."""
        await at_once(query.answer)
        shelf = await asyncio.to_thread(self._answering.browse, press.subject, press.page, language)
        await self._post.send(update.update_id, [edit(_chat(query).id, _message_id(query), render_shelf(shelf))])

    async def _rated(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """有帮助, 没帮助 and why: kept with the record; whoever changes their mind presses again."""
        reason = reason_of(press) if press.action is Action.REASON else None
        rating_ = Rating(press.action is Action.RATE and press.detail == YES, reason)
        asks_why = press.action is Action.RATE and press.detail == NO
        kept = await asyncio.to_thread(self._keep_rating, query, press.subject, rating_)
        if not kept:
            await self._expired(query)
            return
        said = words(language)
        await at_once(lambda: query.answer(said.why if asks_why else said.thanks))
        # Two rows of reasons in the place of the lower rows, and those rows back again behind them.
        if asks_why:
            await self._post.send(update.update_id, self._lower_rows(query, press, language, asks_why=True))
        elif press.action is Action.REASON:
            await self._post.send(update.update_id, self._lower_rows(query, press, language, asks_why=False))

    def _keep_rating(self, query: CallbackQuery, reference: str, rating_: Rating) -> bool:
        """Keep what the one whose record it is thinks of the reply; False for anybody else."""
        key, record = self._key(query), self._post.store.records.find(reference)
        if not key or not record or record.citizen_key != key:
            return False
        self._post.store.feedback.put(reference, key, rating_, datetime.now(UTC))
        return True

    def _key(self, query: CallbackQuery) -> str:
        asker = Question("", Channel.TELEGRAM, datetime.now(UTC), str(query.from_user.id))
        return self._answering.citizen_key(asker)

    def _lower_rows(self, query: CallbackQuery, press: Press, language: Language, *, asks_why: bool) -> list[Letter]:
        message = query.message
        if not isinstance(message, Message) or not message.reply_markup:
            return []
        kept: list[list[dict[str, Any]]] = [
            [button.to_dict() for button in row]
            for row in message.reply_markup.inline_keyboard
            if not any(_is_lower(button.callback_data) for button in row)
        ]
        under = reasons_for(press.subject, language)
        if not asks_why:
            said = words(language)
            under = rating(press.subject, language, said)
            under += passing_on(press.subject if self.pass_on else "", language, said)
        return [edit_keyboard(message.chat.id, message.message_id, [*kept, *keys(under, message.chat.id)])]

    async def _language_chosen(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """Keep the language for all replies to come; in a group nobody chooses for the others."""
        chat = _chat(query)
        chosen = Language(press.subject) if press.subject in set(Language) else None
        if chat.type != chat.PRIVATE:
            await self._expired(query)
            return
        await at_once(query.answer)
        said = words(chosen or language_of(query.from_user.language_code))
        told = say(said.language_chosen if chosen else said.language_follows)[0]

        def write() -> None:
            with self._post.store.together():
                self._post.store.chats.choose_language(chat.id, chosen)
                self._post.file(update.update_id, [edit(chat.id, _message_id(query), told)])

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    async def _forgotten(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """Erase what a citizen wrote and what the chat is remembered for, once they have confirmed it."""
        chat = _chat(query)
        if chat.type != chat.PRIVATE:
            await self._expired(query)
            return
        await at_once(query.answer)
        said = words(language)
        confirmed = press.subject == YES
        told = edit(chat.id, _message_id(query), say(said.forgotten if confirmed else said.kept)[0])

        def write() -> None:
            with self._post.store.together():
                if confirmed:
                    self._erase(chat.id, self._key(query))
                self._post.file(update.update_id, [told])

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    def _erase(self, chat: int, citizen_key: str) -> None:
        store = self._post.store
        store.records.erase_citizen(citizen_key)
        store.feedback.erase_citizen(citizen_key)
        store.chats.forget(chat)
        store.asked.forget(chat)
        store.outbox.erase(chat)
        store.inbox.erase(chat)

    async def _passed_on(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """转人工: what it leads to is the staff's."""
        if not self.pass_on:
            await self._expired(query)
            return
        await at_once(query.answer)
        await self.pass_on(update, press.subject)


def _is_lower(data: object) -> bool:
    """Whether a button stands in the lower rows: a rating, its reasons, 转人工."""
    press = read_press(data) if isinstance(data, str) else None
    return press is not None and press.action in {Action.RATE, Action.REASON, Action.PASS_ON}


def _chat(query: CallbackQuery) -> Chat:
    # `pressed` has made sure that there is a message.
    return cast("Message", query.message).chat


def _message_id(query: CallbackQuery) -> int:
    return cast("Message", query.message).message_id
