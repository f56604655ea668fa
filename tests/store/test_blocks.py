"""The block list: by pseudonym, known by the record that staff named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.model import Block
from bot.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECORD = "ZX-2026-000001"


def test_what_comes_from_a_blocked_citizen_is_counted_and_told_of_once(store: Store) -> None:
    assert not store.blocks.drop("a", can_tell=True)
    assert store.blocks.add("a", RECORD, NOW)
    assert store.blocks.is_on("a")
    assert not store.blocks.is_on("b")
    assert [store.blocks.drop("a", can_tell=can_tell) for can_tell in (False, True, True)] == [False, True, False]
    assert store.blocks.all() == (Block(RECORD, NOW, 3),)


def test_citizen_is_blocked_once_and_served_again(store: Store) -> None:
    assert store.blocks.add("a", RECORD, NOW)
    assert not store.blocks.add("a", "ZX-2026-000002", NOW)
    assert store.blocks.named(RECORD) == "a"
    assert store.blocks.named("ZX-2026-000002") == ""
    assert store.blocks.lift("a")
    assert not store.blocks.lift("a")
    assert not store.blocks.is_on("a")


def test_latest_block_stands_first(store: Store) -> None:
    store.blocks.add("a", RECORD, NOW)
    store.blocks.add("b", "ZX-2026-000002", NOW + timedelta(days=1))
    assert [each.reference for each in store.blocks.all()] == ["ZX-2026-000002", RECORD]
