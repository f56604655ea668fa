"""A question looked up in a text: by substring it finds just what it would among the text's tokens."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.language.sentences import sentences
from bot.matching.probe import Held, Probe
from bot.matching.readable import read_names, read_passage, sentences_of
from bot.matching.weighing import coverage
from tests.language.strategies import texts
from tests.matching.test_weighing import text_of, weighed


def held_by_lookup(question: str, passage: str) -> float:
    probe = Probe(weighed(question))
    return probe.coverage(probe.needles.look(read_passage(passage)))


def held_by_tokens(question: str, passage: str) -> float:
    return coverage(weighed(question), text_of(passage))


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
    assert held_by_lookup(question, passage) == pytest.approx(held_by_tokens(question, passage))


@given(texts, texts)
def test_looking_up_any_text_finds_what_its_tokens_hold(question: str, passage: str) -> None:
    read = " ".join(folded for folded, _ in sentences_of(read_passage(passage)))
    assert held_by_lookup(question, passage) == pytest.approx(held_by_tokens(question, read))


@given(texts)
def test_a_passage_is_read_sentence_by_sentence(passage: str) -> None:
    assert len(sentences_of(read_passage(passage))) == max(1, len(sentences(passage)))


def test_a_part_holds_no_more_than_what_the_whole_was_narrowed_to() -> None:
    """Nor is looked for in it what is known to be held beside it."""
    probe = Probe(weighed("行政复议收费"))
    whole = read_passage("行政复议没有发生。收费一律减免。")
    narrowed = probe.needles.narrowed(probe.needles.look(whole), Held((), ()))
    for sentence in sentences_of(whole):
        assert narrowed.look(sentence) == probe.needles.look(sentence)
    assert probe.needles.narrowed(probe.needles.look(whole), probe.needles.look(whole)).look(whole) == Held((), ())


def test_names_that_stand_side_by_side_make_no_word_together() -> None:
    probe = Probe(weighed("行政复议"))
    assert probe.coverage(probe.needles.look(read_names("行", "政", "复", "议"))) < held_by_lookup(
        "行政复议", "行政复议"
    )
