"""What a printer puts on every page around the text: page numbers, running headers and footers; and the list of contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from bot.knowledge.readers.pdf.layout import Item, Row

_HEAD, _FOOT = 0.13, 0.87
_PAGES_OF_A_CHAPTER = 3
_SMALL = 0.85
_NUMBER = r"(?:[0-9０-９]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十百〇零]{1,4})"
_PAGE_NUMBER = re.compile(
    rf"^[-—–－·•~\s]*(?:第\s*{_NUMBER}\s*页|{_NUMBER}\s*页|[Pp]age\s*{_NUMBER}|{_NUMBER})"
    rf"(?:\s*(?:[/／,，]|of)?\s*(?:共\s*)?{_NUMBER}\s*页?)?[-—–－·•~\s]*$"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_ENTRY_OF_CONTENTS = re.compile(r"(?:[.．…·‥]\s?){3,}\s*[-—(（]?\s*[0-9ivxIVX]{1,4}\s*[-—)）]?$")
_CONTENTS = re.compile(r"^目\s*[录錄次]$")


def without_furniture(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Pages without their outermost lines that are page numbers, or that come again in their place on most pages.

    Args:
        pages: the items of each page in reading order.
    """
    outer = [[row for row in page if isinstance(row, Row) and _zone(row)] for page in pages]
    counts: defaultdict[tuple[str, str, int], set[int]] = defaultdict(set)
    for number, rows in enumerate(outer):
        for row in rows:
            counts[_key(row)].add(number)
    enough = _enough(len(pages))
    repeated = {key for key, on in counts.items() if len(on) >= enough}
    # A chapter's header comes on that chapter's pages only, but always outermost.
    edges = Counter(_key(row) for page in pages for row in _outermost(page, set()) if _zone(row))
    repeated |= {key for key, count in edges.items() if count >= _PAGES_OF_A_CHAPTER}
    usual = median(
        [row.piece.size for page in pages for row in page if isinstance(row, Row) for _ in row.text] or [0.0]
    )
    kept: list[list[Item]] = []
    for page, rows in zip(pages, outer, strict=True):
        dropped = {id(row) for row in rows if _key(row) in repeated}
        dropped |= {
            id(row)
            for row in _outermost(page, dropped)
            if (_zone(row) and _PAGE_NUMBER.match(row.text)) or _is_small_head(row, usual)
        }
        kept.append([item for item in page if id(item) not in dropped])
    return kept


def _enough(pages: int) -> int:
    """On how many pages a line comes again that is a header; those of left and right pages may differ."""
    return max(2, -(-pages * 2 // 5))


def _is_small_head(row: Row, usual: float) -> bool:
    """Whether a line is a running header even where there is one page only: small type above all, and no sentence."""
    return _zone(row) == "head" and row.piece.size < _SMALL * usual and not row.text.endswith(("。", "：", "；"))


def _zone(row: Row) -> str:
    middle = row.piece.base - row.piece.size / 2
    return "head" if middle < _HEAD * row.height else "foot" if middle > _FOOT * row.height else ""


def _key(row: Row) -> tuple[str, str, int]:
    return (_zone(row), _DIGITS.sub("0", row.text), round(row.piece.base / 4))


def _outermost(page: Iterable[Item], dropped: set[int]) -> list[Row]:
    """The highest and the lowest line of what is left of a page."""
    rows = sorted((r for r in page if isinstance(r, Row) and id(r) not in dropped), key=lambda row: row.piece.base)
    return [rows[0], rows[-1]] if rows else []


def without_contents(items: Sequence[Item]) -> tuple[list[Item], int]:
    """(what is left, how many lines of a list of contents were dropped): it only repeats the headings, with page numbers."""
    entries = {
        place for place, item in enumerate(items) if isinstance(item, Row) and _ENTRY_OF_CONTENTS.search(item.text)
    }
    if len(entries) < 2:
        return list(items), 0
    above = next((p for p in range(min(entries) - 1, -1, -1)), None)
    if above is not None:
        item = items[above]
        if isinstance(item, Row) and _CONTENTS.match(item.text):
            entries.add(above)
    return [item for place, item in enumerate(items) if place not in entries], len(entries)
