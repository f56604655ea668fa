"""Markdown files: their text as published, without comments and without the signs for bold type."""

from __future__ import annotations

import re

from bot.knowledge.decoding import decode
from bot.knowledge.frontmatter import read_front_matter
from bot.knowledge.lines import Line
from bot.knowledge.manuscript import Reading, write_manuscript

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_markdown(data: bytes) -> Reading:
    """One manuscript; each row of a table is a line with its headers.

    Raises:
        UnreadableFile: no text, or front matter that cannot be read.
    """
    front = read_front_matter(decode(data))
    return Reading((write_manuscript(front.stated, _plain(front.body)),), front.findings)


def _plain(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(line.text for line in lines))
    rows = text.split("\n")
    return tuple(Line(line.number, _STRONG.sub(r"\2", row).strip()) for line, row in zip(lines, rows, strict=True))
