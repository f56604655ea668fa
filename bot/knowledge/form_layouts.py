"""How tables 2, 3 and 4 of the annual report's form are laid out, and how one is recognised by its labels.

Labels are compared by their Chinese characters alone, without their numbers, brackets, blanks and broken lines. A table is
taken as rows of cells, merged cells repeated or left empty, its header's rows anywhere above its figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from bot.knowledge.forms import Cell, FormRow, FormTable
from bot.language.normalise import fold

Rows = Sequence[Sequence[str]]
Layout = Mapping[str, str]
_HAN = "\u3400-\u9fff"
_NUMBERED = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十0-9]+[)）]|[一二三四五六七八九十]+\s*[、.．,，]|[0-9]+\s*[、.．,，)）]?)\s*"
)
_BLANK_IN_CHINESE = re.compile(rf"(?<=[{_HAN}、，。：；“”（）])\s+(?=[{_HAN}、，。：；“”（）])")

# Key of a row to what its label holds, the most telling first: 其他法律行政法规禁止公开 holds 其他 as well.
TABLE_3_ROWS: Layout = {
    "三(三)1": "国家秘密", "三(三)2": "法规禁止公开", "三(三)3": "三安全一稳定", "三(三)4": "第三方合法权益",
    "三(三)5": "内部事务信息", "三(三)6": "过程性信息", "三(三)7": "行政执法案卷", "三(三)8": "行政查询事项",
    "三(四)1": "不掌握", "三(四)2": "没有现成信息", "三(四)3": "仍不明确",
    "三(五)1": "信访举报投诉", "三(五)2": "重复申请", "三(五)3": "公开出版物", "三(五)4": "大量反复申请",
    "三(五)5": "确认或重新出具",
    "三(六)1": "逾期不补正", "三(六)2": "收费通知", "三(六)3": "其他$",
    "三(一)": "予以公开", "三(二)": "部分公开", "三(三)": "不予公开", "三(四)": "无法提供", "三(五)": "不予处理",
    "三(六)": "其他处理", "三(七)": "[总合]计$",
    "一": "本年新收", "二": "上年结转", "四": "结转下年", "三": "办理结果",
}  # fmt: skip
TABLE_3_COLUMNS: Layout = {
    "自然人": "自然人", "商业企业": "商业企业", "科研机构": "科研机构", "社会公益组织": "公益组织",
    "法律服务机构": "法律服务机构", "总计": "^[总合]计$", "其他": "^其他$",
}  # fmt: skip
_LEGAL_PERSONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_TABLE_2_ROWS: Layout = {
    "行政规范性文件": "规范性文件$", "规章": "规章$", "行政许可": "行政许可$", "行政处罚": "行政处罚$",
    "行政强制": "行政强制$", "行政事业性收费": "行政事业性收费$",
}  # fmt: skip
_TABLE_2_COLUMNS: Layout = {
    "本年制发件数": "本年制发件数", "本年废止件数": "本年废止件数", "现行有效件数": "现行有效件数",
    "本年处理决定数量": "本年处理决定数量", "本年收费金额": "本年收费金额",
}  # fmt: skip
_ARTICLE = re.compile("^第二十条第.{1,4}项")
_TABLE_4_COLUMNS: Layout = {
    "结果维持": "结果维持$", "结果纠正": "结果纠正$", "其他结果": "其他结果$", "尚未审结": "尚未审结$", "总计": "[总合]计$",
}  # fmt: skip
# 未经复议直接起诉 and 复议后起诉 stand below 行政诉讼.
_TABLE_4_BLOCKS: Layout = {"未经复议直接起诉": "未经复议", "复议后起诉": "复议后", "行政复议": "行政复议"}
_LAWSUIT = re.compile("行政诉讼")


def recognise(rows: Rows) -> FormTable | None:
    """The table of the form that the rows are; None where they are none of them.

    Args:
        rows: cells as published, merged ones repeated in or left empty at every further place that they cover.
    """
    tidied = [[_tidy(cell) for cell in row] for row in rows]
    return _table_3(tidied) or _table_4(tidied) or _table_2(tidied)


def _tidy(text: str) -> str:
    return _BLANK_IN_CHINESE.sub("", " ".join(text.split()))


def _bare(text: str) -> str:
    return re.sub(f"[^{_HAN}]", "", _NUMBERED.sub("", fold(text)))


def key_of(text: str, layout: Layout) -> str:
    """The key of a label in a layout; empty where it has none like it."""
    bare = _bare(text)
    return next((key for key, pattern in layout.items() if re.search(pattern, bare)), "") if bare else ""


def _distinct(cells: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, cells)))


def _table_3(rows: Rows) -> FormTable | None:
    first = next((place for place, row in enumerate(rows) if key_of(" ".join(row[:3]), TABLE_3_ROWS) == "一"), None)
    if not first:
        return None
    columns = _columns(rows[:first], TABLE_3_COLUMNS)
    keys = {column for column, _ in columns.values()}
    if len(keys) < 3 or "总计" not in keys or len(columns) != len(keys):
        return None
    labels = min(columns)
    legal = next((cell for row in rows[:first] for cell in row if re.search("法人", cell)), "")
    found = [FormRow("", note, (), 0) for note in _distinct([cell for row in rows[:first] for cell in row[:labels]])]
    above: dict[str, str] = {}
    for place, row in enumerate(rows[first:], first):
        names = _distinct(row[:labels])
        above.update({key_of(name, TABLE_3_ROWS): name for name in names})
        key = key_of("".join(names), TABLE_3_ROWS)
        cells = tuple(
            Cell(column, header, legal if column in _LEGAL_PERSONS else "", row[at])
            for at, (column, header) in columns.items()
            if at < len(row)
        )
        if not key:
            found.append(FormRow("", " ".join(names), tuple(cell for cell in cells if cell.text not in names), place))
        elif key not in ("三", *_GROUPS) or any(cell.text for cell in cells):
            found.append(FormRow(key, _path(key, names, above), cells, place))
    return FormTable(3, tuple(found)) if len({row.row for row in found} - {""}) >= 3 else None


_GROUPS = ("三(三)", "三(四)", "三(五)", "三(六)")


def _path(key: str, names: Sequence[str], above: Mapping[str, str]) -> str:
    """A row's label with those above it, which stand in a merged cell or only in the first of its rows."""
    parents = [key[:length] for length in (1, 4) if len(key) > length]
    return " ".join(dict.fromkeys([*(above[parent] for parent in parents if parent in above), *names]))


def _columns(header: Rows, layout: Layout) -> dict[int, tuple[str, str]]:
    """Place of each column that the form has to its key and its header as published, the innermost that tells."""
    found: dict[int, tuple[str, str]] = {}
    for row in header:
        for place, cell in enumerate(row):
            if key := key_of(cell, layout):
                found[place] = key, cell
    return dict(sorted(found.items()))


def _table_2(rows: Rows) -> FormTable | None:
    columns: dict[int, tuple[str, str]] = {}
    article = ""
    found: list[FormRow] = []
    for place, row in enumerate(rows):
        if header := _columns([row], _TABLE_2_COLUMNS):
            columns = header
        elif len(names := _distinct(row)) == 1 and _ARTICLE.match(_bare_article(names[0])):
            article = names[0]
        elif row and (key := key_of(row[0], _TABLE_2_ROWS)) and columns:
            found.append(FormRow(key, " ".join(filter(None, (article, row[0]))), _cells_of(row, columns), place))
        elif names:
            found.append(FormRow("", "，".join(names), (), place))
    return FormTable(2, tuple(found)) if any(row.row for row in found) else None


def _bare_article(text: str) -> str:
    return re.sub(r"[\s()]", "", fold(text))


def _cells_of(row: Sequence[str], columns: Mapping[int, tuple[str, str]]) -> tuple[Cell, ...]:
    """A row's cells; one that spans several columns stands once."""
    cells = [Cell(column, header, "", row[at]) for at, (column, header) in columns.items() if at < len(row)]
    return tuple(dict.fromkeys(cells))


def _table_4(rows: Rows) -> FormTable | None:
    first = next((place for place, row in enumerate(rows) if _is_results(row)), None)
    if first is None:
        return None
    # Those of 行政复议 reach over two rows: beside 未经复议直接起诉, and beside the results below that.
    last = first + sum(1 for _ in takewhile(_is_results, rows[first + 1 :]))
    columns = _columns(rows[first : last + 1], _TABLE_4_COLUMNS)
    if len(columns) == len({column for column, _ in columns.values()}):
        return _blocks_as_rows(rows, last, columns)
    return _blocks_as_columns(rows, last, columns)


def _is_results(row: Sequence[str]) -> bool:
    return {"结果维持", "结果纠正"} <= {key_of(cell, _TABLE_4_COLUMNS) for cell in row}


def _blocks_as_rows(rows: Rows, header: int, columns: Mapping[int, tuple[str, str]]) -> FormTable | None:
    labels = min(columns)
    found: list[FormRow] = []
    lawsuit = ""
    for place, row in enumerate(rows[header + 1 :], header + 1):
        names = _distinct(row[:labels])
        lawsuit = next((name for name in names if _LAWSUIT.search(name)), lawsuit)
        key = key_of("".join(names), _TABLE_4_BLOCKS)
        path = [lawsuit, *names] if key and key != "行政复议" else names
        found.append(FormRow(key, " ".join(_distinct(path)), _cells_of(row, columns), place))
    return FormTable(4, tuple(found)) if any(row.row for row in found) else None


def _blocks_as_columns(rows: Rows, results: int, columns: Mapping[int, tuple[str, str]]) -> FormTable | None:
    """The form's own layout: three blocks of five columns beside one another, and one row of figures."""
    headers = [_filled(row) for row in rows[:results]]
    found: list[FormRow] = []
    for place, row in enumerate(rows[results + 1 :], results + 1):
        for block in _blocks(columns):
            above = _distinct([header[block[0]] for header in headers if block[0] < len(header)])
            names = [name for name in above if not key_of(name, _TABLE_4_COLUMNS)]
            cells = tuple(Cell(*columns[at], "", row[at]) for at in block if at < len(row))
            key = key_of("".join(names), _TABLE_4_BLOCKS)
            if any(cell.text for cell in cells):
                found.append(FormRow(key, " ".join(names), cells, place))
    return FormTable(4, tuple(found)) if any(row.row for row in found) else None


def _blocks(columns: Mapping[int, tuple[str, str]]) -> list[list[int]]:
    """Places of the columns, cut where a header comes again."""
    blocks: list[list[int]] = [[]]
    seen: set[str] = set()
    for place, (column, _) in columns.items():
        if column in seen:
            blocks.append([])
            seen = set()
        seen.add(column)
        blocks[-1].append(place)
    return blocks


def _filled(row: Sequence[str]) -> list[str]:
    """A header's row whose empty cells are those of the merged cell to their left."""
    filled: list[str] = []
    for cell in row:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled
