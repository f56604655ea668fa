"""What Telegram delivered: kept until handled, across kills and redeliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store import Store, open_store
from bot.store.tables import inbox

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def payloads(store: Store) -> dict[int, tuple[str, str, str]]:
    """What is kept of each update: its state, payload and reason."""
    with store._database.read() as connection:
        return {row.update_id: (row.state, row.payload, row.reason) for row in connection.execute(select(inbox))}


def test_an_update_waits_until_it_is_finished(store: Store) -> None:
    assert store.inbox.put(7, '{"text": "问"}', NOW)
    assert store.inbox.pending() == ((7, '{"text": "问"}'),)
    store.inbox.finish(7)
    assert store.inbox.pending() == ()


def test_a_redelivered_update_is_known_even_when_finished(store: Store) -> None:
    assert store.inbox.put(7, "first", NOW)
    assert not store.inbox.put(7, "second", NOW)
    assert store.inbox.pending() == ((7, "first"),)
    store.inbox.finish(7)
    assert not store.inbox.put(7, "third", NOW)
    assert store.inbox.pending() == ()


def test_a_finished_updates_text_is_erased(store: Store) -> None:
    """It holds a citizen's name and words; the record keeps what the register needs."""
    store.inbox.put(7, "personal", NOW)
    store.inbox.finish(7)
    assert payloads(store) == {7: ("finished", "", "")}


def test_a_failed_update_is_kept_for_staff_and_not_tried_again(store: Store) -> None:
    store.inbox.put(7, "payload", NOW)
    store.inbox.fail(7, "KeyError")
    assert store.inbox.pending() == ()
    assert payloads(store) == {7: ("failed", "payload", "KeyError")}


def test_updates_come_in_the_order_of_arrival(store: Store) -> None:
    """After a quiet week Telegram numbers from a random place, which may be lower."""
    store.inbox.put(900_000_000_000, "a", NOW)
    store.inbox.put(900_000_000_001, "b", NOW)
    store.inbox.put(12, "c", NOW + timedelta(days=8))
    assert [payload for _, payload in store.inbox.pending()] == ["a", "b", "c"]
    assert store.inbox.last_update_id() == 12


def test_an_empty_inbox_has_no_last_update(store: Store) -> None:
    assert store.inbox.last_update_id() is None
    assert store.inbox.forget(NOW) == 0


def test_forgetting_drops_what_is_settled_and_old(store: Store) -> None:
    for update_id, days in ((1, 0), (2, 0), (3, 0), (4, 10)):
        store.inbox.put(update_id, "text", NOW + timedelta(days=days))
    store.inbox.finish(1)
    store.inbox.fail(2, "KeyError")
    store.inbox.finish(4)
    assert store.inbox.forget(NOW + timedelta(days=5)) == 2
    assert set(payloads(store)) == {3, 4}
    assert store.inbox.pending() == ((3, "text"),)


def test_forgetting_everything_still_knows_the_last_update(store: Store) -> None:
    store.inbox.put(1, "one", NOW)
    store.inbox.put(2, "two", NOW)
    store.inbox.finish(1)
    store.inbox.fail(2, "KeyError")
    assert store.inbox.forget(NOW + timedelta(days=1)) == 1
    assert store.inbox.last_update_id() == 2
    assert payloads(store) == {2: ("failed", "", "KeyError")}


def test_what_waits_outlives_the_process(database_url: str) -> None:
    with open_store(database_url) as store:
        store.inbox.put(7, "text", NOW)
    with open_store(database_url) as store:
        assert store.inbox.pending() == ((7, "text"),)
        assert not store.inbox.put(7, "text", NOW)


def test_what_failed_of_a_chat_is_erased_with_it(store: Store) -> None:
    message = '{"update_id": 1, "message": {"chat": {"id": 5}, "text": "personal"}}'
    query = '{"update_id": 2, "callback_query": {"message": {"chat": {"id": 5}}}}'
    other = '{"update_id": 3, "message": {"chat": {"id": 6}, "entities": [{"id": 5}]}}'
    for number, payload in enumerate((message, query, other), start=1):
        store.inbox.put(number, payload, NOW)
        store.inbox.fail(number, "ValueError")
    store.inbox.erase(5)
    kept = payloads(store)
    assert [kept[number][1] for number in (1, 2, 3)] == ["", "", other]
    assert all(state == "failed" for state, _, _ in kept.values())
