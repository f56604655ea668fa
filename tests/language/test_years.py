"""Numbers and years as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.years import mend_torn, read_number, year_spans
from tests.language.strategies import texts

TODAY = date(2026, 5, 20)
NUMERALS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("十二", 12),
        ("二十", 20),
        ("十", 10),
        ("二十一", 21),
        ("〇五", 5),
        ("两", 2),
        ("零", 0),
        ("九十九", 99),
    ],
)
def test_numbers_are_read_in_digits_and_numerals(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "百", "十十", "二十十", "a", "1a", "-1", "一百", "十一二"])
def test_other_words_are_no_numbers(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(1, 99))
def test_every_number_reads_back_from_its_numerals(number: int) -> None:
    tens, units = divmod(number, 10)
    written = f"{NUMERALS[tens] if tens > 1 else ''}十" if tens else ""
    assert read_number(written + (NUMERALS[units] if units or not tens else "")) == number


@given(texts)
def test_what_names_years_lies_apart_and_in_order(text: str) -> None:
    place = 0
    for start, end, first, last in year_spans(text, TODAY):
        assert place <= start < end <= len(text)
        assert 1900 <= first <= last
        place = end


@given(st.integers(1900, 2099))
def test_every_year_reads_back_in_every_script(year: int) -> None:
    numerals = "".join(NUMERALS[int(digit)] for digit in str(year))
    # Before 1900 and after 2099 no report is published; 一九 and 二〇 begin the years that are.
    for written in (f"{year}年", f"{numerals}年", f"{year}", f"in {year}.", f"{year} nian", f"你好,{year}公开了什么"):
        assert [span[2:] for span in year_spans(written, TODAY)] == [(year, year)], written


@pytest.mark.parametrize("torn", ["201,7年", "2 017年", "20 17年", "2。017 年", "2,0,1 7年", "2017年"])
def test_a_year_that_a_stray_mark_tore_is_mended(torn: str) -> None:
    assert mend_torn(f"招商局{torn}主动公开多少条").replace(" ", "") == "招商局2017年主动公开多少条"


@pytest.mark.parametrize(
    "text",
    ["20,17年", "19,20年", "15、17年", "15-17年", "2015-17年", "1. 2017年", "2,000年前", "2016,2017年", "第1,2017年"],
)
def test_what_may_be_two_years_or_a_count_stays(text: str) -> None:
    assert mend_torn(text) == text


@given(texts)
def test_mending_years_takes_nothing_but_marks(text: str) -> None:
    mended = mend_torn(text)
    assert [sign for sign in mended if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
