"""The register of reviews and lawsuits: numbered without gaps, results only added."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model import Case, CaseEvent, CaseKind, CaseResult
from bot.store import Store, open_store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
REVIEW = Case("", CaseKind.REVIEW, date(2026, 3, 1), "SQ-2026-000001", "不服答复", NOW, "office")


def test_a_case_comes_back_as_entered_with_a_reference(store: Store) -> None:
    added = store.cases.add(REVIEW)
    assert added == replace(REVIEW, reference="AJ-2026-000001")
    assert store.cases.find("AJ-2026-000001") == added
    assert store.cases.find("AJ-2026-000002") is None


def test_results_are_added_and_the_last_one_holds(store: Store) -> None:
    reference = store.cases.add(REVIEW).reference
    first = CaseEvent(date(2026, 4, 1), CaseResult.UPHELD, NOW, "office", "误记")
    second = CaseEvent(date(2026, 4, 2), CaseResult.OVERTURNED, NOW, "office")
    store.cases.note(reference, first)
    noted = store.cases.note(reference, second)
    assert noted
    assert noted.events == (first, second)
    assert noted.result is CaseResult.OVERTURNED
    assert store.cases.note("AJ-2001-000001", first) is None


def test_who_enters_cases_at_once_gets_references_without_gaps(database_url: str) -> None:
    with open_store(database_url) as store:
        threads = [threading.Thread(target=store.cases.add, args=(REVIEW,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        references = [case.reference for case in store.cases.all()]
    assert references == [f"AJ-2026-{serial:06d}" for serial in range(1, 9)]
