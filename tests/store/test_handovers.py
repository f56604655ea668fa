"""Questions in the hands of staff: once each, linked by numbers, forgotten when they are to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.model import Handover, Language, Link, Passage, Saying, Side
from bot.store import Store
from bot.store.tables import handovers

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONE, TWO = "ZX-2026-000001", "ZX-2026-000002"
CITIZEN, NEIGHBOUR, STAFF = 7, 8, -100


def opened(store: Store, reference: str = ONE, citizen: int = CITIZEN) -> None:
    assert store.handovers.open(reference, citizen, Language.HANS, NOW)


def said(store: Store, message_id: int, side: Side = Side.STAFF, words: str = "每小时5元") -> Saying:
    chat = CITIZEN if side is Side.CITIZEN else STAFF
    kept = store.handovers.say(side, ONE, chat, message_id, words, Language.HANS, NOW, who="张三")
    assert kept
    return kept


def test_a_question_is_passed_on_once(store: Store) -> None:
    opened(store)
    assert not store.handovers.open(ONE, CITIZEN, Language.ENGLISH, NOW)
    assert store.handovers.find(ONE) == Handover(ONE, CITIZEN, Language.HANS, NOW)
    assert store.handovers.find(TWO) is None


def test_topic_card_and_assignee_are_noted(store: Store) -> None:
    opened(store)
    store.handovers.put_in_topic(ONE, 55)
    store.handovers.show_on(ONE, 56)
    store.handovers.assign(ONE, "李四")
    found = store.handovers.of_topic(55)
    assert found
    assert (found.reference, found.card, found.assignee) == (ONE, 56, "李四")


def test_closed_and_opened_again(store: Store) -> None:
    opened(store)
    opened(store, TWO)
    assert store.handovers.close(ONE, NOW)
    assert not store.handovers.close(ONE, NOW)
    assert [each.reference for each in store.handovers.opened()] == [TWO]
    assert store.handovers.reopen(ONE)
    assert not store.handovers.reopen(ONE)


def test_a_message_is_said_once_and_settled_once(store: Store) -> None:
    opened(store)
    first = said(store, 70)
    assert store.handovers.say(Side.STAFF, ONE, STAFF, 70, "又", Language.HANS, NOW) is None
    assert store.handovers.said(STAFF, 70) == store.handovers.saying(first.id) == first
    assert store.handovers.settle(first.id, Passage.DELIVERED)
    assert not store.handovers.settle(first.id, Passage.FAILED)
    assert store.handovers.sayings(ONE) == (replace(first, passage=Passage.DELIVERED),)
    assert said(store, 71, Side.NOTE).passage is Passage.KEPT


def test_messages_lead_to_what_they_belong_to(store: Store) -> None:
    opened(store)
    first = said(store, 70)
    store.handovers.link(STAFF, 60, ONE)
    store.handovers.link(CITIZEN, 61, ONE, first.id)
    store.handovers.link(CITIZEN, 61, TWO)
    assert store.handovers.linked(STAFF, 60) == Link(ONE, None)
    assert store.handovers.linked(CITIZEN, 61) == Link(ONE, first.id)
    assert store.handovers.linked(STAFF, 61) is None
    assert store.handovers.copies(first.id) == ((CITIZEN, 61),)


def test_a_group_is_followed_and_its_old_numbers_lead_nowhere(store: Store) -> None:
    opened(store)
    store.handovers.put_in_topic(ONE, 55)
    store.handovers.show_on(ONE, 60)
    store.handovers.link(STAFF, 60, ONE)
    store.handovers.move(STAFF, -200)
    store.handovers.move(-200, -300)
    assert store.handovers.follow(STAFF) == -300
    assert store.handovers.follow(CITIZEN) == CITIZEN
    assert store.handovers.linked(STAFF, 60) is None
    assert store.handovers.of_topic(55) is None


def test_groups_moved_in_a_circle_do_not_hang(store: Store) -> None:
    store.handovers.move(STAFF, -200)
    store.handovers.move(-200, STAFF)
    assert store.handovers.follow(STAFF) == -200


def test_erasing_leaves_no_word_and_no_chat(store: Store) -> None:
    opened(store)
    opened(store, TWO, NEIGHBOUR)
    asked, told = said(store, 70, Side.CITIZEN), said(store, 71)
    store.handovers.link(STAFF, 60, ONE)
    store.handovers.link(STAFF, 61, ONE, asked.id)
    store.handovers.link(CITIZEN, 62, ONE, told.id)
    store.handovers.link(STAFF, 63, TWO)
    assert set(store.handovers.shown(CITIZEN)) == {(STAFF, 60), (STAFF, 61)}
    store.handovers.erase(select(handovers.c.reference).where(handovers.c.citizen == CITIZEN))
    found = store.handovers.find(ONE)
    assert found
    assert found.citizen is None
    assert {(each.words, each.chat) for each in store.handovers.sayings(ONE)} == {("", 0), ("", STAFF)}
    assert store.handovers.linked(CITIZEN, 62) is None
    # The staff's messages still lead here, so that they can be told that nobody is there to answer.
    assert store.handovers.linked(STAFF, 60) == Link(ONE, None)
    neighbour = store.handovers.find(TWO)
    assert neighbour
    assert neighbour.citizen == NEIGHBOUR


def test_old_hand_overs_are_dropped_with_all_that_belongs_to_them(store: Store) -> None:
    opened(store)
    opened(store, TWO)
    said(store, 70)
    store.handovers.link(STAFF, 60, ONE)
    store.handovers.say(Side.STAFF, TWO, STAFF, 71, "还在办", Language.HANS, NOW + timedelta(days=1))
    store.handovers.forget_before(NOW + timedelta(hours=1))
    assert store.handovers.find(ONE) is None
    assert store.handovers.sayings(ONE) == ()
    assert store.handovers.linked(STAFF, 60) is None
    assert store.handovers.find(TWO)
