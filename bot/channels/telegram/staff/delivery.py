"""What becomes of letters between citizens and staff: each side is told what Telegram did with its message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.channels.clock import utc_now
from bot.channels.telegram.render import letters, say
from bot.channels.telegram.staff.cards import TOPIC_OF, notice
from bot.channels.telegram.staff.wording import wording
from bot.model import Letter, Passage, QueuedLetter, RecordEvent, Resolution, Saying, Side
from bot.store import Store


class Delivery:
    """Notes what the courier tells of; each is called in the transaction that settles the letter.

    A letter's origin says what it is: ``topic:<reference>``, ``card:<reference>``, ``said:<number of the saying>``,
    ``fix:<number of the saying>:<update>``.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._now = now

    def address(self, letter: Letter) -> Letter:
        """A letter with the topic in place of what stands for it."""
        parameters = dict(letter.parameters)
        reference = parameters.pop(TOPIC_OF, "")
        handover = self._store.handovers.find(reference) if reference else None
        if handover and handover.topic:
            parameters["message_thread_id"] = handover.topic
        return replace(letter, parameters=parameters)

    def sent(self, queued: QueuedLetter, result: Any) -> None:
        """Telegram took a letter."""
        kind, _, rest = queued.origin.partition(":")
        about, _, _ = rest.partition(":")
        handovers, chat = self._store.handovers, queued.letter.chat
        number = getattr(result, "message_id", None)
        if kind == "topic":
            handovers.put_in_topic(about, result.message_thread_id)
        elif kind == "card" and number:
            handovers.link(chat, number, about)
            handovers.show_on(about, number)
        elif kind in ("said", "fix") and number and (saying := handovers.saying(int(about))):
            handovers.link(chat, number, saying.reference, saying.id)
            if kind == "fix":
                self._tell_fixed(saying, queued)
            elif len(handovers.copies(saying.id)) >= saying.parts and handovers.settle(saying.id, Passage.DELIVERED):
                self._tell_delivered(saying)

    def undelivered(self, queued: QueuedLetter, reason: str) -> None:
        """A letter was given up."""
        kind, _, rest = queued.origin.partition(":")
        about, _, _ = rest.partition(":")
        if kind == "card":
            self._tell_not_shown(about)
            return
        saying = self._store.handovers.saying(int(about)) if kind in ("said", "fix") else None
        if saying and (kind == "fix" or self._store.handovers.settle(saying.id, Passage.FAILED)):
            self._tell_failed(saying, queued)

    def _tell_delivered(self, saying: Saying) -> None:
        said = wording(saying.language)
        pieces = self._store.handovers.album(saying.chat, saying.album) if saying.album else (saying,)
        # An album is told of once, with its last piece.
        is_whole = all(each.passage is not Passage.WAITING for each in pieces if each.id != saying.id)
        origin = f"told:{pieces[0].id}"
        if saying.side is Side.CITIZEN:
            if is_whole:
                self._put(saying, said.forwarded, origin)
            return
        others = {
            each.who
            for each in self._store.handovers.sayings(saying.reference)
            if each.side is Side.STAFF and each.who != saying.who and each.passage is not Passage.FAILED
        }
        told = [said.delivered, said.also.format(names="、".join(sorted(others))) if others else ""]
        if is_whole:
            self._put(saying, "\n".join(filter(None, told)), origin)
        now, corrections = self._now(), self._store.corrections
        corrections.note(RecordEvent(saying.reference, now, saying.who, "answered", after=saying.words))
        corrections.settle(saying.reference, Resolution.ANSWERED_BY_STAFF, who=saying.who, at=now)

    def _tell_fixed(self, saying: Saying, queued: QueuedLetter) -> None:
        said = wording(saying.language)
        self._put(saying, said.fixed if saying.side is Side.STAFF else said.forwarded, f"told:{queued.origin}")

    def _tell_failed(self, saying: Saying, queued: QueuedLetter) -> None:
        said = wording(saying.language)
        text = said.not_forwarded
        if saying.side is Side.STAFF:
            text = said.blocked if self._store.chats.is_unreachable(queued.letter.chat) else said.refused
        self._put(saying, text, f"told:{queued.origin}")

    def _tell_not_shown(self, reference: str) -> None:
        handover = self._store.handovers.find(reference)
        if handover and handover.citizen and self._store.handovers.close(reference, self._now()):
            told = say(wording(handover.language).not_shown.format(reference=reference))
            self._store.outbox.put(letters(handover.citizen, told), f"told:card:{reference}", self._now())

    def _put(self, saying: Saying, text: str, origin: str) -> None:
        if saying.chat:
            self._store.outbox.put(notice(saying, text), origin, self._now())
