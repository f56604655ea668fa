"""The channel's own sentences are there in every language."""

from __future__ import annotations

import pytest

from bot.channels.telegram.words import language_of, words
from bot.model import Language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (None, Language.HANS),
        ("", Language.HANS),
        ("zh", Language.HANS),
        ("zh-hans", Language.HANS),
        ("zh-CN", Language.HANS),
        ("zh-hant", Language.HANT),
        ("zh_TW", Language.HANT),
        ("zh-Hant-HK", Language.HANT),
        ("en", Language.ENGLISH),
        ("en-GB", Language.ENGLISH),
        ("ru", Language.ENGLISH),
    ],
)
def test_app_language_chooses_the_language(code: str | None, language: Language) -> None:
    assert language_of(code) is language


@pytest.mark.parametrize("language", Language)
def test_every_language_has_every_command(language: Language) -> None:
    assert [command for command, _ in words(language).commands] == ["start", "help", "contact", "privacy"]
