"""Pages that are pictures: their text recognised by the extra ``ocr``, and kept, since it takes seconds a page."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.pdf.characters import is_wide
from bot.knowledge.readers.pdf.document import Glyph, Page, opened, read_pages

SCAN = "scan"
"""Rule of the findings that recognising a text would end."""

KEPT_IN = Path("var/ocr")
_INSTALL = "pip install 'disclosure-bot[ocr]', or publish the document as text"
_FEWEST_SIGNS = 20
_DOTS_A_POINT = 150 / 72
_MOST_DOTS = 3_500
_UNSURE = 0.8
_SAME_SIZE = 0.2


class ScanNotRecognised(UnreadableFile):
    """A scan whose text has not been recognised yet; `recognise` does it, and the file can be read from then on."""

    def __init__(self, pages: int) -> None:
        super().__init__(
            f"the PDF is a scan, and the text of its {pages} pages is not recognised yet",
            "bot run does it in the background, or run bot recognise with this file (5 to 10 seconds a page) and publish again",
            rule=SCAN,
        )
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recognised line, in points from the page's upper left corner; `score` from 0 to 1 is how sure the program is."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    score: float


def is_scan(page: Page) -> bool:
    """Whether a page is a picture, or a text whose characters the file does not tell."""
    signs = sum(glyph.text != " " for glyph in page.glyphs)
    return (page.pictured and signs < _FEWEST_SIGNS) or page.unknown > signs


def can_recognise() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(
    data: bytes, kept_in: Path = KEPT_IN, progress: Callable[[int, int], None] = lambda done, of: None
) -> None:
    """Recognise the text of a PDF's scanned pages and keep it under the hash of the file; what is kept is not done again.

    It takes 5 to 10 seconds of a processor a page and some 500 MB: nothing to do while somebody waits.

    Args:
        data: the whole file.
        kept_in: a folder, made if need be.
        progress: told after each page how many of how many are done.

    Raises:
        UnreadableFile: no readable PDF, or the extra ``ocr`` is not installed.
    """
    if not can_recognise():
        raise UnreadableFile("the text of scans cannot be recognised here", _INSTALL)
    if _path(data, kept_in).exists():
        return
    with opened(data) as document:
        scans = [page for page in read_pages(document) if is_scan(page)]
    engine = _engine()
    found: dict[str, list[list[float | str]]] = {}
    for done, page in enumerate(scans):
        progress(done, len(scans))
        dots = min(_DOTS_A_POINT, _MOST_DOTS / max(page.width, page.height, 1))
        with opened(data) as document:
            picture = document[page.number - 1].render(scale=dots).to_numpy()
        found[str(page.number)] = [
            [line.left, line.top, line.right, line.bottom, line.text, line.score]
            for line in _lines(engine(picture), dots)
        ]
    progress(len(scans), len(scans))
    _keep(_path(data, kept_in), found)


def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def _lines(result: Any, dots: float) -> Iterator[Recognised]:
    if result.boxes is None:
        return
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        xs, ys = [float(x) / dots for x, _ in box], [float(y) / dots for _, y in box]
        yield Recognised(min(xs), min(ys), max(xs), max(ys), text, float(score))


def _path(data: bytes, kept_in: Path) -> Path:
    return kept_in / f"{hashlib.sha256(data).hexdigest()}.json"


def _keep(path: Path, found: dict[str, list[list[float | str]]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.part")
    fresh.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _kept(data: bytes, kept_in: Path) -> dict[int, list[Recognised]] | None:
    """Lines by page; None where nothing, or nothing legible, is kept."""
    try:
        found = json.loads(_path(data, kept_in).read_text(encoding="utf-8"))
        return {int(number): [_line(*line) for line in lines] for number, lines in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _line(left: object, top: object, right: object, bottom: object, text: object, score: object) -> Recognised:
    at = [float(str(number)) for number in (left, top, right, bottom, score)]
    return Recognised(at[0], at[1], at[2], at[3], str(text), at[4])


@dataclass(frozen=True, slots=True)
class Completed:
    """Pages with the text of their scans; numbers of pages that were recognised, are unsure in parts, or were not read."""

    pages: tuple[Page, ...]
    recognised: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


def complete_scans(data: bytes, pages: tuple[Page, ...], kept_in: Path = KEPT_IN) -> Completed:
    """Put recognised text on the pages that are pictures.

    Raises:
        ScanNotRecognised: most pages are scans, not recognised yet.
        UnreadableFile: most pages are scans, and nothing here can recognise them.
    """
    scans = [page for page in pages if is_scan(page)]
    if not scans:
        return Completed(pages)
    kept = _kept(data, kept_in)
    numbers = tuple(page.number for page in scans)
    if kept is None:
        # A picture among pages of text may be a cover or a photograph.
        if 2 * len(scans) <= len(pages):
            return Completed(pages, unread=numbers)
        if can_recognise():
            raise ScanNotRecognised(len(scans))
        reason = f"the PDF is a scan: {len(scans)} of its {len(pages)} pages are pictures"
        raise UnreadableFile(reason, _INSTALL, rule=SCAN)
    usual = _usual_size([line for number in numbers for line in kept.get(number, ())])
    filled = tuple(_filled(page, kept.get(page.number, ()), usual) if is_scan(page) else page for page in pages)
    unsure = tuple(n for n in numbers if any(line.score < _UNSURE for line in kept.get(n, ())))
    return Completed(filled, recognised=numbers, unsure=unsure)


def _usual_size(lines: Sequence[Recognised]) -> float:
    return median(line.bottom - line.top for line in lines) if lines else 12.0


def _filled(page: Page, lines: Sequence[Recognised], usual: float) -> Page:
    glyphs = tuple(glyph for line in lines for glyph in _glyphs(line, usual))
    return replace(page, glyphs=glyphs, unknown=0, hidden=0)


def _glyphs(line: Recognised, usual: float) -> Iterator[Glyph]:
    """The characters of a line, each with its share of the line's width."""
    height = line.bottom - line.top
    # The height of a box tells the size of its type only roughly.
    size = usual if abs(height - usual) <= _SAME_SIZE * usual else height
    shares = [1.0 if is_wide(sign) else 0.5 for sign in line.text]
    if not shares or not math.isfinite(height + line.left + line.right) or size <= 0:
        return
    step = (line.right - line.left) / sum(shares)
    at, base = line.left, line.bottom - 0.2 * height
    for sign, share in zip(line.text, shares, strict=True):
        yield Glyph(" " if sign.isspace() else sign, at, at + share * step, base, size)
        at += share * step
