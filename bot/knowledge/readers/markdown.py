"""Markdown files: their text as published, without comments, the signs for bold type and those for links."""

from __future__ import annotations

import re

from bot.knowledge.decoding import decode
from bot.knowledge.frontmatter import read_front_matter
from bot.knowledge.lines import Line
from bot.knowledge.links import spelled_out
from bot.knowledge.manuscript import Reading, write_manuscript

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_markdown(data: bytes) -> Reading:
    """One manuscript; each row of a table is a line with its headers.

    Raises:
        UnreadableFile: no text, or front matter that cannot be read.
    """
    front = read_front_matter(decode(data))
    lines, links = _plain(front.body)
    return Reading((write_manuscript(front.stated, lines, links),), front.findings)


def _plain(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[tuple[int, str], ...]]:
    """The lines as a citizen reads them, and (line, target) of their links."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(line.text for line in lines))
    plain: list[Line] = []
    links: list[tuple[int, str]] = []
    for line, row in zip(lines, text.split("\n"), strict=True):
        words = _STRONG.sub(r"\2", row).strip()
        if "](" in words:
            words, targets = spelled_out(words)
            links.extend((line.number, target) for target in targets)
        plain.append(Line(line.number, words))
    return tuple(plain), tuple(links)
