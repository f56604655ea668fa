"""Text into sections."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.lines import split_lines
from bot.knowledge.markers import Numbering, marker_of
from bot.knowledge.outline import outline
from bot.model import Section


def sections_of(text: str) -> dict[str, Section]:
    """Sections by id."""
    return {section.id: section for section in outline(split_lines(text))}


def paths_of(text: str) -> list[tuple[str, str]]:
    """(id, own heading) of every section with a heading."""
    return [(section.id, section.headings[-1]) for section in outline(split_lines(text)) if section.headings]


@pytest.mark.parametrize(
    ("line", "numbering", "rest"),
    [
        ("一、概述", Numbering.HAN, "概述"),
        ("十二、附则", Numbering.HAN, "附则"),
        ("（一）数量", Numbering.HAN_BRACKET, "数量"),
        ("(一)数量", Numbering.HAN_BRACKET, "数量"),
        ("㈠数量", Numbering.HAN_BRACKET, "数量"),
        ("1、网络公开", Numbering.ARABIC, "网络公开"),
        ("1. 网络公开", Numbering.ARABIC, "网络公开"),
        ("１、网络公开", Numbering.ARABIC, "网络公开"),
        ("1.2017年工作", Numbering.ARABIC, "2017年工作"),
        ("⒈网络公开", Numbering.ARABIC, "网络公开"),
        ("（1）网站", Numbering.ARABIC_BRACKET, "网站"),
        ("⑴网站", Numbering.ARABIC_BRACKET, "网站"),
        ("①网站", Numbering.CIRCLED, "网站"),
        ("第一章 总则", Numbering.CHAPTER, "总则"),
        ("第三条 本办法自发布之日起施行。", Numbering.ARTICLE, "本办法自发布之日起施行。"),
    ],
)
def test_labels_of_both_widths_are_read(line: str, numbering: Numbering, rest: str) -> None:
    """Every usual form of numbering, half-width or full-width."""
    marker = marker_of(line)
    assert marker is not None
    assert (marker.numbering, marker.rest) == (numbering, rest)


@pytest.mark.parametrize(
    "line",
    [
        "2017年，我局主动公开信息133条。",
        "1.5万元以上的项目",
        "12345热线全天受理。",
        "2、3月份开展了两次检查",
        "一、二期工程已经完工",
        "第三条规定的情形不在此列",
        "第一章规定的内容，本局已落实。",
        "一是加强领导，二是完善制度。",
        "2018-02-05",
        "#标签",
        "一、",
        "",
    ],
)
def test_figures_dates_and_enumerations_are_no_headings(line: str) -> None:
    """What merely begins with a number is left in the text."""
    assert marker_of(line) is None


def test_text_without_headings_is_one_section() -> None:
    """An item's text is quoted as a whole."""
    assert outline(split_lines("第一段。\n\n第二段。")) == (Section("1", (), "第一段。\n第二段。", 1),)


def test_what_stands_before_the_first_heading_is_section_0() -> None:
    """The preamble has an id of its own and no heading."""
    sections = sections_of("引言。\n一、概述\n内容。")
    assert sections["0"].text == "引言。"
    assert sections["1"] == Section("1", ("一、概述",), "内容。", 2)


def test_run_in_heading_is_taken_off_its_text() -> None:
    """A short first clause heads the rest of its line."""
    assert sections_of("1、网络公开。我局通过网站公开。")["1"].text == "我局通过网站公开。"
    assert sections_of("（一）收费标准：每页0.1元。")["1"].headings == ("（一）收费标准",)
    assert sections_of("4、网址：http://a.cn/1。")["1"].text == "http://a.cn/1。"
    assert sections_of("1、怎么申请？填写申请表。")["1"].headings == ("1、怎么申请？",)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1、2017年，全年公开133条。其中工作类28条。", "1、2017年，全年公开133条"),
        ("2、规范性有待加强；", "2、规范性有待加强"),
        ("3、办公时间9:00至17:00。", "3、办公时间9:00至17:00"),
        ("（二）按照《条例：释义》的要求。", "（二）按照《条例：释义》的要求"),
        ("5、（详见附件。", "5、（详见附件。"),
    ],
)
def test_item_that_is_a_statement_keeps_its_whole_text(line: str, heading: str) -> None:
    """Figures and sentences are never moved out of the text that is quoted."""
    (section,) = outline(split_lines(line))
    assert section.headings == (heading,)
    assert section.text == re.sub(r"^(?:\d、|（.）)", "", line)


def test_long_item_gets_a_short_heading() -> None:
    """A paragraph with a number is not repeated as a heading."""
    text = "完善公开制度" + "，进一步明确责任" * 20 + "。"
    (section,) = outline(split_lines("1、" + text))
    assert section.headings == ("1、完善公开制度",)
    assert section.text == text


def test_heading_with_nothing_below_holds_its_own_words() -> None:
    """No section is ever empty."""
    assert sections_of("一、接受现场申请")["1"].text == "接受现场申请"


def test_heading_that_leads_up_to_items_holds_them() -> None:
    """A lead-in alone would answer nothing."""
    sections = sections_of("一、问题\n主要问题有：\n1、公开不够及时；\n2、更新慢。")
    assert sections["1"].text == "主要问题有：\n1、公开不够及时；\n2、更新慢。"
    assert sections["1.2"].text == "更新慢。"


def test_heading_with_a_body_keeps_only_that() -> None:
    """Subsections are not repeated below a text of one's own."""
    assert sections_of("一、形式\n有两种形式。\n1、网站\n甲。\n2、专栏\n乙。")["1"].text == "有两种形式。"


def test_heading_above_long_sections_lists_their_headings() -> None:
    """Too much to hold becomes a table of contents."""
    body = "内容很长，" * 80 + "到此为止。"
    assert sections_of(f"一、形式\n（一）网站\n{body}\n（二）专栏\n{body}")["1"].text == "（一）网站\n（二）专栏"


def test_markdown_levels_and_numbers_agree() -> None:
    """Numbered headings nest by their #, and plain ones below stand under them."""
    text = "## 一、总体\n甲。\n### （一）数量\n乙。\n1、网站\n丙。\n## 二、申请\n丁。"
    assert paths_of(text) == [("1", "一、总体"), ("1.1", "（一）数量"), ("1.1.1", "1、网站"), ("2", "二、申请")]


def test_headings_of_one_markdown_level_nest_by_their_numbers() -> None:
    """A writer who gave every heading ## meant the numbers."""
    text = "## 一、总体\n## （一）数量\n甲。\n## （二）形式\n乙。\n## 二、申请\n丙。"
    assert [place for place, _ in paths_of(text)] == ["1", "1.1", "1.2", "2"]


def test_number_without_its_hash_stands_beside_its_sisters() -> None:
    """A forgotten # does not bury a chapter below the one before."""
    assert [place for place, _ in paths_of("## 一、总体\n甲。\n二、申请\n乙。\n## 三、其他\n丙。")] == ["1", "2", "3"]


def test_chapters_hold_articles() -> None:
    """Regulations: 第一章 above 第一条, whose text runs on in its line."""
    sections = sections_of(
        "第一章 总则\n第一条　为了规范公开，制定本办法。\n第二条　适用本办法。\n第二章 附则\n第三条　即日施行。"
    )
    assert sections["1.2"].headings == ("第一章 总则", "第二条")
    assert sections["2.1"].text == "即日施行。"


def test_tables_stay_as_published() -> None:
    """Rows that begin with a number are rows."""
    table = "| 一、新收 | 3 |\n| --- | --- |\n| 二、结转 | 0 |"
    assert sections_of(f"## 三、申请\n{table}")["1"].text == table


_LABELS = ["一、", "（一）", "(二)", "1、", "2. ", "（1）", "①", "# ", "## ", "第一章 ", "第一条 "]
_WORDS = ["甲乙", "信息公开", "133条", "。", "：", "；", "，", "\n", " ", "|", "《", "》", "?", "a"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(_LABELS + _WORDS), max_size=60).map("".join)))
def test_every_word_ends_up_in_a_section(text: str) -> None:
    """Splitting loses no letter, digit or character; it never fails, ids are unique and no text is empty."""
    lines = split_lines(text)
    sections = outline(lines)
    shown = "".join("".join(section.headings) + section.text for section in sections)
    assert {sign for sign in text if sign.isalnum()} <= set(shown)
    for line in lines:
        for word in re.findall(r"\w+", line.text):
            assert word in re.sub(r"\n", "", shown)
    assert len({section.id for section in sections}) == len(sections)
    assert all(section.text.strip() for section in sections)
