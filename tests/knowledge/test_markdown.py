"""What Markdown adds to a text."""

from __future__ import annotations

from bot.knowledge.readers.markdown import read_markdown


def test_comments_and_signs_for_bold_type_are_no_text() -> None:
    """Staff's notes are not published, and lines keep their numbers."""
    text = "# 报告\n<!-- 待核\n实 -->\n**一、概述**\n共**133**条，__全部__公开，2**3 保留。\n"
    (manuscript,) = read_markdown(text.encode()).manuscripts
    (section,) = manuscript.sections
    assert (section.headings, section.line) == (("一、概述",), 4)
    assert section.text == "共133条，全部公开，2**3 保留。"


def test_paragraphs_broken_by_an_editor_are_whole_again() -> None:
    """Soft line ends inside a paragraph go, blank lines between paragraphs count."""
    text = "# 指南\n申请人可以通过信函、传真和网站，\n提出申请。\n\n- 网站\n- 窗口\n"
    (manuscript,) = read_markdown(text.encode()).manuscripts
    assert manuscript.sections[0].text == "申请人可以通过信函、传真和网站，提出申请。\n- 网站\n- 窗口"
