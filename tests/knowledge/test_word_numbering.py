"""Automatic numbers, counted and written as Word does."""

from __future__ import annotations

import pytest

from bot.knowledge.word.numerals import numeral
from tests.knowledge.word_files import level, lines_of, numbering, paragraph, word_file


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", {1: "1", 12: "12", 0: "0"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 999_999: "999999"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {1: "i", 4: "iv", 1994: "mcmxciv", 4000: "4000"}),
        ("upperRoman", {9: "IX"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一○○"}),
        ("chineseCountingThousand", {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 1010: "一千零一十"}),
        ("taiwaneseCounting", {15: "十五", 30: "三十"}),
        ("taiwaneseCountingThousand", {105: "一百零五"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍", 103: "壹佰零叁"}),
        ("ideographLegalTraditional", {3: "參", 12: "壹拾貳"}),
        ("japaneseCounting", {10: "十", 100: "百", 101: "百一", 220: "二百二十"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("none", {3: ""}),
        ("bullet", {3: ""}),
        ("somethingNew", {3: "3"}),
    ],
)
def test_numbers_are_written_in_the_form_of_their_level(form: str, written: dict[int, str]) -> None:
    """Compared by hand with what LibreOffice shows, where it knows the form."""
    assert {value: numeral(value, form) for value in written} == written


def labels(lists: str, places: list[tuple[int, int]], styles: str = "") -> list[str]:
    """What stands before ~ in each paragraph of the given (list, level)."""
    body = "".join(paragraph("~", num=place) for place in places)
    return [line.partition("~")[0] for line in lines_of(word_file(body, lists, styles=styles))]


def definition(name: int, *levels: str, more: str = "") -> str:
    """An abstractNum."""
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}{more}</w:abstractNum>'


def instance(name: int, of: int, more: str = "") -> str:
    """A num."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


LEGAL = (
    level(0, "chineseCounting", "第%1章 ", "space"),
    level(1, "decimal", "%1.%2", "tab"),
    level(2, "decimal", "%1.%2.%3", "tab", "<w:isLgl/>"),
)


def test_levels_count_below_one_another() -> None:
    """A number takes over those above it, in their own forms or, where the level says so, all in digits."""
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    lists = definition(0, *LEGAL) + instance(1, 0)
    assert labels(lists, places) == ["第一章 ", "一.1 ", "一.2 ", "1.2.1 ", "第二章 ", "二.1 ", "2.1.1 "]


def test_a_skipped_level_counts_as_begun() -> None:
    """As in Word: with a 1.1 before it, the first chapter is the second."""
    lists = definition(0, *LEGAL) + instance(1, 0)
    assert labels(lists, [(1, 1), (1, 0), (1, 1)]) == ["一.1 ", "第二章 ", "二.1 "]


def test_levels_restart_where_their_list_says() -> None:
    """Never for 0; after the first level only for 1; after the level above where nothing is said."""
    levels = (
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "lowerLetter", "%3.", more='<w:lvlRestart w:val="0"/>'),
        level(3, "lowerRoman", "%4.", more='<w:lvlRestart w:val="1"/>'),
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 3), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    shown = labels(definition(0, *levels) + instance(1, 0), places)
    assert shown == ["1.", "1)", "a.", "i.", "2)", "b.", "ii.", "2.", "1)", "c.", "i."]


def test_lists_of_one_definition_go_on_counting_unless_one_begins_anew() -> None:
    """A startOverride counts once, where its list is first used."""
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = definition(0, level(0, "decimal", "%1.")) + instance(1, 0) + instance(2, 0) + instance(3, 0, anew)
    shown = labels(lists, [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)])
    assert shown == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_may_write_a_level_its_own_way() -> None:
    """The level in its lvlOverride replaces the definition's."""
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1）")}</w:lvlOverride>'
    lists = definition(0, level(0, "decimal", "%1.")) + instance(1, 0, own)
    assert labels(lists, [(1, 0), (1, 0)]) == ["A）", "B）"]


def test_a_definition_may_be_that_of_a_style() -> None:
    """NumStyleLink names the style, whose list holds the levels; both count together."""
    lists = (
        definition(0, level(0, "decimal", "（%1）"), more='<w:styleLink w:val="Official"/>')
        + definition(1, more='<w:numStyleLink w:val="Official"/>')
        + instance(1, 0)
        + instance(2, 1)
    )
    style = (
        '<w:style w:type="numbering" w:styleId="Official"><w:name w:val="Official"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert labels(lists, [(2, 0), (1, 0)], style) == ["（1）", "（2）"]
    circle = definition(0, more='<w:numStyleLink w:val="Official"/>') + instance(1, 0)
    assert labels(circle, [(1, 0)], style) == [""]


def styled(style_id: str, based_on: str = "", properties: str = "") -> str:
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{style_id}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def test_numbers_come_from_styles_and_what_they_are_based_on() -> None:
    """The list links its levels to styles; numId 0 in a paragraph takes the number away."""
    lists = numbering(styles=("Outer", "Inner"))
    styles = (
        styled("Outer", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + styled("Inner", "Outer")
        + styled("Derived", "Outer")
        + styled("Plain", "Outer", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + styled("Third", properties='<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
        + styled("Circle", "Circle")
    )
    used = ("Outer", "Inner", "Derived", "Plain", "Third", "Circle")
    body = "".join(paragraph("~", style=style) for style in used)
    body += paragraph("~", style="Outer", num=(0, 0)) + paragraph("~", style="Outer")
    shown = [line.partition("~")[0] for line in lines_of(word_file(body, lists, styles=styles))]
    assert shown == ["一、", "（一）", "二、", "", "1、", "", "", "三、"]


def test_tabs_and_blanks_part_numbers_from_text_only_where_somebody_would_type_them() -> None:
    """A tab after 一、 is layout; a number in digits keeps a gap, and 第一条 needs one."""
    forms = [("%1、", "tab"), ("（%1）", "space"), ("%1.", "tab"), ("%1.", "nothing"), ("第%1条", "space")]
    lists = "".join(
        definition(name, level(0, "decimal", text, suffix)) + instance(name + 1, name)
        for name, (text, suffix) in enumerate(forms)
    )
    shown = labels(lists, [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)])
    assert shown == ["1、", "（1）", "1. ", "1.", "第1条 "]


def test_bullets_are_shown_as_bullets() -> None:
    """Letters of picture fonts mean a disc; a sign that a font really has stays."""
    wingdings = level(0, "bullet", "l").replace(
        "</w:lvl>", '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:lvl>'
    )
    private, star = level(0, "bullet", "\uf0b7"), level(0, "bullet", "★", "space")
    lists = "".join(
        definition(name, made) + instance(name + 1, name) for name, made in enumerate((wingdings, private, star))
    )
    assert labels(lists, [(1, 0), (2, 0), (3, 0)]) == ["•", "•", "★ "]


def test_empty_paragraphs_count_and_hidden_ones_do_not() -> None:
    """As on the page."""
    hidden = paragraph(num=(1, 0), properties="<w:rPr><w:vanish/></w:rPr>")
    body = paragraph("~", num=(1, 0)) + paragraph(num=(1, 0)) + hidden + paragraph("~", num=(1, 0))
    assert lines_of(word_file(body, numbering())) == ["一、~", "三、~"]


@pytest.mark.parametrize("levels", ["", level(8, "decimal", "%9"), '<w:lvl w:ilvl="x"/>'])
def test_numbers_that_no_list_defines_are_none(levels: str) -> None:
    """Nor does a reference to a level that does not exist."""
    assert labels(definition(0, levels) + instance(1, 0), [(1, 0), (7, 0), (1, 99)]) == ["", "", ""]


def test_bombs_in_lists_stay_small() -> None:
    """A start of a billion, a label of a million signs."""
    lists = definition(0, level(0, "lowerLetter", "%1" * 100_000).replace('start w:val="1"', 'start w:val="999999999"'))
    (label,) = labels(lists + instance(1, 0), [(1, 0)])
    assert len(label) < 1000
