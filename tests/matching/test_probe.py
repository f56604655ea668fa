"""A question looked up in a text: by substring it finds just what it would among the text's tokens."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.sentences import sentences
from bot.matching.probe import Probe
from bot.matching.readable import read_passage
from tests.language.strategies import texts
from tests.matching.test_holding import held_in
from tests.matching.test_weighing import weighed


def held_by_lookup(question: str, passage: str) -> float:
    probe = Probe(weighed(question))
    read = read_passage(passage)
    return probe.coverage(probe.needles.look(read.folded, read.sounds))


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("主动公开政府信息多少条", "主动公开政府信息133条。"),
        ("行政附议", "没有发生行政复议。"),
        ("xing zheng fu yi", "没有发生行政复议。"),
        ("议复行政", "行政复议没有发生。"),
        ("wifi 17", "大厅有wifi。共2017人,17号窗口。"),
        ("游泳馆的水温", "馆\n游泳。水的温度"),
        ("收费吗", ""),
    ],
)
def test_looking_up_finds_what_the_tokens_hold(question: str, passage: str) -> None:
    assert held_by_lookup(question, passage) == pytest.approx(held_in(question, passage))


@given(texts, texts)
def test_looking_up_any_text_finds_what_its_tokens_hold(question: str, passage: str) -> None:
    read = " ".join(sentence.folded for sentence in read_passage(passage).sentences)
    assert held_by_lookup(question, passage) == pytest.approx(held_in(question, read))


@given(texts)
def test_a_passage_is_read_sentence_by_sentence(passage: str) -> None:
    assert len(read_passage(passage).sentences) == max(1, len(sentences(passage)))


def test_a_sentence_holds_no_more_than_what_its_passage_was_narrowed_to() -> None:
    """Nor is looked for in it what its heading is known to hold."""
    probe = Probe(weighed("行政复议收费"))
    passage = read_passage("行政复议没有发生。收费一律减免。")
    held = probe.needles.look(passage.folded, passage.sounds)
    for folded, sounds, _ in passage.sentences:
        assert probe.needles.among(held).look(folded, sounds) == probe.needles.look(folded, sounds)
    assert not probe.below[held].open(held) & probe.bits.of(["行政", "复议"])


def test_names_that_stand_side_by_side_make_no_word_together() -> None:
    probe = Probe(weighed("行政复议"))
    assert probe.coverage(probe.in_names(("行", "政", "复", "议"))) < held_by_lookup("行政复议", "行政复议")


def test_a_character_by_itself_is_a_word_only_where_it_stands_alone() -> None:
    needles = Probe(weighed("水 温")).needles
    assert needles.look("水温", "")
    assert not needles.look_for_words("水温", "")
    assert needles.look_for_words("水,温", "") == needles.look("水,温", "")
