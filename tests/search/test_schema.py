"""What is indexed of a section."""

from __future__ import annotations

import pytest

from bot.model import Document, Kind, Section
from bot.search import schema

SECTION = Section("2.1", ("二、主动公开情况", "（一）数量"), "公开133条。")


def report(**changes: object) -> Document:
    """A document of the one section."""
    fields = {"id": "a", "title": "年度报告", "kind": Kind.REPORT, "agency": "zsj", "sections": (SECTION,)} | changes
    return Document(**fields)  # type: ignore[arg-type]


def field(document: Document, name: str) -> list[str]:
    """The words in one field of the first section's entry."""
    (text,) = schema.entries(document)[0].to_dict()[name]
    return str(text).split()


def test_a_section_is_found_by_title_headings_and_text() -> None:
    document = report(aliases=("多少条",), category="公开")
    assert field(document, schema.BIGRAMS) == (
        "年度 度报 报告 多少 少条 公开 二 主动 动公 公开 开情 情况 一 数量 公开 133 条".split(" ")  # noqa: SIM905
    )
    assert field(document, schema.TITLE) == field(document, schema.BIGRAMS)[:-3]
    assert field(document, schema.CHARACTERS)[-4:] == ["公", "开", "133", "条"]
    assert field(document, schema.PINYIN)[-1] == "gong_kai"


def test_each_section_is_an_entry_by_its_keys() -> None:
    document = report(sections=(SECTION, Section("end", (), "2018年2月5日")))
    keys = [(entry[schema.DOCUMENT], entry[schema.SECTION]) for entry in schema.entries(document)]
    assert keys == [(["a"], ["2.1"]), (["a"], ["end"])]


def test_a_document_without_sections_has_no_entries() -> None:
    assert schema.entries(report(sections=())) == []


@pytest.mark.parametrize(
    ("year", "text", "expected"),
    [
        (2017, "2016年的数字", ("2017",)),
        (None, "2016年和2017年、2016年", ("undated", "2016", "2017")),
        (None, "没有年份", ("undated",)),
    ],
)
def test_a_section_speaks_for_its_documents_year_or_the_years_it_names(
    year: int | None, text: str, expected: tuple[str, ...]
) -> None:
    assert schema.covered_years(report(year=year), Section("1", (), text)) == expected
