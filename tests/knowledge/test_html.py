"""Saved web pages give the text that the office published, and nothing that its site put around it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.manuscript import Manuscript, UnreadableFile
from bot.knowledge.readers import read_bytes
from bot.knowledge.readers.html import read_html, read_mhtml
from bot.knowledge.readers.markdown import read_markdown
from bot.knowledge.readers.text import read_text
from bot.model import Severity
from tests.knowledge.made_up import REPORT
from tests.knowledge.places import shared
from tests.knowledge.sites import LAYOUTS, TITLE, body_of, mobile, table_layout, trs, ucap, wordpress, xxgk

PARAGRAPH = "<p>　　根据有关规定，本局现将粮食收购的有关事项公告如下，请遵照执行。</p>"
SIGNED = '<p align="right">示例市粮食局</p><p align="right">2025年1月20日</p>'
# How editors make the same text: paragraphs, headings, line ends in one box, what Word leaves behind.
EDITORS = {
    "paragraphs": body_of(REPORT),
    "headings": body_of(REPORT, "<h3>{}</h3>", "<p>{}</p>"),
    "line ends": f"<div>{body_of(REPORT, '{}<br>', '&nbsp;&nbsp;&nbsp;&nbsp;{}<br/>')}</div>",
    "word": body_of(
        REPORT,
        '<p class="MsoNormal"><b><span style="font-family:黑体">{}<o:p></o:p></span></b></p>',
        '<p class="MsoNormal" style="text-indent:32pt"><span lang="EN-US">&nbsp;</span><span>{}</span></p><p>&nbsp;</p>',
    ),
}


def read(page: str | bytes) -> Manuscript:
    (manuscript,) = read_html(page.encode() if isinstance(page, str) else page).manuscripts
    return manuscript


def sections(manuscript: Manuscript) -> list[tuple[str, tuple[str, ...], str]]:
    return [(section.id, section.headings, section.text) for section in manuscript.sections]


def numbered(page: str) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in read(page).lines]


def text_of(page: str | bytes) -> list[str]:
    return [line for section in read(page).sections for line in (*section.headings[-1:], *section.text.split("\n"))]


def refused(data: bytes, read: Callable[[bytes], object] = read_html) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.remedy
    return caught.value.reason


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_layout_gives_the_sections_of_the_report(
    layout: Callable[[str], str], editor: str, encoding: str
) -> None:
    """Whatever the page declares: the layouts of TRS, xxgk and 2005 say gb2312, UCAP and WordPress say UTF-8."""
    (report,) = read_markdown(REPORT.encode()).manuscripts
    page = read(layout(EDITORS[editor]).encode(encoding))
    assert sections(page) == sections(report)
    assert page.stated.title == TITLE == report.title_line
    assert (
        (page.signed_on, page.signed_by) == (report.signed_on, report.signed_by) == (date(2025, 1, 20), "示例市粮食局")
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("editor", ["<p>　　{}</p>", "&nbsp;&nbsp;&nbsp;&nbsp;{}<br>\n"])
def test_the_seed_in_a_page_gives_the_sections_of_its_text(layout: Callable[[str, str], str], editor: str) -> None:
    raw = next(shared("seed").glob("*.txt")).read_bytes()
    body = "".join(editor.format(escape(line)) for line in raw.decode().splitlines() if line.strip())
    page = read(layout(f"<div>{body}</div>", "2017年政府信息公開年度報告"))
    (text,) = read_text(raw).manuscripts
    assert sections(page) == sections(text)
    assert len([section for section in page.sections if section.headings]) == 20
    assert page.signed_on == date(2018, 2, 5)


def test_a_page_of_trs_states_what_its_metas_say() -> None:
    stated = read(trs(PARAGRAPH)).stated
    assert (stated.agency, stated.category, stated.published_on) == ("示例市粮食局", "年度报告", date(2025, 1, 21))
    assert stated.source == "http://www.example.gov.cn/zwgk/nb/202501/t20250121_1.html"


def test_the_card_of_the_disclosure_platform_is_stated_and_no_text() -> None:
    manuscript = read(xxgk(PARAGRAPH).encode("gbk"))
    stated = manuscript.stated
    assert (stated.index_number, stated.number) == ("011336157/2025-00012", "示粮发〔2025〕3号")
    assert (stated.agency, stated.category, stated.formed_on) == ("示例市粮食局", "年度报告", date(2025, 1, 20))
    assert stated.source == "http://xxgk.example.gov.cn/lsj/202501/t20250121_9.html"
    assert [section.text for section in manuscript.sections] == [
        "根据有关规定，本局现将粮食收购的有关事项公告如下，请遵照执行。"
    ]


CARDS = {
    "dl": "<dl><dt>索引号</dt><dd>A/1</dd><dt>文号：</dt><dd>示粮〔2025〕1号</dd><dt>发布机构</dt><dd>示例市粮食局</dd><dt>成文日期</dt>"
    "<dd>2025-01-20</dd></dl>",
    "ul": "<ul><li><b>索 引 号：</b>A/1</li><li><b>文　　号：</b>示粮〔2025〕1号</li><li>发布机构：示例市粮食局</li><li>成文日期：2025年01月20日</li>"
    "<li>有效性：有效</li></ul>",
    "boxes": "<div><div>索引号</div><div>A/1</div></div><div><div>文号</div><div>示粮〔2025〕1号</div></div>"
    "<div><div>发布机构</div><div>示例市粮食局</div></div><div><div>成文日期</div><div>2025-01-20</div></div>",
    "paragraphs": "<p>索引号：A/1</p><p>文号：示粮〔2025〕1号</p><p>发布机构：示例市粮食局</p><p>成文日期：2025.1.20</p>",
    "table": "<table><tr><td>索引号：A/1</td><td>文号：示粮〔2025〕1号</td></tr><tr><td>发布机构：示例市粮食局</td><td>成文日期：2025-1-20</td></tr></table>",
}


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("layout", [ucap, wordpress, mobile, table_layout], ids=lambda layout: layout.__name__)
def test_cards_of_every_form_are_stated_and_no_text(card: str, layout: Callable[[str], str]) -> None:
    manuscript = read(layout(CARDS[card] + PARAGRAPH + SIGNED))
    stated = manuscript.stated
    assert (stated.index_number, stated.number, stated.agency) == ("A/1", "示粮〔2025〕1号", "示例市粮食局")
    assert stated.formed_on == date(2025, 1, 20)
    assert [section.text for section in manuscript.sections] == [
        "根据有关规定，本局现将粮食收购的有关事项公告如下，请遵照执行。",
        "示例市粮食局\n2025年1月20日",
    ]


def test_a_list_of_documents_is_no_card() -> None:
    rows = (
        "<tr><td>A/1</td><td>甲通知</td><td>2025-01-20</td></tr><tr><td>A/2</td><td>乙通知</td><td>2025-01-21</td></tr>"
    )
    page = trs(f"{PARAGRAPH}<table><tr><td>索引号</td><td>名称</td><td>发布日期</td></tr>{rows}</table>")
    assert text_of(page)[1:] == [
        "索引号：A/1，名称：甲通知，发布日期：2025-01-20",
        "索引号：A/2，名称：乙通知，发布日期：2025-01-21",
    ]
    assert read(page).stated.index_number == ""


def test_a_date_that_is_none_is_dropped_with_a_remark() -> None:
    reading = read_html(ucap(CARDS["dl"].replace("2025-01-20", "2025-13-20") + PARAGRAPH).encode())
    assert reading.manuscripts[0].stated.formed_on is None
    (finding,) = reading.findings
    assert (finding.severity, "2025-13-20" in finding.reason) == (Severity.WARNING, True)


@pytest.mark.parametrize(
    "line",
    [
        "<p><span>发布者：张某</span><span>发布时间：2025-01-21</span><span>浏览次数：<i>10</i></span></p>",
        "<div>2025年01月21日 10:12　来源：本站　点击：[<b>5</b>]</div>",
        "<div>2025-01-21 10:12:30</div>",
        "<table><tr><td>作者：张某</td><td>时间：2025-1-21</td></tr></table>",
        "<div><span>来源：示例市粮食局</span> | <span>日期：2025/01/21</span> 【字体：<a>大</a> <a>中</a>】</div>",
    ],
)
def test_the_line_below_the_title_tells_when_it_was_published(line: str) -> None:
    for page in (f"<h1>粮食收购须知</h1>{line}<div>{PARAGRAPH}</div>", f"<div id=zoom>{line}{PARAGRAPH}</div>"):
        assert read(page).stated.published_on == date(2025, 1, 21)
        assert text_of(page)[-1:] == text_of(PARAGRAPH)


def test_values_that_say_there_is_none_state_nothing() -> None:
    stated = read(ucap(CARDS["dl"].replace("示粮〔2025〕1号", "暂无").replace("A/1", "—") + PARAGRAPH)).stated
    assert (stated.number, stated.index_number, stated.agency) == ("", "", "示例市粮食局")


def test_a_page_of_nothing_but_its_card_publishes_its_abstract() -> None:
    card = CARDS["dl"].replace("</dl>", "<dt>内容概述</dt><dd>收购价格表。</dd></dl>")
    assert text_of(f"<title>价格</title><body>{card}") == ["收购价格表。"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>粮食收购须知-示例市粮食局</title>", "粮食收购须知"),
        ("<title>示例市人民政府门户网站 | 粮食收购须知</title>", "粮食收购须知"),
        ("<title>示例市粮食局</title><h1>示例市粮食局</h1><h2 class='bt'>粮食收购须知</h2>", "粮食收购须知"),
        ("<title>首页_粮食收购须知_政务公开</title><div class='news_title'>粮食收购须知</div>", "粮食收购须知"),
        ("<meta name='ArticleTitle' content='粮食收购须知'><title>无标题文档</title>", "粮食收购须知"),
    ],
)
def test_a_title_is_told_without_the_name_of_the_site(page: str, title: str) -> None:
    assert read(page + PARAGRAPH).stated.title == title


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_an_encoding_is_told_from_the_bytes_whatever_is_declared(declared: str, encoding: str) -> None:
    meta = f"<meta charset={declared}>" if declared else ""
    assert text_of((meta + PARAGRAPH).encode(encoding)) == text_of(PARAGRAPH)


@pytest.mark.parametrize("declared", ["big5", "gb2312", ""])
def test_big5_is_told_from_the_gb_family(declared: str) -> None:
    text = "根據有關規定，本局現將糧食收購的有關事項公告如下，請遵照執行。"
    assert text_of(f"<meta charset={declared}><p>{text}".encode("big5")) == [text]


def test_characters_of_gbk_and_gb18030_are_read_where_gb2312_is_declared() -> None:
    assert text_of("<meta charset=gb2312><p>朱镕基同志视察䶮山。</p>".encode("gb18030")) == ["朱镕基同志视察䶮山。"]


def test_a_damaged_byte_is_no_other_encoding() -> None:
    page = PARAGRAPH.encode().replace("粮".encode(), b"\xe7\xb2", 1) + PARAGRAPH.encode() * 3
    reading = read_html(page)
    assert "购的有关事项" in reading.manuscripts[0].sections[0].text
    assert [finding.severity for finding in reading.findings] == [Severity.WARNING]


ANNUAL = """<table><tr><td colspan=4>第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>3</td></tr>
<tr><td colspan=4>第二十条第（五）项</td></tr><tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>
<tr><td>行政许可</td><td colspan=3>31</td></tr></table>"""
APPLICATIONS = """<table><tr><td colspan=2 rowspan=3>（本列数据的勾稽关系）</td><td colspan=4>申请人情况</td></tr>
<tr><td rowspan=2>自然人</td><td colspan=2>法人或其他组织</td><td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>其他</td></tr>
<tr><td rowspan=2>三、本年度办理结果</td><td>（一）予以公开</td><td>3</td><td>2</td><td>0</td><td>5</td></tr>
<tr><td>（二）部分公开</td><td>1</td><td>0</td><td>0</td><td>1</td></tr></table>"""


def test_a_label_beside_all_rows_is_no_header_of_all() -> None:
    rows = "<tr><td>小麦</td><td>120元</td></tr><tr><td>稻谷</td><td>110元</td></tr>"
    page = f"<table><tr><td rowspan=3>检验费</td><td>项目</td><td>标准</td></tr>{rows}</table>"
    assert text_of(f"<p>收费标准如下，自公布之日起执行。</p>{page}")[1:] == [
        "“检验费”，项目：小麦，标准：120元",
        "“检验费”，项目：稻谷，标准：110元",
    ]


def test_the_tables_of_annual_reports_keep_their_headers_in_every_row() -> None:
    """The form's second table by its labels; one that is not the form's by headers of several rows, merged cells repeated."""
    page = trs(f"<p>一、主动公开</p>{ANNUAL}<p>二、申请</p>{APPLICATIONS}")
    first, second = read(page).sections
    assert first.text.split("\n") == [
        "第二十条第（一）项 规章，本年制发件数：0，本年废止件数：0，现行有效件数：3",
        "第二十条第（五）项 行政许可，本年处理决定数量：31",
    ]
    note = "（本列数据的勾稽关系）"
    assert second.text.split("\n") == [
        f"{note}：三、本年度办理结果，{note}：（一）予以公开，申请人情况 自然人：3，申请人情况 法人或其他组织 商业企业：2，"
        "申请人情况 法人或其他组织 其他：0，申请人情况 总计：5",
        f"{note}：三、本年度办理结果，{note}：（二）部分公开，申请人情况 自然人：1，申请人情况 法人或其他组织 商业企业：0，"
        "申请人情况 法人或其他组织 其他：0，申请人情况 总计：1",
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<tr><th>渠道</th><th>数量</th></tr><tr><td>网站</td><td>公告栏</td></tr>",
            ["渠道：网站，数量：公告栏"],
        ),
        ("<tr><th>电话</th><td>0700-1</td></tr><tr><th>地址</th><td>粮食路1号</td></tr>", ["电话：0700-1", "地址：粮食路1号"]),
        ("<tr><td>电话：</td><td>0700-1</td><td>传真：</td><td>0700-2</td></tr><tr><td>地址：</td><td>粮食路</td><td></td><td></td></tr>",
         ["电话：0700-1，传真：0700-2", "地址：粮食路"]),
        ("<tr><td>姓名</td><td>职务</td></tr><tr><td colspan=2>一、领导</td></tr><tr><td>张某</td><td>局长</td></tr>"
         "<tr><td colspan=2>二、科室</td></tr><tr><td>李某</td><td>科长</td></tr>",
         ["“一、领导”", "姓名：张某，职务：局长", "“二、科室”", "姓名：李某，职务：科长"]),
        ("<tr><td>机构名称</td><td>示例市粮食局</td></tr><tr><td>办公地址</td><td>粮食路1号</td></tr><tr><td>电话</td><td>0700-1</td></tr>",
         ["机构名称：示例市粮食局", "办公地址：粮食路1号", "电话：0700-1"]),
        ("<tr><td>部门</td><td>电话</td></tr><tr><td>办公室</td><td>0700-1</td></tr>", ["部门：办公室，电话：0700-1"]),
        ("<tr><td>2023</td><td>12</td></tr><tr><td>2024</td><td>16</td></tr>", ["“2023”，“12”", "“2024”，“16”"]),
        ("<caption>价格表</caption><thead><tr><td>1级</td><td>2级</td></tr></thead><tr><td>3</td><td>4</td></tr>", ["价格表", "1级：3，2级：4"]),
        ("<tr><td><p>甲。</p><p>乙。</p></td></tr><tr><td>丙。</td></tr>", ["甲。", "乙。", "丙。"]),
        ("<tr><td>甲<table><tr><td>渠道</td><td>数量</td></tr><tr><td>网站</td><td>5</td></tr></table></td><td>乙</td></tr>",
         ["甲", "渠道：网站，数量：5", "乙"]),
    ],
)  # fmt: skip
def test_data_tables_are_rows_and_layout_tables_are_text(table: str, rows: list[str]) -> None:
    assert text_of(trs(f"{PARAGRAPH}<table>{table}</table>"))[1:] == rows


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        ("<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol>", ["1.甲", "2.乙", "•丙"]),
        ("<ol start=3><li>甲</li><li value=7>乙</li><li>丙</li></ol>", ["3.甲", "7.乙", "8.丙"]),
        ("<ol type=a><li>甲</li></ol><ol type=I start=4><li>乙</li></ol>", ["a.甲", "IV.乙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=21><li>甲</li></ol>", ["二十一、甲"]),
        ("<ol style='list-style:none'><li>甲</li></ol><ul><li style='list-style-type:none'>乙</li></ul>", ["甲", "乙"]),
        ("<ol><li>1、甲</li></ol>", ["1、甲"]),
        ("<ul><li><p>甲</p><p>乙</p></li><li><p></p></li></ul>", ["•甲", "乙"]),
    ],
)
def test_entries_have_the_numbers_that_a_reader_sees(entries: str, lines: list[str]) -> None:
    shown = "\n".join(text_of(trs(f"{PARAGRAPH}{entries}"))[1:])
    for line in lines:
        assert line in shown


def test_white_space_is_that_of_the_page_and_not_of_its_source() -> None:
    page = "<p>　　根据\n   规定，<ruby>粮<rt>liáng</rt></ruby>食(shí)局\n公开 A\nB。<!-- 不 --><span hidden>不</span><script>不</script></p>"
    assert text_of(trs(page + "<pre>甲。\n乙。</pre>")) == ["根据规定，粮食局公开 A B。", "甲。", "乙。"]


def test_an_indent_inside_a_paragraph_begins_another() -> None:
    page = "<p>　　一、总体情况。&nbsp;&nbsp;&nbsp;&nbsp;二、主动公开情况。　　全年公开12条。</p>"
    assert [section.headings for section in read(trs(page)).sections] == [("一、总体情况",), ("二、主动公开情况",)]


def test_attachments_stand_at_the_end_of_the_text_with_their_addresses() -> None:
    listed = '<p>附件：</p><p><a href="./P1.doc">1.申请表.doc</a></p><p>请填写<a href="P2.xlsx">《登记表》</a>。</p>'
    below = '<div class="fj"><h3>附件下载</h3><a href="/f/P3.pdf">年报.pdf</a>（12KB）</div><div class="bds'
    page = trs(PARAGRAPH + listed + SIGNED).replace('<div class="bds', below)
    assert text_of(page)[1:] == [
        "请填写《登记表》。",
        "附件：1.申请表.doc（http://www.example.gov.cn/zwgk/nb/202501/P1.doc）",
        "附件：《登记表》（http://www.example.gov.cn/zwgk/nb/202501/P2.xlsx）",
        "附件：年报.pdf（http://www.example.gov.cn/f/P3.pdf）",
        "示例市粮食局",
        "2025年1月20日",
    ]


def test_an_attachment_named_by_what_it_does_has_the_name_of_its_file() -> None:
    page = (
        '<p>附件：<a href="javascript:void(0)">说明.pdf</a></p><p><a href="/x/%E8%A1%A8.doc" title="">点击下载</a></p>'
    )
    assert text_of(ucap(PARAGRAPH + page))[1:] == ["附件：说明.pdf", "附件：表.doc（/x/%E8%A1%A8.doc）"]


def test_links_to_other_pages_below_the_text_are_none_of_it() -> None:
    related = (
        "<p>相关链接：</p><ul><li><a href=a.html>关于粮食收购的通知</a></li><li><a href=b.html>通知解读</a></li></ul>"
    )
    assert text_of(ucap(PARAGRAPH + SIGNED + related)) == text_of(ucap(PARAGRAPH + SIGNED))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_short_text_is_found_on_a_page_full_of_other_things(layout: Callable[[str], str]) -> None:
    assert text_of(layout("<p>地址：示例市粮食路1号</p><p>电话：0700-1234567</p>")) == [
        "地址：示例市粮食路1号",
        "电话：0700-1234567",
    ]


@pytest.mark.parametrize(
    "beside",
    [
        SIGNED,
        "<p>二、其他</p>",
        "<table><tr><th>渠道</th><th>数量</th></tr><tr><td>网站</td><td>3</td></tr></table>",
        "<p>另行通知。</p>",
    ],
)
def test_what_stands_beside_the_text_is_kept_where_an_office_may_have_written_it(beside: str) -> None:
    page = (
        f"<body><div class=nav><a href=/>首页</a></div><div id=zoom><div>{PARAGRAPH * 9}</div><div>{beside}</div></div>"
    )
    assert text_of(page)[1:][8:] == text_of(f"<div id=zoom>{beside}</div>")


def test_a_page_that_a_script_would_show_is_read_all_the_same() -> None:
    assert text_of(f'<body style="x"><div style="display:none">{PARAGRAPH}</div>') == text_of(PARAGRAPH)


def archive(html: bytes, charset: str) -> bytes:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "http://www.example.gov.cn/nb/1.html"
    message.set_content("x")
    message.make_related()
    message.add_attachment(html, "text", "html", params={"charset": charset})
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "unknown-8bit"])
def test_a_web_archive_gives_its_page_and_address(charset: str) -> None:
    page = mobile(EDITORS["paragraphs"]).encode("utf-8" if charset == "utf-8" else "gb18030")
    (manuscript,) = read_bytes(".mht", archive(page, charset)).manuscripts
    assert sections(manuscript) == sections(read(mobile(EDITORS["paragraphs"])))
    assert manuscript.stated.source == "http://www.example.gov.cn/nb/1.html"


@pytest.mark.parametrize(
    "data", [b"", b"x", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n\n", b"\xff" * 99]
)
def test_an_archive_without_a_page_is_refused(data: bytes) -> None:
    assert refused(data, read_mhtml) in ("the web archive holds no page", "the file is empty")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"<html><body><!-- x --></body></html>",
        b"<p>\0" + b"x" * 99,
        b"%PDF-1.4 \x00\x01",
        b"\xd0\xcf\x11\xe0" + bytes(99),
        bytes(range(128, 256)) * 9,
        b"<p>" + b"x" * 20_000_000,
    ],
)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    assert refused(data)


HOSTILE = {
    "nested": "<div>" * 100_000,
    "lists": "<ul><li>" * 50_000,
    "unclosed": "<b><p>字" * 50_000,
    "closed from inside": "<div><table></div></table>" * 50_000,
    "tags": "<p>字</p>" * 500_000,
    "attributes": "<p " + " ".join(f"a{number}" for number in range(100_000)) + ">字",
    "spans": "<table><tr>" + "<td rowspan=60000 colspan=1000>字</td>" * 20_000,
    "rows": "<table>" + "<tr><td rowspan=60000>字</td></tr>" * 19_000,
    "entities": "&nbsp;&#12345;&unknown" * 500_000,
    "quotes": '<a x="' * 500_000,
    "signs": "<" * 5_000_000,
    "comments": "<!--" * 500_000,
    "labels": "索引号：" * 500_000,
    "attachments": '<a href="a.doc">附件</a> ' * 20_000,
    "boxes": ("<div>" * 100 + "字。" + "</div>" * 100) * 200,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_refused_or_read_in_bounded_time(name: str) -> None:
    start = time.process_time()
    with suppress(UnreadableFile):
        read_html(HOSTILE[name].encode())
    assert time.process_time() - start < 30


SAMPLES = [
    trs(EDITORS["word"] + ANNUAL + SIGNED),
    xxgk(EDITORS["line ends"]),
    table_layout(CARDS["table"] + APPLICATIONS),
]


@settings(max_examples=60)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 9000), st.binary(max_size=6), st.integers(0, 40)), max_size=8),
)
def test_a_damaged_page_is_read_or_refused_and_nothing_else(page: str, damages: list[tuple[int, bytes, int]]) -> None:
    data = page.encode("gb18030")
    for place, written, length in damages:
        data = data[:place] + written + data[place + length :]
    for read_it, content in ((read_html, data), (read_mhtml, archive(data, "gb2312"))):
        try:
            (manuscript,) = read_it(content).manuscripts
        except UnreadableFile:
            continue
        assert all(section.text for section in manuscript.sections)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</table>",
        "<ul>",
        "<ol>",
        "<li>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "<br>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<div>",
        "</div>",
        "<pre>",
        "<caption>",
        "<thead>",
        "<div/class=share>",
        "<div/id=zoom>",
        "<a/href=a.doc>",
        "</a>",
        "<td/rowspan=3>",
        "<th/colspan=2>",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS | st.sampled_from(["甲。", "一、乙", "索引号：1", "2025年1月1日", "附件：", "3"]), max_size=40))
def test_any_tags_in_any_order_are_read_or_refused(parts: list[str]) -> None:
    page = "".join(f"{part}文{number}字。" for number, part in enumerate(parts))
    try:
        shown = "".join(text_of(page))
    except UnreadableFile:
        return
    assert re.search("文[0-9]+字", shown) or not parts


BROKEN = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>公示</title></head>
<body>
<div
  class="content">
<h2>一、名单</h2>
<p>
  张三，
补助600元。</p><p>李四，补助500元。</p>
王五，补助400元。<br>
赵六，补助300元。<br/><span
 class="a">钱七，补助200元。</span>
<b>孙八，</b>补助100元。
<table>
<tr><th>姓名</th>
    <th>金额</th></tr>
<tr><td rowspan="2">周九</td>
    <td>90</td></tr>
<tr><td>80</td></tr>
</table>
<ul>
<li>吴十，补助10元。</li>
</ul>
</div></body></html>"""
STANDS = [
    (7, "## 一、名单"), (9, "张三，补助600元。"), (10, "李四，补助500元。"), (11, "王五，补助400元。"), (12, "赵六，补助300元。"),
    (12, "钱七，补助200元。孙八，补助100元。"), (18, "姓名：周九，金额：90"), (20, "姓名：周九，金额：80"), (23, "•吴十，补助10元。"),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_of_a_page_is_that_of_its_file(end: str) -> None:
    assert numbered(BROKEN.replace("\n", end)) == STANDS


def test_tags_in_an_attribute_stay_in_it() -> None:
    page = """<div class="content" data-tip="<p>提示</p>" title='<b>说明</b><i>'>\n<p data-line-of-file="x">正文在这里，请看。</p></div>"""
    assert numbered(page) == [(2, "正文在这里，请看。")]
