"""Text fits Telegram, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.text import clean, is_blank, pieces, utf16_length
from tests.botapi import entities

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaned_text_can_be_sent_and_is_blank_only_where_telegram_says_so(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert is_blank(cleaned) == (entities.clean(cleaned) == "")


@settings(deadline=None)
@given(ANY_TEXT, st.integers(2, 50))
def test_pieces_fit_and_lose_only_line_ends_and_blanks(text: str, limit: int) -> None:
    cleaned = clean(text)
    places = list(pieces(cleaned, limit))
    assert all(utf16_length(cleaned[start:end]) <= limit for start, end in places)
    assert not any(is_blank(cleaned[start:end]) for start, end in places)
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(cleaned)]
    assert all(is_blank(cleaned[end:start]) for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, []),
        ("短", 10, ["短"]),
        ("一行\n二行\n三行", 5, ["一行\n二行", "三行"]),
        ("一行\n\n\n二行", 4, ["一行", "二行"]),
        ("短行\n第一句。第二句。第三句", 8, ["短行", "第一句。第二句。", "第三句"]),
        ("他说：“好。”然后走了很远", 8, ["他说：“好。”", "然后走了很远"]),
        ("一二三四五六七八", 3, ["一二三", "四五六", "七八"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        ("\n\n首行", 10, ["首行"]),
        ("3.14159 and 2.5", 9, ["3.14159 a", "nd 2.5"]),
        ("One two. Three four", 12, ["One two.", " Three four"]),
    ],
)
def test_cuts_at_lines_then_sentences_then_anywhere(text: str, limit: int, expected: list[str]) -> None:
    assert [text[start:end] for start, end in pieces(text, limit)] == expected


def test_what_a_reader_sees_stays() -> None:
    assert clean("一\r\n二\r三\u2028四\x00\u202e五\ud83d") == "一\n二\n三\n四五\ufffd"
