"""What a reader sees of a paragraph: insertions and results of fields, but no deletions, instructions or hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bot.knowledge.word.styles import Styles
from bot.knowledge.word.symbols import is_picture_font, symbol
from bot.knowledge.word.tree import attribute, chosen, switch

_LEFT_OUT = frozenset(
    ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "delInstrText", "rt", "rubyPr", "fPr", "ctrlPr")
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Spoken:
    r"""One paragraph's text.

    Attributes:
        text: line breaks inside it as \n.
        notes: (kind, id) of each footnote and endnote that it cites, in order.
        boxes: contents of the text boxes that hang on it.
    """

    text: str
    notes: tuple[tuple[str, str], ...] = ()
    boxes: tuple[Element, ...] = ()


@dataclass(slots=True)
class _Field:
    """A field between its begin and its end: first what it is to do, then what came out."""

    instruction: str = ""
    has_result: bool = False

    def shows(self) -> bool:
        return self.has_result and not _CONTENTS.match(self.instruction)


@dataclass(slots=True)
class _Said:
    """What has been gathered of a paragraph so far."""

    style_id: str
    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


class Runs:
    """Reads paragraphs one after the other: a field may begin in one and end in another, as a table of contents does."""

    def __init__(self, styles: Styles, text: Element) -> None:
        """Prepare to read a text from its start."""
        self._styles = styles
        self._fields: list[_Field] = []
        self._marks: dict[tuple[str, str], int] = {}
        # With an end missing, all that follows would pass for a field's inside.
        self._closed = _are_closed(text)

    def read(self, paragraph: Element, style_id: str) -> Spoken:
        """Read the next paragraph."""
        said = _Said(style_id)
        if not self._closed:
            self._fields.clear()
        self._read_all(paragraph, said)
        text = "".join(said.text).replace(_SOFT_HYPHEN, "")
        return Spoken(text, tuple(said.notes), tuple(said.boxes))

    def mark(self, note: tuple[str, str]) -> str:
        """The mark of a note in the text and before the note itself; ① would make an item of it."""
        return f"[{self._marks.setdefault(note, len(self._marks) + 1)}]"

    def _read_all(self, parent: Iterable[Element], said: _Said) -> None:
        for element in parent:
            self._read(element, said)

    def _read(self, element: Element, said: _Said) -> None:
        match element.tag:
            case tag if tag in _LEFT_OUT:
                pass
            case "r":
                self._read_run(element, said)
            case "fldSimple":
                if not _CONTENTS.match(element.get("instr", "")):
                    self._read_all(element, said)
            case "AlternateContent":
                branch = chosen(element)
                self._read_all(() if branch is None else branch, said)
            case "drawing" | "pict" | "object":
                said.boxes.extend(_boxes(element))
            case "sdt":
                if not is_placeholder(element):
                    self._read_all(element, said)
            case "f" if element.find("den") is not None:
                # A fraction of a formula.
                self._read_all(element.iterfind("num"), said)
                said.text.append("/")
                self._read_all(element.iterfind("den"), said)
            case _:
                self._read_all(element, said)

    def _read_run(self, run: Element, said: _Said) -> None:
        properties = run.find("rPr")
        hidden = self._is_hidden(properties, said.style_id)
        font = attribute(properties, "rFonts", "ascii")
        for element in run:
            if element.tag == "fldChar":
                self._turn_field(element.get("fldCharType", ""))
            elif element.tag == "instrText":
                if self._fields and not self._fields[-1].has_result:
                    self._fields[-1].instruction += element.text or ""
            elif not hidden and all(field.shows() for field in self._fields):
                self._say(element, font, said)

    def _say(self, element: Element, font: str, said: _Said) -> None:
        match element.tag:
            case "t":
                text = element.text or ""
                said.text.append("".join(symbol(font, ord(sign)) for sign in text) if is_picture_font(font) else text)
            case "sym":
                code = element.get("char", "")
                if re.fullmatch("[0-9A-Fa-f]{1,6}", code):
                    said.text.append(symbol(element.get("font", ""), int(code, 16)))
            case "footnoteReference" | "endnoteReference":
                note = (_NOTES[element.tag], element.get("id", ""))
                said.notes.append(note)
                if element.get("customMarkFollows", "0") in ("0", "false"):
                    said.text.append(self.mark(note))
            case tag if tag in _SIGNS:
                said.text.append(_SIGNS[tag])
            case _:
                self._read(element, said)

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].has_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _is_hidden(self, properties: Element | None, style_id: str) -> bool:
        own = switch(properties, "vanish")
        if own is not None:
            return own
        run_style = attribute(properties, "rStyle", "val")
        return (bool(run_style) and self._styles.is_hidden(run_style)) or self._styles.is_hidden(style_id)


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows only what its template asks for (单击此处输入文字)."""
    return bool(switch(control.find("sdtPr"), "showingPlcHdr"))


def _are_closed(text: Element) -> bool:
    """Whether every field that begins in a text ends in it."""
    opened = 0
    waiting = [text]
    while waiting:
        element = waiting.pop()
        kind = element.get("fldCharType") if element.tag == "fldChar" else ""
        opened += (kind == "begin") - (kind == "end")
        if opened < 0:
            return False
        if element.tag not in _LEFT_OUT:
            waiting.extend(reversed(element))
    return opened == 0


def _boxes(drawing: Element) -> Iterator[Element]:
    for element in drawing:
        if element.tag == "txbxContent":
            yield element
        elif element.tag == "AlternateContent":
            yield from _boxes(branch) if (branch := chosen(element)) is not None else ()
        else:
            yield from _boxes(element)
