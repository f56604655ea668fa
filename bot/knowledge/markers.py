"""What a line begins with: 第一章, 一、, （一）, 1、, （1）, ①, Markdown's #, list signs and table bars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_HAN = "[一二三四五六七八九十百零〇]"
_DIGIT = "[0-9０-９]"
_GAP = r"[ \t\u3000\u00a0]*"


class Numbering(IntEnum):
    """Kinds of numbering, outermost first, as official documents nest them."""

    CHAPTER = 1
    PART = 2
    ARTICLE = 3
    HAN = 4
    HAN_BRACKET = 5
    ARABIC = 6
    ARABIC_BRACKET = 7
    CIRCLED = 8


@dataclass(frozen=True, slots=True)
class Marker:
    """The beginning of a heading or a numbered item.

    Attributes:
        hashes: how many # of Markdown stand before it, 0 for none.
        numbering: None for a Markdown heading that has no number.
        label: the number as published, "（一）".
        rest: what follows the label.
    """

    hashes: int
    numbering: Numbering | None
    label: str
    rest: str


# A figure such as 1.5万元 or 2017年, a month (2、3月份) and an enumeration (一、二期工程) are no labels.
_LABELS = (
    (Numbering.CHAPTER, re.compile(rf"第(?:{_HAN}|{_DIGIT})+[章编編]{_GAP}(?=[^，。；,;的]{{0,30}}$)")),
    (Numbering.PART, re.compile(rf"第(?:{_HAN}|{_DIGIT})+[节節部]{_GAP}(?=[^，。；,;的分]{{0,30}}$)")),
    (Numbering.ARTICLE, re.compile(rf"第(?:{_HAN}|{_DIGIT})+[条條](?:[ \t\u3000\u00a0]+|[:：]|$)")),
    (Numbering.HAN, re.compile(rf"{_HAN}{{1,3}}{_GAP}[、．.](?!{_HAN}(?:[期季级級线線楼樓层層类類等、]|$)){_GAP}")),
    (Numbering.HAN_BRACKET, re.compile(rf"(?:[(（]{_GAP}{_HAN}{{1,3}}{_GAP}[)）]|[㈠-㈩])[、．.]?{_GAP}")),
    (
        Numbering.ARABIC,
        re.compile(
            rf"(?:{_DIGIT}{{1,2}}{_GAP}(?:、(?!{_DIGIT}{{1,2}}[月日、,，])|[．.](?!{_DIGIT})|[．.](?=(?:19|20)\d\d年))|[⒈-⒛]){_GAP}"
        ),
    ),
    (
        Numbering.ARABIC_BRACKET,
        re.compile(rf"(?:[(（]{_GAP}{_DIGIT}{{1,2}}{_GAP}[)）]|{_DIGIT}{{1,2}}[)）]|[⑴-⒇])[、．.]?{_GAP}"),
    ),
    (Numbering.CIRCLED, re.compile(rf"[①-⑳][、．.]?{_GAP}")),
)
_HASHES = re.compile(r"(#{1,6})[ \t\u3000]+(.*)$")
_BLOCK_SIGN = re.compile(r"[|｜>]|[-*+•·●○■◆▲※][ \t\u3000]|[•·●○■◆▲※]|```|~~~|!\[|-{3,}$|={3,}$|\*{3,}$")


def marker_of(text: str) -> Marker | None:
    """The heading or item label that a line begins with; None where it begins with none.

    Args:
        text: one line without blanks at its ends.
    """
    hashes = 0
    if found := _HASHES.match(text):
        hashes, text = len(found[1]), found[2].rstrip(" \t#")
    for numbering, pattern in _LABELS:
        label = pattern.match(text)
        if label and (label.end() < len(text) or numbering in (Numbering.CHAPTER, Numbering.PART, Numbering.ARTICLE)):
            return Marker(hashes, numbering, label[0], text[label.end() :])
    return Marker(hashes, None, "", text) if hashes and text else None


def begins_block(text: str) -> bool:
    """Whether a line begins something of its own: a heading, an item, a table's row, a quotation or a picture."""
    return _BLOCK_SIGN.match(text) is not None or "\t" in text or marker_of(text) is not None
