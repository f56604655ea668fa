"""One citizen's flood stops at that citizen, and what was asked in it is on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.limits import (
    CITIZENS_REMEMBERED,
    MOST_MESSAGES,
    MOST_PASSED_ON,
    MOST_SEARCHES,
    WINDOW,
    Limiter,
)
from tests.channels.telegram.fakes import WatchedInbox

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@settings(deadline=None)
@given(st.lists(st.integers(0, 3 * int(WINDOW.total_seconds())), max_size=150).map(sorted))
def test_no_more_than_the_limit_is_let_through_in_a_window_and_what_is_beyond_is_counted(seconds: list[int]) -> None:
    limiter = Limiter(WatchedInbox().store)
    since, within = NOW, 0
    for second in seconds:
        at = NOW + timedelta(seconds=second)
        if within == 0 or at >= since + WINDOW:
            since, within = at, 0
        within += 1
        assert limiter.excess(1, at) == max(0, within - MOST_MESSAGES)


def test_citizens_are_counted_apart_and_the_longest_silent_are_forgotten() -> None:
    limiter = Limiter(WatchedInbox().store)
    for _ in range(MOST_MESSAGES):
        assert limiter.excess(1, NOW) == 0
    assert limiter.excess(2, NOW) == 0
    assert limiter.excess(1, NOW) == 1
    for other in range(CITIZENS_REMEMBERED):
        limiter.excess(10 + other, NOW)
    assert len(limiter._messages) == CITIZENS_REMEMBERED
    assert limiter.excess(1, NOW) == 0


def test_an_album_counts_once_and_beyond_the_limit_it_is_silent() -> None:
    limiter = Limiter(WatchedInbox().store)
    assert [limiter.excess(1, NOW, "77") for _ in range(40)] == [0] * 40
    for _ in range(MOST_MESSAGES - 1):
        assert limiter.excess(1, NOW) == 0
    assert [limiter.excess(1, NOW, "78") for _ in range(3)] == [1, 2, 2]


def test_staff_are_asked_three_times_a_day_across_restarts() -> None:
    store = WatchedInbox().store
    # 23:59 and 00:00 by the agency's clock.
    evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    assert [Limiter(store).pass_on("a", evening) for _ in range(MOST_PASSED_ON + 1)] == [True, True, True, False]
    assert Limiter(store).pass_on("b", evening)
    assert Limiter(store).pass_on("a", evening + timedelta(minutes=1))


def test_searches_are_counted_apart_from_messages() -> None:
    limiter = Limiter(WatchedInbox().store)
    assert all(limiter.may_search(1, NOW) for _ in range(MOST_SEARCHES))
    assert not limiter.may_search(1, NOW)
    assert limiter.excess(1, NOW) == 0
    assert limiter.may_search(1, NOW + WINDOW)
