"""A PDF's pages as glyphs and ruled lines, read by PDFium; whatever is broken or boundless is refused."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from threading import Lock
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.pdf.characters import is_unknown, restored
from bot.knowledge.readers.pdf.coordinates import Upright
from bot.knowledge.readers.pdf.shapes import Rule, read_shapes
from bot.knowledge.readers.pdf.stand_in import use_stand_in

MOST_PAGES = 2_000
MOST_CHARACTERS = 500_000
_FEWEST_SIDEWAYS = 10
_HEADER = b"%PDF-"
_PRINT_AGAIN = "open it and print it to PDF anew"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character where it stands on its page, in points from the upper left corner.

    Attributes:
        text: one character, or what a ligature stands for; a blank for white space.
        base: distance of the base line from the top.
        run: which piece of the page's text it belongs to.
        apart: whether PDFium saw a gap before it, as between words that the file parts without a blank.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    run: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page.

    Attributes:
        number: counts from 1.
        unknown: how many characters the file does not tell.
        askew: how many characters stand at another angle than the page's, as watermarks do.
        hidden: how many characters are invisible, as the text that scanners put below a picture.
        pictured: whether an image covers half of the page or more.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    unknown: int = 0
    askew: int = 0
    hidden: int = 0
    pictured: bool = False


# PDFium may be used by one thread at a time.
_ALONE = Lock()
use_stand_in()


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """A PDF's document, closed again at the end.

    Raises:
        UnreadableFile: no PDF, cut off, broken, protected by a password, or with too many pages.
    """
    _check_frame(data)
    with _ALONE:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _refusal(error) from None
        try:
            pages = len(document)
            if not pages:
                raise UnreadableFile("the PDF has no pages", _PRINT_AGAIN)
            if pages > MOST_PAGES:
                raise UnreadableFile(f"the PDF has {pages} pages, and {MOST_PAGES} are the most", "split it")
            yield document
        finally:
            document.close()


def _check_frame(data: bytes) -> None:
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB", "split it")
    if not data.strip():
        raise UnreadableFile("the file is empty", "save it anew, or delete the file")
    if _HEADER not in data[:1024]:
        raise UnreadableFile("the file is no PDF, whatever its name says", "give it the suffix of what it is")
    # PDFium reads what is left of a file and tells nobody that pages are missing.
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-2048:]:
        raise UnreadableFile("the PDF is cut off: its end is missing", "copy or download it anew")


def _refusal(error: pdfium.PdfiumError) -> UnreadableFile:
    code = getattr(error, "err_code", None)
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return UnreadableFile(
            "the PDF is protected by a password", "save a copy without a password, or print it to PDF anew"
        )
    return UnreadableFile("the PDF is broken", _PRINT_AGAIN)


def read_pages(document: pdfium.PdfDocument) -> tuple[Page, ...]:
    """All pages, in order.

    Raises:
        UnreadableFile: a page is broken, or there is more text than `MOST_CHARACTERS`.
    """
    pages: list[Page] = []
    left = MOST_CHARACTERS
    for index in range(len(document)):
        try:
            page = document[index]
            try:
                pages.append(_read_page(page, index + 1, left))
            finally:
                page.close()
        except pdfium.PdfiumError:
            raise UnreadableFile(f"page {index + 1} of the PDF is broken", _PRINT_AGAIN) from None
        left -= len(pages[-1].glyphs)
    return tuple(pages)


def _read_page(page: pdfium.PdfPage, number: int, most: int) -> Page:
    upright = Upright(page)
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > most:
            raise UnreadableFile(f"the PDF has more than {MOST_CHARACTERS} characters", "split it")
        reader = _Characters(text.raw, upright)
        glyphs = reader.glyphs(count)
        if turn := reader.turn(len(glyphs)):
            upright = Upright(page, turn)
            reader = _Characters(text.raw, upright)
            glyphs = reader.glyphs(count)
    finally:
        text.close()
    rules, area = read_shapes(page, upright)
    pictured = area >= 0.5 * upright.width * upright.height
    return Page(
        number, upright.width, upright.height, glyphs, rules, reader.unknown, reader.askew, reader.hidden, pictured
    )


class _Characters:
    """One page's characters, and a count of those that are passed over."""

    def __init__(self, page: Any, upright: Upright) -> None:
        self.unknown = self.askew = self.hidden = 0
        self._page, self._upright = page, upright
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._styles: dict[int, tuple[float, bool, bool, int]] = {}
        self._sideways: Counter[int] = Counter()
        self._run = 0
        self._gap = False

    def glyphs(self, count: int) -> tuple[Glyph, ...]:
        """All that stands along the page."""
        return tuple(glyph for place in range(count) if (glyph := self._glyph(place)))

    def turn(self, along: int) -> int:
        """By how many degrees the page is to be turned for most of its text to stand along it; 0 where it does."""
        angle, sideways = max(self._sideways.items(), key=itemgetter(1), default=(0, 0))
        return angle if sideways > max(along, _FEWEST_SIDEWAYS) else 0

    def _glyph(self, place: int) -> Glyph | None:
        """The character at a place; None for what PDFium has put between the characters of the file, and for watermarks."""
        page = self._page
        if raw.FPDFText_IsGenerated(page, place) == 1:
            self._gap = True
            return None
        code = raw.FPDFText_GetUnicode(page, place)
        if is_unknown(code):
            self.unknown += 1
            return None
        if not (text := restored(code)):
            return None
        size, bold, hidden, angle = self._style(place)
        if angle:
            self.askew += not text.isspace()
            self._sideways[angle] += angle % 90 == 0
            return None
        raw.FPDFText_GetLooseCharBox(page, place, self._box)
        raw.FPDFText_GetCharOrigin(page, place, self._x, self._y)
        one = self._upright.point(self._box.left, self._box.bottom)
        other = self._upright.point(self._box.right, self._box.top)
        origin, base = self._upright.point(self._x.value, self._y.value)
        left, right = min(one[0], other[0]), max(one[0], other[0])
        inside = -1 <= left <= self._upright.width + 1 and 0 <= base <= self._upright.height
        if not inside or not math.isfinite(left + right + base + origin):
            return None
        self.hidden += hidden
        apart, self._gap = self._gap, False
        return Glyph(" " if text.isspace() else text, left, right, base, size, bold, self._run, apart)

    def _style(self, place: int) -> tuple[float, bool, bool, int]:
        """(size in points, bold, invisible, degrees off the page's direction) of the piece of text that holds a character."""
        text = raw.FPDFText_GetTextObject(self._page, place)
        key = self._run = ctypes.cast(text, ctypes.c_void_p).value or 0
        if key and key in self._styles:
            return self._styles[key]
        raw.FPDFText_GetMatrix(self._page, place, self._matrix)
        matrix = self._matrix
        size = raw.FPDFText_GetFontSize(self._page, place) * math.hypot(matrix.c, matrix.d)
        angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - self._upright.turned) % 360
        nearest = 90 * round(angle / 90)
        degrees = (nearest if abs(angle - nearest) < 5 else round(angle)) % 360
        mode = raw.FPDFTextObj_GetTextRenderMode(text) if key else 0
        hidden = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        # Fonts without a bold face are drawn with a stroke around their shapes.
        bold = mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE or self._is_bold_font(place)
        style = (size if 1 <= size <= 500 else 12.0, bold, hidden, degrees)
        self._styles[key] = style
        return style

    def _is_bold_font(self, place: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._page, place) >= 600:
            return True
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._page, place, name, 128, flags)
        plain = name.value.lower()
        return any(word in plain for word in (b"bold", b"hei", b"heavy", b"xiaobiao", b"xbs"))
