"""On which line of its file each element of a page begins: parsers of HTML do not tell."""

from __future__ import annotations

import re
from collections.abc import Callable

LINE = "data-line-of-file"
_START = re.compile(r"\n|<([a-zA-Z][^ \t\n\f\r/>]*)")
# Parsers open these anew where nobody closed them, and tell by their attributes which of them are the same.
_REOPENED = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def mark_lines(text: str) -> str:
    """The page with an attribute in each start tag that says on which line it stands."""
    return _START.sub(_marker(), text)


def _marker() -> Callable[[re.Match[str]], str]:
    line = 1

    def mark(found: re.Match[str]) -> str:
        nonlocal line
        if found[1] is None:
            line += 1
            return found[0]
        # Without quotation marks, which would end an attribute that holds tags; the blank ends the number before a slash.
        return found[0] if found[1].lower() in _REOPENED else f"{found[0]} {LINE}={line} "

    return mark
