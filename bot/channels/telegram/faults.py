"""What becomes of an update that the bot stumbles over: an apology with somebody to turn to."""

from __future__ import annotations

import asyncio

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import topic_of
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import letters, render, say
from bot.channels.telegram.words import words
from bot.model import Language, Letter
from bot.store import DatabaseUnavailable

log = structlog.get_logger()


class Faults:
    """Settles updates that could not be dealt with.

    Args:
        answering: knows whom to turn to.
        post: files the apology.
    """

    def __init__(self, answering: Answering, post: Post) -> None:
        self._answering = answering
        self._post = post

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A fault of ours: note it, and apologise with somebody to turn to. Never raises."""
        if not isinstance(update, Update):
            return
        error = type(context.error).__name__
        if isinstance(context.error, DatabaseUnavailable) and self._post.interrupt(update.update_id):
            log.warning("telegram.interrupted", update_id=update.update_id, error=error)
            return
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
        try:
            language = await asyncio.to_thread(language_in, self._post.store, update)
        except Exception:
            # The database is what failed, perhaps.
            language = Language.HANS
        apology = say(words(language).sorry)
        try:
            apology += render(await asyncio.to_thread(self._answering.contact, language))
        except Exception as problem:
            log.error("telegram.no_contact", update_id=update.update_id, error=type(problem).__name__)
        topic = topic_of(update.effective_message) if update.effective_message else None
        return letters(update.effective_chat.id, apology, thread=topic)
