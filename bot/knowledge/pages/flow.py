"""An element of a page into the blocks that a reader sees, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.knowledge.blocks import Block, Entry, Heading, Paragraph
from bot.knowledge.cleaning import is_chrome
from bot.knowledge.pages.attachments import Attachment, attachment, is_label, is_list
from bot.knowledge.pages.cells import grids_of, holds_data, read_rows
from bot.knowledge.pages.labels import Numbers
from bot.knowledge.pages.tree import Node
from bot.knowledge.titles import looks_like_sender
from bot.language.periods import parse_date

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Where a page's source breaks a line between two characters of Chinese, its text has no blank.
_SOURCE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\r?\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
# A paragraph's indent in the middle of one is where the next begins.
_INDENT = re.compile(r"(?<=[。；：！？”）])(?:[ \t\r\n]*(?:\u3000{2,}|\u00a0{4,}|(?:\u00a0 ){3,}))[\u3000\u00a0 ]*")
_RELATED = re.compile(
    r"^[【\[]?(?:相关|推荐|延伸|热门|热点|最新|更多|猜你喜欢|您可能感兴趣)(?:的)?(?:链接|阅读|文章|信息|新闻|解读|文件|稿件|报道|政策|推荐|内容|资讯|动态|公告|专题)*"
    r"[】\]]?[:：]?$"
)


def read_blocks(main: Node, apart: frozenset[Node], base: str) -> tuple[list[Block], list[Attachment]]:
    """The blocks of an element, and the files that it links to.

    Args:
        main: what holds the text.
        apart: elements that do not belong to it.
        base: the page's address, for those of its attachments.
    """
    flow = _Flow(apart, base)
    flow.read(main)
    flow.end_line()
    return flow.blocks, flow.attachments


class _Flow:
    """Reads elements in order and keeps the line that is being gathered."""

    def __init__(self, apart: frozenset[Node], base: str) -> None:
        self.blocks: list[Block] = []
        self.attachments: list[Attachment] = []
        self._apart = apart
        self._base = base
        self._line: list[str] = []
        self._at = self._begins = 0
        self._label = ""
        self._linked: list[Attachment] = []
        self._names: list[str] = []

    def read(self, node: Node) -> None:
        self._at = node.line or self._at
        for child in node.children:
            if isinstance(child, str):
                self._add(child)
            elif child in self._apart or self._is_related(child):
                self.end_line()
            elif child.is_inline:
                self._link(child)
                self.read(child)
            else:
                self._block(child)

    def _block(self, node: Node) -> None:
        self.end_line()
        if level := _HEADINGS.get(node.tag):
            self._heading(node, level)
        elif node.tag == "table":
            self._table(node)
        elif node.tag in ("ul", "ol"):
            self._list(node)
        elif node.tag == "pre":
            for place, line in enumerate("".join(_texts(node)).splitlines()):
                self._at = node.line and node.line + place
                self._add(line)
                self.end_line()
        else:
            self.read(node)
        self.end_line()

    def _heading(self, node: Node, level: int) -> None:
        # A heading that holds a whole text is one of an editor's that knows no paragraphs.
        if any(not part.is_inline and part.tag != "br" for part in node.elements):
            self.read(node)
        elif text := _tidy("".join(_texts(node))):
            self.blocks.append(Heading(text, level, node.line))

    def _table(self, node: Node) -> None:
        rows, in_head = read_rows(node)
        for caption in node.elements:
            if caption.tag == "caption":
                self._block(caption)
        if holds_data(node, rows):
            self.blocks.extend(grids_of(rows, in_head))
            self._links_below(node)
            return
        seen: set[Node] = set()
        for row in rows:
            for cell in row:
                if cell.node not in seen and cell.node not in self._apart:
                    seen.add(cell.node)
                    self._block(cell.node)

    def _list(self, node: Node) -> None:
        numbers = Numbers(node)
        for entry in node.elements:
            if entry in self._apart:
                continue
            if entry.tag != "li":
                self._block(entry)
                continue
            self._label = numbers.label(entry)
            self._block(entry)
            self._label = ""

    def _link(self, node: Node) -> None:
        if node.tag == "a" and (found := attachment(node, self._base)):
            self._linked.append(found)
            self._names.append(_tidy(node.words()))

    def _links_below(self, node: Node) -> None:
        for part in node.walk():
            if part.tag == "a" and (found := attachment(part, self._base)):
                self.attachments.append(found)

    def _add(self, text: str) -> None:
        """Gather a run of text, and count the lines of the file that it goes over."""
        if not self._line and text.strip():
            self._begins = self._at and self._at + _breaks(text[: -len(text.lstrip())])
        if self._line or text.strip():
            self._line.append(text)
        self._at = self._at and self._at + _breaks(text)

    def end_line(self) -> None:
        """Finish the line that is being gathered: a paragraph or an entry, or the name of an attachment."""
        gathered, self._line = "".join(self._line), []
        linked, names = self._linked, self._names
        self._linked, self._names = [], []
        for text, line in self._paragraphs(gathered):
            if linked and is_list(text, names):
                self._take_list(text, linked)
                linked = []
            elif self._label:
                self.blocks.append(Entry(self._label, text, line))
                self._label = ""
            else:
                self.blocks.append(Paragraph(text, line, loose=True))
        self.attachments.extend(linked)

    def _paragraphs(self, gathered: str) -> Iterator[tuple[str, int]]:
        """What was gathered, parted where a paragraph begins in its middle, each part with its line."""
        start = 0
        for end in (*(found.span() for found in _INDENT.finditer(gathered)), (len(gathered), len(gathered))):
            if text := _tidy(gathered[start : end[0]]):
                yield text, self._begins and self._begins + _breaks(gathered[:start].lstrip())
            start = end[1]

    def _take_list(self, text: str, linked: list[Attachment]) -> None:
        if self.blocks and isinstance(self.blocks[-1], Paragraph | Heading) and is_label(self.blocks[-1].text):
            self.blocks.pop()
        if len(linked) == 1 and text.startswith("附件") and not is_label(text):
            # 附件1：…: its number is how the text refers to it.
            linked = [Attachment(text if linked[0].name in text else f"{text}{linked[0].name}", linked[0].address)]
        self.attachments.extend(linked)

    def _is_related(self, node: Node) -> bool:
        """Whether an element only lists links to other pages, under a heading that says so, which goes with it."""
        if node.linked < 2 * node.prose or not node.linked or node.tag == "a":
            return False
        last = self.blocks[-1] if self.blocks and not "".join(self._line).strip() else None
        if not isinstance(last, Paragraph | Heading) or not _RELATED.match(last.text):
            return False
        if any(part.tag == "a" and attachment(part, self._base) for part in node.walk()):
            return False
        self.blocks.pop()
        return True


def _texts(node: Node) -> list[str]:
    texts: list[str] = []
    stack: list[Node | str] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            texts.append(part)
        elif part.tag == "br":
            texts.append("\n")
        else:
            stack.extend(reversed(part.children))
    return texts


def _breaks(text: str) -> int:
    return text.count("\n")


def _tidy(text: str) -> str:
    return " ".join(_SOURCE_BREAK.sub("", text).split())


def insert_before_end(blocks: list[Block], lines: list[str]) -> list[Block]:
    """The blocks with lines put before the sign-off and the page's chrome, so that these still end the text."""
    end = len(blocks)
    while end and _is_paragraph(blocks[end - 1], is_chrome):
        end -= 1
    if end and _is_paragraph(blocks[end - 1], lambda text: parse_date(text) is not None):
        end -= 1
        if end and _is_paragraph(blocks[end - 1], looks_like_sender):
            end -= 1
    return [*blocks[:end], *map(Paragraph, lines), *blocks[end:]]


def _is_paragraph(block: Block, fits: Callable[[str], bool]) -> bool:
    return isinstance(block, Paragraph) and fits(block.text)
