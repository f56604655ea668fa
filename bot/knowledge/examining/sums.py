"""Totals and the parts that a sentence gives for them, as in 共133条，其中：机构概况2条、政策法规10条."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = "人次|件次|条次|批次|条|件|次|个|项|份|篇|家|人|起|宗|户|期|场|批|部|本|张|类|例|万元|亿元|元"
NUMBER = r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?<![0-9.,])[0-9]+(?![0-9])(?!\.[0-9])"
# 共4个等次，其中优秀2个: what is counted after 其中 is not what the total counts.
_KINDS = "等次|等级|档次|层次|类别|类型|级别|方面|梯队|组别|阶段"
_COUNT = re.compile(rf"(?<!第)(?P<value>{NUMBER})\s*(?P<unit>{UNITS})")
_TOTAL = re.compile(
    rf"(?P<value>{NUMBER})\s*(?P<unit>{UNITS})(?!{_KINDS})"
    r"(?:[^,;:。,0-9]{0,8})?\s*(?:[,;:。(]\s*(?:其中|包括|分别(?:是|为))|(?P<colon>:))\s*[,:]?"
)
# Before a colon a number may be a limit (10件以下的：…); a total is said to be one.
_SAID_TO_BE_TOTAL = re.compile(r"(?:共|总计|合计|累计|总数|总共|全年|年度)[^。;0-9]{0,20}$")
_BRACKETED = re.compile(r"\([^()]*\)")
_ASIDE = re.compile(r"\((?!其中|包括|分别)[^()]*\)")
# Not all parts need be named after 其中, but three whose sum is nearly the total are meant to be all of them.
_FEWEST_PARTS = 3
_NEARLY = 0.3


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A total and the parts that do not add up to it, all of one unit."""

    total: int
    parts: tuple[int, ...]
    unit: str


def wrong_sums(text: str) -> Iterator[WrongSum]:
    """The totals of a line whose parts, in the same sentence and unit, add up to something else.

    Parts that are more than their total are wrong in any case; fewer, only where at least three come near it: after 其中 a
    sentence may name some of them. What stands in brackets, and below a second 其中, belongs to the part before it.
    """
    plain = _ASIDE.sub("", unicodedata.normalize("NFKC", text))
    for found in _TOTAL.finditer(plain):
        if found["colon"] and not _SAID_TO_BE_TOTAL.search(plain, 0, found.start()):
            continue
        total, unit = _number(found["value"]), found["unit"]
        end = re.compile(r"[。\n]").search(plain, found.end())
        rest = plain[found.end() : end.start() if end else len(plain)]
        rest = _BRACKETED.sub("", rest).split("其中")[0].split("比上年")[0].split("同比")[0]
        parts = tuple(_number(part["value"]) for part in _COUNT.finditer(rest) if part["unit"] == unit)
        if len(parts) > 1 and _is_wrong(total, parts):
            yield WrongSum(total, parts, unit)


def _is_wrong(total: int, parts: tuple[int, ...]) -> bool:
    if sum(parts) > total:
        return True
    return len(parts) >= _FEWEST_PARTS and sum(parts) < total and total - sum(parts) <= _NEARLY * total


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))
