"""Contact records as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TextIO

from bot.desk.fields import CHANNELS, DECISIONS, KINDS, OUTCOMES, REASONS
from bot.model import ContactRecord, Rating

HEADER = (
    "编号", "渠道", "提问人代号", "问题", "时间", "类别", "判定", "匹配章节", "答复", "毫秒", "理解为", "修改",
    "办理结果", "机关", "信息类别", "回访日期", "合并到", "删除时间",
)  # fmt: skip
"""Programs read the columns by their places: new ones come last."""
# What a spreadsheet takes for a formula at the start of a cell, by OWASP's list for CSV injection.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(records: Iterable[ContactRecord], file: TextIO) -> None:
    """Write records with a Chinese header; the file is to be opened as utf-8-sig, so that Excel reads it as UTF-8."""
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for record in records:
        writer.writerow([defused(cell) for cell in cells(record)])


def cells(record: ContactRecord) -> tuple[str, ...]:
    """A record's cells in the order of the header."""
    matches = "；".join(f"{document}#{section} {score:.2f}" for document, section, score in record.matches)
    return (
        record.reference,
        record.channel.value,
        record.citizen_key,
        record.question,
        _time(record.asked_at),
        record.kind.value,
        record.decision.value if record.decision else "",
        matches,
        record.reply,
        f"{record.milliseconds:.1f}",
        record.understood,
        "\n".join(f"{_time(at)} {text}" for at, text in record.edits),
        record.outcome.value,
        record.agency,
        record.category,
        record.follow_up_on.isoformat() if record.follow_up_on else "",
        record.merged_into,
        _time(record.erased_at) if record.erased_at else "",
    )


def in_words(record: ContactRecord, agencies: Mapping[str, str]) -> tuple[str, ...]:
    """A record's cells in the order of the header, as staff read them; `agencies` are names by their keys."""
    words = {
        "渠道": CHANNELS[record.channel],
        "时间": _minute(record.asked_at),
        "类别": KINDS[record.kind],
        "判定": DECISIONS[record.decision] if record.decision else "",
        "毫秒": f"{record.milliseconds:.1f}" if record.decision else "",
        "修改": "\n".join(f"{_minute(at)} {text}" for at, text in record.edits),
        "办理结果": OUTCOMES[record.outcome],
        "机关": agencies.get(record.agency, record.agency),
        "删除时间": _minute(record.erased_at) if record.erased_at else "",
    }
    return tuple(words.get(name, cell) for name, cell in zip(HEADER, cells(record), strict=True))


def rating_cell(rating: Rating | None) -> str:
    """What a citizen thought of the reply: 有帮助, or 没帮助 with the reason; empty where nobody said."""
    if rating is None or rating.helpful:
        return "有帮助" if rating else ""
    return f"没帮助：{REASONS[rating.reason]}" if rating.reason else "没帮助"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _time(moment: datetime) -> str:
    return moment.astimezone().isoformat(sep=" ", timespec="seconds")


def defused(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: an apostrophe goes before what would start one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell
