"""Table 3 counts what came in and what became of it, names the applications, and balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.applying.balance import table_three
from bot.applying.procedure import take
from bot.model import ApplicantKind, Application, Outcome, Step
from tests.applying.histories import WORKDAYS, event, numbered, registered, with_steps

PERSON, COMPANY = ApplicantKind.PERSON, ApplicantKind.COMPANY


def received(number: str, day: date, kind: ApplicantKind = PERSON) -> Application:
    return take(registered(number, day, kind), event(Step.RECEIVED, day), WORKDAYS)


def answered(application: Application, day: date, outcome: Outcome = Outcome.GRANTED) -> Application:
    return take(application, event(Step.ANSWERED, day, outcome=outcome), WORKDAYS)


def test_each_application_stands_in_the_cells_of_its_years() -> None:
    over = answered(received("SQ-2024-000001", date(2024, 12, 20)), date(2025, 1, 5), Outcome.PARTLY_GRANTED)
    within = answered(received("SQ-2025-000001", date(2025, 3, 3), COMPANY), date(2025, 3, 10))
    still = received("SQ-2025-000002", date(2025, 12, 30))
    never = registered("SQ-2025-000003", date(2025, 6, 1))
    applications = [over, within, still, never]
    table = table_three(applications, 2025)
    assert table.received == {COMPANY: ("SQ-2025-000001",), PERSON: ("SQ-2025-000002",)}
    assert table.carried_over == {PERSON: ("SQ-2024-000001",)}
    assert table.ended == {
        (Outcome.PARTLY_GRANTED, PERSON): ("SQ-2024-000001",),
        (Outcome.GRANTED, COMPANY): ("SQ-2025-000001",),
    }
    assert table.carried_forward == {PERSON: ("SQ-2025-000002",)}
    assert [table.at_fault(kind) for kind in ApplicantKind] == [()] * 6
    assert table_three(applications, 2024).carried_forward == {PERSON: ("SQ-2024-000001",)}


def test_the_abandoned_and_the_withdrawn_count_as_other_results() -> None:
    asked = with_steps((Step.CORRECTION_ASKED, date(2025, 3, 5)))
    abandoned = with_steps((Step.ABANDONED, date(2025, 4, 1)), application=asked)
    withdrawn = numbered(with_steps((Step.WITHDRAWN, date(2025, 4, 1)), application=asked), "SQ-2025-000002")
    ended = table_three([abandoned, withdrawn], 2025).ended
    assert ended == {
        (Outcome.NOT_CORRECTED, PERSON): ("SQ-2025-000001",),
        (Outcome.OTHER, PERSON): ("SQ-2025-000002",),
    }


def test_who_withdraws_before_the_receipt_is_counted_nowhere() -> None:
    gone = take(registered(), event(Step.WITHDRAWN, date(2025, 3, 4)), WORKDAYS)
    table = table_three([gone], 2025)
    assert (table.received, table.ended, table.carried_forward) == ({}, {}, {})


def test_an_application_that_ended_before_it_came_is_named_as_the_one_at_fault() -> None:
    """Such steps can only come from outside; the procedure refuses them."""
    right = answered(received("SQ-2025-000001", date(2025, 3, 3)), date(2025, 3, 10))
    wrong = numbered(
        replace(right, events=(*right.events[:2], event(Step.ANSWERED, date(2024, 3, 4)))), "SQ-2025-000009"
    )
    table = table_three([right, wrong], 2025)
    assert table.at_fault(PERSON) == ("SQ-2025-000009",)
    assert table.at_fault(COMPANY) == ()
