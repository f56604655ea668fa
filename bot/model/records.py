"""咨询登记: what was asked on any channel, what became of it, and every change that staff made to that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.inquiries import Channel, RequestKind, Verdict


class Resolution(StrEnum):
    """What became of an inquiry: 待处理, 已答复, 已转人工, 人工已答复, 已告知其他机关, 已撤回.

    Apart from the Verdict, which is what the bot came to: choices and none leave an inquiry open.
    """

    OPEN = "open"
    ANSWERED = "answered"
    PASSED_ON = "passed-on"
    ANSWERED_BY_STAFF = "answered-by-staff"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """咨询登记: one inquiry and what became of it.

    Attributes:
        reference: ZX-2026-000001, the year and a running number.
        citizen_key: pseudonym of the citizen, empty where nobody could be told apart.
        decision: what the bot came to; None where it was not the bot that was asked.
        matches: (document id, section id, score), best first.
        milliseconds: from the question's receipt to its composed reply; 0 where the bot was not asked.
        understood: the whole question that a follow-up was taken for; empty for any other.
        edits: (when, new words) of each change that the citizen made to the message afterwards.
        agency: key of the agency that was asked or that the answer is from; empty where none is known.
        category: of the document that answers.
        follow_up_on: 回访日期, when staff get back to the citizen.
        merged_into: the record that this one is a duplicate of; such a record is not counted.
        erased_at: when the words and the pseudonym were erased; what was there to count stays.
    """

    reference: str
    channel: Channel
    citizen_key: str
    question: str
    asked_at: datetime
    kind: RequestKind
    decision: Verdict | None
    matches: tuple[tuple[str, str, float], ...]
    reply: str
    milliseconds: float
    understood: str = ""
    edits: tuple[tuple[datetime, str], ...] = ()
    outcome: Resolution = Resolution.OPEN
    agency: str = ""
    category: str = ""
    follow_up_on: date | None = None
    merged_into: str = ""
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """One change of a record; nothing is overwritten without one.

    Attributes:
        who: the name that staff go by at their machine or in their group; ``bot`` for what the bot notes itself.
        what: the field that changed, or ``entered`` or ``erased``.
        before: what stood there, as text; blanked when the record is erased, and so is `after`.
        reason: why, in the words of whoever did it.
    """

    reference: str
    at: datetime
    who: str
    what: str
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are wanted; what is left empty does not matter.

    Attributes:
        words: each of them stands in the question, its completion or the reply, or is the reference.
        since: asked at that moment or later; `until` is the first moment that is too late.
        due_by: to be followed up on that day or earlier.
    """

    words: tuple[str, ...] = ()
    channel: Channel | None = None
    kind: RequestKind | None = None
    outcome: Resolution | None = None
    agency: str = ""
    since: datetime | None = None
    until: datetime | None = None
    due_by: date | None = None
