"""A stand-in for the Chinese fonts that a PDF names and does not hold, so that no text depends on the fonts of the machine.

PDFium takes the boxes of such a font's characters from whatever font the machine has in its place, and passes over a piece of
text whose box has no area: where no Chinese font is installed, cells of one character and whole turned pages would be lost. The
stand-in shows a narrow bar for every character; how far each of them reaches is said by the PDF.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from array import array
from functools import cache
from typing import Any

import pypdfium2.raw as raw

_EM = 1_000
_TOP, _BOTTOM, _WIDTH = 880, -120, 100
# As many as a font can hold: a PDF may name the glyphs of the font that it does not hold by their numbers there.
_GLYPHS = 0xFFFF
# Character sets as Windows numbers them: none in particular, Japanese, Korean, simplified and traditional Chinese.
_STOOD_IN_FOR = frozenset({2, 128, 129, 134, 136})
_HANDLE = 1


def use_stand_in() -> None:
    """Have PDFium take the stand-in for Chinese, Japanese and Korean fonts, and what it holds itself for all others."""
    raw.FPDF_SetSystemFontInfo(_FONTS)


@cache
def bar_font() -> bytes:
    """A TrueType font of 3 MB that shows a bar for every character and every glyph's number.

    Source: the OpenType specification's tables `cmap` (format 13, many characters to one glyph), `glyf`, `head`, `hhea`,
    `hmtx`, `loca` and `maxp`.
    """
    bar = _bar()
    tables = {
        b"cmap": _character_map(),
        b"glyf": bar * _GLYPHS,
        b"head": struct.pack(">IIIIHHQQ", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0)
        + struct.pack(">hhhhHHhhh", 0, _BOTTOM, _WIDTH, _TOP, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhh", 0x10000, _TOP, _BOTTOM, 0, _EM, 0, 0, _WIDTH) + bytes(16) + b"\0\1",
        b"hmtx": struct.pack(">H", _EM) + bytes(2 * _GLYPHS),
        b"loca": _big_endian(range(0, len(bar) * (_GLYPHS + 1), len(bar))),
        b"maxp": struct.pack(">IHHHHHH", 0x10000, _GLYPHS, 4, 1, 0, 0, 2) + bytes(16),
    }
    directory, bodies = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), []
    start = len(directory) + 16 * len(tables)
    for tag, table in tables.items():
        directory += tag + struct.pack(">III", 0, start, len(table))
        bodies.append(table + bytes(-len(table) % 4))
        start += len(bodies[-1])
    return directory + b"".join(bodies)


def _character_map() -> bytes:
    every_character = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every_character


def _bar() -> bytes:
    frame = struct.pack(">hhhhhHH", 1, 0, _BOTTOM, _WIDTH, _TOP, 3, 0)
    corners = struct.pack(">4B4h4h", 1, 1, 1, 1, 0, _WIDTH, 0, -_WIDTH, _BOTTOM, 0, _TOP - _BOTTOM, 0)
    bar = frame + corners
    return bar + bytes(-len(bar) % 4)


def _big_endian(numbers: range) -> bytes:
    kept = array("I", numbers)
    if sys.byteorder == "little":
        kept.byteswap()
    return kept.tobytes()


def _map_font(_this: Any, _weight: int, _italic: int, charset: int, *_named: Any) -> int:
    return _HANDLE if charset in _STOOD_IN_FOR else 0


def _font_data(_this: Any, _handle: Any, table: int, buffer: Any, size: int) -> int:
    """How long the font is; its bytes, where the buffer holds them. Table 0 is the whole file."""
    if table:
        return 0
    font = bar_font()
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


_CALLS = dict(raw.FPDF_SYSFONTINFO._fields_)
# PDFium calls these for as long as the process lives.
_FONTS = raw.FPDF_SYSFONTINFO(
    version=1,
    MapFont=_CALLS["MapFont"](_map_font),
    GetFontData=_CALLS["GetFontData"](_font_data),
)
