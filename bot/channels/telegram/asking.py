"""Questions in words: a message's first words, what follows up on them, several at once, and what is made of them afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Message, Update

from bot.channels.telegram.addressing import answer_under, question_text
from bot.channels.telegram.ports import Answered, Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import render, render_several
from bot.channels.telegram.words import language_of, words
from bot.language.follow_up import FollowUp, Wish
from bot.language.normalise import fold
from bot.language.personal import mask_personal
from bot.language.script import language_after
from bot.language.several import MOST, questions_in
from bot.model import TOPIC_LASTS, Channel, Language, Letter, Question, Reply, Topic
from bot.workdays import BEIJING

# The agencies' clock: on New Year's morning 去年 means their last year, not Greenwich's. There is no summer time.


class Asking:
    """Answers what is written.

    Args:
        answering: the walk from question to reply.
        post: files what is to be sent.
        has_staff: whether a question can be passed on.
    """

    def __init__(self, answering: Answering, post: Post, has_staff: Callable[[], bool]) -> None:
        self._answering = answering
        self._post = post
        self._has_staff = has_staff

    async def question(self, update: Update, message: Message) -> None:
        """Answer a message; in a group, under the message that asked."""
        await asyncio.to_thread(self._answer, update.update_id, message, question_text(message), "")
        self._post.done(update.update_id)

    async def edited(self, update: Update, message: Message) -> None:
        """A message with other words: note them on its record, and answer them as a question of their own.

        The record keeps its first words. An edit that changes no word is passed over.
        """
        await asyncio.to_thread(self._answer_edited, update.update_id, message)
        self._post.done(update.update_id)

    def put_aside(self, update_id: int, message: Message, notice: Sequence[Letter], told: str) -> None:
        """Put a message on record that is not answered, as its writer asks too much at once; an edit goes to its record.

        Args:
            update_id: which update brought it.
            message: new, or with other words.
            notice: what goes to the chat instead of an answer, in the same transaction; may be none.
            told: the words of that.
        """
        store, chat, at = self._post.store, message.chat.id, _written(message)
        edited = store.asked.reference_of(chat, message.message_id) if message.edit_date else ""
        if edited:
            with store.together():
                store.records.note_edit(edited, _kept(message), at)
                self._post.file(update_id, notice)
            return

        def file(answered: Answered) -> None:
            self._post.file(update_id, notice)
            store.asked.put(chat, message.message_id, answered.reference or "", at)

        question = Question(question_text(message), Channel.TELEGRAM, at, _citizen(message))
        self._answering.put_aside(question, told, origin=f"telegram:{update_id}", along=file)

    def _answer_edited(self, update_id: int, message: Message) -> None:
        store, text = self._post.store, question_text(message)
        reference = store.asked.reference_of(message.chat.id, message.message_id)
        record = store.records.find(reference) if reference else None
        known = (record.edits[-1][1] if record.edits else record.question) if record else ""
        if not fold(text).strip() or fold(_kept(message)) == fold(known):
            store.inbox.finish(update_id)
        else:
            self._answer(update_id, message, text, reference)

    def _answer(self, update_id: int, message: Message, text: str, edited: str) -> None:
        """Answer words, and file the messages in the transaction that puts them on record.

        Args:
            update_id: which update brought them.
            message: which message they stand in.
            text: the words.
            edited: the reference of the message's record where it was edited.
        """
        store, chat, at = self._post.store, message.chat.id, _written(message)
        private = message.chat.type == message.chat.PRIVATE
        chosen = store.chats.language(chat)
        # In a group the last answer was perhaps another's.
        stored = store.chats.topic(chat, at - TOPIC_LASTS) if private else None
        of_app = language_of(message.from_user.language_code if message.from_user else None)
        topic = Topic.read(stored) if stored else Topic("", of_app)
        question = Question(
            text, Channel.TELEGRAM, at, _citizen(message), language=chosen or language_after(text, of_app)
        )
        asked = replace(question, language=chosen or language_after(text, topic.language))
        follow = self._answering.follow(asked, topic)
        if follow and follow.wish is not Wish.ANSWER:
            self._show(_Turn(update_id, message, at, False, edited, topic), asked.language or topic.language, follow)
            return
        questions = self._questions(question, asked, follow)
        turn = _Turn(update_id, message, at, len(questions_in(text)) > MOST, edited, topic)

        def file(answered: Answered) -> None:
            self._file(turn, [*earlier, answered])

        # The earlier ones of several are on record before the last; a replayed update answers all, and records none twice.
        earlier = [
            self._answering.answer(each, origin=f"telegram:{update_id}:{number}")
            for number, each in enumerate(questions[:-1], start=1)
        ]
        last = self._answering.answer(questions[-1], origin=f"telegram:{update_id}", along=file)
        for answered in (*earlier, last):
            self._post.measures.decided(answered.decision.verdict, answered.kind)

    def _questions(self, question: Question, asked: Question, follow: FollowUp | None) -> list[Question]:
        """The questions of a message, each completed by the one before it."""
        if follow:
            return [replace(asked, understood=follow.question)]
        parts = questions_in(question.text)[:MOST]
        if len(parts) == 1:
            return [question]
        found: list[Question] = []
        for part in parts:
            each = replace(question, text=part)
            if found:
                before = found[-1].understood or found[-1].text
                led = self._answering.follow(each, Topic(before, Language.HANS))
                each = replace(each, understood=led.question if led else "")
            found.append(each)
        return found

    def _file(self, turn: _Turn, said: Sequence[Answered]) -> None:
        """Within the last answer's transaction: the messages, what the chat speaks of now, and what an edit has to find."""
        store, message, at = self._post.store, turn.message, turn.at
        chat, private = message.chat.id, message.chat.type == message.chat.PRIVATE
        answered = said[-1]
        reference = answered.reference or ""
        if len(said) > 1:
            rest = words(answered.reply.language).rest if turn.more else ""
            messages = render_several([(its.question.text, its.reply) for its in said], rest)
        else:
            # In a group nobody rates or passes on for another; and small talk is nothing to rate.
            rated = reference if private and answered.kind.is_searched else ""
            messages = render(answered.reply, reference=rated, pass_on=self._has_staff())
        to_send = answer_under(message, messages, reference=reference, edited=bool(turn.edited))
        self._post.file(turn.update_id, to_send)
        if turn.edited:
            store.records.note_edit(turn.edited, _kept(message), at)
        elif first := said[0].reference:
            store.asked.put(chat, message.message_id, first, at)
        if private and any(its.kind.is_searched for its in said):
            choices = tuple(choice for its in said for choice in its.reply.choices)
            topic = Topic.of(answered.question, replace(answered.reply, choices=choices))
            store.chats.keep_topic(chat, topic.stored(), at)

    def _show(self, turn: _Turn, language: Language, follow: FollowUp) -> None:
        """What was picked by its number, or asked for of the last passage; as with a button, nothing new is recorded."""
        store, chat, topic = self._post.store, turn.message.chat.id, turn.topic
        reply = self._shown(language, follow, topic)
        with store.together():
            self._post.file(turn.update_id, answer_under(turn.message, render(reply)))
            if turn.edited:
                store.records.note_edit(turn.edited, _kept(turn.message), turn.at)
            if follow.wish is Wish.MISSING:
                return
            store.chats.keep_topic(chat, topic.after(reply).stored(), turn.at)
            if follow.wish is Wish.PICK and (asked := self._last_of(turn)):
                store.corrections.answered(asked, turn.at)

    def _last_of(self, turn: _Turn) -> str:
        """The reference of what the citizen asked last, which a number chooses from; empty where nobody knows them."""
        asker = self._answering.citizen_key(Channel.TELEGRAM, _citizen(turn.message))
        return self._post.store.records.last_of(asker)

    def _shown(self, language: Language, follow: FollowUp, topic: Topic) -> Reply:
        if follow.wish is Wish.MISSING:
            return self._answering.not_there(follow.number, len(topic.choices), language)
        if follow.wish is Wish.PICK:
            return self._answering.show(*topic.choices[follow.number - 1], language)
        if follow.wish is Wish.WHOLE:
            return self._answering.full_text(*topic.nearest, language, 0)
        return self._answering.related(*topic.nearest, language)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A message that is being answered.

    Attributes:
        at: when it got its present words.
        more: whether it asks more than is answered at once.
        edited: the reference of its record where it was edited.
        topic: what the chat spoke of before; empty in a group, and where that is long ago.
    """

    update_id: int
    message: Message
    at: datetime
    more: bool
    edited: str
    topic: Topic


def _written(message: Message) -> datetime:
    """When a message got its present words."""
    return (message.edit_date or message.date).astimezone(BEIJING)


def _kept(message: Message) -> str:
    """A message's words as they may be kept."""
    return mask_personal(question_text(message))


def _citizen(message: Message) -> str:
    """The asker's id; empty for those who write in a group's or a channel's name, as they cannot be told apart."""
    return str(message.from_user.id) if message.from_user and not message.sender_chat else ""
