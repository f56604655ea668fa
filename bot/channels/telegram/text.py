"""Text as Telegram takes it: its cleaning, its measure, and where a long one may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

# 4,096 is Telegram's own limit; the margin is for characters that its next version may count otherwise.
LIMIT = 4000

# Telegram drops or blanks these itself, but for the isolates at the end of the directions, which would turn what we say
# around what somebody wrote; a lone surrogate cannot even be sent.
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u0333\u033f\u030a]|\r(?=\n)")
_LINE_ENDS = re.compile(r"[\r\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# What tdlib takes for empty besides white space (strip_empty_characters in its td/telegram/misc.cpp).
_INVISIBLE = "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\ufeff\ufffc"
_SENTENCE_END = re.compile(r"[。！？；!?;…][”’」』）)\"']*|\.(?=\s)")


def clean(text: str) -> str:
    """Leave out what Telegram would not show or could not take; what a reader can see stays."""
    return _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", _DROPPED.sub("", text)))


def is_blank(text: str) -> bool:
    """Whether Telegram would refuse a message of this text as empty."""
    return all(character.isspace() or character in _INVISIBLE for character in text)


def utf16_length(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Cut text into pieces that fit one message each.

    Args:
        text: cleaned text.
        limit: most UTF-16 code units of a piece.

    Yields:
        Start and end of each piece, without the line ends around it; pieces that would be blank are left out. A cut is
        made at a line's end; within a line only where that alone is too long, then at a sentence's end if there is one.
    """
    start = _skip_line_ends(text, 0)
    while start < len(text):
        end = _reach(text, start, limit)
        if end < len(text):
            end = _cut(text, start, end)
        piece = text[start:end].rstrip("\n")
        if not is_blank(piece):
            yield start, start + len(piece)
        start = _skip_line_ends(text, end)


def _skip_line_ends(text: str, place: int) -> int:
    while text.startswith("\n", place):
        place += 1
    return place


def _reach(text: str, start: int, limit: int) -> int:
    """How far a piece from `start` may go; at least one character, so that any limit ends."""
    end = start + limit
    while (excess := utf16_length(text[start:end]) - limit) > 0:
        # A piece over by n units loses at least n / 2 characters.
        end = min(end, len(text)) - max(1, excess // 2)
    return max(start + 1, min(end, len(text)))


def _cut(text: str, start: int, end: int) -> int:
    # The line end after the piece costs no room: it is not sent.
    newline = text.rfind("\n", start, end + 1)
    if newline > start:
        return newline
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    return sentences[-1] if sentences else end
