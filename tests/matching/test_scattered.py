"""A question's characters in whatever order, which survive a slip that breaks its words."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.matching.probe import Probe
from bot.matching.readable import read_passage
from tests.language.strategies import texts
from tests.matching.published import Published, document, place, ranked, section
from tests.matching.test_weighing import weighed


def share(question: str, passage: str, heading: str = "") -> float:
    probe = Probe(weighed(question))
    read = read_passage(passage)
    return probe.below[probe.in_name[heading]].shares[probe.needles.look(read.folded, read.sounds)].characters


@pytest.mark.parametrize("question", ["接待客商", "接客待商", "商客待接"])
def test_the_order_of_characters_does_not_matter(question: str) -> None:
    assert share(question, "接待客商510余人次") == pytest.approx(1.0)


def test_a_character_of_the_heading_counts_as_one_of_the_passage() -> None:
    assert share("接待客商", "接待五百人", heading="客商") == pytest.approx(1.0)
    assert share("接待客商", "接待五百人") < 0.9


def test_a_rare_character_weighs_more_than_a_common_one() -> None:
    """公 stands in most passages, 纸 in one."""
    assert share("公纸", "纸") > share("公纸", "公")


def test_what_documents_say_for_a_word_counts_as_all_of_it() -> None:
    assert share("要钱", "本局收费如下") == pytest.approx(1.0)
    assert share("要钱", "本局开放如下") == 0.0


def test_a_spelled_question_is_held_by_its_syllables() -> None:
    assert share("jie dai ke shang", "接待客商510余人次") == pytest.approx(1.0)
    assert share("dai jie shang ke", "接待客商510余人次") > 0.9


def test_a_question_without_characters_holds_nothing_of_any() -> None:
    assert share("wifi", "大厅有wifi") == 0.0


@given(texts, texts, texts)
def test_a_share_is_from_0_to_1(question: str, passage: str, heading: str) -> None:
    assert 0.0 <= share(question, passage, heading) <= 1.0


def test_of_two_passages_with_the_same_words_that_with_the_broken_word_comes_first() -> None:
    """In 结病 a character is dropped: no bigram of 结核病 is left of it."""
    texts = ("糖尿病的治疗方法由医师决定。", "结核病的治疗方法由医师决定。", "皮肤病的治疗方法由医师决定。")
    passages = [document(f"d{number}", section("1", "", text), title="卫生局") for number, text in enumerate(texts)]
    assert place(ranked("结病的治疗方法", Published(passages))[0]) == "d1#1"
