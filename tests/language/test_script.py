"""A reply comes in the language and script of its question."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.script import in_script, language_of
from bot.model import Language
from tests.language.strategies import texts

HANS, HANT, ENGLISH = Language.HANS, Language.HANT, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2017年主动公开了多少条", HANS),
        ("2017年主動公開了多少條", HANT),
        ("收費標準", HANT),
        ("停车怎么收费\ud83d", HANS),
        ("停車怎麼收費\ud83d", HANT),
        ("著作权登记", HANS),
        ("显著成效", HANS),
        ("后台和里面", HANS),
        ("干部任免", HANS),
        ("重庆", HANS),
        ("how many items were published in 2017", ENGLISH),
        ("What is the phone number?", ENGLISH),
        ("fee", ENGLISH),
        ("hello", ENGLISH),
        ("contact", ENGLISH),
        ("xinxi gongkai", HANS),
        ("zhudonggongkai duoshao tiao", HANS),
        ("2017nian xinxi", HANS),
        ("shou fei biao zhun", HANS),
        ("nihao", HANS),
        ("xxgk nianbao", HANS),
        ("zfxxgk", HANS),
        ("how to apply for xxgk", ENGLISH),
        ("申请表PDF下载", HANS),
        ("申請表PDF下載", HANT),
        ("What is 信息公开", HANS),
        ("hello 主動公開", HANT),
        ("2017", HANS),
        ("😀", HANS),
        ("", HANS),
    ],
)
def test_the_language_is_the_askers(text: str, language: Language) -> None:
    assert language_of(text) is language


@given(texts)
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in Language


@pytest.mark.parametrize(("language", "expected"), [(HANS, "信息公开"), (HANT, "信息公開"), (ENGLISH, "信息公开")])
def test_published_text_comes_in_the_readers_script(language: Language, expected: str) -> None:
    assert in_script("信息公开", language) == expected


def test_simplified_text_is_shown_to_the_letter() -> None:
    assert in_script("著作权取得显著成效", HANS) == "著作权取得显著成效"


@given(texts)
def test_any_text_has_a_form_in_every_script(text: str) -> None:
    assert in_script(text, ENGLISH) == text
    for language in Language:
        in_script(text, language)
