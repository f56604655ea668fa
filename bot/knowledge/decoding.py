"""Bytes to text, in the encodings that offices here save: UTF-8 and the GB family."""

from __future__ import annotations

from bot.knowledge.manuscript import UnreadableFile

LARGEST_BYTES = 20_000_000


def decode(data: bytes) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        UnreadableFile: empty, too large, binary, or in an encoding that is neither UTF-8 nor GB 18030.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB", "split it")
    if data.startswith(b"%PDF-"):
        raise UnreadableFile("the file is a PDF", "give it the suffix .pdf")
    if b"\0" in data:
        raise UnreadableFile("the file is no text (it has NUL bytes)", "save it as text in UTF-8")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise UnreadableFile("the file is empty", "write the text, or delete the file")
        return text
    raise UnreadableFile("the file is neither UTF-8 nor GB 18030", "save it as text in UTF-8")
