"""A page's bytes to text, whatever the page says of its own encoding."""

from __future__ import annotations

import codecs
import re

from bot.knowledge.decoding import LARGEST_BYTES, commonness
from bot.knowledge.manuscript import UnreadableFile

SAVE_ANEW = "open the page in a browser and save it anew, or copy its text into a .txt file"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})|encoding=[\"']([a-zA-Z0-9_-]{2,20})", re.ASCII)
_DECLARED_WITHIN = 4096
_CHINESE = re.compile("[\u3400-\u9fff]")
_REPLACED = "\ufffd"
# One damaged character in fifty is a damaged page; more are another encoding, or no text.
_DAMAGED = 50


def decode_page(data: bytes, declared: str = "") -> str:
    """The text of a page, without a byte order mark; a few damaged bytes become U+FFFD.

    Args:
        data: the whole page.
        declared: its encoding as told from outside, such as a part of a web archive tells; the page's own word counts else.

    Raises:
        UnreadableFile: empty, too large, binary, or in an encoding that is none of UTF-8, UTF-16, GB 18030 and Big5.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB", SAVE_ANEW)
    text = _decode(data, declared or _declared_in(data))
    if not text.strip():
        raise UnreadableFile("the file is empty", "save the page anew, or delete the file")
    if "\0" in text:
        raise UnreadableFile("the file is no web page (it has NUL bytes)", SAVE_ANEW)
    return text


def _declared_in(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return (found[1] or found[2]).decode("ascii").casefold() if found else ""


def _decode(data: bytes, declared: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    if b"\0" in data:
        raise UnreadableFile("the file is no web page (it has NUL bytes)", SAVE_ANEW)
    unicode = data.decode("utf-8", "replace")
    # Two bytes of GBK may happen to be one letter of UTF-8, but Chinese in UTF-8 has three.
    by_chance = declared.startswith(("gb", "big5")) and not _CHINESE.search(unicode)
    if _damage(unicode) == 0 and (unicode.isascii() or not by_chance):
        return unicode
    if _CHINESE.search(unicode) and not _is_damaged(unicode):
        return unicode
    # Most bytes of Big5 are characters of GB 18030 too: only what they read as tells which they are.
    texts = [data.decode(encoding, "replace") for encoding in _double_byte(declared)]
    return _checked(max(texts, key=lambda text: commonness(text) - 10 * _damage(text)))


def _double_byte(declared: str) -> tuple[str, str]:
    return ("big5hkscs", "gb18030") if declared.startswith("big5") else ("gb18030", "big5hkscs")


def _checked(text: str) -> str:
    if _is_damaged(text):
        raise UnreadableFile("the page is in no encoding that is known here (UTF-8, GB 18030, Big5, UTF-16)", SAVE_ANEW)
    return text


def _damage(text: str) -> int:
    return text.count(_REPLACED)


def _is_damaged(text: str) -> bool:
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return _damage(text) * _DAMAGED > beyond_ascii
