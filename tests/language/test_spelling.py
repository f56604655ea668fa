"""Pinyin without spaces is cut where the published text has such neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.spelling import Counts, is_spelled, may_be_initials, segment, usual_syllables, without_foreign

NOTHING: Mapping[str, int] = {}


def published(counts: Mapping[str, int]) -> Counts:
    """What the index would say of neighbours."""

    def look_up(pairs: Iterable[str]) -> Mapping[str, int]:
        return {pair: counts.get(pair, 0) for pair in pairs}

    return look_up


@pytest.mark.parametrize(
    ("word", "initials"),
    [("xxgk", True), ("zfxxgk", True), ("xinxi", False), ("gk", False), ("fee", False), ("", False)],
)
def test_what_has_no_vowel_may_be_initials(word: str, initials: bool) -> None:
    assert may_be_initials(word) is initials


@pytest.mark.parametrize(
    "word", ["xinxi", "xian", "zhudonggongkai", "lvse", "nv", "a", "fangan", "a" * 500, "xian" * 200]
)
def test_pinyin_is_known(word: str) -> None:
    assert is_spelled(word)


@pytest.mark.parametrize(
    "word", ["", "xyz", "hello", "n", "ng", "pdf", "report", "xinxib", "2017", "公开", "a" * 499 + "b"]
)
def test_other_words_are_none(word: str) -> None:
    assert not is_spelled(word)


@pytest.mark.parametrize(
    ("words", "counts", "expected"),
    [
        (["xinxi"], NOTHING, "xin xi"),
        (["xianshi"], {"xi_an": 5, "an_shi": 9}, "xi an shi"),
        (["xianshi"], {"xian_shi": 5}, "xian shi"),
        (["fangan"], {"fang_an": 4}, "fang an"),
        (["fangan"], {"fan_gan": 4}, "fan gan"),
        (["fangan"], {"fan_gan": 1, "fang_an": 400}, "fang an"),
        (["xi", "an"], {"xian_shi": 99}, "xi an"),
        (["fang", "an"], {"fan_gan": 99}, "fang an"),
        (["zhudong", "gongkai"], NOTHING, "zhu dong gong kai"),
        (["a"], NOTHING, "a"),
        (["sheifaming"], NOTHING, "shui fa ming"),
        ([], NOTHING, ""),
    ],
)
def test_words_are_cut_by_published_neighbours(words: list[str], counts: Mapping[str, int], expected: str) -> None:
    assert segment(words, published(counts)) == tuple(expected.split())


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("chanshengdnaxulie", "chansheng dna xulie"),
        ("nbaxuanxiu", "nba xuanxiu"),
        ("jiagevip", "jiage vip"),
        ("unpublished", "unpublished"),
        ("dnanba", "dna nba"),
    ],
)
def test_foreign_words_in_pinyin_are_those_that_are_published(run: str, parts: str) -> None:
    assert without_foreign(run, published({"dna": 3, "nba": 1, "vip": 1, "xu": 9})) == tuple(parts.split())


@pytest.mark.timeout(5)
@pytest.mark.parametrize("word", ["a" * 500, "xian" * 200, "ang" * 166, "zhuangan" * 60])
@pytest.mark.parametrize("counts", [NOTHING, {"xi_an": 3, "an_xi": 3, "a_a": 1}])
def test_many_ways_to_cut_take_no_time(word: str, counts: Mapping[str, int]) -> None:
    assert "".join(segment([word], published(counts))) == word


@given(st.lists(st.lists(st.sampled_from(sorted(usual_syllables())), min_size=1, max_size=4).map("".join), max_size=4))
def test_syllables_spell_the_words_and_never_reach_over_a_space(words: list[str]) -> None:
    sounds = list(segment(words, published({"xi_an": 2, "fang_an": 7})))
    assert set(sounds) <= usual_syllables()
    for word in words:
        spelled = ""
        while spelled != word:
            assert word.startswith(spelled)
            spelled += sounds.pop(0)
    assert not sounds
