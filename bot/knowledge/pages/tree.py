"""A page as a tree of what a reader sees: no scripts, no hidden elements, no comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.pages.encoding import SAVE_ANEW
from bot.knowledge.pages.nesting import check_nesting
from bot.knowledge.pages.source_lines import LINE, mark_lines

_DEEPEST = 60
_MOST_NODES = 500_000
_UNSEEN = frozenset(
    (
        "head script style noscript template iframe object embed applet svg math canvas video audio map select datalist"
        " option input button textarea nav footer aside dialog rt rp title meta link base"
    ).split()
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rb ruby s samp small"
        " span st1:chsdate strike strong sub sup time tt u var wbr img"
    ).split()
)
_SENTENCE = re.compile("[。；！？]|，.{6,}，")
# What only a site says of itself weighs nothing, or a short text would be lighter than the foot of its page.
_SITE_SPEECH = re.compile(
    "版权所有|[Cc]opyright|©|ICP备|公网安备|备案号|网站标识码|主办单位|承办单位|技术支持|分辨率|浏览器"
)


@dataclass(slots=True, eq=False)
class Node:
    """An element with what a reader sees of it.

    Attributes:
        names: its id and its classes, folded.
        prose: how many characters below it are no link's and not the site's own, white space aside.
        linked: how many are a link's.
        size: how many elements are below it.
        holds_lines: whether one of these begins a line.
        sentences: how many of the prose stand in runs of text that read as sentences.
        line: where it begins in its file; 0 where that is not known.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    parent: Node | None = None
    names: frozenset[str] = frozenset()
    prose: int = 0
    linked: int = 0
    sentences: int = 0
    line: int = 0
    size: int = 0
    holds_lines: bool = False

    @property
    def weight(self) -> int:
        """How much a reader would take for the page's matter."""
        return self.prose + 2 * self.sentences

    @property
    def elements(self) -> list[Node]:
        """Its children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def is_inline(self) -> bool:
        """Whether it is part of a line, as its tag has it; elements of a site's own (ucapcontent) are not."""
        return self.tag in INLINE

    @property
    def is_in_line(self) -> bool:
        """Whether it is part of a line with all that is in it; old pages put whole texts into <font>."""
        return self.is_inline and not self.holds_lines

    def walk(self) -> Iterator[Node]:
        """Itself and all elements below it, in the order of the page."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.elements))

    def words(self) -> str:
        """Its text in one piece, white space collapsed; blocks and line ends part words."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        stack: list[Node | str] = [self]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                yield part
                continue
            if not part.is_inline:
                yield " "
                stack.append(" ")
            stack.extend(reversed(part.children))


@dataclass(frozen=True, slots=True)
class Page:
    """A page's body, and what its head says: `metas` by folded name, `title`, `canonical` address."""

    body: Node
    metas: Mapping[str, str]
    title: str = ""
    canonical: str = ""


def read_page(text: str, *, in_file: bool) -> Page:
    """Parse a page as browsers do.

    Args:
        text: the page as it was written.
        in_file: whether its lines are those of its file; a web archive's are not.

    Raises:
        UnreadableFile: more elements, or more inside one another, than pages that people write have.
    """
    check_nesting(text)
    parser = LexborHTMLParser(mark_lines(text) if in_file else text)
    metas: dict[str, str] = {}
    for meta in parser.css("meta"):
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").strip().casefold()
        metas.setdefault(name, " ".join((meta.attributes.get("content") or "").split()))
    title = parser.css_first("title")
    canonical = parser.css_first('link[rel="canonical"]')
    body = _seen(parser.body, hidden=False)
    if not body.prose + body.linked:
        # Some pages hide everything until a script shows it.
        body = _seen(parser.body, hidden=True)
    return Page(
        body,
        metas,
        " ".join(title.text().split()) if title else "",
        (canonical.attributes.get("href") or "").strip() if canonical else "",
    )


def _seen(body: LexborNode | None, hidden: bool) -> Node:
    """The tree below a page's body; `hidden` keeps what style alone hides."""
    root = Node("body", line=_line(body.attributes) if body is not None else 0)
    nodes = [root]
    stack: list[tuple[LexborNode, Node, int]] = []
    if body is not None and body.first_child is not None:
        stack.append((body.first_child, root, 0))
    while stack:
        source, parent, depth = stack.pop()
        if source.next is not None:
            stack.append((source.next, parent, depth))
        if source.is_text_node:
            parent.children.append(source.text_content or "")
            continue
        if not source.is_element_node or not _is_seen(source, hidden):
            continue
        node = _node(source, parent)
        parent.children.append(node)
        nodes.append(node)
        if len(nodes) > _MOST_NODES:
            raise UnreadableFile(f"the page has more than {_MOST_NODES:,} elements", SAVE_ANEW)
        if source.first_child is not None:
            # What stands deeper than any layout needs is read in its order, all on one level.
            stack.append((source.first_child, node if depth < _DEEPEST else parent, depth + 1))
    _measure(nodes)
    return root


def _is_seen(source: LexborNode, hidden: bool) -> bool:
    if source.tag in _UNSEEN:
        return False
    attributes = source.attributes
    return hidden or not ("hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""))


def _node(source: LexborNode, parent: Node) -> Node:
    attributes = {name: value or "" for name, value in source.attributes.items()}
    line = _line(attributes)
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}".casefold().split()
    return Node(source.tag or "", attributes, [], parent, frozenset(names), line=line)


def _line(attributes: Mapping[str, str | None]) -> int:
    written = attributes.get(LINE) or ""
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else 0


def _measure(nodes: list[Node]) -> None:
    """Count from the leaves up; `nodes` has every parent before its children."""
    for node in reversed(nodes):
        for text in node.children:
            if isinstance(text, str) and (length := len("".join(text.split()))) and not _SITE_SPEECH.search(text):
                node.prose += length
                node.sentences += length if _SENTENCE.search(text) else 0
        if node.tag == "a" and "href" in node.attributes:
            node.linked, node.prose, node.sentences = node.linked + node.prose, 0, 0
        if node.parent is not None:
            node.parent.size += 1 + node.size
            node.parent.holds_lines |= not node.is_in_line
            node.parent.prose += node.prose
            node.parent.linked += node.linked
            node.parent.sentences += node.sentences
