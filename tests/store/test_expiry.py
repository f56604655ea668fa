"""What is kept for a time goes when that is over, from every table, and not before."""

from __future__ import annotations

from datetime import date, timedelta

from bot.model import Language, Letter, Rating, Retention
from bot.store import Store
from tests.store.test_records import NOW, add

RETENTION = Retention(days=100, application_years=1)


def test_each_part_goes_when_its_time_is_over(store: Store) -> None:
    old = add(store, citizen_key="me")
    store.feedback.put(old.reference, "me", Rating(True), NOW)
    store.inbox.put(1, '{"text": "甲"}', NOW)
    store.inbox.fail(1, "KeyError")
    store.inbox.put(2, "{}", NOW + timedelta(minutes=1))
    store.inbox.finish(2)
    store.outbox.put([Letter(7, "send_message", {"text": "甲"}, old.reference)], "telegram:1", NOW)
    (letter,) = store.outbox.due(NOW, 9)
    store.outbox.sent(letter.id, 70, NOW)
    store.handovers.open(old.reference, 7, Language.HANS, NOW)
    store.application_drafts.put("me", {"sought": "甲"}, NOW)

    early = store.expiry.expire(RETENTION, NOW + timedelta(days=29))
    assert (early.records, early.drafts, early.updates, early.letters) == (0, 0, 0, 0)
    later = store.expiry.expire(RETENTION, NOW + timedelta(days=31))
    # The newest update stays, for Telegram is asked for what comes after it.
    assert (later.records, later.drafts, later.updates, later.letters) == (0, 1, 1, 0)
    assert store.handovers.find(old.reference)
    last = store.expiry.expire(RETENTION, NOW + timedelta(days=101))
    assert (last.records, last.updates, last.letters) == (1, 0, 1)
    assert store.handovers.find(old.reference) is None
    assert store.outbox.reference_of(7, 70) == ""
    assert store.feedback.of(old.reference) == Rating(True)
    assert store.records.find(old.reference) is not None


def test_what_still_waits_never_expires(store: Store) -> None:
    store.inbox.put(1, "{}", NOW)
    store.outbox.put([Letter(7, "send_message", {"text": "甲"})], "telegram:1", NOW)
    expired = store.expiry.expire(RETENTION, NOW + timedelta(days=5000))
    assert (expired.updates, expired.letters) == (0, 0)
    assert len(store.inbox.pending()) == len(store.outbox.due(NOW, 9)) == 1


def test_the_last_night_is_remembered(store: Store) -> None:
    assert store.expiry.last_night() is None
    for day in (1, 2):
        store.expiry.note_night(date(2026, 7, day))
    assert store.expiry.last_night() == date(2026, 7, 2)
