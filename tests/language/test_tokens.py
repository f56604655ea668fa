"""What is indexed of a text, and asked for."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.normalise import fold
from bot.language.pinyin import syllable
from bot.language.tokens import bigrams, characters, han, is_han, pinyin_bigrams, runs, syllable_bigrams
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开133条", ["公开", "133", "条"]),
        ("信息公开 pdf", ["信息公开", "pdf"]),
        ("3.5%", ["3.5"]),
        ("1,234", ["1", "234"]),
        ("a1b2", ["a", "1", "b", "2"]),
        ("二〇一七年", ["二〇一七年"]),
        ("〇年", ["〇年"]),
        ("𠀀公", ["𠀀公"]),
        ("café", ["café"]),
        ("，。!", []),
        ("😀", []),
        ("", []),
    ],
)
def test_runs_are_of_one_kind(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


def test_kinds_of_runs_are_told_by_their_first_character() -> None:
    assert [is_han(run) for run in ("公开", "〇年", "pdf", "2017", "é")] == [True, True, False, False, False]


def test_chinese_is_closed_up_over_what_parts_it() -> None:
    assert han("信 息,公-开 2017 a") == "信息公开"


def test_characters_stand_alone_and_words_stay_whole() -> None:
    assert list(characters(["公开", "pdf", "2017"])) == ["公", "开", "pdf", "2017"]


def test_bigrams_do_not_reach_over_runs() -> None:
    assert list(bigrams(["信息公", "开", "pdf", "2017"])) == ["信息", "息公", "开", "pdf", "2017"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["信息公开"], ["xin_xi", "xi_gong", "gong_kai"]),
        (["信息", "公开"], ["xin_xi", "gong_kai"]),
        (["信"], []),
        (["pdf", "2017"], []),
        (["信息\u3402公开"], ["xin_xi", "gong_kai"]),
        ([], []),
        (["绿女"], ["lv_nv"]),
    ],
)
def test_pinyin_bigrams_are_by_sound(parts: list[str], expected: list[str]) -> None:
    assert list(pinyin_bigrams(parts)) == expected


def test_a_homophone_sounds_the_same() -> None:
    assert list(pinyin_bigrams(["公凯"])) == list(pinyin_bigrams(["公开"]))


def test_a_missing_syllable_parts_a_row() -> None:
    assert list(syllable_bigrams(["xin", "", "xi", "gong"])) == ["xi_gong"]


@given(texts)
def test_every_token_is_one_word_to_the_index(text: str) -> None:
    parts = runs(fold(text))
    for token in (*characters(parts), *bigrams(parts), *pinyin_bigrams(parts)):
        assert token
        assert token.split() == [token]


@given(texts)
def test_characters_lose_nothing_of_the_runs(text: str) -> None:
    parts = runs(fold(text))
    assert "".join(characters(parts)) == "".join(parts)


@given(texts)
def test_sounds_in_bulk_are_those_of_each_character(text: str) -> None:
    parts = runs(fold(text))
    each = [sound for part in parts if is_han(part) for sound in syllable_bigrams(map(syllable, part))]
    assert list(pinyin_bigrams(parts)) == each
