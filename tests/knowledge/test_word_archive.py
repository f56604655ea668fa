"""Files that are no Word files, are protected, damaged or hostile: a reason and a way out, and never anything else."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.docx import read_docx
from bot.knowledge.word import archive, tree
from tests.knowledge.word_files import NAMESPACES, packed, paragraph, report_file, unpacked, with_parts, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
REPORT = report_file()


def with_text(xml: str) -> bytes:
    """The report with another text part."""
    return packed({**unpacked(REPORT), "word/document.xml": xml.encode()})


def document(body: str, before: str = "") -> str:
    """A text part."""
    return f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


BOMB = '<!DOCTYPE d [<!ENTITY a "字字字字"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty; write"),
        (b"PK\x03\x04 damaged", "the file is damaged (no archive as .docx files are); open it in Word or WPS"),
        (REPORT[: len(REPORT) // 2], "the file is damaged"),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "the file is an old .doc under another name; open it in Word or WPS and",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the file is protected by a password; save it without"),
        (b"{\\rtf1 a}", "the file is RTF under another name"),
        (b"%PDF-1.7", "the file is a PDF under another name"),
        ("\ufeff <html>".encode(), "the file is a web page or XML under another name"),
        (packed({"xl/workbook.xml": b"<a/>"}), "the file is a spreadsheet under another name; rename it to .xlsx"),
        (packed({"content.xml": b"<a/>"}), "the file is an OpenDocument text under another name"),
        (packed({"OFD.xml": b"<a/>"}), "the file is an OFD under another name"),
        (packed({"a.txt": b"a"}), "the file has no text part (word/document.xml)"),
        (with_text("<w:document"), "the text of the file is damaged (it is not well-formed); open it in Word or WPS"),
        (with_text(document(paragraph("&a;"), BOMB)), "the text of the file is damaged (it has a document type)"),
        (with_text(document(paragraph("&a;"), OUTSIDE)), "the text of the file is damaged (it has a document type)"),
        (
            with_text(document("<w:sdt>" * 5000 + "</w:sdt>" * 5000)),
            "the text of the file is damaged (it is nested too deep)",
        ),
        (with_text(document("<w:p/>" * 500_000)), "the text of the file is damaged (it has too many elements)"),
        (with_text(document("")), "the file has no text; write the text, or delete the file"),
        (with_text(document("<w:p><w:r><a:blip/></w:r></w:p>")), "the file holds pictures and no text; type the text"),
        (
            with_text(document(paragraph(" " * (archive.LARGEST_PART + 1)))),
            "the file is too large when unpacked; split it",
        ),
        (packed({f"{number}": b"" for number in range(archive.MOST_ENTRIES + 1)}), "the file has too many parts"),
        (bytes(20_000_001), "the file is larger than 20 MB; split it"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_a_way_out(data: bytes, reason: str) -> None:
    """The reason says what the file is, the remedy what to do with it."""
    with pytest.raises(UnreadableFile) as refused:
        read_docx(data)
    assert str(refused.value).startswith(reason)


def test_parts_protected_or_packed_in_another_way_are_refused() -> None:
    """A password on the archive itself, and methods that no office program uses."""
    sealed = bytearray(REPORT)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := sealed.find(sign, start)) >= 0:
            sealed[start + place] |= 1
            start += 4
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_docx(bytes(sealed))
    other = BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as zipped:
        for name, content in unpacked(REPORT).items():
            zipped.writestr(name, content)
    with pytest.raises(UnreadableFile, match="packed in a way"):
        read_docx(other.getvalue())


def test_parts_are_bounded_each_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small they are in the archive, and whatever size it says they have."""
    monkeypatch.setattr(archive, "LARGEST_PART", 200_000)
    files = unpacked(with_parts(word_file(paragraph("甲。")), {"footnotes": " " * 150_000, "endnotes": " " * 150_000}))
    files["word/styles.xml"] = f"<w:styles {NAMESPACES}/>".encode()
    assert read_docx(packed(files)).manuscripts[0].sections[0].text == "甲。"
    styled = {**files, "word/styles.xml": f"<w:styles {NAMESPACES}>{' ' * 150_000}</w:styles>".encode()}
    for large in (styled, {**files, "word/document.xml": b" " * 200_001}):
        with pytest.raises(UnreadableFile, match="too large when unpacked; split it"):
            read_docx(packed(large))


@pytest.mark.parametrize("depth", [10, tree.DEEPEST])
def test_tables_inside_tables_are_bounded(depth: int) -> None:
    """They are read to a depth that nobody reaches, and refused below it."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    data = word_file()
    body = document(opened * depth + paragraph("甲。") + closed * depth)
    data = packed({**unpacked(data), "word/document.xml": body.encode()})
    if depth * 3 > tree.DEEPEST:
        with pytest.raises(UnreadableFile, match="nested too deep"):
            read_docx(data)
    else:
        assert read_docx(data).manuscripts[0].sections[0].text == "甲。"


def test_circles_of_references_end() -> None:
    """Notes that cite themselves, styles based on each other."""
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>注。</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    body = paragraph("甲。", style="a") + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    (manuscript,) = read_docx(word_file(body, styles=styles, parts={"footnotes": note})).manuscripts
    assert manuscript.sections[0].text == "甲。\n[1]\n[1] 注。[1]"


def read_or_refuse(data: bytes) -> None:
    """Nothing but a reading or a refusal with reason and remedy comes of any file."""
    try:
        reading = read_docx(data)
    except UnreadableFile as error:
        refused = error
    else:
        assert all(section.text for manuscript in reading.manuscripts for section in manuscript.sections)
        return
    assert refused.reason
    assert refused.remedy


LIMITS = settings(max_examples=40)


@LIMITS
@given(st.lists(st.tuples(st.integers(0, len(REPORT) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_no_damage_to_an_archive_does_more_than_refuse_it(changes: list[tuple[int, int]]) -> None:
    """Bytes changed anywhere."""
    data = bytearray(REPORT)
    for place, value in changes:
        data[place] = value
    read_or_refuse(bytes(data))


PARTS = unpacked(REPORT)
SMALL = {name: PARTS[name] for name in ("_rels/.rels", "word/_rels/document.xml.rels", "word/numbering.xml")}
READ_PARTS = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"]
SNIPPETS = st.sampled_from(
    ["", "-1", "999999999999999999999", "0", "<w:p>", "</w:p>", "<w:tbl/>", "<w:vMerge/>", '<w:fldChar w:fldCharType="end"/>',
     "%1%9", "w:ins", "w:del", "w:tbl", "&amp;", "\ufffe", "字", '"', "<w:sdt><w:p/></w:sdt>", "bullet", "Heading1"]
)  # fmt: skip


@LIMITS
@given(
    st.sampled_from(READ_PARTS),
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 12), SNIPPETS), min_size=1, max_size=8),
)
def test_no_damage_to_the_xml_does_more_than_refuse_it(name: str, changes: list[tuple[int, int, str]]) -> None:
    """Pieces cut out and put in anywhere, in every part that is read."""
    xml = PARTS[name].decode()
    for place, length, snippet in changes:
        start = place % len(xml)
        xml = xml[:start] + snippet + xml[start + length :]
    read_or_refuse(packed({**PARTS, name: xml.encode("utf-8", "replace")}))


TAGS = [
    *("p", "r", "t", "br", "tab", "sym", "ruby", "f", "ins", "del", "hyperlink", "sdt", "sdtContent", "sdtPr"),
    *(
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "gridSpan",
        "vMerge",
        "trPr",
        "gridBefore",
        "tblHeader",
        "pPr",
        "rPr",
        "numPr",
        "numId",
        "ilvl",
    ),
    *("pStyle", "outlineLvl", "jc", "framePr", "fldChar", "instrText", "footnoteReference"),
    *("drawing", "txbxContent", "AlternateContent", "Choice", "Fallback"),
]
VALUES = [
    "0",
    "1",
    "2",
    "8",
    "9",
    "-3",
    "99",
    "字",
    "center",
    "continue",
    "restart",
    "begin",
    "separate",
    "end",
    "Title",
    "Heading1",
]


NESTED = st.lists(
    st.tuples(
        st.sampled_from(TAGS), st.sampled_from(VALUES), st.sampled_from(["", "一、总体", "3条。"]), st.integers(0, 4)
    ),
    max_size=60,
)


def nested(elements: list[tuple[str, str, str, int]]) -> str:
    """Elements in one another: each says how many of the open ones end before it."""
    written = ""
    opened: list[str] = []
    for tag, value, text, ends in elements:
        for _ in range(min(ends, len(opened))):
            written += f"</w:{opened.pop()}>"
        attributes = " ".join(f'w:{name}="{value}"' for name in ("val", "id", "fldCharType", "dropCap", "char"))
        written += f"<w:{tag} {attributes}>{text}"
        opened.append(tag)
    return written + "".join(f"</w:{tag}>" for tag in reversed(opened))


@LIMITS
@given(NESTED)
def test_elements_in_any_order_are_read_or_refused(elements: list[tuple[str, str, str, int]]) -> None:
    """Well-formed nonsense: any of the format's elements in any other, with any of its values."""
    read_or_refuse(packed({**SMALL, "word/document.xml": document(nested(elements)).encode()}))
