"""The monthly bulletin (情况通报): what the public asked in a month and what became of it, for staff to finish and pass on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.desk.annual.draft import Block, Box, Draft, Part, Picture, Table, Text
from bot.desk.annual.register import choose_agency
from bot.desk.charts import chart, picture
from bot.desk.figures import share
from bot.desk.spans import Span, month_before
from bot.desk.statistics import TITLES, Statistics, count
from bot.desk.unanswered import Asked, gather
from bot.model import Agency, Contact, ContactRecord
from bot.store import Store
from bot.workdays import CalendarUnknown, Workdays

ASKED_OFTEN = 2
"""What fewer have asked is not told: one person's words may tell who it was."""
QUESTIONS = 10
LISTED = ("channel", "kind", "outcome")


def bulletin_of(store: Store, span: Span, key: str, drafted_on: date) -> Draft:
    """Draft a month's bulletin from what is on record.

    Args:
        store: with the register.
        span: the month.
        key: of the agency whose inquiries count; empty for all of them, under the default agency's name.
        drafted_on: stands as its date until staff pass it on.

    Raises:
        ReportRefused: there is no such agency.
    """
    snapshot = store.disclosures.snapshot()
    only = choose_agency(snapshot, key) if key else None

    def is_meant(asked: Contact | ContactRecord) -> bool:
        return only is None or only.is_asked_by(asked.agency)

    def counted(of: Span) -> Statistics:
        return count(filter(is_meant, store.contacts.all(of.selection)), of)

    wanting = gather(filter(is_meant, store.records.all(span.selection)), store.feedback.all())
    agency = only or snapshot.default_agency
    return draft_bulletin(counted(span), counted(month_before(span.first)), wanting, agency, drafted_on)


def draft_bulletin(
    found: Statistics, before: Statistics, wanting: Sequence[Asked], agency: Agency | None, drafted_on: date
) -> Draft:
    """Draft a month's bulletin.

    Args:
        found: the month's figures.
        before: those of the month before.
        wanting: the month's questions that were left wanting, the most frequent first.
        agency: whose bulletin it is; None leaves its name out.
        drafted_on: stands as its date until staff pass it on.
    """
    name = agency.name if agency else ""
    title = f"{name}{found.span.name}公众咨询情况通报"
    front = {"title": title, "date": drafted_on.isoformat(), "kind": "notice", "status": "draft"}
    if agency:
        front["agency"] = agency.key
    return Draft(title, tuple(_blocks(found, before, wanting, name)), front)


def _blocks(found: Statistics, before: Statistics, wanting: Sequence[Asked], name: str) -> Iterator[Block]:
    yield Part("一、总体情况")
    yield Text(
        f"{found.span.name}，{name}登记公众来询{found.registered}件，其中咨询{found.inquiries}件，{_change(found, before)}。"
    )
    for key in LISTED:
        if counted := found.by[key]:
            title = f"按{TITLES[key]}"
            yield Picture(picture(chart(f"{found.span.name}：{title}", counted)))
            yield _table(TITLES[key], counted)
    yield Part("二、答复情况")
    yield Text(_answered(found))
    if found.helpful + found.unhelpful:
        yield Text(
            f"公众评价{found.helpful + found.unhelpful}件，有帮助{found.helpful}件，满意率{share(found.satisfaction)}。"
        )
    yield Part("三、公众关注而没有得到满意答复的问题")
    often = [asked for asked in wanting if asked.count >= ASKED_OFTEN][:QUESTIONS]
    if often:
        note = "每个问题都可能含有个人信息，请核对后再发；建议主动公开的，另行起草。"
        yield Text(f"有{len(often)}个问题被多次提出。", note)
        yield _table("问题", {asked.question: asked.count for asked in often})
    else:
        yield Text("没有被多次提出的问题。")
    yield Part("四、下一步工作")
    open_ = found.by["outcome"].get("待处理", 0) + found.by["outcome"].get("已转人工", 0)
    yield Text(f"目前还有{open_}件没有办结。", "请写明没有办结的由谁、在什么时候办结，以及改进的打算。")


def _change(found: Statistics, before: Statistics) -> str:
    difference = found.inquiries - before.inquiries
    if not difference:
        return f"与{before.span.name}持平"
    return f"比{before.span.name}{'增加' if difference > 0 else '减少'}{abs(difference)}件"


def _answered(found: Statistics) -> str:
    alone = found.alone
    if not alone.asked:
        return "没有由机器人受理的咨询。"
    time_ = (
        f"答复用时中位数{found.response.median:.0f}毫秒，九成在{found.response.ninetieth:.0f}毫秒以内"
        if found.response
        else ""
    )
    told = f"机器人受理{alone.asked}件，给出答案或选项{alone.shown}件，独立答复{alone.alone}件，独立答复率{share(alone.share)}"
    return f"{told}；{time_}。" if time_ else f"{told}。"


def _table(heading: str, counted: Mapping[str, int]) -> Table:
    rows = [(Box(_in_a_cell(name)), Box(str(count))) for name, count in counted.items()]
    header = (Box(heading, header=True), Box("件数", header=True))
    return Table((header, *rows), widths=(4, 1), headers=1)


def _in_a_cell(text: str) -> str:
    """Without what would end a cell, or begin a comment, in Markdown."""
    return text.replace("|", "｜").replace("<", "＜")


def due_bulletin(now: datetime, workdays: Workdays, opens: time, last_sent: date | None) -> Span | None:
    """The month whose bulletin is to be sent now: from the first working day's opening on, until it was.

    Args:
        now: in the agency's zone.
        workdays: the calendar; in a year that it does not know, Monday to Friday are taken for working days, for no
            period of the law hangs on it.
        opens: when the office opens.
        last_sent: the first day of the month of the bulletin that was sent last; None where none ever was.

    Returns:
        None before that moment, and once it was sent.
    """
    span = month_before(now.date())
    if last_sent and last_sent >= span.first:
        return None
    day = now.date().replace(day=1)
    while not _counts(day, workdays):
        day += timedelta(1)
    return span if (now.date(), now.time()) >= (day, opens) else None


def _counts(day: date, workdays: Workdays) -> bool:
    try:
        return workdays.counts(day)
    except CalendarUnknown:
        return day.weekday() < 5
