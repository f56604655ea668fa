"""What a concept weighs, and how much of one a text holds."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.normalise import fold
from bot.language.tokens import bigrams, characters, pinyin_bigrams, runs
from bot.matching.glossary import Glossary
from bot.matching.vocabulary import rarity
from bot.matching.weighing import Text, Weighed, breadth, coverage, held, weigh
from bot.model import Term
from tests.language.strategies import texts
from tests.matching.published import GLOSSARY, Published, ask, document, section

WATER = "游泳馆的水温"
PUBLISHED = Published(
    (
        document("a", section("1", "", "信息公开情况。主动公开政府信息133条。")),
        document("b", section("1", "", "信息公开情况。行政复议没有发生。")),
        document("c", section("1", "", "信息公开情况。收费一律减免。")),
        document("d", section("1", "", "信息公开情况。")),
    )
)


def text_of(passage: str) -> Text:
    parts = runs(fold(passage))
    return Text(frozenset((*bigrams(parts), *characters(parts))), frozenset(pinyin_bigrams(parts)))


def weighed(question: str, glossary: Glossary = GLOSSARY) -> tuple[Weighed, ...]:
    return weigh(ask(question, PUBLISHED, glossary), PUBLISHED)


def held_in(question: str, passage: str, glossary: Glossary = GLOSSARY) -> float:
    return coverage(weighed(question, glossary), text_of(passage))


def test_what_stands_everywhere_is_less_rare_than_what_stands_once() -> None:
    counts = [rarity(count, 100) for count in (0, 1, 50, 100)]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 0.0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common, rare = weighed("信息公开，行政复议")
    assert common.weight < rare.weight


def test_a_word_published_nowhere_still_weighs() -> None:
    """Else a question for another topic would be answered by its common words."""
    (water,) = weighed("水温")
    assert water.weight > 0
    assert not water.published


def test_what_is_said_aside_weighs_less_than_what_is_asked() -> None:
    (aside, _), (asked,) = weighed("我在写论文,行政复议怎么申请")[:2], weighed("写论文怎么办")[:1]
    assert aside.concept.aside
    assert aside.weight < asked.weight


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


@pytest.mark.parametrize("question", ["行政附议", "形政复议", "行政议复", "行证复议", "新政复议", "行复议"])
def test_a_mistyped_word_is_held_more_than_not_at_all(question: str) -> None:
    assert 0.0 < held_in(question, "没有发生行政复议") <= held_in("行政复议", "没有发生行政复议")
    assert held_in(question, "没有发生行政复议") > held_in(question, "收费一律减免")


def test_without_a_glossary_a_wrong_character_of_the_right_sound_is_held() -> None:
    nothing = Glossary(())
    assert held_in("行政附议", "行政复议", nothing) > held_in("行政附议", "行政收费", nothing)


def test_without_a_glossary_a_swapped_pair_is_held() -> None:
    nothing = Glossary(())
    assert held_in("行政议复", "行政复议", nothing) > held_in("行政议复", "行政收费", nothing)


def test_a_meaning_that_nobody_publishes_holds_nothing() -> None:
    glossary = Glossary((Term("泳池温度", ("水温",)),))
    (water,) = weighed("水温", glossary)
    assert water.meanings == ()


def test_another_topic_is_held_by_none() -> None:
    assert held_in(WATER, "信息公开情况。收费一律减免。") < 0.2


@pytest.mark.parametrize("question", ["行政复议", "主动公开 行政复议", "fee xyz", WATER])
def test_an_empty_text_holds_nothing(question: str) -> None:
    assert held_in(question, "") == 0.0


def test_of_no_question_nothing_is_held() -> None:
    assert coverage((), text_of("行政复议")) == 0.0


def test_with_nothing_published_every_word_still_has_a_weight() -> None:
    empty = Published()
    assert all(part.weight >= 0 and not part.published for part in weigh(ask("行政复议怎么申请", empty), empty))


@given(texts, texts)
def test_any_text_holds_a_share_of_any_question(question: str, passage: str) -> None:
    for part in weighed(question):
        assert part.weight >= 0.0
        assert 0.0 <= held(part, text_of(passage)) <= 1.0 + 1e-9
    assert 0.0 <= held_in(question, passage) <= 1.0 + 1e-9


@given(texts)
def test_a_text_holds_itself_better_than_an_empty_one(text: str) -> None:
    assert held_in(text, text) >= held_in(text, "")


def test_breadth_counts_what_is_held_and_not_how_rare_it_is() -> None:
    """One rare word of a long question is no breadth, however much it weighs."""
    question = weighed("信息公开情况和行政复议")
    common, rare = text_of("信息公开情况。"), text_of("行政复议。")
    assert breadth(question, common) > breadth(question, rare) > 0
    assert breadth(question, text_of("水温。")) == 0.0


def test_breadth_grows_with_the_question() -> None:
    """Who asks for more and finds all of it has found it by less chance."""
    passage = text_of("信息公开情况。行政复议没有发生。")
    assert breadth(weighed("行政复议没有发生"), passage) > breadth(weighed("行政复议"), passage)


def test_what_is_said_for_a_word_is_held_as_broadly_as_the_word() -> None:
    assert breadth(weighed("要钱"), text_of("收费一律减免。")) == breadth(weighed("要钱"), text_of("要钱。"))


@given(texts, texts)
def test_breadth_is_at_most_the_root_of_what_is_asked(question: str, passage: str) -> None:
    parts = weighed(question)
    asked = sum(len(part.units) for part in parts)
    assert 0.0 <= breadth(parts, text_of(passage)) <= asked**0.5 + 1e-9
