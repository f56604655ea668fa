"""What staff state at the top of a file."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.frontmatter import FrontMatterError, read_front_matter
from bot.knowledge.stated import Stated
from bot.model import Kind, Severity, Status


def refusal(block: str) -> tuple[int, str, str]:
    """(line, reason, remedy) with which a block between two fences is refused."""
    with pytest.raises(FrontMatterError) as caught:
        read_front_matter(f"---\n{block}\n---\n正文。\n")
    return caught.value.line, caught.value.reason, caught.value.remedy


def test_every_field_can_be_stated_in_english() -> None:
    """All keys of the documentation, as texts that YAML must not reinterpret."""
    text = """---
title: 2017年年度报告
date: 2018-02-05
formed: 2018/1/31
kind: report
category: 年报
agency: zsj
number: 0123
index: no
source: https://example.org/a?b=1
status: withdrawn
reviewed_by: 张三
aliases: [去年公开了多少, 公开条数]
---
正文。
"""
    front = read_front_matter(text)
    assert front.stated == Stated(
        title="2017年年度报告",
        kind=Kind.REPORT,
        status=Status.WITHDRAWN,
        category="年报",
        agency="zsj",
        number="0123",
        index_number="no",
        source="https://example.org/a?b=1",
        reviewed_by="张三",
        aliases=("去年公开了多少", "公开条数"),
        formed_on=date(2018, 1, 31),
        published_on=date(2018, 2, 5),
    )
    assert front.findings == ()
    assert (front.body[0].number, front.body[0].text) == (15, "正文。")


def test_every_field_can_be_stated_in_chinese() -> None:
    """Chinese keys and values, in either script."""
    text = """---
標題: 指南
日期: 二〇一八年二月五日
生成日期: 2018年1月31日
类型: 指南
类别: 办事
机关: 招商局
文号: 招商〔2018〕1号
索引号: 011-2018
来源: 网站
状态: 草稿
审核人: 李四
常见问法: 怎么办；要什么材料|多久
---
正文。"""
    assert read_front_matter(text).stated == Stated(
        title="指南",
        kind=Kind.GUIDE,
        status=Status.DRAFT,
        category="办事",
        agency="招商局",
        number="招商〔2018〕1号",
        index_number="011-2018",
        source="网站",
        reviewed_by="李四",
        aliases=("怎么办", "要什么材料", "多久"),
        formed_on=date(2018, 1, 31),
        published_on=date(2018, 2, 5),
    )


def test_text_without_front_matter_states_nothing() -> None:
    """Everything is body, counted from line 1."""
    front = read_front_matter("一、概述\n---\n正文。")
    assert front.stated == Stated()
    assert [line.number for line in front.body] == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["\ufeff---\ntitle: 甲\n---\n乙。", "---\r\ntitle: 甲\r\n---\r\n乙。", "---  \ntitle: 甲\n...\n乙。"]
)
def test_what_windows_editors_add_is_tolerated(text: str) -> None:
    """A byte order mark, carriage returns, blanks behind the fence."""
    front = read_front_matter(text)
    assert front.stated.title == "甲"
    assert [line.text for line in front.body] == ["乙。"]


def test_empty_front_matter_states_nothing() -> None:
    """No keys, comments and empty values are fine."""
    assert read_front_matter("---\n---\n甲。").stated == Stated()
    assert read_front_matter("---\n# 备注\ntitle:\ndate: ''\n---\n甲。").stated == Stated()


def test_unknown_key_is_warned_of_with_its_line() -> None:
    """A typing mistake loses one value, not the document."""
    (finding,) = read_front_matter("---\ntitle: 甲\ntitel: 乙\n---\n丙。").findings
    assert (finding.severity, finding.line) == (Severity.WARNING, 3)
    assert '"titel" is unknown' in finding.reason
    assert "title, date, formed" in finding.remedy


@pytest.mark.parametrize(
    ("block", "line", "reason", "remedy"),
    [
        ("title: 甲\ndate: 2017年13月", 3, 'date "2017年13月" is no date', "write 2017-12-31"),
        ("title：甲", 2, '"title：" has a full-width colon', "write title: with a half-width one"),
        ("kind: report\n标题：甲", 3, '"标题：" has a full-width colon', "write 标题: with a half-width one"),
        ("title:甲", 2, '"title:" has no space after the colon', "write title: and a space"),
        ("kind: 小说", 2, 'kind "小说" is unknown', "write one of report, item, guide, notice"),
        ("status: gone", 2, 'status "gone" is unknown', "write one of draft, published, withdrawn"),
        ("title: 甲\n标题: 乙", 3, '"标题" is stated twice (first in line 2)', "keep one"),
        ("title: [甲]", 2, '"title" is not one text', "write title: and one text"),
        ("aliases:\n  - 甲: 乙", 3, '"aliases" is not one text', "write aliases: and one text"),
        ("title: 甲: 乙", 2, "the front matter is no YAML", "write key: value"),
        ("title: '甲", 2, "the front matter is no YAML", "write key: value"),
        ("只有一句话", 2, "the front matter has no keys", "write one key: value a line"),
        ("? [a]\n: b", 2, "a key is no text", "write one key: value a line"),
    ],
)
def test_mistakes_are_refused_with_line_reason_and_remedy(block: str, line: int, reason: str, remedy: str) -> None:
    """Who wrote it learns where and what to write instead."""
    found = refusal(block)
    assert found[0] == line
    assert found[1].startswith(reason)
    assert found[2].startswith(remedy)


def test_front_matter_that_is_not_closed_is_refused() -> None:
    """Else the whole text would be taken for it."""
    with pytest.raises(FrontMatterError, match="not closed") as caught:
        read_front_matter("---\ntitle: 甲\n正文。")
    assert caught.value.line == 1


def test_deep_nesting_is_refused_and_not_followed() -> None:
    """Hostile YAML ends like any other mistake."""
    assert "YAML" in refusal("title: " + "[" * 5000)[1]


@given(st.one_of(st.text(), st.text().map(lambda block: f"---\n{block}\n---\n")))
def test_nothing_but_its_own_exception_is_raised(text: str) -> None:
    """Whatever a file begins with."""
    with contextlib.suppress(FrontMatterError):
        read_front_matter(text)


_WORDS = st.text(
    st.characters(categories=["L", "N", "P"], exclude_characters=";；|｜"), min_size=1, max_size=20
).filter(lambda text: text == " ".join(text.split()) and text.isprintable())


@given(
    title=_WORDS,
    category=_WORDS,
    aliases=st.lists(_WORDS, unique=True, max_size=4),
    kind=st.sampled_from(Kind),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
)
def test_what_is_written_is_read(title: str, category: str, aliases: list[str], kind: Kind, day: date) -> None:
    """Front matter written by any YAML library states exactly what was put in."""
    fields = {"title": title, "类别": category, "aliases": aliases, "kind": kind.value, "date": day.isoformat()}
    stated = read_front_matter(f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n正文。").stated
    assert stated == Stated(title=title, category=category, aliases=tuple(aliases), kind=kind, published_on=day)
