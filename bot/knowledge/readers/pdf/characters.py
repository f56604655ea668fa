"""Characters as PDFs give them into characters as people write them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Radicals that are whole characters, which Unicode names as equivalent but does not decompose to (EquivalentUnifiedIdeograph).
_RADICALS = dict(
    zip(
        "⺁⺄⺊⺌⺝⺠⺯⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "厂乙卜小月民糸肉虎西见角贝车長长门阜雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)
_ODD_ONES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F), (0xFB00, 0xFB06))
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@lru_cache(maxsize=8192)
def restored(code: int) -> str:
    """The character that a page shows for a code point, empty where it shows none.

    Radicals (⼀, U+2F00), compatibility ideographs and ligatures become what they stand for; all else stays, as the width
    in which a sign was published.
    """
    if code == 2:
        return "-"  # PDFium's sign for a hyphen at the end of a line
    if is_unknown(code) or 0xD800 <= code <= 0xDFFF or code < 32 or 0x7F <= code < 0xA0:
        return ""
    sign = chr(code)
    if sign in _INVISIBLE:
        return ""
    if any(first <= code <= last for first, last in _ODD_ONES):
        return _RADICALS.get(sign) or unicodedata.normalize("NFKC", sign)
    return sign


def is_unknown(code: int) -> bool:
    """Whether a code point says that the file does not tell which character it shows."""
    return code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def is_wide(sign: str) -> bool:
    """Whether a character is Chinese or a full-width sign, between which lines break and no blank stands."""
    return unicodedata.east_asian_width(sign) in "WF"


def may_be_wide(sign: str) -> bool:
    """Whether a sign is full-width among Chinese characters, and narrow among Latin ones."""
    return sign in "“”‘’…—·"
