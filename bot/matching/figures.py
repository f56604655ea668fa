"""Figures and times: whether a sentence holds one of the kind that is asked for."""

from __future__ import annotations

import re
from functools import cache

from bot.language.wording import COUNTED, MONEY
from bot.matching.question import Analysis
from bot.matching.readable import BORDER

# 第三十条 and 第三十、三十一条 cite articles and count nothing.
_NUMERAL = "[0-9〇零一二两三四五六七八九十百]+"
_ORDINAL = re.compile(rf"第\s*{_NUMERAL}(?:\s*[、,至到和]\s*第?\s*{_NUMERAL})*")
# 一 by itself counts nothing: 一条途径, 一项制度.
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*|一?[二两三四五六七八九十百千万][〇零一二三四五六七八九十百千万]*"
# A figure counts something; 12345 is a telephone number, and 2017年 a time.
_ANY_FIGURE = re.compile(rf"[0-9]余?多?\s*个?(?:{COUNTED}|{MONEY}|%|工作日|月|小时)")
_TIME = re.compile(
    rf"(?:{_NUMBER}|一)\s*个?(?:年|月|日|天|工作日|小时|分钟|点|时|周)|每(?:年|月|周|季|天|日|个月)|工作日|按月|逐月|按季|随时|当场|[0-9]:[0-9]"
)
# A table's cell has its unit in the header, or none: 总计：36.
_CELL = re.compile(rf"[^,，:{BORDER}]+[:：]\s*[0-9]+(?:[.][0-9]+)?(?:[,，{BORDER}]|$)")
# How documents write what people ask for in other units.
_UNITS = {
    "钱": "元|万元|亿元",
    "块": "元",
    "块钱": "元",
    "费用": "元|万元|亿元",
    "天": "天|日|工作日",
    "日": "日|天|工作日",
    "工作日": "工作日",
    "人": "人|人次|名",
    "名": "名|人",
    "次": "次|人次",
    "个": COUNTED,
    "%": "%|百分点",
}


def wanted(analysis: Analysis, folded: str) -> float:
    """Whether a folded sentence, or one of those of a passage, holds the figure or the time that is asked for.

    1 for a figure of the right unit or where nothing is asked for, half for another figure, 0 for none.
    """
    if analysis.unit is None:
        return float(not analysis.wants_time or _TIME.search(folded) is not None)
    # Most sentences cite no article, and have no cells: what cannot be there is not looked for.
    counted = _ORDINAL.sub("", folded) if "第" in folded else folded
    if analysis.unit:
        units, figure, column = _forms_of(analysis.unit)
        if any(unit in folded for unit in (*units, _QUANTITY)) and (figure.search(counted) or column.search(folded)):
            return 1.0
    counts = _ANY_FIGURE.search(counted) is not None
    if not analysis.unit and counts:
        return 1.0
    another = counts or ((":" in folded or "：" in folded) and _CELL.search(folded) is not None)
    return another / (2 if analysis.unit else 4)


_QUANTITY = "数量"


@cache
def _forms_of(unit: str) -> tuple[list[str], re.Pattern[str], re.Pattern[str]]:
    """How a unit is written, and a figure of it in a sentence, and in a table: 件数 counts in 件, 数量 in whatever is asked."""
    written = _UNITS.get(unit, unit).split("|")
    units = "|".join(map(re.escape, written))
    figure = re.compile(rf"(?:{_NUMBER})余?多?\s*个?(?:{units})")
    return written, figure, re.compile(rf"(?:(?:{units})数|{_QUANTITY})[:：]\s*[0-9]")
