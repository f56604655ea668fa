"""Plain text files, with or without front matter."""

from __future__ import annotations

from bot.knowledge.decoding import decode
from bot.knowledge.frontmatter import read_front_matter
from bot.knowledge.manuscript import Reading, write_manuscript


def read_text(data: bytes) -> Reading:
    """One manuscript.

    Raises:
        UnreadableFile: no text, or front matter that cannot be read.
    """
    front = read_front_matter(decode(data))
    return Reading((write_manuscript(front.stated, front.body),), front.findings)
