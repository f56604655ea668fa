"""What citizens thought of the replies: one rating of each record and citizen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.model import Rating, Reason
from bot.store import Store
from bot.store.tables import feedback

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_record_that_nobody_rated_has_no_rating(store: Store) -> None:
    assert store.feedback.of("ZX-2026-000001") is None


def test_a_later_rating_takes_the_place_of_the_earlier(store: Store) -> None:
    store.feedback.put("ZX-2026-000001", "a", Rating(True), NOW)
    store.feedback.put("ZX-2026-000001", "a", Rating(False, Reason.OLD), NOW + timedelta(seconds=1))
    assert store.feedback.of("ZX-2026-000001") == Rating(False, Reason.OLD)
    with store._database.read() as connection:
        assert len(connection.execute(select(feedback)).all()) == 1


def test_ratings_outlive_the_citizen_without_the_citizen(store: Store) -> None:
    store.feedback.put("ZX-2026-000001", "a", Rating(True), NOW)
    store.feedback.erase_citizen("a")
    assert store.feedback.of("ZX-2026-000001") == Rating(True)
    with store._database.read() as connection:
        assert [row.citizen_key for row in connection.execute(select(feedback))] == [""]
