"""Styles of paragraphs and characters, with what each takes over from the one that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from xml.etree.ElementTree import Element

from bot.knowledge.word.tree import attribute, number, switch

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|標題", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄|contents)\s*(?:[1-9]|heading|标题|標題)", re.IGNORECASE)
_BODY_LEVEL = 9


class Role(Enum):
    """What a style makes of a paragraph, apart from its level as a heading."""

    TEXT = auto()
    TITLE = auto()
    CONTENTS = auto()


@dataclass(frozen=True, slots=True)
class NumberRef:
    """Which list a paragraph or a style counts in, and on which level from 0; each None where it does not say."""

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style as written; None where it leaves a thing to the style that it is based on."""

    id: str
    name: str
    based_on: str = ""
    outline: int | None = None
    number: NumberRef = NumberRef()
    hidden: bool | None = None
    centred: bool | None = None


class Styles:
    """All styles of a file; one that is not defined goes by its id, which then is its name."""

    def __init__(self, part: Element | None) -> None:
        """Read the part with the styles; None where the file has none."""
        self._styles: dict[str, Style] = {}
        self._default = ""
        for element in part.iterfind("style") if part is not None else ():
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if element.get("type") == "paragraph" and element.get("default") in ("1", "true", "on"):
                self._default = style.id

    def chain(self, style_id: str) -> Iterator[Style]:
        """A style and those that it is based on, nearest first; the default one where none is named."""
        seen: set[str] = set()
        style_id = style_id or self._default
        while style_id and style_id not in seen:
            seen.add(style_id)
            style = self._styles.get(style_id) or Style(style_id, style_id)
            yield style
            style_id = style.based_on

    def role(self, style_id: str) -> tuple[Role, int]:
        """(role, level as a heading from 1, 0 for none) of paragraphs in a style."""
        for style in self.chain(style_id):
            if _CONTENTS.fullmatch(style.name):
                return Role.CONTENTS, 0
            if _TITLE.fullmatch(style.name):
                return Role.TITLE, 0
            if style.outline is not None:
                return Role.TEXT, heading_level(style.outline)
            if found := _HEADING.fullmatch(style.name):
                return Role.TEXT, int(found[1])
        return Role.TEXT, 0

    def is_hidden(self, style_id: str) -> bool:
        """Whether a style hides its text."""
        return next((style.hidden for style in self.chain(style_id) if style.hidden is not None), False)

    def is_centred(self, style_id: str) -> bool:
        """Whether a style centres its paragraphs."""
        return next((style.centred for style in self.chain(style_id) if style.centred is not None), False)


def heading_level(outline: int) -> int:
    """``w:outlineLvl`` as a level from 1; its 9 is body text, 0 here."""
    return 0 if outline >= _BODY_LEVEL or outline < 0 else outline + 1


def read_number_ref(properties: Element | None) -> NumberRef:
    """What the properties of a paragraph or a style say about its number."""
    found = properties.find("numPr") if properties is not None else None
    return NumberRef(attribute(found, "numId", "val") or None, number(attribute(found, "ilvl", "val")))


def is_centred(properties: Element | None) -> bool | None:
    """Whether the properties of a paragraph or a style centre it; None where they do not say."""
    justified = attribute(properties, "jc", "val")
    return justified == "center" if justified else None


def _style(element: Element) -> Style:
    properties = element.find("pPr")
    return Style(
        element.get("styleId", ""),
        " ".join(attribute(element, "name", "val").split()) or element.get("styleId", ""),
        attribute(element, "basedOn", "val"),
        number(attribute(properties, "outlineLvl", "val")),
        read_number_ref(properties),
        switch(element.find("rPr"), "vanish"),
        is_centred(properties),
    )
