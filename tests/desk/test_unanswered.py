"""Questions that were left wanting, grouped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk.unanswered import EXAMPLES, Asked, Want, gather, want_of
from bot.model import ContactRecord, Rating, RequestKind, Resolution, Verdict
from tests.desk.test_exports import RECORD

NOTHING = replace(RECORD, decision=Verdict.NONE, outcome=Resolution.OPEN)
ANSWERED = replace(RECORD, outcome=Resolution.ANSWERED)


def asked(*questions: str) -> list[Asked]:
    records = [
        replace(NOTHING, reference=f"ZX-2026-{number:06d}", question=words) for number, words in enumerate(questions, 1)
    ]
    return gather(records, {})


@pytest.mark.parametrize(
    ("record", "rating", "want"),
    [
        (NOTHING, None, Want.NOTHING),
        (replace(NOTHING, decision=Verdict.CHOICES), None, Want.CHOICES),
        (replace(NOTHING, decision=Verdict.CHOICES, outcome=Resolution.ANSWERED), None, None),
        (ANSWERED, None, None),
        (replace(NOTHING, outcome=Resolution.ANSWERED), None, None),
        (ANSWERED, Rating(True), None),
        (ANSWERED, Rating(False), Want.UNHELPFUL),
        (replace(ANSWERED, outcome=Resolution.PASSED_ON), None, Want.PERSON),
        (replace(NOTHING, outcome=Resolution.ANSWERED_BY_STAFF), None, Want.PERSON),
        (replace(NOTHING, decision=None), None, None),
        (replace(NOTHING, decision=Verdict.LIMITED), None, None),
        (replace(NOTHING, kind=RequestKind.GREETING), None, None),
        (replace(NOTHING, merged_into="ZX-2026-000009"), None, None),
        (replace(NOTHING, erased_at=datetime(2026, 4, 1, tzinfo=UTC)), None, None),
    ],
)
def test_what_was_not_found_taken_helpful_or_left_to_the_bot_is_wanting(
    record: ContactRecord, rating: Rating | None, want: Want | None
) -> None:
    assert want_of(record, rating) is want


@pytest.mark.parametrize(
    "questions",
    [
        ("游泳馆几点开门", "游泳馆几点开门？"),
        ("游泳馆几点开门", "请问一下，游泳馆几点开门呢"),
        ("游泳馆的开放时间", "遊泳館的開放時間"),
        ("游泳馆的开放时间", "游永馆的开放时间"),
        ("游泳馆的开放时间", "游泳馆开放时间是什么"),
    ],
)
def test_the_same_asked_in_other_words_script_or_spelling_is_one_group(questions: tuple[str, str]) -> None:
    (group,) = asked(*questions)
    assert group.count == 2


@pytest.mark.parametrize(
    "questions",
    [("2016年公开了多少条", "2017年公开了多少条"), ("游泳馆的水温", "停车场的位置"), ("游泳馆的水温", "食堂的菜单")],
)
def test_other_years_and_other_matters_are_other_groups(questions: tuple[str, str]) -> None:
    assert len(asked(*questions)) == 2


def test_most_asked_comes_first_and_the_shortest_stands_for_all() -> None:
    first, second = asked("食堂的菜单", "请问游泳馆的水温是多少", "游泳馆的水温", "游泳馆的水温")
    assert (first.question, first.reference, first.count) == ("游泳馆的水温", "ZX-2026-000003", 3)
    assert first.examples == ["请问游泳馆的水温是多少"]
    assert second.count == 1


def test_a_few_examples_are_kept() -> None:
    (group,) = asked(*(f"{polite}游泳馆的水温" for polite in ("", "请问", "你好，", "您好，", "麻烦问一下", "谢谢，")))
    assert (group.count, len(group.examples)) == (6, EXAMPLES)


def test_follow_up_counts_as_what_it_was_taken_for() -> None:
    (group,) = gather([replace(NOTHING, question="那2016年呢", understood="2016年公开了多少条")], {})
    assert group.question == "2016年公开了多少条"
