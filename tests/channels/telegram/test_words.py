"""The channel's own sentences are there in every language."""

from __future__ import annotations

import pytest

from bot.channels.telegram.words import PRIVATE_COMMANDS, cannot_read, command_menu, language_of, reasons, words
from bot.language.widths import trim
from bot.model import Language
from bot.own_data import phrases


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
    menu = command_menu(PRIVATE_COMMANDS, language)
    assert tuple(command for command, _ in menu) == PRIVATE_COMMANDS
    # Telegram's limits for a menu.
    assert all(1 <= len(described) <= 256 for _, described in menu)


@pytest.mark.parametrize("language", Language)
def test_what_cannot_be_read_is_told_what_works(language: Language) -> None:
    for kind in ("voice", "photo", "sticker", "document", "location", "contact", "poll", "dice"):
        said = cannot_read(kind, language)
        assert ("type your question" in said) if language is Language.ENGLISH else said.endswith("我。")
        assert "  " not in said


@pytest.mark.parametrize("language", Language)
def test_a_button_fits_where_two_stand_in_a_row(language: Language) -> None:
    """About half of a phone's width; an ideograph takes two columns."""
    said = words(language)
    pairs = (
        said.helpful,
        said.unhelpful,
        said.earlier,
        said.later,
        phrases(language).erase,
        phrases(language).keep,
        *reasons(language).values(),
    )
    assert all(trim(label, 20) == label for label in pairs)


@pytest.mark.parametrize("language", Language)
def test_what_is_told_in_a_buttons_corner_fits_there(language: Language) -> None:
    """Telegram takes 200 characters there."""
    said = words(language)
    assert all(0 < len(text) <= 200 for text in (said.thanks, said.why, said.expired))
