"""The raw page of a real annual report, as a web site gave it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from bot.knowledge import read_folder
from bot.language.normalise import simplify
from bot.model import Document, Kind, Severity
from tests.knowledge.places import shared

# The twenty marks of its outline, level by level.
MARKS = "一、 二、 (一) (二) 1、 2、 3、 三、 四、 五、 六、 (一) 1、 2、 3、 (二) 1、 2、 3、 七、".split()  # noqa: SIM905


@cache
def seed() -> Document:
    """The seed page as the only document of its folder."""
    folder = read_folder(shared("seed"))
    assert not [finding for finding in folder.findings if finding.severity is Severity.ERROR]
    (document,) = folder.documents
    return document


def text_of(place: str) -> str:
    """The text of one section of the seed, simplified."""
    return simplify(next(section.text for section in seed().sections if section.id == place))


def test_page_is_recognised_as_the_report_of_its_year() -> None:
    """Title, kind, year and date are told from the text alone, in the text's own script."""
    assert seed().title == "2017年政府信息公開年度報告"
    assert (seed().kind, seed().year, seed().published_on) == (Kind.REPORT, 2017, date(2018, 2, 5))
    assert seed().agency == ""
    assert set(seed().inferred) == {"title", "kind", "year", "published_on"}


def test_exactly_the_twenty_headings_are_found() -> None:
    """No figure, date or sentence is taken for a heading, and none is missed."""
    headings = [section.headings[-1] for section in seed().sections if section.headings]
    assert [re.match(r"[一-龥]、|\([一-龥]\)|\d、", heading)[0] for heading in headings] == MARKS  # type: ignore[index]
    assert all(len(heading) > 3 and not re.search("\\d{2}", heading) for heading in headings)


def test_headings_nest_as_the_report_numbers_them() -> None:
    """Ids count positions level by level, and the path above each heading is kept."""
    ids = [section.id for section in seed().sections]
    assert ids == (
        "0 1 2 2.1 2.2 2.2.1 2.2.2 2.2.3 3 4 5 6 6.1 6.1.1 6.1.2 6.1.3 6.2 6.2.1 6.2.2 6.2.3 7 end".split()  # noqa: SIM905
    )
    deepest = next(section for section in seed().sections if section.id == "6.2.3")
    assert [heading[:2] for heading in deepest.headings] == ["六、", "(二", "3、"]
    assert deepest.line == 26


def test_no_page_chrome_is_left_and_the_sign_off_stands_apart() -> None:
    """What the web page said to its reader is gone, and the date line is a passage of its own."""
    everything = simplify("\n".join(section.text for section in seed().sections))
    for words in ("扫一扫", "浏览器", "即将离开"):
        assert words not in everything
    assert text_of("end") == "2018年2月5日"
    assert "2018" not in text_of("7")


def test_no_stray_pinyin_is_left() -> None:
    """Readings in brackets are gone, and real brackets stay."""
    everything = "".join("".join(section.headings) + section.text for section in seed().sections)
    assert re.search(r"\([a-zA-Zà-ǜ]+\)", everything) is None
    assert "繼續認真貫徹落實" in everything


def test_broken_line_is_joined() -> None:
    """The sentence that the page broke in two is whole again."""
    assert "对来随投资考察客商,认真听取客商意见" in text_of("2.2.3")


def test_text_of_a_heading_holds_its_short_items() -> None:
    """What problems there are is answered by one passage, as published."""
    assert text_of("6.1").splitlines() == [
        "1、依法申请公开信息的还比较少,公开内容还需进一步深化,工作制度还需进一步完善;",
        "2、政府信息公开工作规范性有待进一步加强;",
        "3、主动向社会公开信息的领域有待于进一步拓展。",
    ]
    assert text_of("6.1.2") == "政府信息公开工作规范性有待进一步加强;"
    assert text_of("2") == "(一)主动公开政府信息的数量\n(二)政府信息公开的形式"


def test_figures_stay_as_published() -> None:
    """The passage with the figures is quoted word for word."""
    assert "主动公开信息133条,其中,机构概况类信息2条" in text_of("2.1")
