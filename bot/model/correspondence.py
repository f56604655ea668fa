"""What goes out on a channel that can fail: committed first, sent afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any


class Priority(IntEnum):
    """Who is served first where sending has to be slowed down."""

    CITIZEN = 0
    STAFF = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """One call of the channel's interface that is to be made.

    Attributes:
        chat: whom it goes to, as the channel numbers chats.
        method: the channel's own name of the call, ``sendMessage``.
        parameters: of the call, as JSON takes them, without the chat.
        reference: of the contact record that it belongs to; empty where it belongs to none.
    """

    chat: int
    method: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    priority: Priority = Priority.CITIZEN


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A letter that waits to be sent; `attempts` were made in vain."""

    id: int
    letter: Letter
    origin: str
    queued_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits to be handled or sent, since when, and how much was given up."""

    waiting: int
    oldest: datetime | None
    failed: int
