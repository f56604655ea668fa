"""The staff's side: their group, where whatever is written in a question's topic, or in reply to it, answers the citizen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from telegram import Chat, Message, Update
from telegram.ext import ApplicationHandlerStop

from bot.channels.clock import utc_now
from bot.channels.telegram.addressing import topic_of
from bot.channels.telegram.memory import move_chat
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.staff.cards import LONGEST_QUOTE, card
from bot.channels.telegram.staff.commands import Commands, command_of
from bot.channels.telegram.staff.hours import Staff
from bot.channels.telegram.staff.members import is_person, name_of, said_to, spoken_by, under
from bot.channels.telegram.staff.passing import Passing, attached_to, can_pass, to_citizen, words_of
from bot.channels.telegram.staff.wording import kind_name, wording
from bot.language.widths import trim
from bot.model import Handover, Language, Letter, Side

log = structlog.get_logger()


class Group:
    """Takes what is said in the staff's group; only there is anybody taken for staff.

    Args:
        answering: knows the agency's name.
        post: files what is to be sent, and settles updates.
        staff: which group that is.
    """

    def __init__(self, answering: Answering, post: Post, staff: Staff, now: Callable[[], datetime] = utc_now) -> None:
        self._answering = answering
        self._post = post
        self._store = post.store
        self._staff = staff
        self._commands = Commands(post.store, staff, self._concerned, now)
        self._now = now

    async def receive(self, update: Update, context: Any) -> None:
        """Take an update of the staff's group, and let no other handler see it.

        Raises:
            ApplicationHandlerStop: it was one.
        """
        chat = update.effective_chat
        if not chat or chat.type not in (Chat.GROUP, Chat.SUPERGROUP) or update.my_chat_member:
            return
        there = await asyncio.to_thread(self._store.handovers.follow, self._staff.chat)
        if chat.id not in (there, self._staff.chat):
            return
        try:
            await asyncio.to_thread(self._take, update, context.bot.username)
            self._post.done(update.update_id)
        except Exception as error:
            # The error's own text may hold what was written, so it is not logged.
            log.error("telegram.staff_failed", update_id=update.update_id, error=type(error).__name__)
            told = under(update.message, said_to(update.message).failed) if update.message else []
            await self._post.fail(update.update_id, type(error).__name__, told)
        raise ApplicationHandlerStop

    def _take(self, update: Update, own_name: str) -> None:
        message, edited = update.message, update.edited_message
        with self._store.together():
            if message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
                self._move(message)
                told: list[Letter] = []
            elif message and is_person(message):
                told = self._hear(message, own_name)
            elif edited and is_person(edited):
                told = self._correct(update.update_id, edited)
            else:
                told = self._refuse_channel(message) if message else []
            self._post.file(update.update_id, told)

    def _move(self, message: Message) -> None:
        """The group became a supergroup: go there, and show again what is open, as its messages are numbered anew."""
        here, there = message.chat.id, message.migrate_to_chat_id
        old, new = (here, there) if there else (message.migrate_from_chat_id or here, here)
        move_chat(self._store, old, new)
        for handover in self._store.handovers.opened():
            record = self._store.records.find(handover.reference)
            if record and handover.card is None and not record.erased_at:
                shown = card(new, record, kind_name(record.kind, Language.HANS))
                self._store.outbox.put(shown, f"card:{handover.reference}:{new}", self._now())

    def _hear(self, message: Message, own_name: str) -> list[Letter]:
        if command := command_of(words_of(message)):
            if command.whom and command.whom != own_name.lower():
                return []
            return self._commands.obey(message, command.name, command.rest)
        handover = self._concerned(message)
        return self._answer(message, handover) if handover else []

    def _answer(self, message: Message, handover: Handover) -> list[Letter]:
        """Send the citizen what staff wrote; whether it arrived is told when Telegram has said so."""
        if not (message.text or message.effective_attachment):
            return []
        if not can_pass(message):
            return under(message, said_to(message).kind)
        if handover.citizen is None:
            return under(message, said_to(message).erased)
        album = message.media_group_id or ""
        leads = not album or not self._store.handovers.album(message.chat.id, album)
        found = self._way(handover, handover.citizen).copy(message, leads=leads)
        saying = self._store.handovers.say(
            Side.STAFF, handover.reference, message.chat.id, message.message_id, words_of(message),
            spoken_by(message), self._now(), who=name_of(message), parts=len(found), album=album,
            attached=attached_to(message),
        )  # fmt: skip
        if saying:
            self._store.outbox.put(found, f"said:{saying.id}", self._now())
        return []

    def _correct(self, update_id: int, message: Message) -> list[Letter]:
        """Give the citizen what staff made of an answer afterwards: in its place, or as a correction of its own."""
        handovers = self._store.handovers
        saying = handovers.said(message.chat.id, message.message_id)
        handover = handovers.find(saying.reference) if saying else None
        if not saying or not handover:
            return []
        command = command_of(words_of(message))
        if saying.side is Side.NOTE:
            handovers.reword(saying.id, command.rest if command else words_of(message))
            return []
        if command:
            return under(message, said_to(message).not_taken_back)
        now_is = words_of(message), attached_to(message)
        if now_is == (saying.words, saying.attached):
            return []
        handovers.reword(saying.id, *now_is)
        if handover.citizen is None:
            return under(message, said_to(message).erased)
        copies = [number for chat, number in handovers.copies(saying.id) if chat == handover.citizen]
        way = self._way(handover, handover.citizen)
        found = way.correction(message, saying, copies, leads=handovers.leads(saying))
        self._store.outbox.put(found, f"fix:{saying.id}:{update_id}", self._now())
        return []

    def _concerned(self, message: Message) -> Handover | None:
        """The hand-over that a message belongs to: by the message that it answers, by its album, else by its topic."""
        replied = message.reply_to_message
        if replied and not replied.forum_topic_created:
            said = self._store.handovers.said(message.chat.id, replied.message_id)
            link = self._store.handovers.linked(message.chat.id, replied.message_id) or said
            if link:
                return self._store.handovers.find(link.reference)
        if message.media_group_id and (pieces := self._store.handovers.album(message.chat.id, message.media_group_id)):
            return self._store.handovers.find(pieces[0].reference)
        topic = topic_of(message)
        return self._store.handovers.of_topic(topic) if topic else None

    def _way(self, handover: Handover, citizen: int) -> Passing:
        """The way to the citizen, headed by who answers and what was asked."""
        said = wording(handover.language)
        record = self._store.records.find(handover.reference)
        contact = self._answering.contact(handover.language).contact
        head = said.answer.format(
            agency=contact.name if contact else said.agency,
            reference=handover.reference,
            question=trim(" ".join((record.question if record else "").split()), LONGEST_QUOTE),
        )
        return to_citizen(handover, citizen, head)

    def _refuse_channel(self, message: Message) -> list[Letter]:
        """Who writes in a channel's name may be anybody; say so where an answer was meant."""
        speaks_as_channel = message.sender_chat and not message.is_automatic_forward
        return under(message, said_to(message).channel) if speaks_as_channel and self._concerned(message) else []
