"""Bytes to text, in the encodings that offices here save: UTF-8, the GB family, and UTF-16 as Excel's Unicode text has it."""

from __future__ import annotations

import codecs

from bot.knowledge.manuscript import UnreadableFile

LARGEST_BYTES = 20_000_000


def decode(data: bytes) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        UnreadableFile: empty, too large, binary, or in an encoding that is none of these; UTF-16 has its byte order mark.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB", "split it")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _not_empty(_decode_utf_16(data))
    if b"\0" in data:
        raise UnreadableFile("the file is no text (it has NUL bytes)", "save it as text in UTF-8")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _not_empty(text)
    raise UnreadableFile("the file is neither UTF-8 nor GB 18030", "save it as text in UTF-8")


def _decode_utf_16(data: bytes) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableFile("the file is broken UTF-16", "save it as text in UTF-8") from error
    if "\0" in text:
        raise UnreadableFile("the file is no text (it has NUL characters)", "save it as text in UTF-8")
    return text


def _not_empty(text: str) -> str:
    if not text.strip():
        raise UnreadableFile("the file is empty", "write the text, or delete the file")
    return text
