"""转人工: a question in the hands of staff, and what they and the citizen say to each other about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.inquiries import Language


class Side(StrEnum):
    """Who says something: the citizen, staff to the citizen, or staff to themselves (内部备注)."""

    CITIZEN = "citizen"
    STAFF = "staff"
    NOTE = "note"


class Passage(StrEnum):
    """How far something that was said has come; a note stays where it is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that was passed on.

    Attributes:
        reference: of its contact record; it is passed on once.
        citizen: the chat that asked; None once the citizen is forgotten.
        language: that the citizen is answered in.
        topic: the topic of the staff's group that it has; None where there is none, or not yet.
        card: the message in the staff's group that shows it; None while there is none.
        assignee: the name of whoever takes care of it; empty while nobody does.
    """

    reference: str
    citizen: int | None
    language: Language
    opened_at: datetime
    topic: int | None = None
    card: int | None = None
    assignee: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """One message of either side, of which the other gets a copy.

    Attributes:
        reference: of the hand-over.
        who: the name that staff go by; empty for the citizen.
        chat: where it was written, and `message_id` which message it is there.
        words: its text or caption; empty once erased.
        language: of what its writer is told about it.
        parts: how many messages its copy takes.
        album: which album it is a piece of; empty where of none, and once erased.
        attached: what tells its file from any other; empty where it has none, and once erased.
    """

    id: int
    reference: str
    side: Side
    who: str
    chat: int
    message_id: int
    words: str
    language: Language
    at: datetime
    parts: int = 1
    passage: Passage = Passage.WAITING
    album: str = ""
    attached: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a message of the bot belongs to: a hand-over, and what was said if it is a copy of that."""

    reference: str
    saying: int | None
