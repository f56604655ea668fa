"""A text in reading order: paragraphs with their numbers, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from xml.etree.ElementTree import Element

from bot.knowledge.blocks import Block, Entry, Heading, Paragraph
from bot.knowledge.cleaning import join_broken_lines
from bot.knowledge.lines import Line
from bot.knowledge.word.numbering import Numbering
from bot.knowledge.word.runs import Runs, Spoken, is_placeholder
from bot.knowledge.word.styles import Role, Styles, heading_level, is_centred, read_number_ref
from bot.knowledge.word.tables import WIDEST, Cell, Row, table_blocks
from bot.knowledge.word.tree import attribute, chosen, number, switch

_LONGEST_HEADING = 80
_WRAPPERS = frozenset(
    ("body", "ins", "moveTo", "customXml", "smartTag", "sdtContent", "txbxContent", "footnote", "endnote")
)


class Look(Enum):
    """How a block stands on the page, as far as it tells a title from text."""

    PLAIN = auto()
    CENTRED = auto()
    TITLE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and its look."""

    block: Block
    look: Look = Look.PLAIN


class Body:
    """Walks through a text once, from its start to its end, for numbers and fields depend on what went before."""

    def __init__(self, text: Element, styles: Styles, numbering: Numbering, notes: Mapping[str, Element]) -> None:
        """Prepare to read a text.

        Args:
            text: the part with the text.
            styles: the file's styles.
            numbering: its lists, not counted yet.
            notes: the parts with "footnotes" and "endnotes", where it has them.
        """
        self.unnumbered = False
        self.embedded = False
        self._text = text
        self._styles = styles
        self._numbering = numbering
        self._runs = Runs(styles, text)
        self._notes = {
            (kind, note.get("id", "")): note for kind, part in notes.items() for note in part if note.get("id", "")
        }
        self._carried = ""

    def pieces(self) -> tuple[Piece, ...]:
        """The text's blocks. Afterwards `unnumbered` tells whether a number was missing, `embedded` whether a whole document was.

        Raises:
            UnreadableFile: a table's merged cells repeat too much text.
        """
        return tuple(self._walk(self._text))

    def _walk(self, parent: Iterable[Element]) -> Iterator[Piece]:
        for element in parent:
            match element.tag:
                case "p":
                    yield from self._paragraph(element)
                case "tbl":
                    yield from map(Piece, self._table(element))
                case "sdt":
                    if not _is_contents(element) and not is_placeholder(element):
                        yield from self._walk(element)
                case "AlternateContent":
                    yield from self._walk(chosen(element) or ())
                case "altChunk" | "subDoc":
                    self.embedded = True
                case tag if tag in _WRAPPERS:
                    yield from self._walk(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = paragraph.find("pPr")
        style_id = attribute(properties, "pStyle", "val")
        spoken = self._runs.read(paragraph, style_id)
        if _runs_on(properties):
            self._carried += spoken.text
        else:
            text, self._carried = self._carried + spoken.text, ""
            yield from self._blocks(text, properties, style_id)
        yield from self._hanging(spoken)

    def _blocks(self, text: str, properties: Element | None, style_id: str) -> Iterator[Piece]:
        # An empty paragraph with a number counts as well.
        label = self._label(properties, style_id, bool(text.strip()))
        role, level = self._styles.role(style_id)
        own = number(attribute(properties, "outlineLvl", "val"))
        level = level if own is None else heading_level(own)
        lines = [line for line in map(str.strip, text.split("\n")) if line]
        if not lines or role is Role.CONTENTS:
            return
        whole = _joined(lines)
        centred = is_centred(properties)
        if role is Role.TITLE:
            yield Piece(Heading(label + whole, 1), Look.TITLE)
        elif level and _is_heading(whole):
            yield Piece(Heading(label + whole, level))
        else:
            is_set_apart = centred or (centred is None and self._styles.is_centred(style_id))
            look = Look.CENTRED if is_set_apart and not label and len(whole) <= _LONGEST_HEADING else Look.PLAIN
            # Who presses Shift and Enter means a new line, often a new paragraph; a sentence that goes on is put together again.
            paragraphs = [whole] if look is Look.CENTRED else _sentences(lines)
            if label:
                yield Piece(Entry(label, paragraphs.pop(0)))
            yield from (Piece(Paragraph(line), look) for line in paragraphs)

    def _label(self, properties: Element | None, style_id: str, has_text: bool) -> str:
        place = self._numbering.place(read_number_ref(properties), style_id)
        if place is None or (not has_text and _has_hidden_end(properties)):
            return ""
        if has_text and not self._numbering.knows(place[0]):
            self.unnumbered = True
        return self._numbering.next_label(*place)

    def _hanging(self, spoken: Spoken) -> Iterator[Piece]:
        """Text boxes and notes of a paragraph, below it; a note that is cited again is not repeated."""
        for box in spoken.boxes:
            yield from self._walk(box)
        for note in spoken.notes:
            if (element := self._notes.pop(note, None)) is not None:
                blocks = [piece.block for piece in self._walk(element)]
                text = " ".join(_words(block) for block in blocks if not isinstance(block, Heading) or block.text)
                yield Piece(Paragraph(f"{self._runs.mark(note)} {text.strip()}"))

    def _table(self, table: Element) -> Iterator[Block]:
        rows = tuple(self._row(row) for row in _inside(table, "tr") if not _is_deleted(row.find("trPr")))
        return table_blocks([row for row in rows if row.cells])

    def _row(self, row: Element) -> Row:
        properties = row.find("trPr")
        before = number(attribute(properties, "gridBefore", "val")) or 0
        cells: list[Cell] = []
        for element in _inside(row, "tc"):
            cell = self._cell(element)
            # The old way to merge sideways: cells that go on with the one before them.
            if attribute(element, "tcPr", "hMerge", "val") == "continue" and cells:
                cells[-1] = Cell(cells[-1].blocks, min(cells[-1].span + cell.span, WIDEST), cells[-1].continues)
            else:
                cells.append(cell)
        return Row(tuple(cells), min(max(before, 0), WIDEST), bool(switch(properties, "tblHeader")))

    def _cell(self, cell: Element) -> Cell:
        blocks = tuple(piece.block for piece in self._walk(_content(cell)))
        properties = cell.find("tcPr")
        span = number(attribute(properties, "gridSpan", "val")) or 1
        merge = properties.find("vMerge") if properties is not None else None
        continues = merge is not None and merge.get("val", "continue") == "continue"
        return Cell(blocks, min(max(span, 1), WIDEST), continues)


def _content(cell: Element) -> Iterator[Element]:
    return (element for element in cell if element.tag != "tcPr")


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, some of them inside content controls and insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(element, tag)


def _is_deleted(properties: Element | None) -> bool:
    return properties is not None and properties.find("del") is not None


def _is_contents(control: Element) -> bool:
    return attribute(control, "sdtPr", "docPartObj", "docPartGallery", "val") == "Table of Contents"


def _runs_on(properties: Element | None) -> bool:
    """Whether a paragraph has no end of its own: its mark is deleted, or it is a large first letter."""
    mark = properties.find("rPr") if properties is not None else None
    is_deleted = mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None)
    return is_deleted or attribute(properties, "framePr", "dropCap") in ("drop", "margin")


def _has_hidden_end(properties: Element | None) -> bool:
    return bool(switch(properties.find("rPr"), "vanish")) if properties is not None else False


def _is_heading(text: str) -> bool:
    """Whether a paragraph that is marked as a heading is one; whole paragraphs are marked so by mistake."""
    return len(text) <= _LONGEST_HEADING and "。" not in text[:-1]


def _sentences(lines: list[str]) -> list[str]:
    return [line.text for line in join_broken_lines(tuple(Line(0, text) for text in lines))]


def _joined(lines: list[str]) -> str:
    """Lines that were broken for their looks; Latin words keep a blank between them."""
    whole = lines[0]
    for line in lines[1:]:
        whole += f" {line}" if whole[-1].isascii() and line[0].isascii() else line
    return whole


def _words(block: Block) -> str:
    match block:
        case Entry(label, text):
            return f"{label}{text}"
        case Heading(text) | Paragraph(text):
            return text
        case _:
            return " ".join(" ".join(row) for row in block.rows)
