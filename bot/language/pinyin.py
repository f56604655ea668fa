"""Pinyin by character: pypinyin's own table, read without its package, whose phrases cost a fifth of a second."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _table() -> dict[str, str]:
    """Character code as a decimal string to its comma-separated readings with tone marks, most usual first."""
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:  # pragma: no cover - a broken installation
        raise ModuleNotFoundError("pypinyin")
    path = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def toneless(reading: str) -> str:
    """A reading without its tone mark, ü written as v: lǜ → lv."""
    base = unicodedata.normalize("NFD", reading.replace("ü", "v").translate(_UMLAUTS))
    return "".join(mark for mark in base if not unicodedata.combining(mark))


# Of a character's readings, so many are usual: its others are of names and old texts.
_USUAL = 2

_UMLAUTS = str.maketrans({"ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v"})


@lru_cache(maxsize=65536)
def readings(character: str) -> tuple[str, ...]:
    """All readings of one character with tone marks, most usual first; empty where it has none."""
    found = _table().get(str(ord(character)))
    return tuple(found.split(",")) if found else ()


@lru_cache(maxsize=65536)
def syllable(character: str) -> str:
    """The most usual reading of one character without tone; empty where it has none."""
    found = readings(character)
    return toneless(found[0]) if found else ""


@lru_cache(maxsize=65536)
def syllables(character: str) -> tuple[str, ...]:
    """All readings of one character without tones, most usual first, without repeats."""
    return tuple(dict.fromkeys(toneless(reading) for reading in readings(character)))


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for character in everyday_characters():
        for sound in syllables(character)[:_USUAL]:
            found.setdefault(sound, []).append(character)
    return {sound: tuple(characters) for sound, characters in found.items()}


def homophones(sound: str) -> tuple[str, ...]:
    """The characters of everyday text that are usually read as a toneless syllable."""
    return _by_sound().get(sound, ())


@cache
def _also_read() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for character in everyday_characters():
        first, *others = syllables(character)[:_USUAL] or ("",)
        for other in others:
            found.setdefault(other, {})[first] = None
    return {sound: tuple(firsts) for sound, firsts in found.items()}


def first_readings(sound: str) -> tuple[str, ...]:
    """How texts by sound have the characters that a syllable is another usual reading of: fu for fo, since 佛 is both."""
    return _also_read().get(sound, ())


@cache
def everyday_characters() -> tuple[str, ...]:
    """The characters of GB 2312, which everyday text is written with."""
    return tuple(filter(_encodable, map(chr, range(0x4E00, 0x9FA6))))


def _encodable(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_reading(text: str, character: str) -> bool:
    """Whether text, with or without tone mark, with ü or v for it, is a reading of the character."""
    return text in readings(character) or text.replace("ü", "v") in syllables(character)


@cache
def all_syllables() -> frozenset[str]:
    """Every toneless syllable that a character of the usual range has."""
    return frozenset(
        plain for code in range(0x4E00, 0x9FA6) for plain in syllables(chr(code)) if plain.isascii() and plain.isalpha()
    )
