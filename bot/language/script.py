"""The language and script that somebody writes in, and text turned into it."""

from __future__ import annotations

from bot.language.normalise import simplify, traditionalise
from bot.language.spelling import is_spelled, may_be_initials
from bot.language.tokens import is_han, runs
from bot.language.wording import has_english_words, is_english
from bot.model import Language


def language_of(text: str) -> Language:
    """Traditional Chinese where the text has a character of it, English where its words are, else simplified."""
    # Half of an emoji, as a cut message may end with, is of no script.
    whole = text.encode(errors="replace").decode()
    if simplify(whole) != whole:
        return Language.HANT
    lowered = text.casefold()
    words = [run for run in runs(lowered) if run.isalpha() and not is_han(run)]
    others = [word for word in words if not is_spelled(word) and not may_be_initials(word)]
    if is_english(lowered) and (len(others) * 4 >= len(words) or has_english_words(others)):
        return Language.ENGLISH
    return Language.HANS


def in_script(text: str, language: Language) -> str:
    """Published Chinese in the reader's script; in English replies it stays as published."""
    if language is Language.HANT:
        return traditionalise(text)
    return simplify(text) if language is Language.HANS else text


def language_after(text: str, before: Language) -> Language:
    """The language of words that go on from something; where they tell none of their own, it is that of what went before.

    2016? has no language; 那2016年呢 is written alike in both scripts.
    """
    own = language_of(text)
    if not any(character.isalpha() for character in text):
        return before
    is_of_both = own is Language.HANS and traditionalise(text) == text
    return before if is_of_both and before is Language.HANT else own
