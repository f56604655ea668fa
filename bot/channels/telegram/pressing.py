"""Pressed buttons: each shows something, turns a page, or keeps a choice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from telegram import CallbackQuery, Chat, InlineKeyboardButton, Message, Update

from bot.channels.clock import utc_now
from bot.channels.telegram.addressing import topic_of
from bot.channels.telegram.buttons import (
    NO,
    YES,
    Action,
    Press,
    passing_on,
    rating,
    reason_of,
    reasons_for,
)
from bot.channels.telegram.memory import note_chosen, remember_shown
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.refusals import at_once
from bot.channels.telegram.render import edit, edit_keyboard, keys, letters, render, render_shelf, say
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.staff.cards import blanked
from bot.channels.telegram.words import language_of, words
from bot.model import Channel, Language, Letter, Rating, Reply
from bot.own_data import phrases

PassOn = Callable[[Update, str], Awaitable[None]]
"""Passes the question of a record on to staff; sends and settles what that leads to by itself."""


May = Callable[[CallbackQuery, Press], bool]
"""Whether somebody may press a button where it stands; called in a thread, may ask the store."""

Do = Callable[[Update, CallbackQuery, Press, Language], Awaitable[None]]
"""What a button leads to; ends the button's wait, sends what it leads to and settles the update."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What answers to an action: who may ask for it, and what it does."""

    may: May
    does: Do


class Pressing:
    """Answers buttons. A press that is forged, carried elsewhere or not for whoever presses changes nothing.

    Attributes:
        pass_on: what 转人工 leads to; None where there is nobody to pass on to.
    """

    def __init__(self, answering: Answering, post: Post, signer: Signer) -> None:
        self._answering = answering
        self._post = post
        self._signer = signer
        self.pass_on: PassOn | None = None
        self._deeds: dict[str, Deed] = {}
        for action in (Action.SHOW, Action.FULL, Action.RELATED):
            self.add(action, Deed(anybody, self._shown))
        self.add(Action.PAGE, Deed(anybody, self._turned))
        self.add(Action.BROWSE, Deed(anybody, self._browsed))
        self.add(Action.RATE, Deed(self._is_asker, self._rated))
        self.add(Action.REASON, Deed(self._is_asker, self._rated))
        self.add(Action.PASS_ON, Deed(self._is_asker, self._passed_on))
        self.add(Action.LANGUAGE, Deed(in_private, self._language_chosen))
        self.add(Action.FORGET, Deed(in_private, self._forgotten))

    def add(self, action: str, deed: Deed) -> None:
        """Let a deed answer to an action.

        Args:
            action: one or two small letters that nothing answers to yet.
            deed: who may ask for it, and what it does.
        """
        if action in self._deeds:
            raise ValueError(f"two deeds for the action {action}")
        self._deeds[action] = deed

    async def pressed(self, update: Update) -> None:
        """Do what a button stands for."""
        query = cast("CallbackQuery", update.callback_query)
        press = self._signer.verified(query)
        deed = self._deeds.get(press.action) if press else None
        if not press or not deed or not await asyncio.to_thread(deed.may, query, press):
            await self._expired(query)
            return
        chosen = await asyncio.to_thread(self._post.store.chats.language, _chat(query).id)
        await deed.does(update, query, press, chosen or press.language)

    def _is_asker(self, query: CallbackQuery, press: Press) -> bool:
        """Whether the record that a button concerns is that of whoever presses, in their own chat."""
        record = self._post.store.records.find(press.subject) if in_private(query, press) else None
        return record is not None and bool(record.citizen_key) and record.citizen_key == self._key(query)

    async def _expired(self, query: CallbackQuery) -> None:
        chat = query.message.chat.id if query.message else query.from_user.id
        chosen = await asyncio.to_thread(self._post.store.chats.language, chat)
        await at_once(lambda: query.answer(words(chosen or language_of(query.from_user.language_code)).expired))

    async def _shown(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """A passage, the whole of it, or what is related to it: in a message of its own."""
        await at_once(query.answer)
        chat = _chat(query)
        topic = topic_of(query.message) if isinstance(query.message, Message) else None

        def write() -> None:
            reply = self._passage(press, language)
            with self._post.store.together():
                self._post.file(update.update_id, letters(chat.id, render(reply), thread=topic))
                remember_shown(self._post.store, chat, reply)
                if press.action == Action.SHOW:
                    note_chosen(self._post.store, chat.id, _message_id(query))

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    def _passage(self, press: Press, language: Language) -> Reply:
        if press.action == Action.SHOW:
            return self._answering.show(press.subject, press.detail, language)
        if press.action == Action.RELATED:
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
        reason = reason_of(press) if press.action == Action.REASON else None
        rating_ = Rating(press.action == Action.RATE and press.detail == YES, reason)
        asks_why = press.action == Action.RATE and press.detail == NO
        feedback, now = self._post.store.feedback, utc_now()
        await asyncio.to_thread(feedback.put, press.subject, self._key(query), rating_, now)
        said = words(language)
        await at_once(lambda: query.answer(said.why if asks_why else said.thanks))
        # Two rows of reasons in the place of the lower rows, and those rows back again behind them.
        if asks_why:
            await self._post.send(update.update_id, self._lower_rows(query, press, language, asks_why=True))
        elif press.action == Action.REASON:
            await self._post.send(update.update_id, self._lower_rows(query, press, language, asks_why=False))

    def _key(self, query: CallbackQuery) -> str:
        return self._answering.citizen_key(Channel.TELEGRAM, str(query.from_user.id))

    def _lower_rows(self, query: CallbackQuery, press: Press, language: Language, *, asks_why: bool) -> list[Letter]:
        message = query.message
        if not isinstance(message, Message) or not message.reply_markup:
            return []
        kept = [
            [self._read_key(button, message.chat.id) for button in row]
            for row in message.reply_markup.inline_keyboard
            if not any(self._is_lower(button, message.chat.id) for button in row)
        ]
        under = reasons_for(press.subject, language)
        if not asks_why:
            said = words(language)
            under = rating(press.subject, language, said)
            under += passing_on(press.subject if self.pass_on else "", language, said)
        return [edit_keyboard(message.chat.id, message.message_id, [*kept, *keys(under)])]

    def _read_key(self, button: InlineKeyboardButton, chat: int) -> dict[str, Any]:
        """A button that stands already as it was before it was sealed; it is sealed again as it goes out."""
        press = self._signer.opened(str(button.callback_data or ""), chat)
        return {**button.to_dict(), "callback_data": str(press)} if press else button.to_dict()

    def _is_lower(self, button: InlineKeyboardButton, chat: int) -> bool:
        """Whether a button stands in the lower rows: a rating, its reasons, 转人工."""
        press = self._signer.opened(str(button.callback_data or ""), chat)
        return press is not None and press.action in {Action.RATE, Action.REASON, Action.PASS_ON}

    async def _language_chosen(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """Keep the language for all replies to come."""
        chat = _chat(query)
        chosen = Language(press.subject) if press.subject in set(Language) else None
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
        await at_once(query.answer)
        said = phrases(language)
        confirmed = press.subject == YES
        told = edit(chat.id, _message_id(query), say(said.erased if confirmed else said.kept)[0])

        def write() -> None:
            with self._post.store.together():
                # Before they are forgotten, where staff see the words.
                shown = self._post.store.handovers.shown(chat.id) if confirmed else ()
                if confirmed:
                    self._post.store.erasure.of_citizen(self._key(query), chat.id, utc_now())
                self._post.file(update.update_id, [told, *(blanked(*place) for place in shown)])
            if confirmed:
                self._post.store.erasure.scrub()

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    async def _passed_on(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """转人工: what it leads to is the staff's."""
        if not self.pass_on:
            await self._expired(query)
            return
        await at_once(query.answer)
        await self.pass_on(update, press.subject)


def anybody(query: CallbackQuery, press: Press) -> bool:
    """What is published may be seen by whoever sees the button."""
    return True


def in_private(query: CallbackQuery, press: Press) -> bool:
    """A citizen's own matters are settled in their own chat: in a group nobody chooses or erases for the others."""
    chat = _chat(query)
    return chat.type == chat.PRIVATE and chat.id == query.from_user.id


def _chat(query: CallbackQuery) -> Chat:
    # `pressed` has made sure that there is a message.
    return cast("Message", query.message).chat


def _message_id(query: CallbackQuery) -> int:
    return cast("Message", query.message).message_id
