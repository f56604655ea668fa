"""Changes to records: none without a line that says who, when, why, and what stood there."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import RecordEvent, Resolution
from bot.store import CannotMerge, Store
from tests.store.test_records import add

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_correction_keeps_what_stood_there(store: Store) -> None:
    reference = add(store, question="电话问停车").reference
    fields = {"question": "电话问停车收费", "follow_up_on": date(2026, 3, 9)}
    changed = store.corrections.change(reference, fields, who="王", at=NOW, reason="听错")
    assert changed == store.records.find(reference)
    assert changed
    assert (changed.question, changed.follow_up_on) == ("电话问停车收费", date(2026, 3, 9))
    assert store.corrections.events(reference) == (
        RecordEvent(reference, NOW, "王", "question", "电话问停车", "电话问停车收费", "听错"),
        RecordEvent(reference, NOW, "王", "follow_up_on", "", "2026-03-09", "听错"),
    )


def test_a_value_that_stands_there_already_is_no_change(store: Store) -> None:
    record = add(store)
    same = {"question": record.question, "asked_at": record.asked_at}
    assert store.corrections.change(record.reference, same, who="王", at=NOW) == record
    assert store.corrections.events(record.reference) == ()


def test_a_record_that_is_not_there_is_not_changed(store: Store) -> None:
    assert store.corrections.settle("ZX-2001-000001", Resolution.REFERRED, who="王", at=NOW) is None
    assert store.corrections.events("ZX-2001-000001") == ()


@pytest.mark.parametrize("field", ["reference", "citizen_key", "decision", "milliseconds", "matches"])
def test_what_the_bot_came_to_is_not_corrected(store: Store, field: str) -> None:
    reference = add(store).reference
    with pytest.raises(KeyError, match=field):
        store.corrections.change(reference, {field: ""}, who="王", at=NOW)


def test_a_citizen_who_found_it_closes_what_is_open_and_nothing_else(store: Store) -> None:
    opened, passed_on = add(store), add(store, outcome=Resolution.PASSED_ON)
    for record in (opened, passed_on, opened):
        store.corrections.answered(record.reference, NOW)
    store.corrections.answered("ZX-2001-000001", NOW)
    assert [record.outcome for record in store.records.all()] == [Resolution.ANSWERED, Resolution.PASSED_ON]
    assert store.corrections.events(opened.reference) == (
        RecordEvent(opened.reference, NOW, "bot", "outcome", "open", "answered"),
    )


def test_corrections_at_the_same_time_each_see_the_other(store: Store) -> None:
    """The chain of before and after is without a break, whoever came first."""
    reference = add(store, question="0").reference
    names = [str(number) for number in range(1, 9)]

    def correct(name: str) -> None:
        store.corrections.change(reference, {"question": name}, who=name, at=NOW)

    threads = [threading.Thread(target=correct, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = store.corrections.events(reference)
    assert sorted(event.after for event in events) == names
    assert [event.before for event in events] == ["0", *(event.after for event in events[:-1])]


def test_erasing_takes_the_words_out_of_the_events_and_leaves_that_there_were_some(store: Store) -> None:
    reference = add(store, citizen_key="me", question="我家的事").reference
    other = add(store, citizen_key="other").reference
    for each in (reference, other):
        store.corrections.change(each, {"question": "改"}, who="王", at=NOW, reason="因为")
    store.records.erase_citizen("me", NOW + timedelta(days=1))
    assert store.corrections.events(reference) == (RecordEvent(reference, NOW, "王", "question"),)
    assert store.corrections.events(other)[0].reason == "因为"


def test_a_duplicate_points_to_the_record_that_counts(store: Store) -> None:
    first, second, third = (add(store).reference for _ in range(3))
    store.corrections.merge(first, second, who="王", at=NOW, reason="同一来电")
    record = store.records.find(second)
    assert record
    assert record.merged_into == first
    assert store.corrections.events(second) == (RecordEvent(second, NOW, "王", "merged_into", "", first, "同一来电"),)
    for original, duplicate, reason in (
        (first, first, "不能与自己合并"),
        (second, third, f"请合并到 {first}"),
        (third, second, f"已经合并到 {first}"),
        (third, first, f"{second} 合并到了它"),
        (first, "ZX-2001-000001", "没有这条登记"),
    ):
        with pytest.raises(CannotMerge, match=reason):
            store.corrections.merge(original, duplicate, who="王", at=NOW)


def test_two_merges_at_once_do_not_make_each_record_the_others_duplicate(store: Store) -> None:
    pair = [add(store).reference for _ in range(2)]

    def merge(original: str, duplicate: str) -> None:
        with contextlib.suppress(CannotMerge):
            store.corrections.merge(original, duplicate, who="王", at=NOW)

    threads = [threading.Thread(target=merge, args=each) for each in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(bool(record.merged_into) for record in store.records.all()) == 1
