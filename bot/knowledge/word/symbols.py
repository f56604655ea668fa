"""Letters of picture fonts as the signs that a reader sees: forms tick their boxes with them."""

from __future__ import annotations

from collections.abc import Mapping

_PICTURES: Mapping[str, Mapping[int, str]] = {
    "wingdings": {
        0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x9F: "•", 0xA8: "□", 0xD8: "➢",
        0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB0: "°", 0xB9: "≠", 0xAE: "→"},
}  # fmt: skip
_LATIN, _GREEK = "abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω"
_LETTERS = dict(zip(_LATIN + _LATIN.upper(), _GREEK + _GREEK.upper(), strict=True))
_PRIVATE = 0xF000


def symbol(font: str, code: int) -> str:
    """The sign that a font shows for a character; nothing for a picture that no other font has.

    Args:
        font: its name in any case.
        code: the character, in the font's own range or as Word keeps it, in the private area above U+F000.
    """
    own = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if pictures := _PICTURES.get(font.casefold()):
        letter = chr(own) if 0x20 <= own < 0x7F and font.casefold() == "symbol" else ""
        return pictures.get(own) or _LETTERS.get(letter, letter)
    is_shown = 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE or 0x10000 <= code < 0xF0000
    return chr(code) if is_shown else ""


def is_picture_font(font: str) -> bool:
    """Whether a font's letters are pictures."""
    return font.casefold() in _PICTURES
