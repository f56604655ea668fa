"""What is remembered of a chat besides its questions: its language, what it spoke of last, whether it can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.model import Language
from bot.store.database import Database
from bot.store.tables import chats

# Built once: every question asks for them.
LANGUAGE = select(chats.c.language).where(chats.c.chat == bindparam("chat"))
TOPIC = select(chats.c.topic).where(chats.c.chat == bindparam("chat"), chats.c.topic_at >= bindparam("since"))


class Chats:
    """The chats that anything is remembered of; all others are as if new."""

    def __init__(self, database: Database) -> None:
        self._database = database
        new = database.insert(chats)
        self._speaks_of = new.on_conflict_do_update(
            index_elements=[chats.c.chat], set_={"topic": new.excluded.topic, "topic_at": new.excluded.topic_at}
        )

    def language(self, chat: int) -> Language | None:
        """The language that was chosen; None where it follows the question."""
        with self._database.read() as connection:
            chosen = connection.scalar(LANGUAGE, {"chat": chat})
        return Language(chosen) if chosen else None

    def choose_language(self, chat: int, language: Language | None) -> None:
        """Keep a choice of language; None lets it follow the question again."""
        self._write(chat, language=language.value if language else "")

    def topic(self, chat: int, since: datetime) -> Mapping[str, Any] | None:
        """What the chat spoke of last; None where that was before `since`, or nothing."""
        with self._database.read() as connection:
            return connection.scalar(TOPIC, {"chat": chat, "since": since}) or None

    def keep_topic(self, chat: int, topic: Mapping[str, Any], now: datetime) -> None:
        """Keep what the chat speaks of now."""
        with self._database.write() as connection:
            connection.execute(self._speaks_of, {"chat": chat, "language": "", "topic": dict(topic), "topic_at": now})

    def is_unreachable(self, chat: int) -> bool:
        """Whether the citizen has blocked the bot."""
        return self._read(chat, "unreachable_at") is not None

    def mark_unreachable(self, chat: int, now: datetime | None) -> None:
        """Note since when a chat cannot be reached; None where it can again."""
        self._write(chat, unreachable_at=now)

    def is_introduced(self, chat: int) -> bool:
        """Whether the bot has said in a group who it is."""
        return self._read(chat, "introduced_at") is not None

    def mark_introduced(self, chat: int, now: datetime) -> None:
        """Note when the bot said in a group who it is."""
        self._write(chat, introduced_at=now)

    def move(self, chat: int, new_chat: int) -> None:
        """Remember of another chat what is remembered of one that became it; a second time changes nothing."""
        theirs = select(chats.c.chat).where(chats.c.chat == chat).with_for_update()
        with self._database.write() as connection:
            if connection.scalar(theirs) is not None:
                connection.execute(delete(chats).where(chats.c.chat == new_chat))
                connection.execute(update(chats).where(chats.c.chat == chat).values(chat=new_chat))

    def forget(self, chat: int) -> None:
        """Remember nothing of a chat."""
        with self._database.write() as connection:
            connection.execute(delete(chats).where(chats.c.chat == chat))

    def forget_topics(self, before: datetime) -> None:
        """Drop what was spoken of earlier; nobody follows up on it."""
        with self._database.write() as connection:
            connection.execute(update(chats).where(chats.c.topic_at < before).values(topic={}, topic_at=None))

    def _read(self, chat: int, column: str) -> Any:
        with self._database.read() as connection:
            return connection.scalar(select(chats.c[column]).where(chats.c.chat == chat))

    def _write(self, chat: int, **values: Any) -> None:
        row = {"chat": chat, "language": "", "topic": {}} | values
        kept = self._database.insert(chats).values(row)
        with self._database.write() as connection:
            connection.execute(kept.on_conflict_do_update(index_elements=[chats.c.chat], set_=values))
