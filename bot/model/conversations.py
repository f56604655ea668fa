"""What a conversation is about, for words that only make sense after what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.model.documents import handle_of
from bot.model.inquiries import Language, Question, Reply

TOPIC_LASTS = timedelta(minutes=30)
"""How long a conversation is remembered after its last message."""

Place = tuple[str, str]
"""A passage: its document's handle, see `handle_of`, and its section."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What was asked last, whole, and what it led to.

    Attributes:
        question: the last question, completed where it followed up on an earlier one.
        language: of the last reply.
        passage: what was quoted last; None where nothing was.
        choices: what was offered last, in the order of its numbers.
    """

    question: str
    language: Language
    passage: Place | None = None
    choices: tuple[Place, ...] = ()

    @classmethod
    def of(cls, question: Question, reply: Reply) -> Topic:
        """What the reply to a question leaves to follow up on: where it shows nothing, no passage of an earlier one."""
        return cls(question.understood or question.text, reply.language).after(reply)

    def after(self, reply: Reply) -> Topic:
        """The same question, once another passage was shown or other choices were offered."""
        offered = tuple((handle_of(choice.document), choice.section) for choice in reply.choices)
        return Topic(self.question, reply.language, _quoted(reply) or self.passage, offered or self.choices)

    @property
    def nearest(self) -> Place:
        """The passage to go on from: the one quoted last, else the first that was offered."""
        return self.passage or next(iter(self.choices), ("", ""))

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Topic:
        """What `stored` wrote."""
        return cls(
            stored["question"],
            Language(stored["language"]),
            _place(stored["passage"]) if stored["passage"] else None,
            tuple(map(_place, stored["choices"])),
        )

    def stored(self) -> dict[str, Any]:
        """The topic as JSON takes it."""
        return {
            "question": self.question,
            "language": self.language.value,
            "passage": self.passage,
            "choices": self.choices,
        }


def _quoted(reply: Reply) -> Place | None:
    return (handle_of(reply.citation.document), reply.citation.section) if reply.citation else None


def _place(parts: list[str]) -> Place:
    handle, section = parts
    return handle, section
