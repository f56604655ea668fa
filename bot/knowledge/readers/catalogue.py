"""公开目录: a table whose rows are items, from CSV or from the sheets of a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import blake2b

from bot.knowledge.decoding import decode
from bot.knowledge.lines import Line, split_lines
from bot.knowledge.manuscript import OPENING, Manuscript, Reading, UnreadableFile
from bot.knowledge.rows import Row, read_records, to_table
from bot.knowledge.sheets import Header, Record, Sheet, find_header, is_banner, without_end
from bot.knowledge.stated import BadValue, stated_from, tidy
from bot.language.normalise import remove_stray_pinyin, strip_invisible
from bot.model import Finding, Section, Severity

COLUMNS: Mapping[str, str] = {
    "id": "id", "索引号": "id", "索引": "id", "信息索引号": "id", "信息索引": "id",
    "title": "title", "名称": "title", "标题": "title", "信息名称": "title", "信息标题": "title",
    "文件名称": "title", "文件标题": "title",
    "category": "category", "类别": "category", "信息类别": "category", "分类": "category", "信息分类": "category",
    "主题分类": "category", "所属类别": "category",
    "date": "formed_on", "生成日期": "formed_on", "formed": "formed_on", "成文日期": "formed_on", "生成时间": "formed_on",
    "成文时间": "formed_on", "形成日期": "formed_on", "信息生成日期": "formed_on", "印发日期": "formed_on",
    "published": "published_on", "发布日期": "published_on", "发布时间": "published_on", "公开日期": "published_on",
    "公开时间": "published_on",
    "text": "text", "内容概述": "text", "内容": "text", "正文": "text", "内容摘要": "text", "信息内容": "text",
    "主要内容": "text", "信息内容概述": "text", "内容简介": "text",
    "url": "source", "链接": "source", "网址": "source", "source": "source", "来源": "source", "链接地址": "source",
    "信息链接": "source", "网页链接": "source",
    "agency": "agency", "公开机构": "agency", "发布机构": "agency", "机关": "agency", "发布机关": "agency",
    "发文机关": "agency", "公开主体": "agency",
    "number": "number", "文号": "number", "发文字号": "number", "文件编号": "number", "文件号": "number",
    "kind": "kind", "类型": "kind",
    "aliases": "aliases", "常见问法": "aliases",
    "status": "status", "状态": "status",
    "reviewed_by": "reviewed_by", "审核人": "reviewed_by",
    "author": "author", "作者": "author", "拟稿人": "author",
    # A running number moves on with every row that is put above it, so it identifies nothing.
    "序号": "running", "no": "running", "no.": "running", "编号": "running",
}  # fmt: skip
# What these mean depends on the columns beside them.
_DOUBTFUL: Mapping[str, str] = {
    "公开内容": "title", "公开事项": "title", "事项名称": "title", "目录名称": "title", "题名": "title", "文件名": "title",
    "摘要": "text", "概述": "text", "内容描述": "text",
    "日期": "formed_on", "时间": "formed_on", "制定日期": "formed_on", "制作日期": "formed_on",
    "公开单位": "agency", "发布单位": "agency", "责任单位": "agency", "制作单位": "agency", "责任部门": "agency",
    "栏目": "category", "一级目录": "category", "公开类别": "category",
    "地址": "source", "备案号": "number",
}  # fmt: skip
_DATES = ("formed_on", "published_on")
_ERROR_IN_CELL = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_TIME_OF_DAY = re.compile(r"[\sT]*[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:[.][0-9]+)?秒?)?分?$")
# Excel counts days from the end of 1899; these are the serials of 1954 to 2064.
_SERIAL = re.compile(r"[2-5][0-9]{4}(?:[.][0-9]+)?")
_FIRST_DAY = date(1899, 12, 30)


def read_catalogue(data: bytes) -> Reading:
    """One manuscript a row of a CSV file; a row that cannot be read is refused by its line, and the others load.

    Raises:
        UnreadableFile: no text, or no header with a title or a text.
    """
    return catalogue_in_text(decode(data))


def catalogue_in_text(text: str) -> Reading:
    """The same of a text that is decoded."""
    records, findings = read_records(text, {**_DOUBTFUL, **COLUMNS})
    return catalogue_of([Sheet("", tuple(records), tuple(findings))])


def catalogue_of(sheets: Sequence[Sheet]) -> Reading:
    """One manuscript a row of each sheet that has a header; the other sheets are noted.

    Raises:
        UnreadableFile: no sheet has a header with a title or a text.
    """
    items = _Items()
    several = len(sheets) > 1
    for sheet in sheets:
        header = header_of(sheet)
        if header is None:
            reason = "it has no header with a title or a text, and is not published"
            findings: Sequence[Finding] = [Finding(Severity.NOTE, "", 0, reason, "")]
        else:
            findings = items.read(sheet, header)
        items.findings += [_of_sheet(sheet.name, finding) if several else finding for finding in findings]
    if not items.headers:
        raise _no_header(sheets)
    return Reading(tuple(items.manuscripts), tuple(items.findings))


def header_of(sheet: Sheet) -> Header | None:
    """The header that makes a catalogue of a sheet; None where it has none with a title or a text."""
    header = find_header(sheet.records, COLUMNS, _DOUBTFUL)
    return header if header and header.known & {"title", "text"} else None


def _of_sheet(name: str, finding: Finding) -> Finding:
    return replace(finding, reason=f'sheet "{name}": {finding.reason}')


def _no_header(sheets: Sequence[Sheet]) -> UnreadableFile:
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet.records, COLUMNS, _DOUBTFUL))]
    remedy = "add the column title 名称 or text 内容概述"
    if found:
        sheet, header = found[0]
        line = sheet.records[header.first][0]
        return UnreadableFile("the header has neither a title nor a text", remedy, line)
    return UnreadableFile("no row is the header of a catalogue", "write one: 索引号, 名称, 生成日期, 内容概述", 1)


@dataclass
class _Items:
    """The items of a file so far; an id is given once in all its sheets."""

    manuscripts: list[Manuscript] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headers: int = 0
    _places: dict[str, str] = field(default_factory=dict)

    def read(self, sheet: Sheet, header: Header) -> list[Finding]:
        """Add a sheet's items, and return what there is to say of its rows."""
        body, notes = without_end(sheet.records, header)
        line = sheet.records[header.after - 1][0]
        category, records = _without_banners(body)
        table = to_table(header.headings, header.names, line, records, [*sheet.findings, *notes])
        self.headers += 1
        findings = list(table.findings)
        if not table.rows and not findings:
            remedy = "add one row an item, or delete the file"
            findings.append(Finding(Severity.WARNING, "", line, "no item stands below the header", remedy))
        for row in _with_addresses(table.rows, header, sheet.links):
            try:
                manuscript = _manuscript(row, category.get(row.line, ""))
                if first := self._places.get(manuscript.id):
                    raise BadValue(*_twice(manuscript, first))
            except BadValue as bad:
                findings.append(Finding(Severity.ERROR, "", row.line, bad.reason, bad.remedy))
                continue
            self._places[manuscript.id] = (
                f'line {row.line} of sheet "{sheet.name}"' if sheet.name else f"line {row.line}"
            )
            self.manuscripts.append(manuscript)
        return findings


def _with_addresses(rows: Sequence[Row], header: Header, links: Mapping[tuple[int, int], str]) -> Iterator[Row]:
    """The rows, their source where their link, or else their title, leads to, unless it is written out."""
    columns = [header.names.index(name) for name in ("source", "title") if name in header.names]
    for row in rows:
        address = next((links[row.line, column] for column in columns if (row.line, column) in links), "")
        is_written = row.cells.get("source", "").strip().startswith(("http://", "https://"))
        yield replace(row, cells={**row.cells, "source": address}) if address and not is_written else row


def _without_banners(body: Sequence[Record]) -> tuple[Mapping[int, str], list[Record]]:
    """The category that each line has from a text across the sheet above it, and the records without such texts."""
    categories: dict[int, str] = {}
    kept: list[Record] = []
    category = ""
    for line, cells in body:
        if is_banner(cells):
            category = tidy(next(cell for cell in cells if cell.strip()))
        else:
            categories[line] = category
            kept.append((line, cells))
    return categories, kept


def _twice(manuscript: Manuscript, first: str) -> tuple[str, str]:
    if manuscript.stated.index_number:
        return f'id "{manuscript.id}" is that of {first} as well', "give each row an id of its own"
    return f"the row has title, number and date of {first} as well", "delete one, or add a column 索引号"


def _manuscript(row: Row, category: str) -> Manuscript:
    if row.extra:
        raise BadValue("the row has more cells than the header", 'put texts with commas in ""')
    if wrong := next((cell for cell in row.cells.values() if _ERROR_IN_CELL.fullmatch(cell.strip())), ""):
        raise BadValue(f"a formula of the row gives {wrong.strip()}", "mend it, or write its value")
    identity = tidy(row.cells.get("id", ""))
    if "id" in row.cells and not identity:
        raise BadValue("the row has no id", "give it its 索引号")
    title = tidy(remove_stray_pinyin(row.cells.get("title", "")))
    text = _text(row.cells.get("text", ""))
    if not title and not text:
        raise BadValue("the row has neither a title nor a text", "fill in one of them, or delete the row")
    written = {**row.cells, "title": title, "index_number": identity}
    written |= {name: _date_text(row.cells.get(name, "")) for name in _DATES}
    written["category"] = row.cells.get("category", "") or category
    stated = stated_from(written)
    section = Section("1", (), text or title, row.line)
    identity = identity or _made_id(title or text, stated.number, stated.formed_on or stated.published_on)
    lines = tuple(Line(row.line, line) for line in (title, *text.split("\n")) if line)
    return Manuscript(
        stated, (section,), opening=text[:OPENING], id=identity, line=row.line, lines=lines, paragraphs=lines
    )


def _made_id(title: str, number: str, day: date | None) -> str:
    """An id within the file, for a catalogue without 索引号: of what stays when rows are added, sorted and numbered anew."""
    told = "\n".join((title, number, day.isoformat() if day else ""))
    return f"#{blake2b(told.encode(), digest_size=5).hexdigest()}"


def _date_text(cell: str) -> str:
    """A date as `stated_from` reads it, without a time of day; a number is Excel's for a day."""
    written = unicodedata.normalize("NFKC", tidy(cell))
    if _SERIAL.fullmatch(written):
        return (_FIRST_DAY + timedelta(days=int(float(written)))).isoformat()
    return _TIME_OF_DAY.sub("", written)


def _text(cell: str) -> str:
    lines = split_lines(remove_stray_pinyin(strip_invisible(cell)))
    return "\n".join(line.text for line in lines if line.text)
