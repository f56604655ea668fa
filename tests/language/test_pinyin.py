"""How characters are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.pinyin import all_syllables, is_reading, readings, syllable, syllables, toneless


@pytest.mark.parametrize(
    ("character", "sound"),
    [("信", "xin"), ("女", "nv"), ("绿", "lv"), ("行", "xing"), ("a", ""), ("，", ""), ("😀", "")],
)
def test_a_character_has_its_most_usual_sound(character: str, sound: str) -> None:
    assert syllable(character) == sound


def test_a_character_of_several_readings_has_them_all() -> None:
    assert {"xíng", "háng"} <= set(readings("行"))
    assert {"xing", "hang"} <= set(syllables("行"))


@pytest.mark.parametrize(("reading", "plain"), [("lǜ", "lv"), ("xù", "xu"), ("nü", "nv"), ("ér", "er"), ("ma", "ma")])
def test_tone_marks_fall_and_umlauts_are_typed_v(reading: str, plain: str) -> None:
    assert toneless(reading) == plain


@pytest.mark.parametrize(
    ("text", "character", "expected"),
    [
        ("háng", "行", True),
        ("hang", "行", True),
        ("lü", "绿", True),
        ("lv", "绿", True),
        ("gong", "行", False),
        ("", "行", False),
    ],
)
def test_a_reading_is_known_with_and_without_tone(text: str, character: str, expected: bool) -> None:
    assert is_reading(text, character) is expected


@given(st.characters(exclude_categories=["Cs"]))
def test_every_character_has_plain_syllables_or_none(character: str) -> None:
    assert all(sound and " " not in sound for sound in syllables(character))
    assert syllable(character) == (syllables(character) or ("",))[0]


def test_the_syllables_are_those_of_the_language() -> None:
    assert {"xin", "xi", "zhuang", "lv", "er"} <= all_syllables()
    assert not {"xyz", "hello", ""} & all_syllables()
