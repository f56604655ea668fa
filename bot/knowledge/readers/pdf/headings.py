"""Which whole lines are the title and the headings, told by size, boldness and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.blocks import Block, Heading, Paragraph
from bot.knowledge.grids import Grid
from bot.knowledge.markers import Numbering, marker_of
from bot.knowledge.readers.pdf.paragraphs import Whole

_HEAD = 10
_LONGEST_HEADING = 40
_LONGEST_TITLE = 120
_LARGER = 1.12
_SENTENCE = re.compile(r"[。；;！!，,]|[:：]$")
_NUMBER = re.compile(
    r"^[（(]?\s*([\u3400-\u9fff]{1,12}\s?[〔\[［（(【]\s?(?:19|20)\d\d\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?号)\s*[）)]?$"
)
_LETTERHEAD = re.compile(r"文\s*件$|公\s*报$")


@dataclass(frozen=True, slots=True)
class Headed:
    """Blocks with their headings found; `title` and `number` (文号) are empty where the first page shows none."""

    blocks: tuple[Block, ...]
    title: str = ""
    number: str = ""


def find_headings(parts: Sequence[Whole | Grid]) -> Headed:
    """Make blocks of paragraphs and tables.

    The title, in large type in the middle of the first page, goes first, before a letterhead or a 文号 that stand above it.
    Numbered lines (一、…) stay paragraphs, for the outline tells their depth; other large or bold short lines are headings
    where they are larger than the numbered ones.
    """
    body = _body(parts)
    title = _find_title(parts, body)
    number = next(
        (found[1] for part in parts[:_HEAD] if isinstance(part, Whole) and (found := _NUMBER.match(part.text))), ""
    )
    above, below = ([*parts[:title]], [*parts[title + 1 :]]) if title is not None else ([], [*parts])
    levels = _levels(below, body)
    blocks = [_block(part, {}) for part in above] + [_block(part, levels) for part in below]
    if title is None:
        return Headed(tuple(blocks), "", number.replace(" ", ""))
    shown = parts[title]
    text, page = (shown.text, shown.page) if isinstance(shown, Whole) else ("", 0)
    return Headed((Heading(text, 1, page), *blocks), text, number.replace(" ", ""))


def _body(parts: Sequence[Whole | Grid]) -> tuple[float, bool]:
    styles: Counter[tuple[float, bool]] = Counter()
    for part in parts:
        if isinstance(part, Whole):
            styles[_style(part)] += len(part.text)
    return styles.most_common(1)[0][0] if styles else (12.0, False)


def _style(part: Whole) -> tuple[float, bool]:
    return (round(part.size * 2) / 2, part.bold)


def _find_title(parts: Sequence[Whole | Grid], body: tuple[float, bool]) -> int | None:
    """Place of the title among the parts."""
    first = next((part.page for part in parts if isinstance(part, Whole)), 0)
    large = [
        place
        for place, part in enumerate(parts[:_HEAD])
        if isinstance(part, Whole) and part.page == first and _may_be_title(part, body)
    ]
    below_head = [place for place in large if not _is_letterhead(parts, place)]
    return next(iter(below_head or large), None)


def _may_be_title(part: Whole, body: tuple[float, bool]) -> bool:
    return (
        part.centred
        and (part.size > _LARGER * body[0] or (part.bold and not body[1]))
        and len(part.text) <= _LONGEST_TITLE
        and not _SENTENCE.search(part.text)
        and marker_of(part.text) is None
        and not _NUMBER.match(part.text)
    )


def _is_letterhead(parts: Sequence[Whole | Grid], place: int) -> bool:
    part = parts[place]
    return isinstance(part, Whole) and _LETTERHEAD.search(part.text) is not None


def _levels(parts: Sequence[Whole | Grid], body: tuple[float, bool]) -> dict[tuple[float, bool], int]:
    """Level of each style that is a heading's, 2 for the largest."""
    styles: set[tuple[float, bool]] = set()
    numbered = (0.0, False)
    for part in parts:
        if not isinstance(part, Whole):
            continue
        marker = marker_of(part.text)
        if (
            marker
            and marker.numbering
            and marker.numbering <= Numbering.HAN_BRACKET
            and len(part.text) <= _LONGEST_HEADING
        ):
            numbered = max(numbered, _style(part))
        elif _may_head(part):
            styles.add(_style(part))
    found = {style for style in styles if _stands_out(style, body) and style > numbered}
    return {style: level for level, style in enumerate(sorted(found, reverse=True), 2)}


def _stands_out(style: tuple[float, bool], body: tuple[float, bool]) -> bool:
    size, bold = style
    return size > _LARGER * body[0] or (bold and not body[1] and size >= body[0])


def _may_head(part: Whole) -> bool:
    return len(part.text) <= _LONGEST_HEADING and marker_of(part.text) is None and not _SENTENCE.search(part.text)


def _block(part: Whole | Grid, levels: dict[tuple[float, bool], int]) -> Block:
    if isinstance(part, Grid):
        return part
    level = levels.get(_style(part))
    return Heading(part.text, level, part.page) if level and _may_head(part) else Paragraph(part.text, part.page)
