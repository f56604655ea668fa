"""Bytes to text, in the encodings that offices here save: UTF-8, GB 18030, Big5, and UTF-16 as Excel's Unicode text has it."""

from __future__ import annotations

import codecs
import re

from bot.knowledge.manuscript import UnreadableFile

LARGEST_BYTES = 20_000_000

# What no Chinese text lacks, and what a wrong decoding does not give: the commonest characters of both scripts.
_COMMON = re.compile("[的一不在有是為为和年月日市人民政府公开開信息局报報告工作，。、：]")
_SURE = 3


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
    if (text := _decoded(data, "utf-8-sig")) is not None:
        return _not_empty(text)
    text, big5 = _decoded(data, "gb18030"), _decoded(data, "big5hkscs")
    # Most bytes of Big5 are characters of GB 18030 too, though hardly any that people write.
    if big5 is not None and commonness(big5) >= max(_SURE, 3 * commonness(text or "")):
        return _not_empty(big5)
    if text is None:
        raise UnreadableFile("the file is neither UTF-8 nor GB 18030", "save it as text in UTF-8")
    return _not_empty(text)


def commonness(text: str) -> int:
    """How often the commonest characters stand in a text, of which no Chinese text is without some."""
    return len(_COMMON.findall(text))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


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
