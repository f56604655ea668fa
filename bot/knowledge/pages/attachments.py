"""The files that a page links to, which an answer can only name: 附件."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from bot.knowledge.pages.tree import Node

_SUFFIXES = "docx?|xlsx?|pptx?|pdf|wps|et|ofd|odt|ods|zip|rar|7z|csv|txt|rtf"
_FILE = re.compile(rf"\.({_SUFFIXES})$", re.IGNORECASE)
_NAMES = re.compile(r"(?:^|[-_])(?:fj\w*|fujian\w*|attach\w*|appendix\w*|download\w*|xgfj)(?:[-_\d]|$)")
_LABEL = re.compile(r"^(?:相关)?附件(?:下载|列表|材料)?\s*[:：]?$")
_SAYS_NOTHING = re.compile(r"^(?:点击|点此|请)?(?:下载|查看|打开)?(?:相关)?(?:附件|文件|原文|正文)?(?:下载|查看)?$")
_AROUND = re.compile(
    rf"[\s\d附件相关下载点击查看列表材料一二三四五六七八九十:：、，,；;.．。()（）\[\]【】〔〕|]*(?:\.?(?:{_SUFFIXES}))?"
    r"[\s()（）\d.]*(?:[kKmM][bB]?)?[\s()（）]*"
)
_LONGEST_LIST = 1000
_LEVELS_AROUND = 4


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file by the name that the page gives it, and its address, empty where a script alone knows it."""

    name: str
    address: str

    @property
    def line(self) -> str:
        """The line that names it in a text."""
        label = "" if self.name.startswith("附件") else "附件："
        return f"{label}{self.name}（{self.address}）" if self.address else f"{label}{self.name}"


def attachment(link: Node, base: str) -> Attachment | None:
    """The file that a link leads to; None where it leads to anything else.

    Args:
        link: an <a>.
        base: the page's address; empty where it is unknown, and then an address inside the site stays as the page has it.
    """
    href = "".join(link.attributes.get("href", "").split())
    name = link.words()
    if not href or href.startswith("#"):
        return None
    try:
        path = urlsplit(href).path
        is_file = _FILE.search(path) is not None
        address = urljoin(base, href) if base else href
    except ValueError:
        return None
    if not is_file and not _FILE.search(name):
        return None
    if _SAYS_NOTHING.match(name):
        name = link.attributes.get("title", "") or unquote(path.rsplit("/", 1)[-1]) or name
    is_address = re.match(r"(?:https?|ftp)://|[^:]*$", address, re.IGNORECASE)
    return Attachment(" ".join(name.split()), address if is_address else "")


def is_label(text: str) -> bool:
    """Whether a line only announces attachments."""
    return _LABEL.match(text) is not None


def is_list(line: str, names: list[str]) -> bool:
    """Whether a line holds the names of attachments and else nothing but their label and numbers."""
    if len(line) > _LONGEST_LIST:
        return False
    for name in names:
        line = line.replace(name, "", 1)
    return _AROUND.fullmatch(line) is not None


def attachments_around(main: Node, apart: frozenset[Node], base: str) -> list[Attachment]:
    """The files that a page lists beside its text, under 附件 or in an element that is named for them."""
    found: list[Attachment] = []
    inside, node = main, main.parent
    for _ in range(_LEVELS_AROUND):
        if node is None:
            break
        for part in node.elements:
            if part is not inside and part not in apart and part.prose + part.linked <= _LONGEST_LIST and _lists(part):
                links = (attachment(link, base) for link in part.walk() if link.tag == "a")
                found.extend(link for link in links if link)
        inside, node = node, node.parent
    return found


def _lists(part: Node) -> bool:
    return "附件" in part.words() or any(_NAMES.search(name) for inner in part.walk() for name in inner.names)
