"""Contact records counted; how each figure is defined stands in docs/figures.md."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from bot.desk.fields import CHANNELS, DECISIONS, KINDS, OUTCOMES, REASONS
from bot.desk.spans import Span
from bot.model import Contact, Resolution, Verdict

UNASKED, UNKNOWN, UNEXPLAINED = "未经机器人", "未注明", "未说明"

KEYS: Mapping[str, Callable[[Contact], str]] = {
    "channel": lambda contact: CHANNELS[contact.channel],
    "kind": lambda contact: KINDS[contact.kind],
    "decision": lambda contact: DECISIONS[contact.decision] if contact.decision else UNASKED,
    "outcome": lambda contact: OUTCOMES[contact.outcome],
    "category": lambda contact: contact.category or UNKNOWN,
    "agency": lambda contact: contact.agency or UNKNOWN,
    "hour": lambda contact: f"{contact.asked_at.astimezone():%H}时",
    "day": lambda contact: f"{contact.asked_at.astimezone():%Y-%m-%d}",
}
"""What contacts are counted by; hour and day are the machine's own."""
TITLES = {
    "channel": "渠道", "kind": "类别", "decision": "判定", "outcome": "办理结果", "category": "信息类别", "agency": "机关",
    "hour": "时段", "day": "日期",
}  # fmt: skip
CHRONOLOGICAL = ("hour", "day")


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """How long the bot took, in milliseconds, over `count` replies; the 90th percentile by nearest rank."""

    count: int
    median: float
    ninetieth: float


@dataclass(frozen=True, slots=True)
class Alone:
    """答复由机器人独立完成: each number is a part of the one before it.

    Attributes:
        asked: inquiries that the bot looked for an answer to.
        shown: of these, those to which it showed an answer or choices.
        kept: of these, those whose reply nobody said did not help.
        alone: of these, those that are answered and did not go on to staff; choices where one of them was taken.
        praised: of these, those that somebody said helped.
    """

    asked: int
    shown: int
    kept: int
    alone: int
    praised: int

    @property
    def share(self) -> float | None:
        """`alone` of `asked`; None where nothing was asked."""
        return self.alone / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a span.

    Attributes:
        registered: contact records, duplicates left out.
        inquiries: of these, those that ask for something: not greetings, thanks, abuse or empty messages.
        duplicates: records that were merged into another one.
        by: counts of the registered by each of `KEYS`, the most frequent first, hours and days in their order; agencies by
            their keys.
        response: None where the bot was not asked.
        reasons: why replies did not help.
        agencies: what the agencies that are counted are called, by their keys; one that nobody knows any more is not there.
    """

    span: Span
    registered: int
    inquiries: int
    duplicates: int
    by: Mapping[str, Mapping[str, int]]
    response: ResponseTime | None
    helpful: int
    unhelpful: int
    reasons: Mapping[str, int]
    alone: Alone
    agencies: Mapping[str, str]

    def listed(self, name: str) -> Mapping[str, int]:
        """Counts by one of `KEYS` as people read them: agencies by their names."""
        if name != "agency":
            return self.by[name]
        called: Counter[str] = Counter()
        for key, counted in self.by[name].items():
            called[self.agencies.get(key, key)] += counted
        return called

    @property
    def satisfaction(self) -> float | None:
        """The share of the rated replies that helped; None where none was rated."""
        rated = self.helpful + self.unhelpful
        return self.helpful / rated if rated else None


def count(contacts: Iterable[Contact], span: Span, agencies: Mapping[str, str] | None = None) -> Statistics:
    """Count contacts in one pass; only the times of replies are held in memory.

    Args:
        contacts: those of the span.
        span: the days that are meant.
        agencies: what they are called, by their keys.
    """
    by: dict[str, Counter[str]] = {name: Counter() for name in KEYS}
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    times = array("d")
    for contact in contacts:
        if contact.merged:
            totals["duplicates"] += 1
            continue
        totals.update(["registered", *_stages(contact)])
        for name, key in KEYS.items():
            by[name][key(contact)] += 1
        if contact.kind.is_searched:
            totals["inquiries"] += 1
        if contact.decision and contact.decision is not Verdict.LIMITED:
            times.append(contact.milliseconds)
        if contact.rating:
            totals["helpful" if contact.rating.helpful else "unhelpful"] += 1
            if not contact.rating.helpful:
                why = contact.rating.reason
                reasons[REASONS[why] if why else UNEXPLAINED] += 1
    return Statistics(
        span,
        totals["registered"],
        totals["inquiries"],
        totals["duplicates"],
        {name: _ordered(name, counted) for name, counted in by.items()},
        response_time(times),
        totals["helpful"],
        totals["unhelpful"],
        dict(reasons.most_common()),
        Alone(*(totals[stage] for stage in ("asked", "shown", "kept", "alone", "praised"))),
        {key: name for key, name in (agencies or {}).items() if key in by["agency"]},
    )


def _stages(contact: Contact) -> list[str]:
    """How far a contact came on the way to being answered by the bot alone."""
    way = (
        ("asked", contact.kind.is_searched and contact.decision not in (None, Verdict.LIMITED)),
        ("shown", contact.decision in (Verdict.ANSWER, Verdict.CHOICES) or contact.outcome is Resolution.ANSWERED),
        ("kept", contact.rating is None or contact.rating.helpful),
        ("alone", contact.outcome is Resolution.ANSWERED),
        ("praised", contact.rating is not None),
    )
    stages: list[str] = []
    for stage, is_reached in way:
        if not is_reached:
            break
        stages.append(stage)
    return stages


def _ordered(name: str, counted: Counter[str]) -> dict[str, int]:
    if name in CHRONOLOGICAL:
        return dict(sorted(counted.items()))
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))


def response_time(milliseconds: Iterable[float]) -> ResponseTime | None:
    """Median and 90th percentile; None where there is nothing to take them of."""
    times = sorted(milliseconds)
    if not times:
        return None
    middle = (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2
    return ResponseTime(len(times), middle, times[ceil(len(times) * 0.9) - 1])
