"""What the channel needs of the rest of the house, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.cards import Deck
from bot.language.follow_up import FollowUp
from bot.model import Channel, Decision, Language, Question, Reply, RequestKind, Topic
from bot.offers import Shelf


class Answered(Protocol):
    """What became of a question."""

    @property
    def question(self) -> Question:
        """As it is kept, without personal data."""
        ...

    @property
    def reply(self) -> Reply:
        """What the citizen is told."""
        ...

    @property
    def kind(self) -> RequestKind:
        """What the message is."""
        ...

    @property
    def decision(self) -> Decision:
        """What the matches came to."""
        ...

    @property
    def reference(self) -> str | None:
        """Of the contact record."""
        ...


class Answering(Protocol):
    """The walk from a Question to a Reply; synchronous and safe to call from several threads."""

    def answer(
        self, question: Question, *, origin: str = "", along: Callable[[Answered], None] | None = None
    ) -> Answered:
        """Answer and put on record, together with what `along` writes; the same origin is not put on record twice."""
        ...

    def put_aside(
        self, question: Question, told: str, *, origin: str = "", along: Callable[[Answered], None] | None = None
    ) -> Answered:
        """Put a question on record that is not answered; `told` is what the citizen is told instead."""
        ...

    def show(self, handle: str, section: str, language: Language) -> Reply:
        """Quote the section that was picked among choices."""
        ...

    def follow(self, question: Question, topic: Topic) -> FollowUp | None:
        """What words are taken for after what was spoken of last; None where they are a question of their own."""
        ...

    def citizen_key(self, channel: Channel, citizen: str) -> str:
        """The pseudonym that a citizen's records bear; empty for nobody."""
        ...

    def full_text(self, handle: str, section: str, language: Language, page: int | None = None) -> Reply:
        """全文: quote the whole passage, or a page of it."""
        ...

    def not_there(self, number: int, offered: int, language: Language) -> Reply:
        """Say that a choice was not offered, or that nothing was quoted to show more of."""
        ...

    def open(self, handle: str, language: Language) -> Reply:
        """Quote the beginning of a document that a link led to."""
        ...

    def related(self, handle: str, section: str, language: Language) -> Reply:
        """相关: offer the passages beside one, and the same of other years."""
        ...

    def latest(self, language: Language) -> Reply:
        """Offer what was published last."""
        ...

    def browse(self, path: str, page: int, language: Language) -> Shelf:
        """One step of a walk through what is published."""
        ...

    def find_cards(self, question: Question, start: int, size: int) -> Deck:
        """Published passages to quote elsewhere, the newest for a question without words; nothing is recorded."""
        ...

    def introduction(self, language: Language) -> Reply:
        """Say who answers here and what may be asked."""
        ...

    def help(self, language: Language) -> Reply:
        """Say how to ask."""
        ...

    def help_in_group(self, language: Language) -> Reply:
        """Say how to ask where everybody reads along."""
        ...

    def contact(self, language: Language) -> Reply:
        """Give the agency's contact."""
        ...

    def privacy(self, language: Language) -> Reply:
        """Say what is kept about a citizen."""
        ...

    def keep_days(self) -> int:
        """For how many days words are kept."""
        ...


class Inbox(Protocol):
    """Where updates are kept until they are dealt with; survives the process."""

    def put(self, update_id: int, payload: str, now: datetime) -> bool:
        """Keep an update, committed on return; False where it is there already."""
        ...

    def pending(self) -> Sequence[tuple[int, str]]:
        """The updates that are neither finished nor failed, oldest first."""
        ...

    def last_update_id(self) -> int | None:
        """The update that came last; asked to see whether the inbox can be reached."""
        ...

    def finish(self, update_id: int) -> None:
        """Note that an update is dealt with."""
        ...

    def fail(self, update_id: int, reason: str) -> None:
        """Note that an update could not be dealt with, and why."""
        ...
