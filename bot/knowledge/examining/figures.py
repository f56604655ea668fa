"""Figures that a report states of its year, in a form in which two documents can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.knowledge.examining.sums import NUMBER, UNITS
from bot.knowledge.lines import Line, Shape
from bot.language.normalise import fold
from bot.model import Figure

_CLAUSE = re.compile(r"[,，。;；:：、!?()（）\n]|其中")
_STATED = re.compile(rf"^(?P<measure>[^0-9]{{4,24}}?)(?P<value>{NUMBER})\s*(?P<unit>{UNITS})$")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?:度)?")
# Said around a measure, and no part of it.
_AROUND = re.compile(
    r"^(?:全年|本年度?|当年|年内|一年来|我[局市县区委院办]|本机关|本单位|全[局市县区]|共计?|累计|总共)+|(?:共计?|累计|总计|合计|总共|达到?|为|约|了|有|数量|总数|信息总数)+$"
)
# A part of the year has figures of its own, and so has what a comparison is made with.
_PARTIAL = re.compile(
    r"季度|上半年|下半年|[0-9一二三四五六七八九十]月|截至|截止|同比|比上年|较上年|增加|减少|每[年月周日季]|平均|不少于|以上|以内|至少|超过|计划|目标|力争|将"
)
_MEASURES = re.compile(
    r"公开|申请|复议|诉讼|咨询|受理|答复|收费|投诉|举报|信访|接待|培训|项目|投资|签约|到位|引进|检查|审查|发布|回应|解读|新闻|会议|文件"
)


def figures_in(lines: Sequence[Line]) -> tuple[Figure, ...]:
    """The figures of a text that hold for a whole year, each measure's first one alone.

    After 其中 and in a list of parts a figure is a part of another, and a table's cells need their headers: both are left out.
    """
    found: dict[tuple[str, str, int | None], Figure] = {}
    for line in lines:
        if line.shape is not Shape.ROW:
            for figure in _figures(line):
                found.setdefault((figure.measure, figure.unit, figure.year), figure)
    return tuple(found.values())


def _figures(line: Line) -> Iterator[Figure]:
    plain = "\n".join(fold(row) for row in line.text.split("\n"))
    for sentence in re.split(r"[。;\n]", _THOUSANDS.sub("", plain.replace(" ", ""))):
        whole = sentence.split("其中")[0]
        if _PARTIAL.search(whole):
            continue
        year = None
        for clause in _CLAUSE.split(whole):
            if named := _YEAR.search(clause):
                year = int(named[1])
                clause = _YEAR.sub("", clause)
            if (stated := _STATED.match(clause)) and (measure := _measure(stated["measure"])):
                yield Figure(measure, stated["unit"], int(stated["value"]), year, line.number)


def _measure(text: str) -> str:
    while (bare := _AROUND.sub("", text)) != text:
        text = bare
    return text if len(text) >= 4 and _MEASURES.search(text) else ""
