"""Where the bot is a member: groups that take it in, put it out or become supergroups, and citizens who block it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any, cast

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update

from bot.channels.clock import utc_now
from bot.channels.telegram.memory import language_in, move_chat
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.post import Post
from bot.channels.telegram.render import letters, render
from bot.channels.telegram.words import words
from bot.model import Letter


class Membership:
    """Follows what becomes of the bot in its chats.

    Args:
        answering: knows who answers here.
        post: files the introduction, and settles updates.
        known: chats that need no introduction, such as the staff's own.
    """

    def __init__(self, answering: Answering, post: Post, known: Collection[int] = ()) -> None:
        self._answering = answering
        self._post = post
        self._known = frozenset(known)

    async def changed(self, update: Update, context: Any) -> None:
        """The bot was taken in, put out or blocked: note it, and say in a new group once who is there."""
        change = cast("ChatMemberUpdated", update.my_chat_member)
        name = f"@{context.bot.username}"
        await asyncio.to_thread(self._note, update, change, name)
        self._post.done(update.update_id)

    async def migrated(self, update: Update, context: Any) -> None:
        """A group became a supergroup, of which both tell: what waits for the one goes to the other."""
        message = cast("Message", update.message)
        here, there = message.chat.id, message.migrate_to_chat_id
        old, new = (here, there) if there else (cast("int", message.migrate_from_chat_id), here)

        def write() -> None:
            with self._post.store.together():
                move_chat(self._post.store, old, new)
                self._post.file(update.update_id, ())

        await asyncio.to_thread(write)
        self._post.done(update.update_id)

    def _note(self, update: Update, change: ChatMemberUpdated, name: str) -> None:
        store, chat, now = self._post.store, change.chat, utc_now()
        was, is_ = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
        is_new = is_ and not was and chat.type in (Chat.GROUP, Chat.SUPERGROUP) and chat.id not in self._known
        with store.together():
            introduces = is_new and not store.chats.is_introduced(chat.id)
            if not is_:
                # What waits for the chat is given up by the courier, which tells of it.
                store.chats.mark_unreachable(chat.id, now)
            elif store.chats.is_unreachable(chat.id):
                store.chats.mark_unreachable(chat.id, None)
            if introduces:
                store.chats.mark_introduced(chat.id, now)
            self._post.file(update.update_id, self._introduction(update, chat.id, name) if introduces else ())

    def _introduction(self, update: Update, chat: int, name: str) -> list[Letter]:
        language = language_in(self._post.store, update)
        told = self._answering.introduction(language).followed_by(words(language).in_groups.format(name=name))
        return letters(chat, render(told))


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
