"""A sheet whose rows are items: where its header is, which rows are items, and what else stands there.

A header stands below titles and notes and may take several rows. Below the items stand totals and sign-offs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.knowledge.stated import field_key, tidy
from bot.language.periods import parse_date
from bot.model import Finding, Severity

Record = tuple[int, Sequence[str]]
"""The line or row that a record starts in, and its cells."""
# A header stands among the first rows, and takes at most three.
_LOOKED_AT, _TALLEST, _WIDEST = 30, 3, 400
_BRACKETED = re.compile(r"\([^()]*\)")
_TOTAL = re.compile(r"[合总共小累]\s*计(?:[:：\d].*)?")
_SIGN_OFF = re.compile(
    r"(?:备?注|说明|(?:填[表报]|制[表作]|审[核批]|经办|联系|负责|报送)(?:人|单位|部门|日期|时间|电话)?|联系电话|日期|电话)\s*[:：].*",
    re.DOTALL,
)
_BODY = re.compile("[\u3400-\u9fff（）()]{2,24}(?:政府|[局委办厅处院所站会队署]|中心|公司|办公室)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Records as a spreadsheet shows them, merged cells repeated, and remarks on those that could not be read.

    Attributes:
        links: (line, place of the cell) to the address on the web that the cell leads to.
    """

    name: str
    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's header is and what it calls its columns.

    Attributes:
        first: the place of its first record.
        after: the place of the first record below it.
        headings: as written, by place.
        names: the columns' names, by place; empty where a heading is none that is known.
    """

    first: int
    after: int
    headings: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        """The names of the columns."""
        return frozenset(filter(None, self.names))


def find_header(records: Sequence[Record], columns: Mapping[str, str], doubtful: Mapping[str, str]) -> Header | None:
    """The header that knows the most columns, the shortest and the first of those; None where no row is one.

    Args:
        records: without empty ones.
        columns: heading in the form of `field_key` to column name.
        doubtful: the same of headings that may mean something else: they count only where no other has their name.
    """
    found = [
        _header(records, first, after, columns, doubtful)
        for first in range(min(_LOOKED_AT, len(records)))
        for after in range(first + 1, min(first + _TALLEST, len(records)) + 1)
    ]
    best = max(found, key=lambda header: (len(header.known), header.first - header.after, -header.first), default=None)
    # One heading alone may be any word in a text, except at the very top.
    return best if best and len(best.known) > (1 if best.first else 0) else None


def _header(
    records: Sequence[Record], first: int, after: int, columns: Mapping[str, str], doubtful: Mapping[str, str]
) -> Header:
    rows = [cells for _, cells in records[first:after]]
    stacks = [
        list(dict.fromkeys(tidy(row[place]) for row in rows if place < len(row) and row[place].strip()))
        for place in range(min(max(map(len, rows)), _WIDEST))
    ]
    names = [_name(stack, columns) for stack in stacks]
    for place, stack in enumerate(stacks):
        name = "" if names[place] else _name(stack, doubtful)
        if name and name not in names:
            names[place] = name
    return Header(first, after, tuple(" ".join(stack) for stack in stacks), tuple(names))


def _name(stack: Sequence[str], columns: Mapping[str, str]) -> str:
    """A column's name by what stands lowest above it (信息 / 名称), or by all of it together (生成 / 日期)."""
    keys = (key for text in (*stack[-1:], "".join(stack)) for key in _keys(text))
    return next((columns[key] for key in keys if key in columns), "")


@lru_cache(maxsize=4096)
def _keys(heading: str) -> tuple[str, ...]:
    """内容概述（200字以内）* is 内容概述."""
    key = field_key(heading)
    return key, _BRACKETED.sub("", key).rstrip(":*").strip()


def without_end(records: Sequence[Record], header: Header) -> tuple[list[Record], list[Finding]]:
    """The records below a header without totals, notes and sign-offs at their end, and without the header come again.

    Returns:
        The records of items, and a note on what was left out.
    """
    title = [tidy(cell) for cell in records[header.after - 1][1]]
    body = [record for record in records[header.after :] if [tidy(cell) for cell in record[1]] != title]
    left_out: list[Record] = []
    while body and _ends(body[-1][1], header):
        left_out.insert(0, body.pop())
    notes = [
        Finding(Severity.NOTE, "", line, f'"{_shown(cells)}" is no item, and is left out', "")
        for line, cells in left_out
    ]
    return body, notes


def _ends(cells: Sequence[str], header: Header) -> bool:
    """Whether a record is no item, but what stands below the last one."""
    written = list(dict.fromkeys(tidy(cell) for cell in cells if cell.strip()))
    if _TOTAL.fullmatch(written[0]) or all(_SIGN_OFF.fullmatch(text) for text in written):
        return True
    if len(written) > 1 or len(header.known) < 2:
        return False
    numbered = [tidy(cell) for cell, name in zip(cells, header.names, strict=False) if name in ("id", "running")]
    # Who signs stands there without a number; an item whose number was forgotten is to be told of.
    signs = is_banner(cells) or _BODY.fullmatch(written[0]) is not None
    return parse_date(written[0]) is not None or (signs and set(numbered) <= {"", written[0]})


def is_banner(cells: Sequence[str]) -> bool:
    """Whether a record is one text across the sheet: 一、政策文件 above the rows that it is about."""
    written = {tidy(cell) for cell in cells if cell.strip()}
    return len(written) == 1 and sum(bool(cell.strip()) for cell in cells) > 2


def _shown(cells: Sequence[str]) -> str:
    text = " ".join(dict.fromkeys(tidy(cell) for cell in cells if cell.strip()))
    return text if len(text) <= 30 else f"{text[:29]}…"
