"""Which update goes where, and what is said to it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.channels.telegram.addressing import ADDRESSED, question_text
from bot.channels.telegram.buttons import Action, read_press
from bot.channels.telegram.courier import at_once
from bot.channels.telegram.ports import Answered, Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import letters, render, say
from bot.channels.telegram.words import language_of, words
from bot.model import Channel, Language, Letter, Question, Reply

log = structlog.get_logger()

# The agencies' clock: on New Year's morning 去年 means their last year, not Greenwich's. There is no summer time.
BEIJING = timezone(timedelta(hours=8))
# An album is as many updates as it has photos; one kind word will do.
TEXT_ONLY_EVERY = timedelta(minutes=10)
CHATS_REMEMBERED = 1000

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def add_handlers(application: AnyApplication, talk: Conversation) -> None:
    """Say which update goes where; of those that fit, the first takes it."""
    # An edited message is no new question, and must not overwrite what is on record.
    fresh = filters.UpdateType.MESSAGE
    private = fresh & filters.ChatType.PRIVATE
    group = fresh & filters.ChatType.GROUPS
    said = filters.TEXT | filters.CAPTION

    application.add_handler(CommandHandler("start", talk.start, filters=fresh))
    application.add_handler(CommandHandler("help", talk.help, filters=fresh))
    application.add_handler(CommandHandler("contact", talk.contact, filters=fresh))
    application.add_handler(CommandHandler("privacy", talk.privacy, filters=fresh))
    application.add_handler(CallbackQueryHandler(talk.pressed))
    # After the commands above: what is left is unknown. In a group it may be meant for another bot.
    application.add_handler(MessageHandler(private & filters.COMMAND, talk.help))
    application.add_handler(MessageHandler(group & filters.COMMAND, talk.ignore))
    application.add_handler(MessageHandler(private & said, talk.question))
    application.add_handler(MessageHandler(group & said & ADDRESSED, talk.question))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, talk.other))
    application.add_error_handler(talk.failed)


class Conversation:
    """What the bot says to each kind of update."""

    def __init__(self, answering: Answering, post: Post):
        self._answering = answering
        self._post = post
        self._text_only_said: OrderedDict[int, datetime] = OrderedDict()

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: say who answers here."""
        await self._tell(update, self._answering.introduction)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help, and any command that we do not know: say how to ask."""
        await self._tell(update, self._answering.help)

    async def contact(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/contact: whom to turn to."""
        await self._tell(update, self._answering.contact)

    async def privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is kept about those who ask."""
        await self._tell(update, self._answering.privacy)

    async def ignore(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say nothing."""

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question in words: answer it; in a group, under the message that asked."""
        message = _message(update)
        question = Question(
            text=question_text(message),
            channel=Channel.TELEGRAM,
            asked_at=message.date.astimezone(BEIJING),
            citizen=_citizen(message),
        )

        def file(answered: Answered) -> None:
            messages = render(answered.reply)
            to_send = letters(
                message.chat.id, messages, reply_to=_asked_in(message), reference=answered.reference or ""
            )
            self._post.file(update.update_id, to_send)

        origin = f"telegram:{update.update_id}"
        await asyncio.to_thread(self._answering.answer, question, origin=origin, along=file)
        self._post.done(update.update_id)

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button: show the passage that it stands for."""
        query = cast("CallbackQuery", update.callback_query)
        press = read_press(query.data or "")
        if not press or not query.message:
            await at_once(lambda: query.answer(words(language_of(query.from_user.language_code)).expired))
            return
        await at_once(query.answer)
        wanted = self._answering.show if press.action is Action.SHOW else self._answering.full_text
        reply = await asyncio.to_thread(wanted, press.handle, press.section, press.language)
        await self._post.send(update.update_id, letters(query.message.chat.id, render(reply)))

    async def other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A photo, a voice message, a sticker: say once that only text is understood."""
        message = _message(update)
        said_at = self._text_only_said.get(message.chat.id)
        if said_at and message.date - said_at < TEXT_ONLY_EVERY:
            return
        self._text_only_said[message.chat.id] = message.date
        self._text_only_said.move_to_end(message.chat.id)
        if len(self._text_only_said) > CHATS_REMEMBERED:
            self._text_only_said.popitem(last=False)
        await self._post.send(update.update_id, letters(message.chat.id, say(words(_language(update)).text_only)))

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A fault of ours: note it, and apologise with somebody to turn to. Never raises."""
        if not isinstance(update, Update):
            return
        error = type(context.error).__name__
        # The error's own text may hold what the citizen wrote, so it is not logged.
        log.error("telegram.failed", update_id=update.update_id, error=error)
        try:
            await self._post.fail(update.update_id, error, await self._apology(update))
        except Exception as problem:
            # It stays in the inbox, and is tried again by the next run.
            log.error("telegram.not_noted", update_id=update.update_id, error=type(problem).__name__)
            self._post.done(update.update_id)

    async def _apology(self, update: Update) -> list[Letter]:
        if not update.effective_chat:
            return []
        language = _language(update)
        apology = say(words(language).sorry)
        try:
            apology += render(await asyncio.to_thread(self._answering.contact, language))
        except Exception as problem:
            log.error("telegram.no_contact", update_id=update.update_id, error=type(problem).__name__)
        return letters(update.effective_chat.id, apology)

    async def _tell(self, update: Update, compose: Callable[[Language], Reply]) -> None:
        await self._send(update, await asyncio.to_thread(compose, _language(update)))

    async def _send(self, update: Update, reply: Reply) -> None:
        message = _message(update)
        await self._post.send(update.update_id, letters(message.chat.id, render(reply), reply_to=_asked_in(message)))


def _asked_in(message: Message) -> int | None:
    """The message to reply to in a group, where others talk in between."""
    return None if message.chat.type == message.chat.PRIVATE else message.message_id


def _message(update: Update) -> Message:
    # Every filter in `add_handlers` asks for one.
    return cast("Message", update.message)


def _language(update: Update) -> Language:
    return language_of(update.effective_user.language_code if update.effective_user else None)


def _citizen(message: Message) -> str:
    """The asker's id; empty for those who write in a group's or a channel's name, as they cannot be told apart."""
    return str(message.from_user.id) if message.from_user and not message.sender_chat else ""
