"""How certain an answer is: what speaks for it, and what keeps it from being one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.certainty import Grounds, Policy, Standard
from bot.model import Match
from tests.matching.published import NOTHING, Speaking, document, section

POLICY = Policy(
    answer=0.7, choices=0.2, margin=0.5, score=0.3, gap=0.02, breadth=0.5, length=0.2, named=1, room=1, sentence=1, retrieval=1
)  # fmt: skip


def match(name: str, score: float, text: str = "主动公开。") -> Match:
    part = section("1", "", text)
    return Match(document(name, part), part, score)


def answers(
    best: Grounds,
    *scores: float,
    others: Grounds = NOTHING,
    breadth: float = 1.5,
    policy: Policy = POLICY,
    text: str = "主动公开。",
) -> bool:
    """Whether the first of some matches with these scores answers."""
    matches = [match(str(place), score, text) for place, score in enumerate(scores)]
    standard = Standard(policy, Speaking(matches[0], best, others, breadth))
    return standard.answers(standard.certainty(matches))


STRONG = Grounds(named=0.2, sentence=0.6, retrieval=1.0)


def test_what_is_held_broadly_and_leads_is_the_answer() -> None:
    assert answers(STRONG, 0.6, 0.3, 0.2)


def test_a_rare_word_alone_is_no_evidence() -> None:
    """A question about something else shares one word with a passage."""
    assert not answers(STRONG, 0.6, 0.3, 0.2, breadth=0.1)


def test_a_long_passage_needs_to_hold_more() -> None:
    assert answers(STRONG, 0.6, 0.3, breadth=0.4, text="短" * 100)
    assert not answers(STRONG, 0.6, 0.3, breadth=0.4, text="长" * 800)


def test_a_crowd_behind_the_runner_up_makes_choices() -> None:
    plain = STRONG._replace(named=0.0, sentence=0.0, retrieval=1.0)
    near = Grounds(sentence=0.0, retrieval=0.9)
    assert answers(plain, 0.6, 0.5, 0.1, 0.1, 0.1, others=near)
    assert not answers(plain, 0.6, 0.5, 0.5, 0.5, 0.5, others=near)


@pytest.mark.parametrize("ahead", ["sentence", "retrieval"])
def test_a_lead_is_borne_out_by_sentence_and_search(ahead: str) -> None:
    """Two entries of a FAQ that differ in one word: whichever scores more, neither leads where both hold the question."""
    near = STRONG._replace(named=0.0, sentence=0.6, retrieval=1.0)
    scores = 0.6, 0.52, 0.35, 0.35, 0.35
    assert not answers(near, *scores, others=near)
    assert answers(near, *scores, others=near._replace(**{ahead: 0.3}))


def test_who_asks_by_name_means_that_passage() -> None:
    near = Grounds(sentence=0.6, retrieval=1.0)
    scores = 0.6, 0.5, 0.4, 0.4, 0.4
    assert not answers(near, *scores, others=near)
    assert answers(near._replace(named=0.8), *scores, others=near)


def test_a_tie_is_never_answered_whatever_speaks_for_it() -> None:
    assert not answers(Grounds(1.0, 1.0, 1.0), 0.9, 0.89, 0.0, breadth=5.0)


def test_a_low_score_is_never_answered_whatever_speaks_for_it() -> None:
    """The figure that is asked for is missing, so that the score is low, however many of the words stand there."""
    assert not answers(Grounds(1.0, 1.0, 1.0), 0.29, breadth=5.0)


def test_what_stands_alone_leads() -> None:
    assert answers(NOTHING, 0.4)


def test_without_weights_score_and_gap_decide() -> None:
    bare = Policy(answer=0.6, choices=0.2, margin=0.1)
    assert answers(NOTHING, 0.6, 0.5, policy=replace(bare, margin=0.09))
    assert not answers(STRONG, 0.59, 0.1, policy=bare)
    assert not answers(STRONG, 0.9, 0.85, policy=bare)


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=12),
    st.builds(Policy, *(st.floats(0, 1),) * 11),
    *(st.builds(Grounds, *(st.floats(0, 1),) * 3),) * 2,
    st.floats(0, 5),
)
def test_the_parts_are_within_what_their_weights_allow(
    scores: list[float], policy: Policy, best: Grounds, others: Grounds, breadth: float
) -> None:
    matches = [match(str(place), score) for place, score in enumerate(sorted(scores, reverse=True))]
    evidence, lead = Standard(policy, Speaking(matches[0], best, others, breadth)).certainty(matches)
    assert evidence.length <= 0 <= evidence.breadth
    assert 0 <= lead.gap <= 1
    assert -1e-9 <= lead.room <= policy.room
    assert 0 <= lead.retrieval <= policy.retrieval
    assert abs(lead.sentence) <= policy.sentence
