"""What a reader of the page sees of a Word file, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.blocks import Heading, Paragraph
from bot.knowledge.readers import read_bytes
from bot.knowledge.readers.docx import read_docx
from bot.knowledge.readers.markdown import read_markdown
from bot.model import Section, Severity
from tests.knowledge.made_up import REPORT
from tests.knowledge.word_files import (
    W,
    blocks_of,
    level,
    lines_of,
    numbering,
    packed,
    paragraph,
    read,
    report_file,
    run,
    unpacked,
    word_file,
)


def shown(sections: tuple[Section, ...]) -> list[tuple[str, tuple[str, ...], str]]:
    """What a citizen may be quoted."""
    return [(section.id, section.headings, section.text) for section in sections]


@pytest.mark.parametrize("in_styles", [False, True])
def test_the_report_is_the_same_as_in_markdown(in_styles: bool) -> None:
    """Its numbers are counted by Word, in paragraphs or in the styles of headings, and no section differs."""
    (plain,) = read_markdown(REPORT.encode()).manuscripts
    manuscript = read(report_file(in_styles=in_styles))
    assert shown(manuscript.sections) == shown(plain.sections)
    assert manuscript.title_line == plain.title_line == "示例市粮食局2024年政府信息公开工作年度报告"
    assert (manuscript.signed_on, manuscript.signed_by) == (date(2025, 1, 20), "示例市粮食局")


def test_files_with_macros_are_read_alike() -> None:
    """A .docm is a .docx with programs, which nobody runs."""
    parts = unpacked(report_file())
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    reading = read_bytes(".DOCM", packed({**parts, "[Content_Types].xml": types}))
    assert reading == read_docx(report_file())


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (
            run("主动") + "<w:ins>" + run("公开") + "</w:ins>" + "<w:moveTo>" + run("信息") + "</w:moveTo>",
            "主动公开信息",
        ),
        (
            "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>" + run("旧") + "</w:moveFrom>" + run("新"),
            "新",
        ),
        (run("可见") + run("隐藏", "<w:vanish/>") + run("照常", '<w:vanish w:val="0"/>'), "可见照常"),
        (
            '<w:hyperlink r:id="x">' + run("网站") + "</w:hyperlink><w:smartTag>" + run("随州") + "</w:smartTag>",
            "网站随州",
        ),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>", "控件"),
        (
            run("填")
            + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("单击")
            + "</w:sdtContent></w:sdt>",
            "填",
        ),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>", "甲 乙-丙"),
        ("<w:r><w:t>丙</w:t><w:softHyphen/><w:t>丁\u00ad</w:t></w:r>", "丙丁"),
        ("<w:r><w:t>公开</w:t><w:br/><w:t>，信息</w:t></w:r>", "公开，信息"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r>', "☑是"),
        (run("a=5 l", '<w:rFonts w:ascii="Symbol"/>') + run("米"), "α=5 λ米"),
        (run("£", '<w:rFonts w:ascii="Wingdings 2"/>') + run("否"), "□否"),
        ('<w:r><w:sym w:font="Nobody" w:char="F052"/><w:sym w:char="zz"/><w:t>否</w:t></w:r>', "否"),
        (
            "<w:r><w:ruby><w:rt>"
            + run("suí")
            + "</w:rt><w:rubyBase>"
            + run("随")
            + "</w:rubyBase></w:ruby></w:r>"
            + run("州"),
            "随州",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "1/2",
        ),
        (run("正文") + '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', "正文"),
        ('<w:fldSimple w:instr=" DATE ">' + run("1月1日") + "</w:fldSimple>", "1月1日"),
        ('<w:fldSimple w:instr=" TOC ">' + run("目录") + "</w:fldSimple>" + run("文"), "文"),
    ],
)
def test_only_what_the_page_shows_is_text(inside: str, text: str) -> None:
    """Insertions, links and results are; deletions, instructions, hidden text, comments and readings are not."""
    assert lines_of(word_file(f"<w:p>{inside}</w:p>")) == [text]


def mark(kind: str) -> str:
    """One of a field's marks."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    """What a field is to do."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_of_fields_the_result_is_kept() -> None:
    """Also of one inside another; without a result there is no text."""
    inner = mark("begin") + instruction("SEQ 表") + mark("separate") + run("3") + mark("end")
    outer = mark("begin") + instruction("REF x ") + inner + mark("separate") + run("见表") + inner + mark("end")
    empty = mark("begin") + instruction("XE 词") + run("词") + mark("end")
    assert lines_of(word_file(f"<w:p>{outer}{empty}{run('。')}</w:p>")) == ["见表3。"]


def test_a_table_of_contents_is_no_text() -> None:
    """Whether it is a field over many paragraphs, a content control, or known by its styles."""
    field = (
        f"<w:p>{mark('begin')}{instruction('TOC')}{mark('separate')}{run('一、总体情况 1')}</w:p>"
        f"<w:p>{run('二、主动公开 2')}</w:p><w:p>{mark('end')}</w:p>"
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>"
    )
    style = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = field + control + paragraph("三、申请 3", style="11") + paragraph("正文。")
    assert lines_of(word_file(body, styles=style)) == ["正文。"]


def test_a_field_without_an_end_swallows_nothing() -> None:
    """Damaged marks cost at most the paragraph that they stand in."""
    assert lines_of(word_file(f"<w:p>{mark('begin')}{instruction('TOC')}</w:p>{paragraph('正文。')}")) == ["正文。"]
    assert lines_of(word_file(f"<w:p>{mark('end')}{run('正文。')}</w:p>")) == ["正文。"]
    half_deleted = f"<w:p>{mark('begin')}{instruction('REF')}<w:del>{mark('end')}</w:del></w:p>"
    assert lines_of(word_file(half_deleted + paragraph("正文。"))) == ["正文。"]


BOX = "<w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent>"
DRAWING = f"<w:drawing><wp:inline><a:graphic><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphic></wp:inline></w:drawing>"
PICT = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    "drawing",
    [
        DRAWING,
        PICT,
        f"<mc:AlternateContent><mc:Choice>{DRAWING}</mc:Choice><mc:Fallback>{PICT}</mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{PICT}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_text_boxes_are_read_once(drawing: str) -> None:
    """Word keeps them twice, for itself and for its older versions."""
    assert lines_of(word_file(f"<w:p>{run('正文。')}<w:r>{drawing}</w:r></w:p>")) == ["正文。", "框内。"]


def test_notes_follow_the_paragraph_that_cites_them() -> None:
    """Their marks stand in the text; a note that is cited twice is not repeated, and separators are none."""
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" 含转办件。")}</w:p></w:footnote>'
    end = f'<w:endnote w:id="2"><w:p>{run("截至年底。")}</w:p></w:endnote>'
    cite, cite_end = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{run('收到7件')}{cite}{run('，办结7件')}{cite_end}{run('。')}</w:p><w:p>{run('同上')}{cite}{run('。')}</w:p>"
    lines = lines_of(word_file(body, parts={"footnotes": separator + note, "endnotes": end}))
    assert lines == ["收到7件[1]，办结7件[2]。", "[1] 含转办件。", "[2] 截至年底。", "同上[1]。"]


def test_headers_and_footers_are_no_text() -> None:
    """They are on every page."""
    assert "页眉" not in "".join(lines_of(word_file(paragraph("正文。"), parts={"header9": paragraph("页眉")})))


def test_content_in_controls_and_insertions_keeps_its_place() -> None:
    """Whole paragraphs, tables and rows may stand in them."""
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format(paragraph("渠道"), paragraph("数量")) + (
        f"<w:sdt><w:sdtContent>{row.format(paragraph('网站'), paragraph('150'))}</w:sdtContent></w:sdt>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr>"
    )
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('甲。')}<w:tbl>{rows}</w:tbl></w:sdtContent></w:sdt>"
        f"<w:customXml><w:ins>{paragraph('乙。')}</w:ins></w:customXml><w:del>{paragraph('丙。')}</w:del>"
    )
    assert lines_of(word_file(body)) == ["甲。", "渠道：网站，数量：150", "乙。"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    """So does a large first letter, which is a paragraph of its own."""
    deleted = paragraph("全年", properties="<w:rPr><w:del/></w:rPr>")
    letter = paragraph("本", properties='<w:framePr w:dropCap="drop"/>')
    assert lines_of(word_file(deleted + paragraph("公开216条。") + letter + paragraph("局编制。"))) == [
        "全年公开216条。",
        "本局编制。",
    ]


def test_line_breaks_part_paragraphs_but_not_sentences() -> None:
    """Text copied from web pages has breaks for paragraphs; a break in the middle of a sentence is layout."""
    pieces = ("一、总体情况", "全年公开信息，", "共216条。", "二、申请")
    broken = "<w:br/>".join(f"<w:t>{piece}</w:t>" for piece in pieces)
    assert lines_of(word_file(f"<w:p><w:r>{broken}</w:r></w:p>")) == [
        "一、总体情况",
        "全年公开信息，共216条。",
        "二、申请",
    ]


HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{more}</w:style>'
    for name, shown, more in (
        ("1", "heading 1", ""),
        ("a2", "标题 2", ""),
        ("own", "公文标题", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("sub", "条目", '<w:basedOn w:val="own"/>'),
        ("body", "正文样式", '<w:basedOn w:val="own"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
    )
)


def test_headings_are_known_by_name_level_and_what_they_are_based_on() -> None:
    """In English, in Chinese, by outline level, in the paragraph itself."""
    own = paragraph("段落级别", properties='<w:outlineLvl w:val="0"/>')
    body = "".join(paragraph(text, style=text) for text in ("1", "a2", "own", "sub", "body", "Heading3")) + own
    levels = [block.level if isinstance(block, Heading) else 0 for block in blocks_of(word_file(body, styles=HEADINGS))]
    assert levels == [1, 2, 3, 3, 0, 3, 1]


def test_a_whole_paragraph_marked_as_a_heading_is_text() -> None:
    """Offices set the outline level of paragraphs by mistake; their number still splits them."""
    text = "（一）组织领导。局主要负责人任领导小组组长，下设办公室。"
    assert blocks_of(word_file(paragraph(text, style="Heading2"))) == (Paragraph(text),)


def sections_of(body: str, lists: str = "", title: str = "") -> tuple[str, list[tuple[str, ...]]]:
    """(title line, headings of each section)."""
    manuscript = read(word_file(body, lists, title=title))
    return manuscript.title_line, [section.headings for section in manuscript.sections]


CENTRED = '<w:jc w:val="center"/>'
SECTION = paragraph("总体情况", style="Heading1", num=(1, 0)) + paragraph("公开216条。")
SECTIONS = SECTION + paragraph("主动公开", style="Heading1", num=(1, 0)) + paragraph("公开政策文件12条。")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (paragraph("粮食工作问答", style="Title"), "粮食工作问答"),
        (
            paragraph("示例市粮食局", style="Title") + paragraph("2024年年度报告", style="Title"),
            "示例市粮食局2024年年度报告",
        ),
        (paragraph("粮食收购政策", style="Heading1"), "粮食收购政策"),
        (paragraph("粮食收购政策", properties=CENTRED), "粮食收购政策"),
        (
            paragraph("示例市粮食局", properties=CENTRED) + paragraph("2024年要点报告", properties=CENTRED),
            "示例市粮食局2024年要点报告",
        ),
        (
            paragraph("示例市粮食局", properties=CENTRED)
            + paragraph("关于印发2023年度政府信息公开工作", properties=CENTRED)
            + paragraph("年度报告的通知", properties=CENTRED),
            "示例市粮食局关于印发2023年度政府信息公开工作年度报告的通知",
        ),
        (paragraph("2024年年度报告"), "2024年年度报告"),
        (
            "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>示例市</w:t><w:br/><w:t>年报</w:t></w:r></w:p>",
            "示例市年报",
        ),
        (
            paragraph("示例市粮食局文件", properties=CENTRED)
            + paragraph("示粮〔2025〕3号")
            + paragraph("关于收购的通知", style="Title"),
            "关于收购的通知",
        ),
    ],
)
def test_the_title_stands_above_all_sections(head: str, title: str) -> None:
    """Whether its style, its place or only its looks tell, the headings below it keep no trace of it."""
    assert sections_of(head + SECTIONS, numbering()) == (title, [("一、总体情况",), ("二、主动公开",)])


def test_first_headings_that_are_no_titles_stay() -> None:
    """One that has others like it, or a number."""
    like = (
        paragraph("职责", style="Heading1")
        + paragraph("甲。")
        + paragraph("机构", style="Heading1")
        + paragraph("乙。")
    )
    assert sections_of(like) == ("", [("职责",), ("机构",)])
    assert sections_of(SECTIONS, numbering())[0] == ""
    assert sections_of(paragraph("目　录", properties=CENTRED) + SECTIONS, numbering())[0] == ""


def test_the_title_among_the_properties_serves_only_where_the_text_shows_none() -> None:
    """Templates leave there what another document was called."""
    body = paragraph("本局全年公开216条，其中政策文件12条。") + paragraph("均按期办理，没有收费。")
    assert read(word_file(body, title="2024年年度报告")).title_line == "2024年年度报告"
    assert read(word_file(body, title="Microsoft Word - 1.doc")).title_line == ""
    shown = paragraph("2024年年度报告", style="Title") + body
    assert read(word_file(shown, title="2019年年度报告")).title_line == "2024年年度报告"


def test_files_without_styles_and_numbering_are_read() -> None:
    """WPS and converters write such; numbers typed as text make the sections."""
    body = "".join(map(paragraph, ("2024年年度报告", "一、总体情况", "公开216条。", "二、申请", "收到7件。")))
    parts = unpacked(word_file(body))
    bare = {name: parts[name] for name in ("[Content_Types].xml", "word/document.xml")}
    manuscript = read(packed(bare))
    assert manuscript.title_line == "2024年年度报告"
    assert [section.headings for section in manuscript.sections] == [("一、总体情况",), ("二、申请",)]


def test_other_namespaces_and_spellings_of_parts_are_read() -> None:
    """The strict edition of the format, and archives written with backslashes and capitals."""
    parts = {
        name.replace("/", "\\").replace("word", "Word"): content.replace(
            W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name, content in unpacked(report_file()).items()
    }
    assert shown(read(packed(parts)).sections) == shown(read(report_file()).sections)


def test_missing_lists_and_embedded_documents_are_remarked_on() -> None:
    """The text is published, and staff know what to look at."""
    body = paragraph("甲。", num=(9, 0)) + '<w:altChunk r:id="x"/>' + paragraph("乙。")
    findings = read_docx(word_file(body)).findings
    assert [(finding.severity, finding.reason) for finding in findings] == [
        (Severity.WARNING, "some automatic numbers are not defined in the file and were left out"),
        (Severity.WARNING, "the file embeds another document, which was left out"),
    ]


def test_a_damaged_part_beside_the_text_costs_only_what_it_holds() -> None:
    """A remark says which."""
    parts = unpacked(word_file(paragraph("甲。")))
    (finding,) = read_docx(packed({**parts, "word/styles.xml": b"<w:styles"})).findings
    assert finding.reason == "the styles of the file are damaged (it is not well-formed) and were left out"


def test_numbers_on_unknown_levels_are_no_text() -> None:
    """Nor do they stop the reading."""
    assert lines_of(
        word_file(
            paragraph("甲。", num=(1, 5)),
            f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1")}</w:abstractNum>',
        )
    ) == ["甲。"]
