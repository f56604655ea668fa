"""PDFs as the tests need them, printed by reportlab or written object by object."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
PART = ParagraphStyle("part", BODY, fontSize=14, leading=24)
CENTRED = ParagraphStyle("centred", BODY, alignment=1, firstLineIndent=0)
TITLE = ParagraphStyle("title", CENTRED, fontSize=20, leading=28)
LETTERHEAD = ParagraphStyle("letterhead", CENTRED, fontSize=30, leading=44)
SIGNED = ParagraphStyle("signed", BODY, alignment=2, firstLineIndent=0)


def table(rows: Sequence[Sequence[str]], *spans: tuple[tuple[int, int], tuple[int, int]], headers: int = 1) -> Table:
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, -1), FONT)]
    style += [("SPAN", *span) for span in spans]
    return Table([list(row) for row in rows], style=style, repeatRows=headers)


def printed(flow: Sequence[Flowable], columns: int = 1, head: str = "示例市粮食局", **canvas: Any) -> bytes:
    """A5 pages with a running header and a page number in the middle of the foot."""

    def furnish(page: Canvas, template: Any) -> None:
        page.setFont(FONT, 9)
        page.drawCentredString(A5[0] / 2, A5[1] - 30, head)
        page.drawCentredString(A5[0] / 2, 25, f"第 {template.page} 页")

    width = (A5[0] - 80) / columns
    frames = [Frame(40 + place * width, 50, width - 12 * (columns > 1), A5[1] - 110) for place in range(columns)]
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A5, **canvas)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=furnish)])
    document.build(list(flow))
    return target.getvalue()


def report(markdown: str) -> bytes:
    """The made-up report as an office prints it."""
    lines = markdown.splitlines()
    flow: list[Flowable] = []
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            rows += [] if "---" in line else [[cell.strip() for cell in line.strip("|").split("|")]]
            continue
        if rows:
            flow.append(table(rows))
            rows = []
        if line:
            style = {"#": TITLE, "##": PART}.get(line.split()[0], SIGNED if line in lines[-2:] else BODY)
            flow.append(Paragraph(line.lstrip("# "), style))
            flow.extend([Spacer(1, 12)] if style is TITLE else [])
    return printed(flow)


def drawn(*draws: Any, pagesize: tuple[float, float] = A5, **options: Any) -> bytes:
    """A PDF whose pages are drawn by one function each."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=pagesize, **options)
    for draw in draws:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + table + tail


def one_page(content: bytes, box: bytes = b"[0 0 595 842]", catalogue: bytes = b"", trailer: bytes = b"") -> bytes:
    """A page that draws `content`, a compressed stream."""
    packed = zlib.compress(content, 9)
    return written(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % box,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        trailer=trailer,
    )


def named_only(ordering: bytes) -> bytes:
    """A page in a font that the file names and does not hold: one character, and two that run upwards, 无 and 无申."""
    content = b"BT /F1 12 Tf 50 700 Td <04D2> Tj ET BT /F1 12 Tf 0 1 -1 0 200 400 Tm <04D204D3> Tj ET"
    names = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    names += b"2 beginbfchar <04D2> <65E0> <04D3> <7533> endbfchar endcmap"
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 8 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>>>" % ordering,
        b"<</Length %d>>stream\n%s\nendstream" % (len(names), names),
        b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/Ascent 859/Descent -141/StemV 80/ItalicAngle 0"
        b"/FontBBox[0 -141 1000 859]/CapHeight 700>>",
    )
