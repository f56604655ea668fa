"""What is told from title, path and text where nothing is stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from bot.knowledge.inference import Completed, complete
from bot.knowledge.readers import read_bytes
from bot.model import Agency, AgencyContact, Document, Kind, Status

ZSJ = Agency("zsj", AgencyContact("某市招商局"), aliases=("招商局",))
JYJ = Agency("jyj", AgencyContact("某市教育局"), aliases=("教育局",))


def completed(text: str, path: str = "a.txt", agencies: tuple[Agency, ...] = ()) -> Completed:
    """The document of a file's text at a path."""
    (manuscript,) = read_bytes(Path(path).suffix, text.encode()).manuscripts
    return complete(manuscript, PurePosixPath(path), agencies)


def document(text: str, path: str = "a.txt", agencies: tuple[Agency, ...] = ()) -> Document:
    """Without the remarks."""
    return completed(text, path, agencies).document


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("---\ntitle: 甲\n---\n# 乙\n丙。", "甲", "丙。"),
        ("---\ntitle: 甲的报告\n---\n甲的报告\n丙。", "甲的报告", "丙。"),
        ("# 2017年年度报告\n## 一、概述\n丙。", "2017年年度报告", "丙。"),
        ("某市招商局2017年年度报告\n丙。", "某市招商局2017年年度报告", "丙。"),
        ("某市招商局\n2017年政府信息公开年度报告\n丙。", "某市招商局2017年政府信息公开年度报告", "丙。"),
        ("怎么申请公开？\n填写申请表。", "怎么申请公开？", "填写申请表。"),
        ("窗口开放时间\n\n周一至周五。", "窗口开放时间", "周一至周五。"),
        ("现公布本局2019年政府信息公开工作年度报告如下：\n一、概述\n丙。", "2019年政府信息公开工作年度报告", ""),
        ("本中心周一至周五开放，节假日除外。", "a", "本中心周一至周五开放，节假日除外。"),
    ],
)
def test_title_is_stated_or_found_or_made_of_the_texts_words(text: str, title: str, first: str) -> None:
    """A title line leaves the text; a report's name is built from its own words; else the file's name must do."""
    found = document(text, "a.md")
    assert found.title == title
    assert not first or found.sections[0].text == first


def test_several_headings_of_level_one_are_sections_and_no_title() -> None:
    """Only a single heading above all others is the title."""
    found = document("# 申请\n甲。\n# 收费\n乙。", "指南.md")
    assert found.title == "指南"
    assert [section.headings for section in found.sections] == [("申请",), ("收费",)]


@pytest.mark.parametrize(
    ("title", "path", "kind"),
    [
        ("某局2017年度报告", "a.md", Kind.REPORT),
        ("公开指南", "a.md", Kind.GUIDE),
        ("关于放假的通知", "a.md", Kind.NOTICE),
        ("关于报送2017年年度报告的通知", "a.md", Kind.NOTICE),
        ("机构概况", "a.md", Kind.ITEM),
        ("机构概况", "reports/a.md", Kind.REPORT),
        ("某局2017年度报告", "items/2018/a.md", Kind.ITEM),
        ("怎么办", "guides/a.md", Kind.GUIDE),
        ("放假", "notices/a.md", Kind.NOTICE),
    ],
)
def test_kind_is_told_by_folder_then_by_title(title: str, path: str, kind: Kind) -> None:
    """Staff sort files into folders; the rest is told by the title's words."""
    assert document(f"---\ntitle: {title}\n---\n正文。", path).kind is kind


def test_text_that_calls_itself_an_annual_report_is_one() -> None:
    """A file without any title, as web pages give it."""
    assert document("根据要求，就本局政府信息公开2017年度情况报告如下：\n一、概述\n甲。").kind is Kind.REPORT


@pytest.mark.parametrize(
    ("text", "path", "year"),
    [
        ("---\ntitle: 某局2017年度报告\n---\n2018年甲。", "reports/2016.md", 2017),
        ("---\ntitle: 二〇一七年度报告\n---\n甲。", "a.md", 2017),
        ("甲乙丙。", "reports/zsj-2017.txt", 2017),
        ("甲乙丙。", "reports/2017年.txt", 2017),
        ("甲乙丙。", "2017/年报.txt", 2017),
        ("根据2008年条例，现公布2021年度情况。", "reports/a.txt", 2021),
        ("截至2017年底，共133条。", "a.txt", 2017),
        ("根据二〇一七年的要求。", "a.txt", 2017),
        ("---\ndate: 2018-02-05\n---\n甲乙丙。", "a.md", 2018),
        ("---\ndate: 2018-02-05\n---\n甲乙丙。", "reports/a.md", None),
        ("---\nkind: guide\n---\n自2019年5月15日起施行。", "a.md", None),
        ("---\nkind: guide\ntitle: 2019年版指南\n---\n甲。", "a.md", 2019),
        ("甲乙丙。", "20170102345.txt", None),
        ("甲乙丙。", "000_d9f2017dada.txt", None),
    ],
)
def test_year_is_told_by_title_then_path_then_text(text: str, path: str, year: int | None) -> None:
    """A report's year is never guessed from its date; a guide has none unless its title says so."""
    assert document(text, path).year == year


BARE = "本局主动公开信息216条，依申请公开7件。"


@pytest.mark.parametrize(
    ("path", "title", "kind", "year"),
    [
        ("2023年度政府信息公开工作年度报告.txt", "2023年度政府信息公开工作年度报告", Kind.REPORT, 2023),
        ("2023/年报.txt", "年报", Kind.REPORT, 2023),
        ("reports/2022.txt", "2022年年度报告", Kind.REPORT, 2022),
        ("年报/2022年.txt", "2022年年度报告", Kind.REPORT, 2022),
        ("items/2022.txt", "2022", Kind.ITEM, 2022),
        ("附件1：2023年度工作报告.txt", "2023年度工作报告", Kind.REPORT, 2023),
        ("附件 2 权责清单.txt", "权责清单", Kind.ITEM, None),
        ("附件.txt", "附件", Kind.ITEM, None),
        ("附件2023年清单.txt", "附件2023年清单", Kind.ITEM, 2023),
        ("附件一：清单.txt", "清单", Kind.ITEM, None),
        ("附件一般说明.txt", "附件一般说明", Kind.ITEM, None),
        ("3、权责清单（定稿）.txt", "权责清单", Kind.ITEM, None),
        ("1.2023年年报 - 副本 (2).txt", "2023年年报", Kind.REPORT, 2023),
        ("招商局2023年报（公开版）_最终版.txt", "招商局2023年报", Kind.REPORT, 2023),
        ("2024-01-20关于放假的通知.txt", "关于放假的通知", Kind.NOTICE, 2024),
        ("20240120年报.txt", "年报", Kind.REPORT, None),
        ("20240120.txt", "20240120", Kind.ITEM, 2024),
        ("收费公示（试行）.txt", "收费公示（试行）", Kind.NOTICE, None),
        ("3月份情况.txt", "3月份情况", Kind.ITEM, None),
    ],
)
def test_a_file_name_tells_title_kind_and_year_where_the_text_tells_nothing(
    path: str, title: str, kind: Kind, year: int | None
) -> None:
    """Numbers, 附件1, 定稿 and 副本 are for who keeps the file; a day before a report's name is not its year."""
    found = document(BARE, path)
    assert (found.title, found.kind, found.year) == (title, kind, year)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024-01-20关于放假的通知.txt", date(2024, 1, 20)),
        ("20240120年报.txt", date(2024, 1, 20)),
        ("2024年1月20日通知.txt", date(2024, 1, 20)),
        ("t20240120_1234.txt", date(2024, 1, 20)),
        ("20241320年报.txt", None),
        ("2024-2025年计划.txt", None),
        ("P020240120523.txt", None),
        ("20170102345.txt", None),
    ],
)
def test_a_day_that_begins_a_file_name_is_the_date_of_publishing(path: str, day: date | None) -> None:
    """Systems of web sites name files so (t20240120_1234), and so do people; what is stated, or signed, holds first."""
    assert document(BARE, path).published_on == day
    assert document(f"---\ndate: 2018-03-01\n---\n{BARE}", path).published_on == date(2018, 3, 1)


def test_catalogue_rows_year_is_that_of_its_title_or_its_date() -> None:
    """A row was formed in its year."""
    rows_as_text = [
        "1,甲,2018-05-01,2016年的事。",
        "2,2017年计划,2018-05-01,乙",
        "3,丙,,2016年的事。",
        "4,,,首句在此。后句",
    ]
    data = "\n".join(["id,title,date,text", *rows_as_text]).encode()
    rows = [complete(row, PurePosixPath("items/c.csv"), ()).document for row in read_bytes(".csv", data).manuscripts]
    assert [row.year for row in rows] == [2018, 2017, None, None]
    assert [row.inferred for row in rows] == [(), ("year",), (), ("title",)]
    assert rows[0].path == "items/c.csv"
    assert rows[3].title == "首句在此"


def test_date_of_the_sign_off_is_the_date_of_publishing() -> None:
    """Stated dates come first."""
    assert document("甲。\n2018年2月5日").published_on == date(2018, 2, 5)
    assert document("---\ndate: 2018-03-01\n---\n甲。\n2018年2月5日").published_on == date(2018, 3, 1)


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        ("---\nagency: jyj\n---\n某市招商局的事。", "a.md", "jyj"),
        ("---\n机关: 教育局\n---\n甲。", "a.md", "jyj"),
        ("---\ntitle: 教育局2017年报\n---\n招商局甲。", "zsj/a.md", "jyj"),
        ("甲。\n某市教育局\n2018年2月5日", "zsj/a.txt", "jyj"),
        ("教育局甲。", "reports/zsj-2017.txt", "zsj"),
        ("甲。", "招商局/2017.txt", "zsj"),
        ("教育局甲。", "a.txt", "jyj"),
        ("甲。", "a.txt", ""),
    ],
)
def test_agency_is_stated_or_told_by_title_sign_off_path_and_text(text: str, path: str, key: str) -> None:
    """The surest source first; two agencies without a default leave it open."""
    assert document(text, path, (ZSJ, JYJ)).agency == key


def test_only_agency_publishes_everything() -> None:
    """As does the default one."""
    assert document("甲。", agencies=(ZSJ,)).agency == "zsj"
    assert document("甲。", agencies=(ZSJ, Agency("x", AgencyContact("丁局"), default=True))).agency == "x"


def test_unknown_agency_is_remarked_and_not_replaced() -> None:
    """A citizen must not be sent to the wrong door."""
    found = completed("---\nagency: abc\n---\n甲。", "a.md", (ZSJ,))
    assert found.document.agency == ""
    assert [finding.reason for finding in found.findings] == ['agency "abc" is not in agencies.toml']


def test_inferred_fields_are_named_and_stated_ones_are_not() -> None:
    """The review tells staff what was read between the lines."""
    stated = "---\ntitle: 甲\nkind: item\nagency: zsj\ndate: 2018-02-05\n---\n乙。"
    assert document(stated, "a.md", (ZSJ,)).inferred == ("year",)
    bare = document("2017年度报告\n甲。\n2018年2月5日", agencies=(ZSJ,))
    assert bare.inferred == ("title", "kind", "year", "agency", "published_on")


def test_documents_in_the_drafts_folder_are_drafts() -> None:
    """Whatever their front matter says."""
    assert document("---\nstatus: published\n---\n甲。", "drafts/a.md").status is Status.DRAFT
    assert document("---\nstatus: 已撤下\n---\n甲。", "a.md").status is Status.WITHDRAWN
    assert document("甲。").status is Status.PUBLISHED
