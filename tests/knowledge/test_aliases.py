"""Aliases added to what staff wrote, which stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.aliases import as_alias, with_alias, with_synonym
from bot.knowledge.frontmatter import read_front_matter
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.tables import read_glossary
from bot.model import Term

NEW = "停车收费吗: #1"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("正文。\n", f'---\naliases:\n  - "{NEW}"\n---\n\n正文。\n'),
        ("\ufeff正文。\n", f'\ufeff---\naliases:\n  - "{NEW}"\n---\n\n正文。\n'),
        ("---\n# 说明\ntitle: 甲\n---\n正文。\n", f'---\n# 说明\ntitle: 甲\naliases:\n  - "{NEW}"\n---\n正文。\n'),
        (
            "---\naliases:\n    - 甲 # 常问\n    - 乙\n\ntitle: 丙\n---\n正文。\n",
            f'---\naliases:\n    - 甲 # 常问\n    - 乙\n    - "{NEW}"\n\ntitle: 丙\n---\n正文。\n',
        ),
        ("---\naliases:\n- 甲\ntitle: 丙\n---\n正文。\n", f'---\naliases:\n- 甲\n- "{NEW}"\ntitle: 丙\n---\n正文。\n'),
        ("---\naliases: [甲, 乙]\n---\n正文。\n", f'---\naliases: [甲, 乙, "{NEW}"]\n---\n正文。\n'),
        ("---\naliases: []\n---\n正文。\n", f'---\naliases: ["{NEW}"]\n---\n正文。\n'),
        ("---\naliases: 甲；乙\ntitle: 丙\n---\n", f'---\naliases: ["甲", "乙", "{NEW}"]\ntitle: 丙\n---\n'),
        ("---\naliases:\ntitle: 丙\n---\n", f'---\naliases:\n  - "{NEW}"\ntitle: 丙\n---\n'),
        ("---\n常见问法:\n  - 甲\n...\n正文。", f'---\n常见问法:\n  - 甲\n  - "{NEW}"\n...\n正文。'),
        ("---\naliases: |\n  甲\n  乙\ntitle: 丙\n---\n", f'---\naliases: ["甲", "乙", "{NEW}"]\ntitle: 丙\n---\n'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_alias_goes_where_the_others_are_and_nothing_else_changes(before: str, after: str, end: str) -> None:
    data = before.replace("\n", end).encode()
    written = with_alias(data, NEW)
    assert written.decode() == after.replace("\n", end)
    assert with_alias(written, NEW) == written


@pytest.mark.parametrize(
    "data", ["标题：停车".encode("gb18030"), b"---\ntitle: [\n---\n", b"---\ntitle: a\n", b"a\rb\r"]
)
def test_file_that_cannot_be_added_to_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        with_alias(data, NEW)


WORDS = (
    st.text(st.sampled_from("停车收费怎么办ab 12:：#-[]{}\"'\\&*!%@`？?"), min_size=1, max_size=20)
    .map(as_alias)
    .filter(bool)
)


@given(st.lists(WORDS, max_size=4, unique=True), WORDS)
def test_whatever_is_asked_is_read_back_as_it_was_added(known: list[str], alias: str) -> None:
    data = "---\ntitle: 甲\n---\n\n正文。\n".encode()
    for one in (*known, alias):
        data = with_alias(data, one)
    assert read_front_matter(data.decode()).stated.aliases == tuple(dict.fromkeys((*known, alias)))
    assert data.endswith("---\n\n正文。\n".encode())


def test_question_becomes_one_alias() -> None:
    assert as_alias("请问，停车；怎么\n收费？？") == "请问 停车 怎么 收费"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "term,synonyms\n停车场收费标准,停车要钱吗\n"),
        ("term,synonyms\n食堂,饭堂\n", "term,synonyms\n食堂,饭堂\n停车场收费标准,停车要钱吗\n"),
        ("\ufeffterm,synonyms\n食堂,饭堂", "\ufeffterm,synonyms\n食堂,饭堂\n停车场收费标准,停车要钱吗\n"),
        (
            "term,synonyms\n停车场收费标准,停车费\n食堂,饭堂\n",
            "term,synonyms\n停车场收费标准,停车费|停车要钱吗\n食堂,饭堂\n",
        ),
        (
            'term,synonyms\n停车场收费标准,"停车费,车位费"\n',
            'term,synonyms\n停车场收费标准,"停车费,车位费|停车要钱吗"\n',
        ),
        ("term,synonyms\n# 停车,场\n", "term,synonyms\n# 停车,场\n停车场收费标准,停车要钱吗\n"),
    ],
)
def test_synonym_goes_into_the_row_of_its_term(before: str, after: str) -> None:
    written = with_synonym(before.encode(), "停车场收费标准", "停车要钱吗")
    assert written.decode() == after
    assert with_synonym(written, "停车场收费标准", "停车要钱吗") == written


def test_title_with_a_comma_stays_one_term() -> None:
    written = with_synonym(b"", "停车,收费", "停车要钱吗")
    assert read_glossary(written)[0] == (Term("停车,收费", ("停车要钱吗",)),)


@pytest.mark.parametrize("data", ["term,synonyms\n停车,场\n".encode("gb18030"), "term\tsynonyms\n停车\t场\n".encode()])
def test_glossary_that_cannot_be_added_to_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        with_synonym(data, "食堂", "饭堂")
