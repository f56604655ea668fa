"""PDF files: text in reading order, whole paragraphs, headings by their type, ruled tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge.blocks import to_lines
from bot.knowledge.manuscript import Reading, write_manuscript
from bot.knowledge.readers.pdf.document import Page, opened, read_pages
from bot.knowledge.readers.pdf.furniture import without_contents, without_furniture
from bot.knowledge.readers.pdf.grids import to_grids
from bot.knowledge.readers.pdf.headings import find_headings
from bot.knowledge.readers.pdf.layout import Item, find_gutter, in_order
from bot.knowledge.readers.pdf.paragraphs import whole_paragraphs
from bot.knowledge.readers.pdf.ruled import take_tables
from bot.knowledge.readers.pdf.scans import (
    KEPT_IN,
    SCAN,
    Completed,
    ScanNotRecognised,
    can_recognise,
    complete_scans,
    recognise,
)
from bot.knowledge.readers.pdf.writing import pieces_of
from bot.knowledge.stated import Stated
from bot.model import Finding, Severity

__all__ = ["SCAN", "ScanNotRecognised", "can_recognise", "read_pdf", "recognise"]


def read_pdf(data: bytes, kept_in: Path = KEPT_IN) -> Reading:
    """One manuscript; a scan's if `recognise` has kept its text.

    Args:
        data: the whole file.
        kept_in: folder of recognised texts.

    Raises:
        ScanNotRecognised: a scan that `recognise` has not worked on yet.
        UnreadableFile: no PDF, broken, cut off, protected by a password, too large, or without text.
    """
    with opened(data) as document:
        pages = read_pages(document)
    completed = complete_scans(data, pages, kept_in)
    items, contents = without_contents([i for page in without_furniture(_items(completed.pages)) for i in page])
    headed = find_headings(to_grids(whole_paragraphs(items)))
    stated = Stated(title=headed.title, number=headed.number)
    manuscript = write_manuscript(stated, to_lines(headed.blocks))
    return Reading((manuscript,), tuple(_findings(completed, contents)))


def _items(pages: Sequence[Page]) -> list[tuple[Item, ...]]:
    parted = [(page, *take_tables(page)) for page in pages]
    laid = [(page, tables, pieces_of(glyphs)) for page, tables, glyphs in parted]
    gutters = {find_gutter(pieces) for _, _, pieces in laid} - {None}
    known = sorted(gutter for gutter in gutters if gutter is not None)
    return [in_order(pieces, tables, page.number, page.width, page.height, known) for page, tables, pieces in laid]


def _findings(completed: Completed, contents: int) -> Iterator[Finding]:
    pages = completed.pages
    if completed.unread:
        reason = f"{_pages(completed.unread)} a picture, whose text is not read"
        remedy = "if it holds text, add it as text, or run bot recognise with this file"
        yield replace(_warning(reason, remedy), rule=SCAN)
    if completed.recognised:
        yield _warning(f"{_pages(completed.recognised)} a scan, read by a program", "compare the text with the scan")
    if completed.unsure:
        yield _warning(f"{_pages(completed.unsure)} hard to read in places", "compare these with special care")
    if hidden := [page.number for page in pages if 2 * page.hidden > len(page.glyphs) > 0]:
        yield _warning(
            f"{_pages(hidden)} a scan, with the text that the scanner read", "compare the text with the scan"
        )
    if unknown := [page.number for page in pages if page.unknown]:
        yield _warning(f"{_pages(unknown)} missing characters that the file does not tell", "print the document anew")
    if askew := [page.number for page in pages if page.askew]:
        yield Finding(Severity.NOTE, "", 0, f"text at an angle is left out on pages {_listed(askew)}", "")
    if contents:
        yield Finding(Severity.NOTE, "", 0, f"the list of contents, {contents} lines, is left out", "")


def _warning(reason: str, remedy: str) -> Finding:
    return Finding(Severity.WARNING, "", 0, reason, remedy)


def _pages(numbers: Sequence[int]) -> str:
    return f"page {numbers[0]} is" if len(numbers) == 1 else f"each of the pages {_listed(numbers)} is"


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return f"{shown} and {len(numbers) - 10} more" if len(numbers) > 10 else shown
