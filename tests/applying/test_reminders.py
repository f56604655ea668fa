"""What staff are reminded of on a day."""

from __future__ import annotations

from datetime import date

from bot.applying.procedure import take
from bot.applying.reminders import Matter, Reminder, line, reminders
from bot.model import Application, Language, Step
from tests.applying.histories import RECEIVED, WORKDAYS, event, numbered, registered, with_steps

NUMBER = "SQ-2025-000001"
LAST = date(2025, 3, 31)


def on(day: date, *applications: Application) -> tuple[Reminder, ...]:
    return reminders(applications or (with_steps(),), WORKDAYS, day)


def test_an_answer_is_reminded_of_at_five_two_and_no_working_days() -> None:
    """20 working days end on Monday the 31st; the weekend before it reminds of nothing."""
    reminded = {day: on(date(2025, 3, day)) for day in range(4, 32)}
    assert {day: each[0].left for day, each in reminded.items() if each} == {24: 5, 27: 2, 31: 0}
    assert reminded[24] == (Reminder(NUMBER, Matter.DUE, LAST, 5),)


def test_a_late_answer_is_reminded_of_every_working_day() -> None:
    assert on(date(2025, 4, 1)) == (Reminder(NUMBER, Matter.OVERDUE, LAST, -1),)
    assert on(date(2025, 4, 5)) == ()
    assert on(date(2025, 4, 7))[0].left == -4


def test_what_is_paused_or_decided_or_not_received_reminds_of_nothing() -> None:
    consulting = with_steps((Step.CONSULTING, date(2025, 3, 20)))
    answered = with_steps((Step.ANSWERED, date(2025, 3, 20)))
    assert on(LAST, consulting, answered, registered()) == ()


def test_who_was_consulted_and_kept_silent_is_reminded_of() -> None:
    consulting = with_steps((Step.CONSULTING, date(2025, 3, 4)))
    assert on(date(2025, 3, 25), consulting) == ()
    assert on(date(2025, 3, 26), consulting) == (Reminder(NUMBER, Matter.NOT_HEARD, date(2025, 3, 25), -1),)


def test_a_correction_that_did_not_come_is_reminded_of() -> None:
    asked = with_steps((Step.CORRECTION_ASKED, date(2025, 3, 4)))
    assert on(date(2025, 3, 19), asked) == ()
    assert on(date(2025, 3, 20), asked) == (Reminder(NUMBER, Matter.NOT_CORRECTED, date(2025, 3, 19), -1),)


def test_the_most_urgent_comes_first() -> None:
    later = take(registered("SQ-2025-000003", date(2025, 3, 5)), event(Step.RECEIVED, date(2025, 3, 5)), WORKDAYS)
    found = on(LAST, later, with_steps(), numbered(with_steps(), "SQ-2025-000002"))
    assert [(each.number[-1], each.left) for each in found] == [("1", 0), ("2", 0), ("3", 2)]


def test_a_year_without_a_calendar_reminds_of_nothing_it_would_have_to_guess() -> None:
    assert on(date(2033, 1, 5)) == ()


def test_each_matter_is_told_in_words_of_its_own_and_names_nobody() -> None:
    told = {
        line(Reminder(NUMBER, matter, LAST, left), language)
        for matter in Matter
        for left in (2, 0)
        for language in Language
    }
    assert len(told) == 18
    assert all(NUMBER in each for each in told)
    assert f"{NUMBER} 还有2个工作日，最迟2025-03-31答复" in told
    assert RECEIVED.isoformat() not in "".join(told)
