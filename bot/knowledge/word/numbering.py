"""Automatic numbers, which stand nowhere in the text: counted here as Word counts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.knowledge.word.numerals import numeral
from bot.knowledge.word.styles import NumberRef, Styles
from bot.knowledge.word.tree import attribute, number, switch

LEVELS = 9
BULLET = "•"
_LONGEST_TEXT = 60
_PLACE = re.compile("%([1-9])")
# Letters of these fonts are pictures: Wingdings' l is a disc.
_PICTURE_FONTS = re.compile("symbol|wingdings|webdings", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        text: with %1 to %9 where the numbers of the levels go.
        suffix: tab, space or nothing between number and text.
        restart: after a number on which level, from 1, or on one above it, it begins anew; 0 for never.
        legal: whether all numbers are in digits.
        style: id of the paragraph style that it belongs to.
    """

    start: int
    form: str
    text: str
    suffix: str
    restart: int
    legal: bool
    style: str


@dataclass(frozen=True, slots=True)
class NumberedList:
    """One list: `counts_in` is the definition whose numbers it goes on with, `starts` the levels that it begins anew."""

    counts_in: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """The numbers of one text, which is to be read from its start to its end once."""

    def __init__(self, part: Element | None, styles: Styles) -> None:
        """Read the part with the lists; None where the file has none."""
        self._styles = styles
        self._lists = dict(_lists(part, styles)) if part is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def knows(self, list_id: str) -> bool:
        """Whether a list is defined."""
        return list_id in self._lists

    def place(self, own: NumberRef, style_id: str) -> tuple[str, int] | None:
        """(list, level) of a paragraph by what it says itself and what its style says; None where it has no number."""
        chain = list(self._styles.chain(style_id))
        list_id = own.list_id or next((style.number.list_id for style in chain if style.number.list_id), None)
        if list_id in (None, "0"):
            return None
        if own.level is not None:
            return list_id, own.level
        # A style's level is the one that the list links to it; what the style itself says comes after that.
        linked = self._linked_level(list_id, [style.id for style in chain]) if own.list_id is None else None
        level = next((style.number.level for style in chain if style.number.level is not None), 0)
        return list_id, level if linked is None else linked

    def _linked_level(self, list_id: str, style_ids: list[str]) -> int | None:
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        places = {level.style: place for place, level in levels.items() if level.style}
        return next((places[style_id] for style_id in style_ids if style_id in places), None)

    def next_label(self, list_id: str, place: int) -> str:
        """Count one paragraph and give its number with what parts it from the text, or a bullet; empty where it shows none."""
        counted = self._lists.get(list_id)
        if counted is None or place not in counted.levels:
            return ""
        counts = self._counts.setdefault(counted.counts_in, [None] * LEVELS)
        if place in counted.starts and (list_id, place) not in self._begun:
            counts[place] = None
        self._begun.add((list_id, place))
        for above in range(place):
            # Word counts a level that was skipped as begun: the first （一） without a 一、 above it makes the next one 二、.
            if counts[above] is None and above in counted.levels:
                counts[above] = _start(counted, above)
        before = counts[place]
        counts[place] = _start(counted, place) if before is None else before + 1
        for below in range(place + 1, LEVELS):
            if below in counted.levels and place < counted.levels[below].restart:
                counts[below] = None
        return _label(counted, place, counts)


def _start(counted: NumberedList, place: int) -> int:
    return counted.starts.get(place, counted.levels[place].start)


def _label(counted: NumberedList, place: int, counts: list[int | None]) -> str:
    level = counted.levels[place]

    def write(found: re.Match[str]) -> str:
        above = int(found[1]) - 1
        value = counts[above] if above <= place else None
        if value is None:
            return ""
        form = counted.levels[above].form
        return numeral(value, "decimal" if level.legal and form not in ("none", "bullet") else form)

    text = level.text if level.form == "bullet" else _PLACE.sub(write, level.text)
    label = text.strip()
    if not label or level.suffix == "nothing":
        return label
    return label if _is_wide(label[-1]) else f"{label} "


def _is_wide(sign: str) -> bool:
    """Whether a sign brings its own gap: 、 ） ． ①. A tab after it is layout, and nobody types a blank there."""
    kind = unicodedata.category(sign)
    return kind == "No" or (kind.startswith("P") and unicodedata.east_asian_width(sign) in "WF")


def _lists(part: Element, styles: Styles) -> Iterator[tuple[str, NumberedList]]:
    definitions = {element.get("abstractNumId", ""): element for element in part.iterfind("abstractNum")}
    instances = {element.get("numId", ""): element for element in part.iterfind("num")}
    levels = {name: dict(_levels(definition)) for name, definition in definitions.items()}
    for list_id, instance in instances.items():
        name = _definition(attribute(instance, "abstractNumId", "val"), definitions, instances, styles)
        own, starts = dict(levels.get(name, {})), {}
        for override in instance.iterfind("lvlOverride"):
            place = number(override.get("ilvl", ""))
            if place is None or place not in range(LEVELS):
                continue
            own.update((place, level) for _, level in _levels(override))
            start = number(attribute(override, "startOverride", "val"))
            if start is not None:
                starts[place] = start
        yield list_id, NumberedList(name, own, starts)


def _definition(name: str, definitions: Mapping[str, Element], instances: Mapping[str, Element], styles: Styles) -> str:
    """The definition that holds the levels: one with a numStyleLink points to a style, whose list has them."""
    seen: set[str] = set()
    while name in definitions and name not in seen:
        seen.add(name)
        link = attribute(definitions[name], "numStyleLink", "val")
        if not link:
            return name
        linked = next((style.number.list_id for style in styles.chain(link) if style.number.list_id), "")
        by_style = (other for other, element in definitions.items() if attribute(element, "styleLink", "val") == link)
        name = attribute(instances.get(linked or ""), "abstractNumId", "val") or next(by_style, "")
    return name


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterfind("lvl"):
        place = number(element.get("ilvl", ""))
        if place is not None and place in range(LEVELS):
            yield place, _level(element, place)


def _level(element: Element, place: int) -> Level:
    form = attribute(element, "numFmt", "val") or attribute(element, "AlternateContent", "Fallback", "numFmt", "val")
    restart = number(attribute(element, "lvlRestart", "val"))
    text = attribute(element, "lvlText", "val")[:_LONGEST_TEXT]
    fonts = " ".join(attribute(element, "rPr", "rFonts", name) for name in ("ascii", "hAnsi"))
    if form == "bullet" and (_PICTURE_FONTS.search(fonts) or any("\ue000" <= sign <= "\uf8ff" for sign in text)):
        text = BULLET
    return Level(
        number(attribute(element, "start", "val")) or 0,
        form or "decimal",
        text,
        attribute(element, "suff", "val") or "tab",
        place if restart is None or restart > place else max(restart, 0),
        bool(switch(element, "isLgl")),
        attribute(element, "pStyle", "val"),
    )
