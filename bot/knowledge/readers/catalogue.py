"""公开目录 as CSV: a table whose rows are items."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge.lines import Line, split_lines
from bot.knowledge.manuscript import OPENING, Manuscript, Reading, UnreadableFile
from bot.knowledge.rows import Row, read_table
from bot.knowledge.stated import BadValue, stated_from, tidy
from bot.language.normalise import remove_stray_pinyin, strip_invisible
from bot.model import Finding, Section, Severity

COLUMNS: Mapping[str, str] = {
    "id": "id", "索引号": "id", "索引": "id",
    "title": "title", "名称": "title", "标题": "title", "信息名称": "title",
    "category": "category", "类别": "category", "信息类别": "category", "分类": "category",
    "date": "formed_on", "生成日期": "formed_on", "formed": "formed_on", "成文日期": "formed_on",
    "published": "published_on", "发布日期": "published_on",
    "text": "text", "内容概述": "text", "内容": "text", "正文": "text",
    "url": "source", "链接": "source", "网址": "source", "source": "source", "来源": "source",
    "agency": "agency", "公开机构": "agency", "发布机构": "agency", "机关": "agency",
    "number": "number", "文号": "number",
    "kind": "kind", "类型": "kind",
    "aliases": "aliases", "常见问法": "aliases",
    "status": "status", "状态": "status",
    "reviewed_by": "reviewed_by", "审核人": "reviewed_by",
}  # fmt: skip


def read_catalogue(data: bytes) -> Reading:
    """One manuscript a row; a row that cannot be read is refused by its line, and the others load.

    Raises:
        UnreadableFile: no text, or no header with an id and a title or a text.
    """
    table = read_table(data, COLUMNS, required=("id",))
    if not table.columns & {"title", "text"}:
        raise UnreadableFile(
            "the header has neither a title nor a text", "add the column title 名称 or text 内容概述", 1
        )
    manuscripts: list[Manuscript] = []
    findings = list(table.findings)
    lines: dict[str, int] = {}
    for row in table.rows:
        try:
            manuscript = _manuscript(row)
            if first := lines.get(manuscript.id):
                raise BadValue(
                    f'id "{manuscript.id}" is that of line {first} as well', "give each row an id of its own"
                )
        except BadValue as bad:
            findings.append(Finding(Severity.ERROR, "", row.line, bad.reason, bad.remedy))
            continue
        lines[manuscript.id] = row.line
        manuscripts.append(manuscript)
    return Reading(tuple(manuscripts), tuple(findings))


def _manuscript(row: Row) -> Manuscript:
    if row.extra:
        raise BadValue("the row has more cells than the header", 'put texts with commas in ""')
    identity = tidy(row.cells["id"])
    if not identity:
        raise BadValue("the row has no id", "give it its 索引号")
    title = tidy(remove_stray_pinyin(row.cells.get("title", "")))
    text = _text(row.cells.get("text", ""))
    if not title and not text:
        raise BadValue("the row has neither a title nor a text", "fill in one of them, or delete the row")
    stated = stated_from({**row.cells, "title": title, "index_number": identity})
    section = Section("1", (), text or title, row.line)
    lines = tuple(Line(row.line, line) for line in (title, *text.split("\n")) if line)
    return Manuscript(
        stated, (section,), opening=text[:OPENING], id=identity, line=row.line, lines=lines, paragraphs=lines
    )


def _text(cell: str) -> str:
    lines = split_lines(remove_stray_pinyin(strip_invisible(cell)))
    return "\n".join(line.text for line in lines if line.text)
