"""What the channel needs of the rest of the house, and no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Language, Question, Reply


class Answered(Protocol):
    """What became of a question."""

    @property
    def reply(self) -> Reply:
        """What the citizen is told."""
        ...

    @property
    def reference(self) -> str | None:
        """Of the contact record."""
        ...


class Answering(Protocol):
    """The walk from a Question to a Reply; synchronous and safe to call from several threads."""

    def answer(
        self, question: Question, *, origin: str = "", along: Callable[[Answered], None] | None = None
    ) -> object:
        """Answer and put on record, together with what `along` writes; the same origin is not put on record twice."""
        ...

    def show(self, handle: str, section: str, language: Language) -> Reply:
        """Quote the section that was picked among choices."""
        ...

    def full_text(self, handle: str, section: str, language: Language) -> Reply:
        """全文: quote the whole passage."""
        ...

    def introduction(self, language: Language) -> Reply:
        """Say who answers here and what may be asked."""
        ...

    def help(self, language: Language) -> Reply:
        """Say how to ask."""
        ...

    def contact(self, language: Language) -> Reply:
        """Give the agency's contact."""
        ...

    def privacy(self, language: Language) -> Reply:
        """Say what is kept about a citizen."""
        ...


class Inbox(Protocol):
    """Where updates are kept until they are dealt with; survives the process."""

    def put(self, update_id: int, payload: str, now: datetime) -> bool:
        """Keep an update, committed on return; False where it is there already."""
        ...

    def pending(self) -> Sequence[tuple[int, str]]:
        """The updates that are neither finished nor failed, oldest first."""
        ...

    def finish(self, update_id: int) -> None:
        """Note that an update is dealt with."""
        ...

    def fail(self, update_id: int, reason: str) -> None:
        """Note that an update could not be dealt with, and why."""
        ...
