"""Message catalogues: simplified Chinese is the source, ``zh_Hant.po`` and ``en.po`` translate it."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO

from bot.model import Language

_FILES = {Language.HANT: "zh_Hant.po", Language.ENGLISH: "en.po"}


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The catalogue of a language; it is compiled in memory, so that no build step can be forgotten."""
    if language not in _FILES:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with files(__name__).joinpath(_FILES[language]).open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
