"""What each citizen may do only so often a day is counted by the day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.store import Store

TODAY = date(2026, 3, 2)


def test_each_citizen_matter_and_day_is_counted_by_itself(store: Store) -> None:
    assert [store.allowances.use("a", "pass_on", TODAY) for _ in range(3)] == [1, 2, 3]
    assert store.allowances.use("b", "pass_on", TODAY) == 1
    assert store.allowances.use("a", "apply", TODAY) == 1
    assert store.allowances.use("a", "pass_on", TODAY + timedelta(days=1)) == 1


def test_earlier_days_are_forgotten(store: Store) -> None:
    store.allowances.use("a", "pass_on", TODAY)
    store.allowances.use("a", "pass_on", TODAY - timedelta(days=1))
    store.allowances.forget_before(TODAY)
    assert store.allowances.use("a", "pass_on", TODAY - timedelta(days=1)) == 1
    assert store.allowances.use("a", "pass_on", TODAY) == 2
