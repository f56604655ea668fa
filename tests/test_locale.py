"""The message catalogues are complete: nobody is answered half in another language."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import bot.locale
from bot import courtesies, notices, offers, own_data, replies
from bot.applying import letters, reminders, wording
from bot.channels.telegram import words
from bot.channels.telegram.staff import wording as staff_wording
from bot.language.tokens import is_han
from bot.locale import translations
from bot.model import Language

FILES = ("zh_Hant.po", "en.po")


def source_texts() -> set[str]:
    """Every text that the replies pass to gettext."""
    rooms = (replies, courtesies, notices, offers, own_data, letters, reminders, wording, words, staff_wording)
    found = [each for room in rooms for each in extract_from_file("python", str(room.__file__))]
    return {text for _, text, _, _ in found if isinstance(text, str)}


def read_catalogue(name: str) -> Catalog:
    with (Path(bot.locale.__file__).parent / name).open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(name: str) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in read_catalogue(name) if message.id]


def placeholders(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def test_the_replies_have_texts_to_translate() -> None:
    """Guards the extraction that the tests below rely on."""
    assert {"出处：{place}", "不能确定您要找的是哪一条，请选一条："} <= source_texts()


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_the_replies_is_translated(name: str) -> None:
    """Nothing is missing, empty, or only guessed."""
    translated = {message.id for message in messages(name) if message.string and not message.fuzzy}
    assert source_texts() - translated == set()


@pytest.mark.parametrize("name", FILES)
def test_no_translation_has_lost_its_text(name: str) -> None:
    """A text that the replies no longer have leaves the catalogues as well."""
    assert {message.id for message in messages(name)} - source_texts() == set()
    assert not read_catalogue(name).obsolete


@pytest.mark.parametrize("name", FILES)
def test_translations_keep_the_placeholders(name: str) -> None:
    """A lost placeholder would swallow a name; an invented one would fail in front of a citizen."""
    differing = [m.id for m in messages(name) if placeholders(str(m.id)) != placeholders(str(m.string))]
    assert differing == []


def test_english_has_no_chinese_left() -> None:
    assert [m.string for m in messages("en.po") if any(is_han(sign) for sign in str(m.string))] == []


def test_simplified_chinese_is_the_source_itself() -> None:
    assert translations(Language.HANS).gettext("全文") == "全文"


@pytest.mark.parametrize(("language", "text"), [(Language.HANT, "全文"), (Language.ENGLISH, "Full text")])
def test_catalogues_are_read_without_a_build_step(language: Language, text: str) -> None:
    assert translations(language).gettext("全文") == text
