"""The fields of a contact record as staff write and read them, in Chinese or by the names that programs use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from bot.language.normalise import fold
from bot.language.periods import parse_date
from bot.model import Channel, Reason, RecordEvent, RequestKind, Resolution, Verdict

FIELDS: Mapping[str, str] = {
    "时间": "asked_at", "日期": "asked_at", "咨询时间": "asked_at", "咨询日期": "asked_at", "来电时间": "asked_at",
    "来访时间": "asked_at", "接待时间": "asked_at", "登记时间": "asked_at", "登记日期": "asked_at",
    "方式": "channel", "渠道": "channel", "咨询方式": "channel", "来源": "channel", "途径": "channel",
    "内容": "question", "问题": "question", "咨询内容": "question", "事项": "question", "咨询事项": "question",
    "咨询问题": "question", "主要内容": "question",
    "答复": "reply", "答复内容": "reply", "回复": "reply", "回复内容": "reply", "答复情况": "reply",
    "处理结果": "outcome", "办理结果": "outcome", "结果": "outcome", "处理情况": "outcome", "办理情况": "outcome",
    "类型": "kind", "类别": "kind", "咨询类型": "kind",
    "机关": "agency", "单位": "agency", "承办单位": "agency", "答复机关": "agency",
    "信息类别": "category",
    "回访日期": "follow_up_on", "回访时间": "follow_up_on",
}  # fmt: skip
"""What each field is called on paper, besides the name that it has in programs."""

NAMES = {
    "channel": "方式", "asked_at": "时间", "question": "内容", "reply": "答复", "outcome": "办理结果", "kind": "类别",
    "agency": "机关", "category": "信息类别", "follow_up_on": "回访日期", "merged_into": "合并到",
}  # fmt: skip
"""What each field is called when it is shown."""

CHANNELS = {
    Channel.TELEGRAM: "Telegram", Channel.CONSOLE: "终端", Channel.COMMAND: "命令", Channel.PHONE: "电话",
    Channel.LETTER: "信函", Channel.VISIT: "来访", Channel.WEB: "网站",
}  # fmt: skip
OUTCOMES = {
    Resolution.OPEN: "待处理", Resolution.ANSWERED: "已答复", Resolution.PASSED_ON: "已转人工",
    Resolution.ANSWERED_BY_STAFF: "人工已答复", Resolution.REFERRED: "已告知其他机关", Resolution.WITHDRAWN: "已撤回",
}  # fmt: skip
DECISIONS = {
    Verdict.ANSWER: "直接答复", Verdict.CHOICES: "列出选项", Verdict.NONE: "未找到", Verdict.LIMITED: "超出频次",
}  # fmt: skip
KINDS = {
    RequestKind.INQUIRY: "咨询", RequestKind.APPLICATION: "依申请公开", RequestKind.PETITION: "信访投诉",
    RequestKind.CORRECTION: "更正", RequestKind.ABUSE: "辱骂", RequestKind.GREETING: "问候", RequestKind.THANKS: "致谢",
    RequestKind.GOODBYE: "告别", RequestKind.IDENTITY: "问身份", RequestKind.NOTHING: "无内容",
}  # fmt: skip
_EVENTS = {"entered": "登记", "answered": "答复市民", "erased": "删除内容"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": {value.value: word for value, word in CHANNELS.items()},
    "kind": {value.value: word for value, word in KINDS.items()},
    "outcome": {value.value: word for value, word in OUTCOMES.items()},
}
REASONS = {Reason.OFF: "没答到点上", Reason.OLD: "内容太旧", Reason.UNCLEAR: "看不懂", Reason.OTHER: "其他"}

_OTHER_CHANNELS = {
    "来电": Channel.PHONE, "热线": Channel.PHONE, "电话咨询": Channel.PHONE, "来信": Channel.LETTER, "信件": Channel.LETTER,
    "邮寄": Channel.LETTER, "书信": Channel.LETTER, "当面": Channel.VISIT, "现场": Channel.VISIT, "窗口": Channel.VISIT,
    "上门": Channel.VISIT, "现场咨询": Channel.VISIT, "网络": Channel.WEB, "网上": Channel.WEB, "互联网": Channel.WEB,
    "邮箱": Channel.WEB, "电子邮件": Channel.WEB, "网上咨询": Channel.WEB, "微信": Channel.WEB, "传真": Channel.LETTER,
    "12345热线": Channel.PHONE, "接访": Channel.VISIT,
}  # fmt: skip
# Whoever writes 已答复 in a register of calls means that a person answered.
_OTHER_OUTCOMES = {
    "待办": Resolution.OPEN, "未办结": Resolution.OPEN, "办理中": Resolution.OPEN, "未答复": Resolution.OPEN,
    "已回复": Resolution.ANSWERED_BY_STAFF, "办结": Resolution.ANSWERED_BY_STAFF, "已办结": Resolution.ANSWERED_BY_STAFF,
    "当场答复": Resolution.ANSWERED_BY_STAFF, "转人工": Resolution.PASSED_ON, "转办": Resolution.REFERRED,
    "已转办": Resolution.REFERRED, "已告知": Resolution.REFERRED, "转其他机关": Resolution.REFERRED,
    "已转其他机关": Resolution.REFERRED, "撤回": Resolution.WITHDRAWN,
}  # fmt: skip
_OTHER_KINDS = {
    "询问": RequestKind.INQUIRY, "申请": RequestKind.APPLICATION, "信访": RequestKind.PETITION,
    "投诉": RequestKind.PETITION, "举报": RequestKind.PETITION, "投诉举报": RequestKind.PETITION,
    "信息更正": RequestKind.CORRECTION,
}  # fmt: skip
_CLOCK = re.compile(r"[T ]*([0-9]{1,2})[:：时点]([0-9]{2})?(?:[:：分](?:[0-9]{2})?(?:[.][0-9]+)?秒?)?$")
_LONGEST_NAME = 30

_Choice = TypeVar("_Choice", bound=StrEnum)


class EntryRefused(ValueError):  # noqa: N818 - it names the mistake
    """What staff wrote cannot go into the register; the message says why, and what to write."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}；{remedy}")
        self.reason = reason
        self.remedy = remedy


def read_field(name: str, written: str) -> Any:
    """The value of a field that staff wrote.

    Args:
        name: one of `NAMES`.
        written: in Chinese, or as programs write it; empty is no value.

    Returns:
        A Channel, a RequestKind, a Resolution, an aware datetime, a date or None, or the text.

    Raises:
        EntryRefused: it cannot be read.
    """
    written = written.strip()
    match name:
        case "channel":
            return _choice(name, written, CHANNELS, _OTHER_CHANNELS)
        case "kind":
            return _choice(name, written or RequestKind.INQUIRY, KINDS, _OTHER_KINDS)
        case "outcome":
            return _choice(name, written or Resolution.OPEN, OUTCOMES, _OTHER_OUTCOMES)
        case "asked_at":
            return read_moment(written)
        case "follow_up_on":
            return _day(name, written) if written else None
        case _:
            return written


def event_line(event: RecordEvent) -> str:
    """A change of a record as staff read it: when, who, what, from what to what, why."""
    words = _WORDS.get(event.what, {})
    before, after = (words.get(text, text) or "（空）" for text in (event.before, event.after))
    change = f"：{before} → {after}" if event.before or event.after else ""
    reason = f"（{event.reason}）" if event.reason else ""
    what = NAMES.get(event.what) or _EVENTS.get(event.what, event.what)
    return f"{event.at.astimezone():%Y-%m-%d %H:%M}  {event.who}  {what}{change}{reason}"


def read_moment(written: str) -> datetime:
    """A day with or without a time, 2026-03-01 09:30 or 2026年3月1日9时30分, in the machine's zone where it states none.

    Raises:
        EntryRefused: it is none.
    """
    try:
        return datetime.fromisoformat(written).astimezone()
    except ValueError:
        pass
    clock = _CLOCK.search(written)
    day = _day("asked_at", written[: clock.start()] if clock else written)
    try:
        at = time(int(clock[1]), int(clock[2] or 0)) if clock else time()
    except ValueError:
        raise EntryRefused(f"{NAMES['asked_at']}：{written}不是几点几分", "请写成 2026-03-01 09:30") from None
    return datetime.combine(day, at).astimezone()


def _day(name: str, written: str) -> date:
    day = parse_date(written)
    if day is None:
        raise EntryRefused(f"{NAMES[name]}：{_shown(written)}不是日期", "请写成 2026-03-01")
    return day


def _choice(name: str, written: str, shown: Mapping[_Choice, str], others: Mapping[str, _Choice]) -> _Choice:
    key = fold(written)
    known = {
        **{fold(text): value for value, text in shown.items()},
        **{value.value: value for value in shown},
        **others,
    }
    if key not in known:
        remedy = f"可以写的有：{'、'.join(shown.values())}"
        raise EntryRefused(f"{NAMES[name]}：没有“{_shown(written)}”", remedy)
    return known[key]


def _shown(written: str) -> str:
    if not written:
        return "空的"
    return written if len(written) <= _LONGEST_NAME else f"{written[: _LONGEST_NAME - 1]}…"
