"""Tables 2, 3 and 4 of the form since 2021, filled."""

from __future__ import annotations

from itertools import groupby

from bot.desk.annual.counts import YearCounts
from bot.desk.annual.draft import Box, Table
from bot.desk.annual.labels import BLOCKS, COLUMNS, HANDLED, NORMATIVE, ROWS
from bot.desk.cases import RESULTS
from bot.model import CaseResult

RESULT_COLUMNS = (*RESULTS.values(), "总计")
_RULE_OF_TABLE_3 = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def table_2(counts: YearCounts) -> Table:
    """主动公开政府信息情况: what the catalogue knows is filled in; what it does not know stays empty, with a note."""
    issued = [(Box(kind), Box(str(len(counts.issued(kind)))), Box(""), Box("")) for kind in NORMATIVE]
    return Table(
        (
            _article("第二十条第（一）项"),
            _headers("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
            *issued,
            _article("第二十条第（五）项"),
            _wide_headers("本年处理决定数量"),
            _wide("行政许可"),
            _article("第二十条第（六）项"),
            _wide_headers("本年处理决定数量"),
            _wide("行政处罚"),
            _wide("行政强制"),
            _article("第二十条第（八）项"),
            _wide_headers("本年收费金额（单位：万元）"),
            _wide("行政事业性收费"),
        ),
        (3, 2, 2, 2),
        note="空着的格子登记里没有，请按台账填写，没有的填0；制发件数按公开目录里类别为“规章”“行政规范性文件”的信息计。",
    )


def _article(text: str) -> tuple[Box, ...]:
    return (Box(text, columns=4, header=True),)


def _headers(*texts: str) -> tuple[Box, ...]:
    return tuple(Box(text, header=True) for text in texts)


def _wide_headers(text: str) -> tuple[Box, ...]:
    return Box("信息内容", header=True), Box(text, columns=3, header=True)


def _wide(label: str) -> tuple[Box, ...]:
    return Box(label), Box("", columns=3)


def table_3(counts: YearCounts) -> Table:
    """收到和处理政府信息公开申请情况."""
    legal = list(COLUMNS)[1:-1]
    head = (
        (Box(_RULE_OF_TABLE_3, columns=3, rows=3, header=True), Box("申请人情况", columns=7, header=True)),
        (
            Box("自然人", rows=2, header=True),
            Box("法人或其他组织", columns=len(legal), header=True),
            Box("总计", rows=2, header=True),
        ),
        tuple(Box(column, header=True) for column in legal),
    )
    figures = {name: str(len(found)) for name, found in counts.cells()}
    rows: list[tuple[Box, ...]] = []
    for first, of_first in groupby(ROWS, key=lambda row: row.path[0]):
        members = list(of_first)
        if first != HANDLED:
            rows += [(Box(first, columns=3), *_figures(figures, row.key)) for row in members]
            continue
        outer = [Box(first, rows=len(members))]
        for group, of_group in groupby(members, key=lambda row: row.path[1]):
            inner = list(of_group)
            split = len(inner[0].path) == 3
            labels = [Box(group, rows=len(inner))] if split else [Box(group, columns=2)]
            for row in inner:
                own = [Box(row.path[2])] if split else []
                rows.append((*outer, *labels, *own, *_figures(figures, row.key)))
                outer, labels = [], []
    return Table((*head, *rows), (4, 5, 9, 3, 3, 3, 3, 3, 3, 3), headers=len(head))


def _figures(figures: dict[str, str], row: str) -> list[Box]:
    return [Box(figures[f"{row}/{column}"]) for column in COLUMNS]


def table_4(counts: YearCounts) -> Table:
    """政府信息公开行政复议、行政诉讼情况: three blocks beside one another."""
    figures = [
        figure
        for kind in BLOCKS
        for figure in (*(counts.cases.count(kind, result) for result in CaseResult), counts.cases.total(kind))
    ]
    return Table(
        (
            (Box("行政复议", columns=5, rows=2, header=True), Box("行政诉讼", columns=10, header=True)),
            (Box("未经复议直接起诉", columns=5, header=True), Box("复议后起诉", columns=5, header=True)),
            tuple(Box(column, header=True) for _ in BLOCKS for column in RESULT_COLUMNS),
            tuple(Box(str(figure)) for figure in figures),
        ),
        (1,) * 15,
    )
