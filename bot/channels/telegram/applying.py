"""依申请公开 in a private chat: /apply leads through an application, /status tells how one stands, /cancel gives one up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, cast

from telegram import CallbackQuery, Message, Update

from bot.applying.dialogue import Move, Prompt, read_move
from bot.applying.draft import Stage
from bot.applying.wording import phrases
from bot.channels.telegram.addressing import answer_under, question_text
from bot.channels.telegram.buttons import LABEL_COLUMNS, Button, Keyboard, Press
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.pressing import Deed, in_private
from bot.channels.telegram.refusals import at_once
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import Span, edit_keyboard, letters, say
from bot.channels.telegram.text import clean
from bot.channels.telegram.words import words
from bot.intake import Heard, Intake
from bot.language.widths import trim
from bot.model import Channel, Language, Letter

APPLY = "ap"
"""The action of the dialogue's buttons: what they carry is the stage that they answer, and the answer."""

FILLED_IN = "draft"
"""In place of a record's reference for a message that was an answer in the dialogue: its edits are no questions."""

_MOVES = {move.value: move for move in Move}


class Applying:
    """Leads citizens through applications; what they write meanwhile goes into the draft, and on no record.

    Args:
        answering: knows citizens' pseudonyms.
        intake: the dialogue, its drafts, and the register.
        post: files what is to be sent.
    """

    def __init__(self, answering: Answering, intake: Intake, post: Post) -> None:
        self._answering = answering
        self._intake = intake
        self._post = post
        self.deed = Deed(in_private, self._pressed)

    async def apply(self, update: Update, context: Any) -> None:
        """/apply: begin, or go on where it was left off."""
        message = cast("Message", update.message)

        def write() -> None:
            language = language_in(self._post.store, update)

            def file(prompt: Prompt) -> None:
                self._post.file(update.update_id, answer_under(message, [shown(prompt, language)]))

            self._intake.begin(self._key(message), Channel.TELEGRAM, language, along=file)

        await self._settle(update, write)

    async def cancel(self, update: Update, context: Any) -> None:
        """/cancel: give up what is being filled in."""
        message = cast("Message", update.message)

        def write() -> None:
            if not self._hear(update.update_id, message, Move.CANCEL):
                said = words(language_in(self._post.store, update)).nothing_to_cancel
                self._file(update.update_id, answer_under(message, say(said)))

        await self._settle(update, write)

    async def status(self, update: Update, context: Any) -> None:
        """/status: how the application of a number stands; without one, all that were sent in from here."""
        message, number = cast("Message", update.message), " ".join(context.args or ())

        def write() -> None:
            language = language_in(self._post.store, update)
            if number:
                told = self._intake.state(number, language) or phrases(language).no_such
            else:
                told = (
                    "\n".join(self._intake.states_of(self._key(message), language)) or words(language).which_application
                )
            self._file(update.update_id, answer_under(message, say(clean(told))))

        await self._settle(update, write)

    async def takes(self, update: Update, message: Message) -> bool:
        """Take a message for an answer where a dialogue is open; False where it is none, and nothing was done."""
        if not await asyncio.to_thread(self.is_answer, message):
            return False

        def write() -> None:
            text = question_text(message)
            self._hear(update.update_id, message, read_move(text) or text)

        await self._settle(update, write)
        return True

    async def takes_edit(self, update: Update, message: Message) -> bool:
        """Say that an answer is not changed by editing it; False where the message was none, and nothing was done."""
        store = self._post.store

        def write() -> bool:
            if store.asked.reference_of(message.chat.id, message.message_id) != FILLED_IN:
                return False
            said = words(language_in(store, update)).edit_changes_nothing
            self._file(update.update_id, answer_under(message, say(said), edited=True))
            return True

        if await asyncio.to_thread(write):
            self._post.done(update.update_id)
            return True
        return False

    def is_answer(self, message: Message) -> bool:
        """Whether a message is read as an answer: in a private chat, to a dialogue of the last half an hour."""
        return message.chat.type == message.chat.PRIVATE and self._intake.is_open(self._key(message))

    async def _pressed(self, update: Update, query: CallbackQuery, press: Press, language: Language) -> None:
        """A button of the dialogue: an option, or a move."""
        await at_once(query.answer)
        chat = cast("Message", query.message).chat.id
        keyboard = edit_keyboard(chat, cast("Message", query.message).message_id, [])

        def file(heard: Heard) -> None:
            # The buttons go with their answer, so that nobody presses them again later.
            self._post.file(update.update_id, [keyboard, *letters(chat, [shown(heard.prompt, language)])])

        def write() -> None:
            said = _MOVES.get(press.detail, press.detail)
            key = self._citizen_key(str(query.from_user.id))
            stage = Stage(press.subject) if press.subject in set(Stage) else None
            origin = f"telegram:{update.update_id}"
            if not self._intake.hear(key, said, stage=stage, origin=origin, along=file):
                self._file(update.update_id, [keyboard, *letters(chat, say(words(language).nothing_to_cancel))])

        await self._settle(update, write)

    def _hear(self, update_id: int, message: Message, said: str | Move) -> bool:
        """Take an input that was written; False where there is no draft."""
        store, language = self._post.store, self._post.store.chats.language(message.chat.id)
        key = self._key(message)
        draft = self._intake.draft(key)
        spoken = draft.language if draft else language or Language.HANS

        def file(heard: Heard) -> None:
            store.asked.put(message.chat.id, message.message_id, FILLED_IN, message.date)
            self._post.file(update_id, answer_under(message, [shown(heard.prompt, spoken)]))

        return self._intake.hear(key, said, origin=f"telegram:{update_id}", along=file) is not None

    def _file(self, update_id: int, to_send: Sequence[Letter]) -> None:
        with self._post.store.together():
            self._post.file(update_id, to_send)

    async def _settle(self, update: Update, write: Callable[[], None]) -> None:
        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    def _key(self, message: Message) -> str:
        return self._citizen_key(str(message.from_user.id) if message.from_user else "")

    def _citizen_key(self, citizen: str) -> str:
        return self._answering.citizen_key(Channel.TELEGRAM, citizen)


def shown(prompt: Prompt, language: Language) -> Rendered:
    """A prompt as a message: a row for each option, one for the moves, and how to go on where words are expected."""
    if prompt.stage is None:
        return Rendered(Span(clean(prompt.text)).html)
    text = f"{prompt.text}\n\n{words(language).goes_on}"
    return Rendered(Span(clean(text)).html, _keyboard(prompt, prompt.stage, language))


def _keyboard(prompt: Prompt, stage: Stage, language: Language) -> Keyboard:
    said = phrases(language)
    named = {Move.BACK: said.back, Move.SKIP: said.skip, Move.CANCEL: said.cancel}

    def button(label: str, value: str) -> Button:
        return Button(trim(label, LABEL_COLUMNS), str(Press(APPLY, stage.value, value, language)))

    rows = [(button(option.label, option.value),) for option in prompt.options]
    return (*rows, tuple(button(named[move], move.value) for move in prompt.moves))
