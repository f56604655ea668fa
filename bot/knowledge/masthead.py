"""What stands above a text and tells about it: its letterhead with the 文号, a table with 索引号 and 发布机构."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.knowledge.blocks import Block, Heading, Paragraph
from bot.knowledge.grids import Grid
from bot.knowledge.stated import BadValue, Stated, stated_from, tidy
from bot.model import Finding, Severity

LABELS: Mapping[str, str] = {
    "索引号": "index_number", "索引": "index_number",
    "文号": "number", "发文字号": "number", "文件编号": "number",
    "发布机构": "agency", "发文机关": "agency", "发文单位": "agency", "公开机构": "agency", "发布单位": "agency",
    "生成日期": "formed_on", "成文日期": "formed_on", "形成日期": "formed_on",
    "发布日期": "published_on", "公开日期": "published_on", "发文日期": "published_on", "发布时间": "published_on",
    "主题分类": "category", "信息分类": "category", "信息类别": "category", "类别": "category", "分类": "category",
    "名称": "title", "标题": "title", "信息名称": "title",
}  # fmt: skip
# Any table may have a column 名称 and one 类别.
_TELLING = frozenset(("index_number", "number", "agency", "formed_on"))
_WITHIN = 16
_FEWEST = 2
_LONGEST = 60
_NUMBER = re.compile(r"[^\s，。；：]{2,20}\s*[〔\[［（(【]\s*(?:19|20)[0-9]{2}\s*[〕\]］）)】]\s*第?\s*[0-9]{1,5}\s*号")
_LETTERHEAD = re.compile(r"[^，。；：]{2,30}文件")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a file says about itself, the blocks without it, and remarks on values that cannot be read."""

    stated: Stated
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = field(default=())


def take_masthead(blocks: Sequence[Block]) -> Masthead:
    """Take the masthead off a text: tables with two known labels, one of which only metadata have, and the letterhead."""
    values: dict[str, str] = {}
    head, rest = list(blocks[: _end_of_head(blocks)]), blocks[_end_of_head(blocks) :]
    known = {LABELS[name] for block in head for name, _ in _pairs(block) if name in LABELS}
    others: list[Block] = []
    if len(known) >= _FEWEST and known & _TELLING:
        head = [block for block in head if not _take_pairs(block, values, others)]
    head = _without_letterhead(head, values)
    # What has no field is text all the same, and stands below the title.
    titled = int(bool(head) and isinstance(head[0], Heading))
    stated, findings = _read(values)
    return Masthead(stated, (*head[:titled], *others, *head[titled:], *rest), findings)


def is_letterhead(text: str) -> bool:
    """Whether a line is the agency's letterhead (示例市粮食局文件) or a 文号."""
    return _LETTERHEAD.fullmatch(text) is not None or _NUMBER.fullmatch(text) is not None


def _end_of_head(blocks: Sequence[Block]) -> int:
    """How many blocks may be masthead: what precedes the first long paragraph, and the second heading."""
    headings = 0
    for place, block in enumerate(blocks[:_WITHIN]):
        headings += isinstance(block, Heading)
        if headings > 1 or (isinstance(block, Paragraph) and len(block.text) > _LONGEST):
            return place
    return min(len(blocks), _WITHIN)


def _pairs(block: Block) -> Iterator[tuple[str, str]]:
    """(label, value) of a table of one row of labels and one of values."""
    if isinstance(block, Grid) and block.headers == 1 and len(block.rows) == 2:
        for label, value in zip(*block.rows, strict=False):
            yield tidy(label).rstrip(":：").replace(" ", ""), tidy(value)


def _take_pairs(block: Block, values: dict[str, str], others: list[Block]) -> bool:
    """Whether a block is a table of metadata; then its values go into `values`, and what has no field into `others`."""
    pairs = list(_pairs(block))
    if not any(label in LABELS for label, _ in pairs):
        return False
    for label, value in pairs:
        if label not in LABELS:
            others.append(Grid(((label,), (value,))))
        elif value:
            values.setdefault(LABELS[label], value)
    return True


def _without_letterhead(head: list[Block], values: dict[str, str]) -> list[Block]:
    """Without 示例市粮食局文件 and the 文号 below it, which stand before the title."""
    place = next((place for place, block in enumerate(head) if _NUMBER.fullmatch(_words(block))), None)
    if place is None or any(not _LETTERHEAD.fullmatch(_words(block)) for block in head[:place]):
        return head
    values.setdefault("number", _words(head[place]))
    return head[place + 1 :]


def _words(block: Block) -> str:
    return tidy(block.text) if isinstance(block, Paragraph | Heading) else ""


def _read(values: Mapping[str, str]) -> tuple[Stated, tuple[Finding, ...]]:
    good = dict(values)
    findings = []
    for name, value in values.items():
        try:
            stated_from({name: value})
        except BadValue as bad:
            # A date that somebody mistyped is no reason to withhold the text.
            del good[name]
            findings.append(Finding(Severity.WARNING, "", 0, f"{bad.reason} and was ignored", bad.remedy))
    return stated_from(good), tuple(findings)
