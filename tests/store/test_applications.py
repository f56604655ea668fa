"""The register of applications: numbers without gaps, steps that are only added, words that can be erased."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.model import (
    Applicant,
    ApplicantKind,
    Application,
    Arrival,
    Channel,
    Delivery,
    Event,
    Outcome,
    Request,
    Step,
)
from bot.store import Store, applications, open_store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
NAME, SOUGHT, REASON = "欧阳某某", "滨河路改造的补偿标准", "第三方是某公司"


def noted(step: Step, **stated: Any) -> Event:
    values: dict[str, Any] = {"day": DAY, "noted_at": NOW, "noted_by": "office"}
    return Event(step, **values | stated)


INCOMING = Application(
    "",
    ApplicantKind.COMPANY,
    Channel.CONSOLE,
    Arrival.SIGNED_POST,
    Delivery.POST,
    Request(SOUGHT, "补偿方案", "随招〔2024〕3号"),
    Applicant(NAME, "430000@example.org", "4212xx"),
    "a1b2",
    (noted(Step.REGISTERED),),
)


def register(store: Store, origin: str = "", event: Event | None = None, citizen_key: str = "a1b2") -> Application:
    """Register an application that states only what a test is about."""
    events = (event,) if event else INCOMING.events
    return store.applications.register(replace(INCOMING, events=events, citizen_key=citizen_key), origin)


def take(store: Store, number: str, event: Event) -> Application | None:
    return store.applications.take(number, lambda application: event)


def test_an_application_comes_back_as_registered(store: Store) -> None:
    registered = register(store)
    assert registered == replace(INCOMING, number="SQ-2026-000001")
    assert store.applications.find("SQ-2026-000001") == registered
    assert store.applications.find("SQ-2026-000002") is None


def test_numbers_have_no_gaps_and_begin_anew_each_year(store: Store) -> None:
    later = noted(Step.REGISTERED, noted_at=datetime(2027, 1, 1, tzinfo=UTC))
    numbers = [register(store, event=event).number for event in (noted(Step.REGISTERED), later, noted(Step.REGISTERED))]
    assert numbers == ["SQ-2026-000001", "SQ-2027-000001", "SQ-2026-000002"]


def test_an_application_that_cannot_be_registered_leaves_no_gap(store: Store) -> None:
    register(store)
    with pytest.raises(ValueError, match="without a time zone"):
        register(store, event=noted(Step.REGISTERED, noted_at=datetime(2026, 3, 2)))  # noqa: DTZ001
    assert register(store).number == "SQ-2026-000002"


def test_a_redelivered_message_registers_once(store: Store) -> None:
    assert register(store, origin="telegram:1") == register(store, origin="telegram:1")
    assert register(store).number == "SQ-2026-000002"


def test_steps_are_added_behind_those_that_were_taken(store: Store) -> None:
    number = register(store).number
    received = noted(Step.RECEIVED)
    answered = noted(Step.ANSWERED, outcome=Outcome.THIRD_PARTY, reason=REASON)
    take(store, number, received)
    taken = take(store, number, answered)
    assert taken
    assert taken.events == (noted(Step.REGISTERED), received, answered)
    assert taken == store.applications.find(number)


def test_everything_of_a_step_is_kept(store: Store) -> None:
    number = register(store).number
    extended = noted(Step.EXTENDED, until=date(2026, 5, 1), approved_by="主任", reason="量大")
    taken = take(store, number, extended)
    assert taken
    assert taken.events[-1] == extended


def test_a_refused_step_leaves_everything_as_it_was(store: Store) -> None:
    registered = register(store)

    def refuse(application: Application) -> Event:
        raise LookupError(application.number)

    with pytest.raises(LookupError):
        store.applications.take(registered.number, refuse)
    assert store.applications.find(registered.number) == registered
    assert store.applications.take("SQ-2001-000001", refuse) is None


def test_two_who_take_a_step_at_once_see_each_others(database_url: str) -> None:
    """Each decides on what stands when its turn comes."""
    seen: list[int] = []
    with open_store(database_url) as store:
        number = register(store).number

        def step(application: Application) -> Event:
            seen.append(len(application.events))
            return noted(Step.CONSULTING)

        threads = [threading.Thread(target=store.applications.take, args=(number, step)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = store.applications.find(number)
    assert seen == [1, 2, 3, 4, 5, 6]
    assert found
    assert len(found.events) == 7


def test_all_come_in_order_across_batches_and_the_open_ones_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applications, "BATCH", 2)
    numbers = [register(store).number for _ in range(5)]
    for number in numbers[1:3]:
        take(store, number, noted(Step.WITHDRAWN))
    assert [each.number for each in store.applications.all()] == numbers
    assert [each.number for each in store.applications.open()] == [numbers[0], *numbers[3:]]


def test_a_citizen_finds_their_own(store: Store) -> None:
    mine = register(store, citizen_key="mine")
    register(store, citizen_key="other")
    register(store, citizen_key="")
    assert store.applications.of_citizen("mine") == (mine,)
    assert store.applications.of_citizen("") == ()


def test_what_is_closed_long_enough_keeps_its_steps_and_loses_its_words(store: Store) -> None:
    old, fresh, still_open = (register(store).number for _ in range(3))
    for number, day in ((old, date(2026, 1, 1)), (fresh, date(2026, 2, 1))):
        for step in (Step.WITHDRAWN, Step.CLOSED):
            take(store, number, noted(step, day=day, reason=REASON))
    assert store.applications.erase_closed_before(date(2026, 2, 1), NOW) == (old,)
    assert store.applications.erase_closed_before(date(2026, 2, 1), NOW) == ()
    erased, *others = store.applications.all()
    assert (erased.request, erased.applicant, erased.citizen_key) == (None, None, "")
    assert [(event.step, event.reason) for event in erased.events[1:]] == [(Step.WITHDRAWN, ""), (Step.CLOSED, "")]
    assert [each.number for each in others] == [fresh, still_open]
    assert all(each.applicant for each in others)


def test_drafts_are_replaced_dropped_and_grow_old(store: Store) -> None:
    drafts = store.application_drafts
    assert drafts.of("me") is None
    drafts.put("me", {"at": "name"}, NOW)
    drafts.put("me", {"at": "contact", "name": NAME}, NOW)
    drafts.put("other", {"at": "name"}, datetime(2026, 1, 1, tzinfo=UTC))
    assert drafts.of("me") == {"at": "contact", "name": NAME}
    assert drafts.drop_before(datetime(2026, 2, 1, tzinfo=UTC)) == 1
    assert drafts.drop("me")
    assert not drafts.drop("me")


def test_what_was_decided_or_closed_wrongly_is_open_and_is_not_erased(store: Store) -> None:
    number = register(store).number
    for step in (Step.WITHDRAWN, Step.CLOSED, Step.TAKEN_BACK, Step.TAKEN_BACK):
        take(store, number, noted(step, day=date(2026, 1, 1), reason=REASON))
    assert store.applications.erase_closed_before(date(2026, 2, 1), NOW) == ()
    assert [each.number for each in store.applications.open()] == [number]
