"""Likeness by sound, and glossary words with one syllable amiss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.language.pinyin import syllable
from bot.language.tokens import signs_in_row
from bot.matching.fuzzy import Misspellings, likeness
from tests.language.strategies import texts

SYLLABLES = st.sampled_from(("zhu", "dong", "gong", "kai", "xin", "xi"))
WORDS = st.lists(st.lists(SYLLABLES, min_size=1, max_size=9).map(tuple), max_size=5)


def find(words: Iterable[tuple[str, ...]], row: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Words in a row that is doubtful everywhere."""
    return Misspellings(words).find(row, range(len(row)))


def sounds(text: str) -> tuple[str, ...]:
    return tuple(map(syllable, text))


def alike(keyword: str, name: str) -> float:
    return likeness(signs_in_row(sounds(keyword)), name)


@pytest.mark.parametrize(
    ("keyword", "name"),
    [("行政复议", "五、行政复议情况"), ("行政附议", "五、行政复议情况"), ("形正复议", "五、行政复议、行政诉讼")],
)
def test_what_sounds_the_same_is_fully_alike(keyword: str, name: str) -> None:
    """A wrong character of the right sound costs nothing here."""
    assert alike(keyword, name) == 1.0


@pytest.mark.parametrize("keyword", ["政信息公开", "政府信息开", "政府新闻公开", "主动公布"])
def test_a_dropped_or_mistaken_syllable_is_still_alike(keyword: str) -> None:
    assert 0.75 <= max(alike(keyword, name) for name in ("一、主动公开情况", "政府信息公开")) <= 1.0


@pytest.mark.parametrize("keyword", ["", "公", "公开"])
def test_two_syllables_are_like_nothing(keyword: str) -> None:
    """Two syllables agree with something in a third of all headings."""
    assert alike(keyword, "公开") == alike(keyword, "主动公开") == 0.0


def test_a_short_heading_is_not_all_of_a_long_keyword() -> None:
    assert alike("行政复议和行政诉讼", "行政") == 0.0


def test_other_words_are_not_alike() -> None:
    assert alike("招商引资", "五、行政复议情况") == alike("招商引资", "收费") == 0.0


@given(texts, texts)
def test_likeness_is_none_or_at_least_three_quarters(keyword: str, name: str) -> None:
    found = alike(keyword, name)
    assert found == 0.0 or 0.75 <= found <= 1.0


@pytest.mark.parametrize(
    "typed",
    ["依申请公开", "依申请公凯", "依申公开", "依请公开", "依申请开公", "依神情公开", "依申请的公开"],
)
def test_a_word_with_one_syllable_amiss_is_found(typed: str) -> None:
    """As it stands, mistaken, dropped, swapped with its neighbour, added."""
    word = sounds("依申请公开")
    assert [found[2] for found in find([word], sounds(typed))] == [word]


@pytest.mark.parametrize("typed", ["依申", "申请", "公开", "依开", "以前公布的", "招商引资政策", ""])
def test_a_word_with_more_amiss_is_not_found(typed: str) -> None:
    assert find([sounds("依申请公开")], sounds(typed)) == []


def test_a_short_word_is_found_only_by_other_means() -> None:
    """One syllable off, 收费 is another word."""
    assert find([sounds("收费"), sounds("工作日")], sounds("收税工作")) == []


def test_the_likest_word_is_found() -> None:
    words = [sounds("主动公开"), sounds("自动公开")]
    (found,) = find(words, sounds("主动公开"))
    assert found == (0, 4, words[0])


def test_words_are_found_in_their_places() -> None:
    words = [sounds("主动公开"), sounds("行政复议")]
    assert find(words, sounds("主动公开和行政复用")) == [(0, 4, words[0]), (5, 9, words[1])]


@given(WORDS, st.lists(SYLLABLES, max_size=14))
def test_found_words_are_one_edit_away_at_most_and_lie_apart(words: list[tuple[str, ...]], row: list[str]) -> None:
    reached = 0
    for start, end, word in find(words, row):
        assert reached <= start < end <= len(row)
        assert word in words
        assert 4 <= len(word) <= 8
        assert OSA.distance(tuple(row[start:end]), word) <= 1
        reached = end


@given(WORDS)
def test_a_word_as_it_stands_is_always_found(words: list[tuple[str, ...]]) -> None:
    for word in words:
        if 4 <= len(word) <= 8:
            assert (0, len(word), word) in find(words, word)
