"""A passage to its sentences."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.sentences import sentences
from tests.language.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句。两句！三句？", ["一句。", "两句！", "三句？"]),
        ("分号；也断;是", ["分号；", "也断;", "是"]),
        ("他说:“好。”又说", ["他说:“好。”", "又说"]),
        ("第一行\n第二行\n", ["第一行\n", "第二行\n"]),
        ("增长3.5%,见www.a.gov.cn。", ["增长3.5%,见www.a.gov.cn。"]),
        ("没有句号", ["没有句号"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(texts)
def test_sentences_joined_are_the_passage(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(texts)
def test_no_sentence_is_empty(text: str) -> None:
    assert all(sentences(text))
