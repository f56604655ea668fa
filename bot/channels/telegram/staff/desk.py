"""The citizen's side: passing a question on, following up on staff's answers, and changing what was written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import cast

from telegram import Message, Update

from bot.channels.clock import utc_now
from bot.channels.telegram.limits import Limiter
from bot.channels.telegram.memory import language_in
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import letters, say
from bot.channels.telegram.staff.cards import card, to_staff, topic
from bot.channels.telegram.staff.hours import Staff
from bot.channels.telegram.staff.passing import attached_to, can_pass, to_group, words_of
from bot.channels.telegram.staff.wording import Wording, kind_name, wording
from bot.language.normalise import fold
from bot.model import Language, Letter, Priority, Resolution, Side
from bot.store.corrections import THE_BOT


class Desk:
    """Takes questions to the staff's group.

    Args:
        post: files what is to be sent, and settles updates.
        limiter: counts how many questions a citizen passes on in a day.
        staff: where they are, and when.
    """

    def __init__(self, post: Post, limiter: Limiter, staff: Staff, now: Callable[[], datetime] = utc_now) -> None:
        self._post = post
        self._store = post.store
        self._limiter = limiter
        self._staff = staff
        self._now = now

    async def pass_on(self, update: Update, reference: str) -> None:
        """转人工: open a hand-over, once a record, and say when to expect an answer."""
        await asyncio.to_thread(self._pass_on, update, reference)
        self._post.done(update.update_id)

    async def pass_last_on(self, update: Update, message: Message) -> None:
        """Pass on the last question of a private chat."""
        reference = await asyncio.to_thread(self._last_question, message.chat.id)
        await self.pass_on(update, reference)

    async def followed_up(self, update: Update, message: Message) -> bool:
        """Take a citizen's reply to an answer of staff to them, an album whole; False for any other message."""
        may_be = message.reply_to_message or message.media_group_id
        if not may_be or message.chat.type != message.chat.PRIVATE:
            return False
        taken = await asyncio.to_thread(self._follow_up, update, message)
        if taken:
            self._post.done(update.update_id)
        return taken

    async def edited(self, update: Update, message: Message) -> bool:
        """Tell staff what a citizen made of a message afterwards.

        Returns:
            Whether that is all there is to do: True for a message to staff, False for a question, which is answered too.
        """
        taken = await asyncio.to_thread(self._edit, update, message)
        if taken:
            self._post.done(update.update_id)
        return taken

    def _pass_on(self, update: Update, reference: str) -> None:
        store, now = self._store, self._now()
        chat = cast("Message", update.effective_message).chat.id
        language = language_in(store, update)
        said = wording(language)
        with store.together():
            record = store.records.find(reference) if reference else None
            if not record:
                told = said.nothing_asked
            elif store.handovers.find(reference):
                told = "\n".join((said.already.format(reference=reference), self._expectation(said, now)))
            elif not self._limiter.pass_on(record.citizen_key, now):
                told = said.too_many
            else:
                store.handovers.open(reference, chat, language, now)
                store.corrections.settle(reference, Resolution.PASSED_ON, who=THE_BOT, at=now)
                there = store.handovers.follow(self._staff.chat)
                store.outbox.put([topic(there, record)], f"topic:{reference}", now)
                store.outbox.put(card(there, record, kind_name(record.kind, Language.HANS)), f"card:{reference}", now)
                told = "\n".join((said.passed_on.format(reference=reference), self._expectation(said, now)))
            self._post.file(update.update_id, letters(chat, say(told)))

    def _expectation(self, said: Wording, now: datetime) -> str:
        opening = self._staff.office().next_open(now)
        if opening is None:
            return said.unknown
        if opening <= now:
            return said.busy
        return said.later.format(day=f"{opening:%Y-%m-%d}", time=f"{opening:%H:%M}")

    def _last_question(self, chat: int) -> str:
        for reference in self._store.asked.latest(chat):
            record = self._store.records.find(reference)
            if record and record.kind.is_searched:
                return reference
        return ""

    def _follow_up(self, update: Update, message: Message) -> bool:
        store, chat, now = self._store, message.chat.id, self._now()
        album = message.media_group_id or ""
        pieces = store.handovers.album(chat, album) if album else ()
        replied = message.reply_to_message
        link = store.handovers.linked(chat, replied.message_id) if replied else None
        # Of an album it may be the first piece only that names what it answers.
        about = pieces[0].reference if pieces else link.reference if link else ""
        handover = store.handovers.find(about) if about else None
        if not handover:
            return False
        language = language_in(store, update)
        with store.together():
            if not can_pass(message):
                self._post.file(update.update_id, letters(chat, say(wording(language).not_forwarded)))
                return True
            there = store.handovers.follow(self._staff.chat)
            if store.handovers.reopen(handover.reference) and handover.topic:
                again = Letter(there, "reopen_forum_topic", {"message_thread_id": handover.topic}, "", Priority.STAFF)
                store.outbox.put([again], f"reopen:{update.update_id}", now)
            found = to_group(there, handover).copy(message, leads=not pieces)
            saying = store.handovers.say(
                Side.CITIZEN, handover.reference, chat, message.message_id, words_of(message), language, now,
                parts=len(found), album=album, attached=attached_to(message),
            )  # fmt: skip
            if saying:
                store.outbox.put(found, f"said:{saying.id}", now)
            self._post.file(update.update_id, ())
        return True

    def _edit(self, update: Update, message: Message) -> bool:
        store, chat, now = self._store, message.chat.id, self._now()
        saying = store.handovers.said(chat, message.message_id)
        there = store.handovers.follow(self._staff.chat)
        said = wording(Language.HANS)
        if saying and (handover := store.handovers.find(saying.reference)):
            with store.together():
                if (words_of(message), attached_to(message)) != (saying.words, saying.attached):
                    store.handovers.reword(saying.id, words_of(message), attached_to(message))
                    copies = [number for place, number in store.handovers.copies(saying.id) if place == there]
                    fixed = to_group(there, handover).correction(
                        message, saying, copies, leads=store.handovers.leads(saying)
                    )
                    store.outbox.put(fixed, f"fix:{saying.id}:{update.update_id}", now)
                self._post.file(update.update_id, ())
            return True
        reference = store.asked.reference_of(chat, message.message_id)
        record = store.records.find(reference) if reference else None
        if record and store.handovers.find(reference) and fold(words_of(message)) != fold(record.question):
            told = to_staff(there, reference, said.rewritten.format(reference=reference, words=words_of(message)))
            store.outbox.put(told, f"card:{reference}:{update.update_id}", now)
        return False
