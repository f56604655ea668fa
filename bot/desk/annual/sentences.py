"""The sentences that a year's figures make, in the order of a citizen's question: year, agency, figure, its parts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.desk.annual.counts import RECEPTION, YearCounts
from bot.desk.annual.labels import CHANNELS
from bot.desk.fields import OUTCOMES
from bot.model import CaseKind, CaseResult, Channel, Resolution


def disclosed(counts: YearCounts) -> str:
    """主动公开: in all and by category."""
    parts = _parts(((category, len(ids)) for category, ids in counts.disclosed.items()), "条")
    return f"{_who(counts)}主动公开政府信息{counts.documents}条{parts}。"


def applications(counts: YearCounts) -> str:
    """依申请公开: received, carried over, decided, carried forward."""
    table = counts.applications
    received, over, forward = (
        sum(map(len, cells.values())) for cells in (table.received, table.carried_over, table.carried_forward)
    )
    ended = sum(map(len, table.ended.values()))
    return f"{_who(counts)}新收政府信息公开申请{received}件，上年结转{over}件，办结{ended}件，结转下年度继续办理{forward}件。"


def reception(counts: YearCounts) -> str:
    """接待来电、来信、来访: in all and each."""
    parts = _parts(((CHANNELS[channel], len(counts.inquiries.get(channel, ()))) for channel in RECEPTION), "人次")
    return f"{_who(counts)}接待来电、来信、来访共{counts.received_by_staff}人次{parts}。"


def online(counts: YearCounts) -> str:
    """What came in on the network: the bot's channels and the web; empty where nothing did."""
    channels = [channel for channel in Channel if channel not in RECEPTION]
    found = [(CHANNELS[channel], len(counts.inquiries.get(channel, ()))) for channel in channels]
    total = sum(count for _, count in found)
    return f"{_who(counts)}答复网上咨询{total}次{_parts(found, '次')}。" if total else ""


def results(counts: YearCounts) -> str:
    """What became of all inquiries; empty where there were none."""
    if not counts.contacts:
        return ""
    found = ((OUTCOMES[result], len(counts.resolved.get(result, ()))) for result in OUTCOMES)
    return f"{_who(counts)}登记咨询{counts.contacts}次{_parts(found, '次')}。"


def remedies(counts: YearCounts) -> str:
    """行政复议、行政诉讼: each in all; that there was neither is said in words."""
    reviews = counts.cases.total(CaseKind.REVIEW)
    lawsuits = sum(counts.cases.total(kind) for kind in (CaseKind.LAWSUIT, CaseKind.LAWSUIT_AFTER_REVIEW))
    if not reviews and not lawsuits:
        return f"{_who(counts)}没有因政府信息公开被申请行政复议、被提起行政诉讼，行政复议0件，行政诉讼0件。"
    return f"{_who(counts)}因政府信息公开被申请行政复议{reviews}件，被提起行政诉讼{lawsuits}件。"


def unfinished(counts: YearCounts) -> str:
    """What the year leaves to do."""
    waiting = len(counts.resolved.get(Resolution.OPEN, ())) + len(counts.resolved.get(Resolution.PASSED_ON, ()))
    pending = sum(
        counts.cases.count(kind, CaseResult.PENDING)
        for kind in (CaseKind.REVIEW, CaseKind.LAWSUIT, CaseKind.LAWSUIT_AFTER_REVIEW)
    )
    forward = sum(map(len, counts.applications.carried_forward.values()))
    return (
        f"到{counts.last_day.year}年{counts.last_day.month}月{counts.last_day.day}日，"
        f"{counts.agency.name}还有{waiting}次咨询没有答复完，{forward}件申请结转下年度，{pending}件复议诉讼没有审结。"
    )


def compared(counts: YearCounts, before: YearCounts) -> str:
    """What staff are told of the year before, for them to write about."""
    if before.is_empty:
        return f"登记里没有{before.year}年的数据，不能比较。"
    pairs = (
        ("主动公开", counts.documents, before.documents, "条"),
        ("新收申请", _received(counts), _received(before), "件"),
        ("咨询", counts.contacts, before.contacts, "次"),
    )
    told = "；".join(
        f"{name}{now}{unit}，上年{then}{unit}，{_change(now - then, unit)}" for name, now, then, unit in pairs
    )
    return f"与{before.year}年相比：{told}。"


def _received(counts: YearCounts) -> int:
    return sum(map(len, counts.applications.received.values()))


def _change(difference: int, unit: str) -> str:
    if not difference:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'}{abs(difference)}{unit}"


def _who(counts: YearCounts) -> str:
    return f"{counts.year}年，{counts.agency.name}"


def _parts(found: Iterable[tuple[str, int]], unit: str) -> str:
    told = "，".join(f"{name}{count}{unit}" for name, count in found if count)
    return f"：{told}" if told else ""
