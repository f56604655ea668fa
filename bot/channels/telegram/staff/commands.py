"""What staff can have done in their group with a word behind a slash."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Message

from bot.channels.telegram.render import letters, say
from bot.channels.telegram.staff.cards import LONGEST_QUOTE
from bot.channels.telegram.staff.drafting import draft_answer
from bot.channels.telegram.staff.finding import find_records
from bot.channels.telegram.staff.heard import read_heard
from bot.channels.telegram.staff.hours import Staff
from bot.channels.telegram.staff.members import name_of, named_by_reply, said_to, spoken_by, under
from bot.channels.telegram.staff.wording import wording
from bot.language.widths import trim
from bot.model import Handover, Letter, Passage, Priority, Side
from bot.store import Store

Concerned = Callable[[Message], Handover | None]
"""Finds the hand-over that a message belongs to."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as staff wrote it.

    Attributes:
        name: in small narrow letters, without the slash; perhaps that of none.
        whom: the bot that is meant, in small letters; empty where that is not said.
        rest: what stands behind.
    """

    name: str
    whom: str
    rest: str


def command_of(text: str) -> Command | None:
    """What begins with a slash of either keyboard, be it misspelt: what is not meant for citizens must not reach them."""
    first, rest = [*text.split(maxsplit=1), "", ""][:2]
    written = unicodedata.normalize("NFKC", first).lower()
    if not written.startswith("/"):
        return None
    name, _, whom = written[1:].partition("@")
    return Command(name, whom, rest.strip())


class Commands:
    """Obeys staff; each command is called in a transaction, and returns what is to be sent.

    Args:
        store: where hand-overs and records are.
        staff: what takes down what they heard, and makes drafts.
        concerned: which hand-over a command is about.
    """

    def __init__(self, store: Store, staff: Staff, concerned: Concerned, now: Callable[[], datetime]) -> None:
        self._store = store
        self._staff = staff
        self._concerned = concerned
        self._now = now
        self._anywhere = {"help": self._help, "log": self._log, "find": self._find}
        self._about_one = {
            "close": self._close,
            "assign": self._assign,
            "note": self._note,
            "publish": self._publish,
        }

    def obey(self, message: Message, name: str, rest: str) -> list[Letter]:
        """Do what a command says. What is none is passed over, for other bots have commands too, but not about a question.

        Args:
            message: that holds it.
            name: of the command, in small letters, without the slash.
            rest: what stands behind it.
        """
        if name in self._anywhere:
            return self._anywhere[name](message, rest)
        handover = self._concerned(message)
        if name not in self._about_one:
            return under(message, said_to(message).no_command) if handover else []
        if not handover:
            return under(message, said_to(message).which)
        return self._about_one[name](message, handover, rest)

    def _help(self, message: Message, rest: str) -> list[Letter]:
        return under(message, said_to(message).help)

    def _find(self, message: Message, rest: str) -> list[Letter]:
        return under(message, find_records(self._store, rest, said_to(message), spoken_by(message)))

    def _log(self, message: Message, rest: str) -> list[Letter]:
        said, heard = said_to(message), read_heard(rest)
        origin = f"staff:{message.chat.id}:{message.message_id}"
        entered = self._staff.enter(heard, who=name_of(message), origin=origin) if heard else None
        if not entered:
            return under(message, said.how_to_log)
        told = said.masked_log if entered.masked else said.logged
        return under(message, told.format(reference=entered.reference))

    def _assign(self, message: Message, handover: Handover, rest: str) -> list[Letter]:
        who = trim(rest or named_by_reply(message) or name_of(message), LONGEST_QUOTE)
        self._store.handovers.assign(handover.reference, who)
        return under(message, said_to(message).assigned.format(reference=handover.reference, who=who))

    def _note(self, message: Message, handover: Handover, rest: str) -> list[Letter]:
        if not rest:
            return under(message, said_to(message).empty_note)
        self._store.handovers.say(
            Side.NOTE, handover.reference, message.chat.id, message.message_id, rest, spoken_by(message), self._now(),
            who=name_of(message),
        )  # fmt: skip
        return under(message, said_to(message).noted)

    def _publish(self, message: Message, handover: Handover, rest: str) -> list[Letter]:
        return under(message, draft_answer(self._store, handover, said_to(message), self._staff.draft))

    def _close(self, message: Message, handover: Handover, rest: str) -> list[Letter]:
        said, reference = said_to(message), handover.reference
        if not self._store.handovers.close(reference, self._now()):
            return under(message, said.closed_before.format(reference=reference))
        told = under(message, said.closed.format(reference=reference))
        if handover.topic:
            topic = {"message_thread_id": handover.topic}
            told.append(Letter(message.chat.id, "close_forum_topic", topic, priority=Priority.STAFF))
        answered = any(
            each.side is Side.STAFF and each.passage is not Passage.FAILED
            for each in self._store.handovers.sayings(reference)
        )
        if handover.citizen and not answered:
            unanswered = wording(handover.language).unanswered.format(reference=reference)
            told += letters(handover.citizen, say(unanswered))
        return told
