"""Word files for the tests: python-docx writes them, and raw XML what it cannot write."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
from docx.oxml import parse_xml

from bot.knowledge.blocks import Block, to_lines
from bot.knowledge.manuscript import Manuscript
from bot.knowledge.readers.docx import read_docx
from bot.knowledge.word.archive import Archive
from bot.knowledge.word.body import Body
from bot.knowledge.word.numbering import Numbering
from bot.knowledge.word.styles import Styles
from tests.knowledge.made_up import REPORT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        ("w", W),
        ("r", OFFICE),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    )
)
OFFICIAL = (
    ("chineseCounting", "%1、", "nothing"),
    ("chineseCounting", "（%2）", "nothing"),
    ("decimal", "%3、", "nothing"),
)
Levels = tuple[tuple[str, str, str], ...]


def level(place: int, form: str, text: str, suffix: str = "nothing", more: str = "") -> str:
    """One level of a list as XML; `more` goes before the suffix: lvlRestart, pStyle, isLgl."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering(levels: Levels = OFFICIAL, styles: tuple[str, ...] = ()) -> str:
    """A list 1 of the given levels, each linked to the style at its place."""
    links = [*(f'<w:pStyle w:val="{style}"/>' for style in styles), *[""] * len(levels)]
    written = "".join(level(place, *made, links[place]) for place, made in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def paragraph(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph; `num` is (list, level)."""
    pstyle = f'<w:pStyle w:val="{style}"/>' if style else ""
    numpr = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{pstyle}{numpr}{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_file(
    body: str = "", lists: str = "", *, styles: str = "", parts: Mapping[str, str] | None = None, title: str = ""
) -> bytes:
    """A file with a body of raw XML.

    Args:
        body: what stands in w:body.
        lists: what stands in w:numbering.
        styles: added to python-docx's own.
        parts: contents of further parts by their kind: footnotes, endnotes.
        title: among the properties.
    """
    document = docx.Document()
    document.core_properties.title = title
    section = document.element.body.sectPr
    for element in parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"):
        section.addprevious(element)
    for element in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
        document.styles.element.append(element)
    _set_lists(document, lists)
    return with_parts(_saved(document), parts or {})


def report_file(*, in_styles: bool = False) -> bytes:
    """The made-up report as an office would write it: styles for headings, numbers that Word counts."""
    document = docx.Document()
    _set_lists(document, numbering(styles=("Heading1", "Heading2") if in_styles else ()))
    table: list[list[str]] = []
    for line in REPORT.splitlines():
        if line.startswith("|"):
            table += [] if "---" in line else [[cell.strip() for cell in line.strip("|").split("|")]]
            continue
        if table:
            _add_table(document, table)
            table = []
        if line:
            _add_line(document, line, in_styles)
    return _saved(document)


def _add_line(document: docx.document.Document, line: str, in_styles: bool) -> None:
    hashes, label, text = re.fullmatch(r"(#*) ?([一二三四]、|（[一二]）|[12]、)?(.*)", line).groups()  # type: ignore[union-attr]
    added = document.add_heading(text, len(hashes) - 1) if hashes else document.add_paragraph(text)
    place = ("、" in label and not hashes and 2) or int("（" in label) if label else None
    if place is not None and not (in_styles and hashes):
        added._p.get_or_add_pPr().append(_numpr(place))
    if hashes and label and in_styles and added.style is not None:
        properties = added.style.element.get_or_add_pPr()
        if properties.numPr is None:
            properties.append(_numpr(place or 0))


def _numpr(place: int) -> object:
    return parse_xml(f'<w:numPr {NAMESPACES}><w:ilvl w:val="{place}"/><w:numId w:val="1"/></w:numPr>')


def _add_table(document: docx.document.Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _set_lists(document: docx.document.Document, lists: str) -> None:
    part = document.part.numbering_part.element
    for element in list(part):
        part.remove(element)
    for element in parse_xml(f"<w:numbering {NAMESPACES}>{lists}</w:numbering>"):
        part.append(element)


def _saved(document: docx.document.Document) -> bytes:
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """A file's parts."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a file."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """A file with further parts, which the text refers to."""
    files = unpacked(data)
    relations, types = files["word/_rels/document.xml.rels"].decode(), files["[Content_Types].xml"].decode()
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>".encode()
        link = f'<Relationship Id="x{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        relations = relations.replace("</Relationships>", f"{link}</Relationships>")
        form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        types = types.replace("</Types>", f'<Override PartName="/word/{kind}.xml" ContentType="{form}"/></Types>')
    return packed({**files, "word/_rels/document.xml.rels": relations.encode(), "[Content_Types].xml": types.encode()})


def read(data: bytes) -> Manuscript:
    """The one manuscript of a file."""
    (manuscript,) = read_docx(data).manuscripts
    return manuscript


def blocks_of(data: bytes) -> tuple[Block, ...]:
    """A file's blocks before anything is made of them."""
    archive = Archive(data)
    styles = Styles(archive.beside("styles"))
    notes = {kind: part for kind in ("footnotes", "endnotes") if (part := archive.beside(kind)) is not None}
    body = Body(archive.text(), styles, Numbering(archive.beside("numbering"), styles), notes)
    return tuple(piece.block for piece in body.pieces())


def lines_of(data: bytes) -> list[str]:
    """A file's lines."""
    return [line.text for line in to_lines(blocks_of(data))]
