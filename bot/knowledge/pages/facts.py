"""What a page says of its document besides the text: the card with 索引号 and 文号, the line below the title, the head's metas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.knowledge.pages.cells import read_rows
from bot.knowledge.pages.tree import Node, Page
from bot.knowledge.stated import BadValue, Stated, read_date, stated_from, tidy
from bot.knowledge.titles import looks_like_sender
from bot.language.normalise import simplify
from bot.language.periods import parse_date
from bot.model import Finding, Severity

_LABELS: Mapping[str, tuple[str, ...]] = {
    "index_number": ("索引号", "信息索引号", "索引号码", "公开索引号"),
    "number": ("文号", "发文字号", "发文文号", "发布文号", "文件编号", "文件字号"),
    "agency": ("发布机构", "发文机关", "发布单位", "发文单位", "公开机构", "发布机关", "制发机关", "公开主体", "发文机构"),
    "formed_on": ("生成日期", "成文日期", "成文时间", "生成时间", "制发日期", "签发日期", "发文日期"),
    "published_on": ("发布日期", "发布时间", "公开日期", "公开时间", "发表时间", "发表日期", "日期", "时间", "时间戳"),
    "category": ("主题分类", "信息分类", "信息类别", "分类", "公开类别", "公开目录", "组配分类", "所属主题"),
    "title": ("名称", "标题", "信息名称", "文件名称"),
    "summary": ("内容概述", "内容摘要"),
    "": (
        "有效性", "主题词", "关键词", "关键字", "体裁分类", "体裁", "公开方式", "公开范围", "公开时限", "公开形式", "公开程序", "公开期限",
        "服务对象", "对象分类", "效力状态", "时效性", "文件状态", "效力", "失效日期", "失效时间", "废止日期", "生效日期", "施行日期", "实施日期", "信息来源",
        "文章来源", "来源", "责任编辑", "编辑", "作者", "浏览次数", "浏览量", "点击数", "点击量", "阅读次数", "阅读量", "访问量", "字体", "字号", "签发人", "载体类型",
        "记录形式", "语种", "审核", "是否有效", "访问次数", "视力保护色", "更新时间", "点击", "供稿", "发布者", "发布人", "录入", "录入者", "文章作者", "信息员", "编审", "初审", "复审", "终审", "摄影", "撰稿",
    ),
}  # fmt: skip
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels}
_LABEL = "|".join(r"\s*".join(label) for label in sorted(_FIELDS, key=len, reverse=True))
_PAIR = re.compile(rf"[\[【]?\s*({_LABEL})\s*[\]】]?\s*[:：]\s*[\]】]?")
# Traditional characters too: what holds none of them is not looked at closely.
_ANY_LABEL = re.compile("[号號日期时時间間名称稱标標题題类類构構关關位主源辑輯者数數量体體效制發发]")
# A card has one of these; a line below a title has a date and says where it is from.
_OF_CARD = frozenset(("index_number", "number", "agency", "formed_on", "category"))
_NOTHING = re.compile(r"[\s—\-–/、.()（）]*(?:(?:暂)?无)?[\s—\-–/、.()（）]*")
_DATE = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?")
# The time of day is a system's: an office signs with a date alone.
_MOMENT = re.compile(rf"\s*({_DATE.pattern})\s*[0-9]{{1,2}}[:：][0-9]{{2}}(?:[:：][0-9.]+)?\s*")
_DATED = re.compile(rf"\s*({_DATE.pattern})[\s0-9:：.]*")
_MOMENT_LABEL = "时间戳"
_LONGEST_CARD, _LARGEST_CARD = 2000, 500
_LONGEST_LINE = 200
_LONGEST_VALUE = 120
_LONGEST_NAME = 20
# More than any card could make up for.
_FOREIGN = 1000
_METAS: Mapping[str, str] = {
    "articletitle": "title",
    "pubdate": "published_on",
    "columnname": "category",
    "contentsource": "agency",
    "url": "source",
}
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{1,2000}?)\s*-->")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page states.

    Attributes:
        values: by field name of `Stated`, as written; `summary` is 内容概述.
        cards: the elements that hold nothing but such statements.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    cards: frozenset[Node] = frozenset()


def find_facts(page: Page) -> Facts:
    """Read the cards and the lines of labels in a page's body; what is stated first holds."""
    values: dict[str, str] = {}
    cards: set[Node] = set()
    stack = [(page.body, _Said())]
    while stack:
        node, own = stack.pop()
        parts = [(part, _said(part)) for part in node.elements]
        rows = [] if own.is_card else _run(parts)
        cards.update([node] if own.is_card else [row for row, _ in rows])
        for label, value in own.pairs if own.is_card else [pair for _, row in rows for pair in row.pairs]:
            if _FIELDS[label] and not _NOTHING.fullmatch(value):
                values.setdefault(_FIELDS[label], value)
        if not own.is_card:
            stack.extend(part for part in reversed(parts) if part[0] not in cards)
    return Facts(values, frozenset(cards))


def _run(parts: list[tuple[Node, _Said]]) -> list[tuple[Node, _Said]]:
    """The rows of a card that are elements side by side, with other things before and after them; empty where there is none."""
    run: list[tuple[Node, _Said]] = []
    for part in [*(part for part in parts if part[0].prose + part[0].linked), (None, _Said())]:
        if part[0] is not None and part[1].pairs and not part[1].others:
            run.append((part[0], part[1]))
            continue
        pairs = [pair for _, row in run for pair in row.pairs]
        if len(run) > 1 and _Said(pairs, 0, sum(row.length for _, row in run)).is_card:
            return run
        run.clear()
    return []


def state(facts: Facts, page: Page, source: str = "") -> tuple[Stated, tuple[Finding, ...]]:
    """The fields that a page states, its visible card before its head's metas; a date that is none is dropped with a remark.

    Args:
        facts: as `find_facts` found them.
        page: the same page.
        source: the address that it was saved from, where the file tells.
    """
    values = {name: value for name, value in facts.values.items() if name != "summary"}
    for meta, name in _METAS.items():
        if (written := page.metas.get(meta, "")) and not _NOTHING.fullmatch(written):
            values.setdefault(name, written)
    # A column such as 本站原创 is no agency, and would be looked for in vain.
    if "agency" not in facts.values and not looks_like_sender(values.get("agency", "")):
        values.pop("agency", None)
    addresses = (values.get("source", ""), page.canonical, source)
    values["source"] = next((address for address in addresses if re.match("https?://", address)), "")
    findings = []
    for name in ("formed_on", "published_on"):
        if found := _DATE.match(values.get(name, "")):
            values[name] = "".join(found[0].split())
        try:
            read_date(name, values.get(name, ""))
        except BadValue:
            reason = f'the page states "{tidy(values.pop(name))}" for a date, which is none'
            remedy = "state the date in a text or Markdown file, or leave it out"
            findings.append(Finding(Severity.WARNING, "", 0, reason, remedy))
    return stated_from(values), tuple(findings)


def with_title(stated: Stated, title: str) -> Stated:
    """The same with a title, where the page states none."""
    return stated if stated.title else replace(stated, title=title)


def saved_from(text: str) -> str:
    """The address that a browser wrote into a page when it saved it; empty where there is none."""
    found = _SAVED_FROM.search(text[:4096])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Said:
    """The labels with their values in an element, how many of its lines or cells are anything else, and its length."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    others: int = 0
    length: int = 0

    @property
    def is_card(self) -> bool:
        """Whether the element is there to state these, and not a text that happens to have some."""
        fields = {_FIELDS[label] for label, value in self.pairs if value}
        if self.others == 0 and self.length <= _LONGEST_LINE and "published_on" in fields:
            # 发布时间 by itself may be a line of the text; a system's own moment is not.
            return len(self.pairs) > 1 or self.pairs[0][0] == _MOMENT_LABEL
        return (
            len(self.pairs) > 2 and bool(fields & _OF_CARD) and len(fields) > 1 and 4 * self.others <= len(self.pairs)
        )


def _said(node: Node) -> _Said:
    if node.is_in_line or node.size > _LARGEST_CARD or not 4 < node.prose + node.linked <= _LONGEST_CARD:
        return _Said()
    if not _ANY_LABEL.search(words := node.words()) and not _MOMENT.search(words):
        return _Said()
    cells = list(_cells_of(node))
    pairs: list[tuple[str, str]] = []
    others = place = 0
    while place < len(cells):
        text = cells[place]
        following = cells[place + 1] if place + 1 < len(cells) else ""
        place += 1
        if label := _label(text):
            is_value = not _label(following) and not _in_line(following)
            pairs.append((label, following if is_value else ""))
            place += is_value
        elif found := _in_line(text):
            pairs.extend(found)
        else:
            others += _FOREIGN if _is_written(text) else 1
    # A label with a whole text after it begins that text.
    others += _FOREIGN * sum(len(value) > _LONGEST_VALUE and _FIELDS[label] != "summary" for label, value in pairs)
    return _Said(pairs, others, sum(map(len, cells)))


def _is_written(text: str) -> bool:
    """Whether a line is of a text, and no heading or button of a card."""
    return len(text) > _LONGEST_NAME or "。" in text or parse_date(text) is not None or looks_like_sender(text)


def _cells_of(node: Node) -> Iterator[str]:
    """The texts of a table's cells, or of the lines of anything else."""
    if node.tag == "table":
        rows, _ = read_rows(node)
        # A header with its rows below is a list of documents and not the card of one.
        if any(len(row) > 2 and all(_label(cell.text) for cell in row) for row in rows):
            yield "表"
            return
        seen: set[int] = set()
        for row in rows:
            for cell in row:
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
                if all(part.is_in_line for part in cell.node.elements):
                    yield cell.text
                else:
                    yield from _cells_of(cell.node)
        return
    line: list[str] = []
    for part in node.children:
        if isinstance(part, str) or part.is_in_line:
            line.append(part if isinstance(part, str) else part.words())
            continue
        yield from _flushed(line)
        yield from _cells_of(part)
    yield from _flushed(line)


def _flushed(line: list[str]) -> Iterator[str]:
    text = " ".join(" ".join(line).split())
    line.clear()
    if text:
        yield text


def _label(text: str) -> str:
    """The label that a text is, without blanks and colon; empty where it is none."""
    plain = "".join(text.split()).strip("：:[]【】") if len(text) < 40 else ""
    plain = plain if plain in _FIELDS else simplify(plain)
    return plain if plain in _FIELDS else ""


def _in_line(text: str) -> list[tuple[str, str]]:
    """The labels and values that a line is made of; empty where it begins with anything else."""
    plain = simplify(text)
    plain = plain if len(plain) == len(text) else text
    found = list(_PAIR.finditer(plain))
    first = found[0].start() if found else len(text)
    dated = (_DATED if found else _MOMENT).fullmatch(text[:first])
    if first and not dated:
        return []
    ends = [*(pair.start() for pair in found), len(text)][1:]
    pairs = [
        ("".join(pair[1].split()), text[pair.end() : end].strip(" |｜\t【["))
        for pair, end in zip(found, ends, strict=False)
    ]
    return [(_MOMENT_LABEL, dated[1]), *pairs] if dated else pairs
