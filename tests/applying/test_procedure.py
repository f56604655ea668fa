"""Which steps an application may take, and what is said to the others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.applying.procedure import COMMANDS, StepRefused, possible, take
from bot.applying.timing import answer_clock
from bot.model import Application, Outcome, Step
from bot.workdays import CalendarUnknown
from tests.applying.histories import RECEIVED, WORKDAYS, event, registered, with_steps

NEXT = date(2025, 3, 4)
ASKED = (Step.CORRECTION_ASKED, NEXT)
CONSULTING = (Step.CONSULTING, NEXT)


def refusal(application: Application, step: Step, day: date, **stated: Any) -> str:
    """What is said to a step that may not be taken."""
    with pytest.raises(StepRefused) as refused:
        take(application, event(step, day, **stated), WORKDAYS)
    return str(refused.value)


def test_a_whole_way_leaves_every_step_on_paper() -> None:
    way = (
        ASKED,
        (Step.CORRECTED, date(2025, 3, 10)),
        (Step.CONSULTING, date(2025, 3, 11)),
        (Step.CONSULTED, date(2025, 3, 20)),
        (Step.EXTENDED, date(2025, 3, 24)),
        (Step.ANSWERED, date(2025, 4, 10)),
        (Step.CLOSED, date(2025, 4, 20)),
    )
    application = with_steps(*way)
    assert [(taken.step, taken.day) for taken in application.events[2:]] == list(way)
    assert application.outcome is Outcome.GRANTED
    assert possible(application) == (Step.TAKEN_BACK,)


@pytest.mark.parametrize(
    ("application", "able"),
    [
        (registered(), (Step.RECEIVED, Step.WITHDRAWN)),
        (with_steps(ASKED), (Step.CORRECTED, Step.ABANDONED, Step.WITHDRAWN, Step.TAKEN_BACK)),
        (with_steps(CONSULTING), (Step.CONSULTED, Step.NOT_HEARD, Step.WITHDRAWN, Step.TAKEN_BACK)),
        (with_steps((Step.EXTENDED, NEXT)), (Step.CONSULTING, Step.ANSWERED, Step.WITHDRAWN, Step.TAKEN_BACK)),
        (with_steps((Step.WITHDRAWN, NEXT)), (Step.CLOSED, Step.TAKEN_BACK)),
    ],
)
def test_each_state_says_what_is_possible(application: Application, able: tuple[Step, ...]) -> None:
    assert possible(application) == able
    for step in set(Step) - set(able):
        assert "现在可以：" + ", ".join(COMMANDS[step] for step in able) in refusal(application, step, NEXT)


def test_a_second_correction_is_refused_with_the_day_of_the_first() -> None:
    corrected = with_steps(ASKED, (Step.CORRECTED, date(2025, 3, 5)))
    assert "2025-03-04已经告知过补正，只能告知一次" in refusal(corrected, *ASKED)


def test_a_second_extension_is_refused_with_the_day_of_the_first() -> None:
    assert "2025-03-04已经延长过期限" in refusal(with_steps((Step.EXTENDED, NEXT)), Step.EXTENDED, date(2025, 3, 5))


def test_a_correction_is_asked_within_seven_working_days() -> None:
    seventh, late = date(2025, 3, 12), date(2025, 3, 13)
    assert take(with_steps(), event(Step.CORRECTION_ASKED, seventh), WORKDAYS).state is Step.CORRECTION_ASKED
    assert "到2025-03-12为止" in refusal(with_steps(), Step.CORRECTION_ASKED, late)


def test_a_correction_says_what_is_missing_and_until_when() -> None:
    assert "到哪一天为止" in refusal(with_steps(), *ASKED, until=None)
    assert "要补正什么" in refusal(with_steps(), *ASKED, reason=" ")


def test_nobody_has_abandoned_an_application_before_the_time_to_correct_is_over() -> None:
    asked = with_steps(ASKED)
    assert "可以补正到2025-03-19为止" in refusal(asked, Step.ABANDONED, date(2025, 3, 19))
    assert take(asked, event(Step.ABANDONED, date(2025, 3, 20)), WORKDAYS).outcome is Outcome.NOT_CORRECTED


def test_a_late_correction_is_taken_for_a_reason() -> None:
    asked, late = with_steps(ASKED), date(2025, 3, 25)
    assert "2025-03-19以后才到的为什么受理" in refusal(asked, Step.CORRECTED, late, reason="")
    assert take(asked, event(Step.CORRECTED, late), WORKDAYS).state is Step.CORRECTED


def test_silence_is_noted_only_after_the_fifteen_working_days() -> None:
    consulting = with_steps(CONSULTING)
    assert "有15个工作日" in refusal(consulting, Step.NOT_HEARD, date(2025, 3, 25))
    assert take(consulting, event(Step.NOT_HEARD, date(2025, 3, 26)), WORKDAYS).state is Step.NOT_HEARD


def test_an_extension_is_approved_by_somebody_and_told_to_the_applicant() -> None:
    assert "请写明是谁" in refusal(with_steps(), Step.EXTENDED, NEXT, approved_by="")
    assert "怎样告知申请人" in refusal(with_steps(), Step.EXTENDED, NEXT, reason="")


def test_an_extension_comes_before_the_time_is_over() -> None:
    last = answer_clock(with_steps())
    assert last
    assert last.last_day(WORKDAYS) == date(2025, 3, 31)
    assert take(with_steps(), event(Step.EXTENDED, date(2025, 3, 31)), WORKDAYS).state is Step.EXTENDED
    assert "到2025-03-31为止" in refusal(with_steps(), Step.EXTENDED, date(2025, 4, 1))


def test_an_extension_on_the_weekend_behind_the_last_day_is_late() -> None:
    friday = with_steps(application=take(registered(), event(Step.RECEIVED, date(2025, 2, 28)), WORKDAYS))
    assert "到2025-03-28为止" in refusal(friday, Step.EXTENDED, date(2025, 3, 29))


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"outcome": None}, "表三的哪一行"),
        ({"outcome": Outcome.NOT_CORRECTED}, "视为放弃"),
        ({"outcome": Outcome.STILL_UNCLEAR}, "还没有补正到达"),
        ({"outcome": Outcome.STATE_SECRET, "reason": ""}, "为什么没有全部公开"),
    ],
)
def test_an_answer_has_an_outcome_that_fits_and_a_reason(stated: dict[str, Any], said: str) -> None:
    assert said in refusal(with_steps(), Step.ANSWERED, NEXT, **stated)


def test_what_a_correction_left_unclear_may_be_answered_so() -> None:
    corrected = with_steps(ASKED, (Step.CORRECTED, date(2025, 3, 5)))
    answer = event(Step.ANSWERED, date(2025, 3, 6), outcome=Outcome.STILL_UNCLEAR)
    assert take(corrected, answer, WORKDAYS).outcome is Outcome.STILL_UNCLEAR


def test_steps_neither_go_back_in_time_nor_ahead_of_it() -> None:
    assert "早于“补正到达”的2025-03-10" in refusal(
        with_steps(ASKED, (Step.CORRECTED, date(2025, 3, 10))), Step.ANSWERED, date(2025, 3, 9)
    )
    early = event(Step.ANSWERED, NEXT).noted_at
    assert "还没有到" in refusal(with_steps(), Step.ANSWERED, date(2025, 3, 5), noted_at=early)


def test_post_may_have_been_received_before_it_was_registered() -> None:
    application = take(registered(day=date(2025, 3, 6)), event(Step.RECEIVED, RECEIVED), WORKDAYS)
    assert application.received_on == RECEIVED


def test_a_wrong_entry_is_taken_back_and_stays_on_paper() -> None:
    wrong = with_steps((Step.ANSWERED, date(2025, 3, 10)))
    back = take(wrong, event(Step.TAKEN_BACK, date(2025, 3, 12)), WORKDAYS)
    assert (back.state, back.ended, back.outcome) == (Step.RECEIVED, None, None)
    # What is right may have happened before the mistake was seen.
    right = take(back, event(Step.ANSWERED, date(2025, 3, 11), outcome=Outcome.NOT_HELD), WORKDAYS)
    assert right.outcome is Outcome.NOT_HELD
    assert [each.step for each in right.events[2:]] == [Step.ANSWERED, Step.TAKEN_BACK, Step.ANSWERED]
    assert right.events[:3] == wrong.events


def test_what_was_taken_back_may_be_done_rightly_and_gives_its_time_back() -> None:
    asked = take(with_steps(ASKED), event(Step.TAKEN_BACK, NEXT), WORKDAYS)
    assert answer_clock(asked) == answer_clock(with_steps())
    assert Step.CORRECTION_ASKED in possible(asked)


def test_several_are_taken_back_one_after_another_but_never_the_registration() -> None:
    application = with_steps(CONSULTING)
    for _ in range(2):
        application = take(application, event(Step.TAKEN_BACK, NEXT), WORKDAYS)
    assert application.state is Step.REGISTERED
    assert "不能接着记“撤销误记”" in refusal(application, Step.TAKEN_BACK, NEXT)


def test_taking_back_needs_a_reason() -> None:
    assert "“收到”错记在哪里" in refusal(with_steps(), Step.TAKEN_BACK, NEXT, reason="")


def test_what_depends_on_a_year_without_a_calendar_is_refused_with_what_to_do() -> None:
    received = take(registered(day=date(2033, 3, 1)), event(Step.RECEIVED, date(2033, 3, 1)), WORKDAYS)
    with pytest.raises(CalendarUnknown, match="2033年的节假日安排还没有公布"):
        take(received, event(Step.EXTENDED, date(2033, 3, 2)), WORKDAYS)
