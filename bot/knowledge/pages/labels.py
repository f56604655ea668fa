"""The numbers and bullets that a reader sees before the entries of a list."""

from __future__ import annotations

import re

from bot.knowledge.markers import marker_of
from bot.knowledge.pages.tree import Node

BULLET = "•"
_LARGEST = 9999
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+(?:-[a-z]+)*)", re.IGNORECASE)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HAN_STYLES = frozenset(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "simp-chinese-formal"))
_HAN = "零一二三四五六七八九"


class Numbers:
    """Labels for the entries of one list, in their order."""

    def __init__(self, source: Node) -> None:
        self._ordered = source.tag == "ol"
        self._style = _style(source) or _TYPES.get(
            source.attributes.get("type", ""), "decimal" if self._ordered else "disc"
        )
        self._next = _whole(source.attributes.get("start", "")) or 1

    def label(self, entry: Node) -> str:
        """The label of the next entry; empty where none is shown, or where somebody typed one."""
        number = _whole(entry.attributes.get("value", "")) or self._next
        self._next = number + 1
        style = _style(entry) or self._style
        if style == "none" or marker_of(entry.words()):
            return ""
        return _written(number, style) if self._ordered else BULLET


def _style(node: Node) -> str:
    found = _STYLE.search(node.attributes.get("style", ""))
    return found[1].casefold() if found else ""


def _whole(written: str) -> int:
    return int(written) if re.fullmatch("[0-9]{1,4}", written.strip()) else 0


def _written(number: int, style: str) -> str:
    if style in _HAN_STYLES and number < 100:
        return f"{_han(number)}、"
    if style in ("lower-alpha", "upper-alpha", "lower-latin", "upper-latin") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if style.startswith('upper') else letter}."
    if style in ("lower-roman", "upper-roman") and number < 400:
        roman = _roman(number)
        return f"{roman.upper() if style.startswith('upper') else roman}."
    return BULLET if style in ("disc", "circle", "square") else f"{min(number, _LARGEST)}."


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _HAN[tens]) + "十") + (_HAN[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
