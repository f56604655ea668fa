"""Contact records as they are counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model import Contact, Rating, Reason, Resolution, Selection
from bot.store import Store, contacts
from tests.store.test_records import NOW, add


def test_contact_is_a_record_without_its_words_and_with_its_newest_rating(store: Store) -> None:
    record = add(store, agency="zsj", category="收费", outcome=Resolution.ANSWERED)
    store.feedback.put(record.reference, "a", Rating(True), NOW)
    store.feedback.put(record.reference, "b", Rating(False, Reason.OLD), NOW + timedelta(1))
    (contact,) = store.contacts.all(Selection())
    assert contact == Contact(
        reference=record.reference, channel=record.channel, asked_at=record.asked_at, kind=record.kind,
        decision=record.decision, outcome=Resolution.ANSWERED, agency="zsj", category="收费", milliseconds=12.5,
        merged=False, rating=Rating(False, Reason.OLD),
    )  # fmt: skip


def test_every_contact_comes_once_across_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "BATCH", 3)
    added = [add(store).reference for _ in range(7)]
    assert [contact.reference for contact in store.contacts.all(Selection())] == added


def test_only_contacts_of_the_time_come(store: Store) -> None:
    add(store, asked_at=NOW - timedelta(2))
    wanted = add(store)
    add(store, asked_at=NOW + timedelta(2))
    found = store.contacts.all(Selection(since=NOW, until=NOW + timedelta(1)))
    assert [contact.reference for contact in found] == [wanted.reference]
