"""Fold text into its comparable form: one width, one case, one script, no stray readings."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from bot.language.pinyin import is_reading

if TYPE_CHECKING:
    from opencc import OpenCC

# Invisible characters carry no meaning and break matching: zero-width, bidirectional controls, soft hyphen, BOM.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKETED = re.compile(r"(?<=[\u3400-\u9fff\uf900-\ufaff])[(（]([a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêế]{1,6})[)）]")


@cache
def _converter(config: str) -> OpenCC:
    import opencc

    return opencc.OpenCC(config)


# The words around a reply, titles and headings are turned again and again.
@lru_cache(maxsize=1024)
def _convert(text: str, config: str) -> str:
    if text.isascii():
        return text
    try:
        return cast("str", _converter(config).convert(text))
    except UnicodeEncodeError:
        # Half of an emoji, as a cut message may end with, is no character that could be encoded for OpenCC.
        return cast("str", _converter(config).convert(_SURROGATE.sub("\ufffd", text)))


def simplify(text: str) -> str:
    """Traditional characters to simplified ones; everything else stays."""
    # t2s leaves Hong Kong's 衞, and turns 薴 into a character that it would turn further.
    return _convert(text, "t2s").replace("衞", "卫").replace("苧", "苎")


def traditionalise(text: str) -> str:
    """Simplified characters to traditional ones, by phrase where a character has several."""
    # OpenCC takes 复议 for 複議; reviews are 復議.
    return _convert(text, "s2tw").replace("複議", "復議")


def strip_invisible(text: str) -> str:
    """Text without characters that nobody sees, such as zero-width spaces and direction marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """The comparable form: NFKC, case-folded, simplified, white space collapsed to single spaces.

    For search keys only, never for display: ㈠ becomes (一) and ㎡ becomes m2.
    """
    plain = simplify(unicodedata.normalize("NFKC", strip_invisible(text)).casefold())
    # 著 is 着 in Taiwan and a character of its own here (著作); t2s leaves it, and matching wants one form.
    return " ".join(plain.replace("著", "着").split())


def remove_stray_pinyin(text: str) -> str:
    """Remove ``字(py)`` readings that a web editor left behind, only where py is a reading of the character before it.

    To be done before the script is changed, since the brackets split the phrases that decide a character's form.
    """

    def drop_reading(found: re.Match[str]) -> str:
        character = text[found.start() - 1]
        return "" if is_reading(found[1].casefold(), character) else found[0]

    # Again until nothing goes: in 行(háng)(xíng) another reading stands behind the first.
    while (cleaned := _BRACKETED.sub(drop_reading, text)) != text:
        text = cleaned
    return text
