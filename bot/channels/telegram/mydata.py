"""/mydata: what is kept about whoever asks, and about nobody else (个人信息保护法第四十五条)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import cast

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.channels.telegram.addressing import answer_under
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import render
from bot.channels.telegram.text import trim
from bot.channels.telegram.words import Words, outcomes, words
from bot.intake import Intake
from bot.model import Channel, ContactRecord, Language, Reply
from bot.workdays import BEIJING

SHOWN = 20
"""Records, and applications; of more their number is told."""
COLUMNS = 40
"""Of the words of a question: enough to know it again."""


class OwnData:
    """Tells a citizen what is kept about them.

    Args:
        answering: knows their pseudonym, and how long words are kept.
        intake: where applications go; None where none are taken.
    """

    def __init__(self, answering: Answering, post: Post, intake: Intake | None) -> None:
        self._answering = answering
        self._post = post
        self._intake = intake

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/mydata, in a private chat: records, applications, the draft and the settings of who sends it."""
        message = cast("Message", update.message)

        def compose() -> Reply:
            language = language_in(self._post.store, update)
            return Reply(language, "\n".join(self._lines(message, language)))

        reply = await asyncio.to_thread(compose)
        await self._post.send(update.update_id, answer_under(message, render(reply)))

    def _lines(self, message: Message, language: Language) -> Iterator[str]:
        said, store = words(language), self._post.store
        citizen = str(message.from_user.id) if message.from_user else ""
        key = self._answering.citizen_key(Channel.TELEGRAM, citizen)
        count = store.records.count_of(key)
        yield (said.my_records if count else said.no_records).format(count=count, shown=min(count, SHOWN))
        yield from (self._record(record, said, language) for record in store.records.of_citizen(key, SHOWN))
        states = self._intake.states_of(key, language) if self._intake else ()
        if states:
            yield said.my_applications.format(count=len(states))
            yield from reversed(states[-SHOWN:])
        if store.application_drafts.of(key) is not None:
            yield said.my_draft
        if chosen := store.chats.language(message.chat.id):
            yield said.my_language.format(language=words(chosen).language_name)
        yield said.my_erasing

    def _record(self, record: ContactRecord, said: Words, language: Language) -> str:
        until = record.asked_at + timedelta(days=self._answering.keep_days())
        return said.my_record.format(
            reference=record.reference,
            date=record.asked_at.astimezone(BEIJING).date().isoformat(),
            words=trim(" ".join(record.question.split()), COLUMNS),
            outcome=outcomes(language)[record.outcome],
            until=until.astimezone(BEIJING).date().isoformat(),
        )
