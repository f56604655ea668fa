"""How much of a question a text holds."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.normalise import fold
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.glossary import Glossary
from bot.matching.needles import Held
from bot.matching.probe import Probe
from tests.language.strategies import texts
from tests.matching.published import GLOSSARY
from tests.matching.test_weighing import WATER, weighed


def by_tokens(probe: Probe, passage: str) -> Held:
    """What a passage holds, by all its tokens."""
    folded = fold(passage)
    parts = runs(folded)
    torn = map("".join, zip(folded, folded[2:], strict=False))
    return probe.bits.of((*bigrams(parts), *characters(parts)), pinyin_bigrams(parts), torn)


def held_in(question: str, passage: str, glossary: Glossary = GLOSSARY) -> float:
    probe = Probe(weighed(question, glossary))
    return probe.coverage(by_tokens(probe, passage))


def breadth(question: str, passage: str) -> float:
    probe = Probe(weighed(question))
    return probe.breadth(by_tokens(probe, passage))


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("行政复议", "五、行政复议情况"),
        ("要钱吗", "收费情况"),
        ("xingzheng fuyi", "没有发生行政复议"),
        ("xingzhengfuyi", "没有发生行政复议"),
        ("administrative review", "没有发生行政复议"),
    ],
)
def test_a_text_holds_a_word_by_character_meaning_or_spelling(question: str, passage: str) -> None:
    assert held_in(question, passage) > 0.8


@pytest.mark.parametrize("question", ["行政附议", "形政复议", "行政议复", "行证复议", "新政复议", "行复议", "行政议"])
def test_a_mistyped_word_is_held_more_than_not_at_all(question: str) -> None:
    assert 0.0 < held_in(question, "没有发生行政复议") <= held_in("行政复议", "没有发生行政复议")
    assert held_in(question, "没有发生行政复议") > held_in(question, "收费一律减免")


def test_a_word_that_lost_a_character_is_held_where_one_parts_its_rest() -> None:
    assert held_in("行政议", "没有发生行政复议") > held_in("行政议", "行政机关没有会议")


def test_without_a_glossary_a_wrong_character_of_the_right_sound_is_held() -> None:
    nothing = Glossary(())
    assert held_in("行政附议", "行政复议", nothing) > held_in("行政附议", "行政收费", nothing)


def test_without_a_glossary_a_swapped_pair_is_held() -> None:
    nothing = Glossary(())
    assert held_in("行政议复", "行政复议", nothing) > held_in("行政议复", "行政收费", nothing)


def test_another_topic_is_held_by_none() -> None:
    assert held_in(WATER, "信息公开情况。收费一律减免。") < 0.2


@pytest.mark.parametrize("question", ["行政复议", "主动公开 行政复议", "fee xyz", WATER])
def test_an_empty_text_holds_nothing(question: str) -> None:
    assert held_in(question, "") == 0.0


def test_of_no_question_nothing_is_held() -> None:
    assert Probe(()).coverage(0) == 0.0


@given(texts, texts)
def test_any_text_holds_a_share_of_any_question(question: str, passage: str) -> None:
    probe = Probe(weighed(question))
    assert all(0.0 <= share <= 1.0 + 1e-9 for share in probe.shares(by_tokens(probe, passage)))
    assert 0.0 <= held_in(question, passage) <= 1.0 + 1e-9


@given(texts)
def test_a_text_holds_itself_better_than_an_empty_one(text: str) -> None:
    assert held_in(text, text) >= held_in(text, "")


def test_breadth_counts_what_is_held_and_not_how_rare_it_is() -> None:
    """One rare word of a long question is no breadth, however much it weighs."""
    question = "信息公开情况和行政复议"
    assert breadth(question, "信息公开情况。") > breadth(question, "行政复议。") > 0
    assert breadth(question, "水温。") == 0.0


def test_breadth_grows_with_the_question() -> None:
    """Who asks for more and finds all of it has found it by less chance."""
    passage = "信息公开情况。行政复议没有发生。"
    assert breadth("行政复议没有发生", passage) > breadth("行政复议", passage)


def test_what_is_said_for_a_word_is_held_as_broadly_as_the_word() -> None:
    assert breadth("要钱", "收费一律减免。") == breadth("要钱", "要钱。")


@given(texts, texts)
def test_breadth_is_at_most_the_root_of_what_is_asked(question: str, passage: str) -> None:
    asked = sum(len(part.units) for part in weighed(question))
    assert 0.0 <= breadth(question, passage) <= asked**0.5 + 1e-9


def test_characters_that_only_stand_about_hold_nothing() -> None:
    """Beside another piece of the word they do."""
    nothing = Glossary(())
    assert held_in("水温馆", "水位和温度", nothing) == 0.0
    assert held_in("信息水温", "信息:水位和温度", nothing) > held_in("信息水温", "信息", nothing)
