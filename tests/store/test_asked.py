"""Which message became which record: known for as long as the message can be edited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_first_record_of_a_message_stays_its_record(store: Store) -> None:
    store.asked.put(1, 70, "ZX-2026-000001", NOW)
    store.asked.put(1, 70, "ZX-2026-000002", NOW)
    assert store.asked.reference_of(1, 70) == "ZX-2026-000001"
    assert store.asked.reference_of(2, 70) == ""


def test_what_cannot_be_edited_any_more_is_dropped(store: Store) -> None:
    store.asked.put(1, 70, "ZX-2026-000001", NOW)
    store.asked.put(1, 71, "ZX-2026-000002", NOW + timedelta(seconds=1))
    store.asked.forget_before(NOW + timedelta(seconds=1))
    assert store.asked.reference_of(1, 70) == ""
    assert store.asked.reference_of(1, 71) == "ZX-2026-000002"


def test_a_chat_is_forgotten(store: Store) -> None:
    store.asked.put(1, 70, "ZX-2026-000001", NOW)
    store.asked.put(2, 70, "ZX-2026-000002", NOW)
    store.asked.forget(1)
    assert store.asked.reference_of(1, 70) == ""
    assert store.asked.reference_of(2, 70) == "ZX-2026-000002"


def test_the_last_records_of_a_chat_come_newest_first(store: Store) -> None:
    for number, chat in ((70, 1), (71, 1), (72, 2)):
        store.asked.put(chat, number, f"ZX-2026-0000{number}", NOW)
    assert store.asked.latest(1) == ("ZX-2026-000071", "ZX-2026-000070")
    assert store.asked.latest(1, limit=1) == ("ZX-2026-000071",)
    assert store.asked.latest(3) == ()
