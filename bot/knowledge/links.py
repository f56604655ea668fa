"""Links in Markdown: what a citizen reads of them, and where inside the folder they lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<target>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*:|^//|^#", re.IGNORECASE)


def spelled_out(text: str) -> tuple[str, list[str]]:
    """A line with its links as a citizen reads them, and their targets: the words, and an address on the web behind them.

    An address is no use that nobody sees, and a file of this folder is none that a citizen could open.
    """
    targets: list[str] = []

    def read(found: re.Match[str]) -> str:
        words, target = found["text"].strip(), found["target"]
        targets.append(target)
        if not target.lower().startswith(("http://", "https://", "mailto:")) or words == target:
            return words
        return f"{words}（{target.removeprefix('mailto:')}）" if words else target

    return _LINK.sub(read, text), targets


def is_inside(target: str) -> bool:
    """Whether a target is a file of the folder, not an address nor a place in the same text."""
    return bool(target) and _ADDRESS.match(target) is None


def missing(
    path: str, targets: Iterable[tuple[int, str]], is_there: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """(line, target) of what a file links to and is not there.

    Args:
        path: of the linking file, inside the folder.
        targets: relative ones, as written.
        is_there: whether there is a file, with or without .md, or a folder at a path inside the folder.
    """
    for line, target in targets:
        bare = unquote(re.split(r"[#?]", target)[0])
        meant = normpath(bare.lstrip("/") if bare.startswith("/") else join(dirname(path), bare))
        # A lone surrogate is in no name that is read.
        if meant != "." and not (meant.isprintable() and is_there(meant)):
            yield line, target
