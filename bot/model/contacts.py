"""What of a contact record is counted; no words of citizens among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.inquiries import Channel, Rating, RequestKind, Verdict
from bot.model.records import Resolution


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact record as statistics take it.

    Attributes:
        milliseconds: from the question's receipt to its composed reply; 0 where the bot was not asked.
        agency: key of the agency; empty where none is known.
        merged: whether it is a duplicate, and so not counted.
        rating: the newest that the reply was given; None where nobody said.
    """

    reference: str
    channel: Channel
    asked_at: datetime
    kind: RequestKind
    decision: Verdict | None
    outcome: Resolution
    agency: str
    category: str
    milliseconds: float
    merged: bool
    rating: Rating | None = None
