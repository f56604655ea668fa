"""A drafted report as a Word file on A4, as offices set their documents; notes to staff are Word's comments.

Fonts and sizes follow GB/T 9704-2012: 方正小标宋 or 宋体 for the title, 黑体 for parts, 楷体 below them, 仿宋 for the text. A
machine without them shows its own.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as _Table
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.desk.annual.draft import Block, Box, Draft, Part, Picture, Table, Text

TITLE, PART, SUBPART, BODY = "宋体", "黑体", "楷体", "仿宋"
_TITLE_SIZE, _LONG_TITLE_SIZE, _TEXT_SIZE, _TABLE_SIZE, _NARROW_SIZE = Pt(22), Pt(18), Pt(16), Pt(9), Pt(7.5)
# What a line holds in the larger size; in the smaller one it holds 24.
_TITLE_CHARACTERS = 19
_ROW_HEIGHT = Mm(6)
_PICTURE = Mm(156)
_LINE = Pt(28)
_MANY_COLUMNS = 12
_CELL = "Table Cell"
_AUTHOR, _INITIALS = "起草提示", "提示"


def to_word(draft: Draft) -> bytes:
    """Write a draft as a .docx file."""
    document = docx.Document()
    _page(document)
    document.core_properties.title = draft.title
    _plain_styles(document)
    _cell_style(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(16)
    _write(
        title, draft.title, TITLE, _TITLE_SIZE if len(draft.title) <= _TITLE_CHARACTERS else _LONG_TITLE_SIZE, bold=True
    )
    for block in draft.blocks:
        _block(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _plain_styles(document: WordDocument) -> None:
    """Black headings in the office's fonts: Word's own are blue and English."""
    for name, font, size in (
        ("Normal", BODY, _TEXT_SIZE),
        ("Heading 1", PART, _TEXT_SIZE),
        ("Heading 2", SUBPART, _TEXT_SIZE),
    ):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = (
            font,
            size,
            False,
            RGBColor(0, 0, 0),
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]
        for script in ("w:eastAsia", "w:hAnsi", "w:ascii"):
            fonts.set(qn(script), font)


def _cell_style(document: WordDocument) -> None:
    """The style of all that stands in tables: an empty cell is as high as its paragraph's mark."""
    style: Any = document.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = _TABLE_SIZE


def _block(document: WordDocument, block: Block) -> None:
    match block:
        case Part(text, level):
            heading = document.add_heading(text, level)
            _spaced(heading)
        case Text(text, note):
            paragraph = document.add_paragraph()
            _spaced(paragraph)
            _write(paragraph, text, BODY, _TEXT_SIZE)
            _comment(document, paragraph, note)
        case Table():
            _table(document, block)
        case Picture(png):
            document.add_picture(io.BytesIO(png), width=_PICTURE)
            document.paragraphs[-1].paragraph_format.keep_with_next = True


def _spaced(paragraph: Paragraph) -> None:
    """Two characters in, lines 28 points apart."""
    layout = paragraph.paragraph_format
    layout.first_line_indent = Pt(_TEXT_SIZE.pt * 2)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    layout.space_before = layout.space_after = Pt(0)


def _write(paragraph: Paragraph, text: str, font: str, size: Any, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, size, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _comment(document: WordDocument, paragraph: Paragraph, note: str) -> None:
    if note:
        document.add_comment(paragraph.runs, text=note, author=_AUTHOR, initials=_INITIALS)


def _table(document: WordDocument, table: Table) -> None:
    written = document.add_table(len(table.rows), len(table.widths))
    written.style = "Table Grid"
    written.alignment = WD_TABLE_ALIGNMENT.CENTER
    written.autofit = False
    section = document.sections[0]
    whole = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    widths = [whole * width // sum(table.widths) for width in table.widths]
    for column, width in zip(written.columns, widths, strict=True):
        column.width = Emu(width)
    size = _NARROW_SIZE if len(widths) > _MANY_COLUMNS else _TABLE_SIZE
    for row, boxes in enumerate(table.grid()):
        _row(written.rows[row], header=row < table.headers)
        for column, box in enumerate(boxes):
            if box:
                cell = written.cell(row, column)
                far = written.cell(row + box.rows - 1, column + box.columns - 1)
                merged = cell.merge(far) if far is not cell else cell
                _fill(merged, box, sum(widths[column : column + box.columns]), size)
    _keep_together(written)
    first = written.cell(0, 0).paragraphs[0]
    _comment(document, first, table.note)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _keep_together(table: _Table) -> None:
    """A table on one page, where it is no longer than one: a form is compared across its rows."""
    for row in table.rows[:-1]:
        for paragraph in row._tr.iter(qn("w:p")):
            Paragraph(paragraph, table).paragraph_format.keep_with_next = True


def _row(row: _Row, *, header: bool) -> None:
    """A row in one piece, high enough for a line; a header's comes again on every page."""
    row.height, row.height_rule = _ROW_HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
    layout = row._tr.get_or_add_trPr()
    layout.append(OxmlElement("w:cantSplit"))
    if header:
        layout.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, box: Box, width: int, size: Any) -> None:
    cell.width = Emu(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    is_label = not box.header and not box.text.isdigit()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_label else WD_ALIGN_PARAGRAPH.CENTER
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    paragraph.style = _CELL
    _write(paragraph, box.text, BODY, size, bold=box.header)
