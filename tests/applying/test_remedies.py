"""Table 4: reviews and lawsuits of a year by result."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.applying.remedies import table_four
from bot.model import Case, CaseEvent, CaseKind, CaseResult

NOW = datetime(2026, 1, 1, tzinfo=UTC)
K, R = CaseKind, CaseResult


def case(reference: str, kind: CaseKind, filed_on: date, *results: tuple[date, CaseResult]) -> Case:
    events = tuple(CaseEvent(day, result, NOW, "office") for day, result in results)
    return Case(reference, kind, filed_on, "", "", NOW, "office", events)


CASES = (
    case("1", K.REVIEW, date(2024, 11, 1), (date(2025, 2, 1), R.UPHELD)),
    case("2", K.REVIEW, date(2025, 12, 1), (date(2026, 1, 5), R.OVERTURNED)),
    case("3", K.LAWSUIT, date(2025, 3, 1), (date(2025, 4, 1), R.OTHER), (date(2025, 4, 1), R.OVERTURNED)),
    case("4", K.LAWSUIT_AFTER_REVIEW, date(2025, 3, 1), (date(2025, 4, 1), R.UPHELD), (date(2025, 4, 2), R.PENDING)),
    case("5", K.COMPLAINT, date(2025, 3, 1), (date(2025, 4, 1), R.OTHER)),
    case("6", K.REVIEW, date(2024, 3, 1), (date(2024, 4, 1), R.UPHELD)),
)


def test_a_year_counts_what_was_decided_in_it_and_what_was_pending_at_its_end() -> None:
    assert table_four(CASES, 2025).cells == {
        (K.REVIEW, R.UPHELD): ("1",),
        (K.REVIEW, R.PENDING): ("2",),
        (K.LAWSUIT, R.OVERTURNED): ("3",),
        (K.LAWSUIT_AFTER_REVIEW, R.PENDING): ("4",),
        (K.COMPLAINT, R.OTHER): ("5",),
    }
    assert table_four(CASES, 2025).total(K.REVIEW) == 2


def test_each_year_has_its_own_state_of_a_case() -> None:
    assert table_four(CASES, 2024).cells == {(K.REVIEW, R.PENDING): ("1",), (K.REVIEW, R.UPHELD): ("6",)}
    assert table_four(CASES, 2026).count(K.REVIEW, R.OVERTURNED) == 1


def test_complaints_corrections_and_petitions_are_no_remedies_of_table_4() -> None:
    assert [kind for kind in CaseKind if kind.is_remedy] == [K.REVIEW, K.LAWSUIT, K.LAWSUIT_AFTER_REVIEW]
