"""Statistics in the forms that they are read in: for a terminal, a program, a spreadsheet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence

from bot.desk.statistics import TITLES, Statistics
from bot.language.widths import columns, padded

Rows = Sequence[tuple[str, int | float | str]]


class Share(float):
    """A part of a whole, from 0 to 1; written as 93.2%."""

    def __str__(self) -> str:
        return f"{float(self):.1%}"


def overview(found: Statistics) -> Rows:
    """The figures that are no list, each with its name."""
    alone, response = found.alone, found.response
    return (
        ("登记总数", found.registered),
        ("其中咨询", found.inquiries),
        ("合并的重复登记", found.duplicates),
        ("机器人受理", alone.asked),
        ("给出答案或选项", alone.shown),
        ("未被评为没帮助", alone.kept),
        ("由机器人独立答复", alone.alone),
        ("其中评为有帮助", alone.praised),
        ("独立答复率", share(alone.share)),
        ("有帮助", found.helpful),
        ("没帮助", found.unhelpful),
        ("满意率", share(found.satisfaction)),
        ("响应时间中位数（毫秒）", round(response.median, 1) if response else "—"),
        ("响应时间九成以内（毫秒）", round(response.ninetieth, 1) if response else "—"),
    )


def tables(found: Statistics) -> Iterator[tuple[str, Rows]]:
    """The lists, each with its title; those with nothing in them are left out."""
    for name, title in TITLES.items():
        if counted := found.listed(name):
            yield f"按{title}", tuple(counted.items())
    if found.reasons:
        yield "没帮助的原因", tuple(found.reasons.items())


def share(of_whole: float | None) -> Share | str:
    """A share; a stroke where there is none."""
    return "—" if of_whole is None else Share(of_whole)


def as_text(found: Statistics) -> Iterator[str]:
    """For a terminal, whose columns Chinese characters take two of."""
    yield found.span.name
    for title, rows in (("", overview(found)), *tables(found)):
        if title:
            yield ""
            yield title
        width = max(columns(name) for name, _ in rows)
        yield from (f"  {padded(name, width)}  {value}" for name, value in rows)


def as_json(found: Statistics) -> str:
    """For a program; shares from 0 to 1, null where there is nothing to take them of."""
    alone, response = found.alone, found.response
    return json.dumps(
        {
            "from": found.span.first.isoformat(),
            "to": found.span.last.isoformat(),
            "registered": found.registered,
            "inquiries": found.inquiries,
            "duplicates": found.duplicates,
            "alone": {
                "asked": alone.asked, "shown": alone.shown, "kept": alone.kept, "alone": alone.alone,
                "praised": alone.praised, "share": alone.share,
            },
            "satisfaction": {
                "helpful": found.helpful, "unhelpful": found.unhelpful, "share": found.satisfaction, "reasons": found.reasons,
            },
            "response_milliseconds": {
                "count": response.count, "median": response.median, "ninetieth": response.ninetieth,
            } if response else None,
            "by": found.by,
            "agencies": found.agencies,
        },
        ensure_ascii=False,
        indent=2,
    )  # fmt: skip


def as_workbook(found: Statistics) -> bytes:
    """For a spreadsheet: an overview, and a sheet for each list; numbers are numbers."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, percent = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.0%"})
        for title, rows in (("概况", overview(found)), *tables(found)):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, (found.span.name, "数量"), bold)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 0, max(16, *(columns(name) + 2 for name, _ in rows)))
            for place, (name, value) in enumerate(rows, 1):
                sheet.write_string(place, 0, name)
                sheet.write(place, 1, value, percent if isinstance(value, Share) else None)
    return file.getvalue()
