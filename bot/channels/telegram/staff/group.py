"""The staff's side: their group, where whatever is written in a question's topic, or in reply to it, answers the citizen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
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
from bot.channels.telegram.render import letters, say
from bot.channels.telegram.staff.cards import LONGEST_QUOTE, answer, can_pass, card, plain, words_of
from bot.channels.telegram.staff.drafting import draft_answer
from bot.channels.telegram.staff.finding import find_records
from bot.channels.telegram.staff.heard import read_heard
from bot.channels.telegram.staff.hours import Staff
from bot.channels.telegram.staff.wording import Wording, kind_name, wording
from bot.channels.telegram.text import trim
from bot.channels.telegram.words import language_of
from bot.model import Handover, Language, Letter, Passage, Priority, Side

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
            told = self._under(update.message, self._said(update.message).failed) if update.message else []
            await self._post.fail(update.update_id, type(error).__name__, told)
        raise ApplicationHandlerStop

    def _take(self, update: Update, own_name: str) -> None:
        message, edited = update.message, update.edited_message
        with self._store.together():
            if message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
                self._move(message)
                told: list[Letter] = []
            elif message and _is_person(message):
                told = self._hear(message, own_name)
            elif edited and _is_person(edited):
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
        said = self._said(message)
        command, rest = [*(message.text or "").split(maxsplit=1), "", ""][:2]
        name, _, whom = command.partition("@")
        if command.startswith("/"):
            if whom and whom.lower() != own_name.lower():
                return []
            return self._obey(message, name[1:].lower(), rest.strip(), said)
        handover = self._concerned(message)
        return self._answer(message, handover, said) if handover else []

    def _answer(self, message: Message, handover: Handover, said: Wording) -> list[Letter]:
        """Send the citizen what staff wrote; whether it arrived is told when Telegram has said so."""
        if not (message.text or message.effective_attachment):
            return []
        if not can_pass(message):
            return self._under(message, said.kind)
        if handover.citizen is None:
            return self._under(message, said.erased)
        found = answer(handover, handover.citizen, self._head(handover), message)
        saying = self._store.handovers.say(
            Side.STAFF, handover.reference, message.chat.id, message.message_id, words_of(message),
            _language(message), self._now(), who=self._name(message), parts=len(found),
        )  # fmt: skip
        if saying:
            self._store.outbox.put(found, f"said:{saying.id}", self._now())
        return []

    def _correct(self, update_id: int, message: Message) -> list[Letter]:
        """Give the citizen what staff made of an answer afterwards: in its place, or as a correction of its own."""
        store = self._store
        saying = store.handovers.said(message.chat.id, message.message_id)
        handover = store.handovers.find(saying.reference) if saying else None
        if not saying or not handover or words_of(message) == saying.words:
            return []
        store.handovers.reword(saying.id, words_of(message))
        if saying.side is Side.NOTE:
            return []
        if handover.citizen is None:
            return self._under(message, wording(saying.language).erased)
        copies = [number for chat, number in store.handovers.copies(saying.id) if chat == handover.citizen]
        found = answer(handover, handover.citizen, self._head(handover), message)
        if message.text and len(copies) == len(found) == saying.parts == 1:
            content = {key: value for key, value in found[0].parameters.items() if key != "reply_parameters"}
            found = [replace(found[0], method="edit_message_text", parameters={"message_id": copies[0], **content})]
        else:
            head = wording(handover.language).corrected.format(reference=handover.reference)
            found = letters(handover.citizen, plain(f"{head}\n{words_of(message)}"), reference=handover.reference)
        store.outbox.put(found, f"fix:{saying.id}:{update_id}", self._now())
        return []

    def _obey(self, message: Message, name: str, rest: str, said: Wording) -> list[Letter]:
        if name == "help":
            return self._under(message, said.help)
        if name == "log":
            return self._log(message, rest, said)
        if name == "find":
            return self._under(message, find_records(self._store, rest, said, _language(message)))
        if name not in ("close", "assign", "note", "publish"):
            return []
        handover = self._concerned(message)
        if not handover:
            return self._under(message, said.which)
        reference = handover.reference
        if name == "assign":
            who = rest or self._named_by_reply(message) or self._name(message)
            self._store.handovers.assign(reference, trim(who, LONGEST_QUOTE))
            return self._under(message, said.assigned.format(reference=reference, who=trim(who, LONGEST_QUOTE)))
        if name == "note":
            if not rest:
                return self._under(message, said.empty_note)
            self._store.handovers.say(
                Side.NOTE, reference, message.chat.id, message.message_id, rest, _language(message), self._now(),
                who=self._name(message),
            )  # fmt: skip
            return self._under(message, said.noted)
        if name == "publish":
            return self._under(message, draft_answer(self._store, handover, said, self._staff.draft))
        return self._close(message, handover, said)

    def _log(self, message: Message, rest: str, said: Wording) -> list[Letter]:
        heard = read_heard(rest)
        origin = f"staff:{message.chat.id}:{message.message_id}"
        entered = self._staff.enter(heard, who=self._name(message), origin=origin) if heard else None
        if not entered:
            return self._under(message, said.how_to_log)
        told = said.masked_log if entered.masked else said.logged
        return self._under(message, told.format(reference=entered.reference))

    def _close(self, message: Message, handover: Handover, said: Wording) -> list[Letter]:
        reference = handover.reference
        if not self._store.handovers.close(reference, self._now()):
            return self._under(message, said.closed_before.format(reference=reference))
        told = self._under(message, said.closed.format(reference=reference))
        if handover.topic:
            told += [
                Letter(message.chat.id, "close_forum_topic", {"message_thread_id": handover.topic}, "", Priority.STAFF)
            ]
        answered = any(
            each.side is Side.STAFF and each.passage is not Passage.FAILED
            for each in self._store.handovers.sayings(reference)
        )
        if handover.citizen and not answered:
            unanswered = wording(handover.language).unanswered.format(reference=reference)
            told += letters(handover.citizen, say(unanswered))
        return told

    def _concerned(self, message: Message) -> Handover | None:
        """The hand-over that a message belongs to: by the message of ours that it answers, else by its topic."""
        replied = message.reply_to_message
        if replied and not replied.forum_topic_created:
            said = self._store.handovers.said(message.chat.id, replied.message_id)
            link = self._store.handovers.linked(message.chat.id, replied.message_id) or said
            if link:
                return self._store.handovers.find(link.reference)
        topic = topic_of(message)
        return self._store.handovers.of_topic(topic) if topic else None

    def _head(self, handover: Handover) -> str:
        said = wording(handover.language)
        record = self._store.records.find(handover.reference)
        contact = self._answering.contact(handover.language).contact
        return said.answer.format(
            agency=contact.name if contact else said.agency,
            reference=handover.reference,
            question=trim(" ".join((record.question if record else "").split()), LONGEST_QUOTE),
        )

    def _refuse_channel(self, message: Message) -> list[Letter]:
        """Who writes in a channel's name may be anybody; say so where an answer was meant."""
        speaks_as_channel = message.sender_chat and not message.is_automatic_forward
        return (
            self._under(message, self._said(message).channel) if speaks_as_channel and self._concerned(message) else []
        )

    def _under(self, message: Message, text: str) -> list[Letter]:
        return letters(
            message.chat.id, plain(text), reply_to=message.message_id, thread=topic_of(message), priority=Priority.STAFF
        )

    def _said(self, message: Message) -> Wording:
        return wording(_language(message))

    def _name(self, message: Message) -> str:
        if message.sender_chat or not message.from_user:
            return message.author_signature or self._said(message).anonymous
        return message.from_user.full_name

    def _named_by_reply(self, message: Message) -> str:
        replied = message.reply_to_message
        person = replied.from_user if replied and not replied.forum_topic_created else None
        return person.full_name if person and not person.is_bot else ""


def _is_person(message: Message) -> bool:
    """Whether a member wrote it, perhaps as an anonymous administrator; neither a bot nor a channel."""
    if message.sender_chat:
        return message.sender_chat.id == message.chat.id and not message.is_automatic_forward
    return message.from_user is not None and not message.from_user.is_bot


def _language(message: Message) -> Language:
    return language_of(message.from_user.language_code if message.from_user else None)
