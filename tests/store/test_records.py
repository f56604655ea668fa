"""The register of inquiries: complete, without gaps, whoever writes."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import chain
from typing import Any

import pytest

from bot.model import Channel, ContactRecord, RequestKind, Resolution, Selection, Verdict
from bot.store import Store, open_store, records

NOW = datetime(2026, 3, 1, 9, 30, 15, 250, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime
from bot.model import Channel, RequestKind, Verdict
from bot.store import open_store

url, worker, count, origin = sys.argv[1:]
with open_store(url) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        record = store.records.add(
            channel=Channel.TELEGRAM, citizen_key=worker, question=f"{worker}/{number}", reply="", milliseconds=0.0,
            asked_at=datetime(2026, 3, 1, tzinfo=UTC), kind=RequestKind.INQUIRY, decision=Verdict.NONE, matches=(),
            origin=origin and f"{origin}:{number}",
        )
        print(record.reference, flush=True)
"""


def add(store: Store, **stated: Any) -> ContactRecord:
    """Write a record that states only what a test is about."""
    values: dict[str, Any] = {
        "channel": Channel.CONSOLE,
        "citizen_key": "a1b2",
        "question": "2017年主动公开多少条?",
        "asked_at": NOW,
        "kind": RequestKind.INQUIRY,
        "decision": Verdict.ANSWER,
        "matches": (("reports/2017", "2.1", 0.93), ("reports/2016", "2.1", 0.5)),
        "reply": "133条。",
        "milliseconds": 12.5,
    }
    return store.records.add(**values | stated)


def write_in_processes(url: str, workers: int, count: int, origin: str = "") -> list[list[str]]:
    """Let processes write at the same time; the references that each was given."""
    open_store(url).close()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, url, str(worker), str(count), origin],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for worker in range(workers)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    written = [process.communicate(timeout=60)[0].split() for process in started]
    assert [process.returncode for process in started] == [0] * workers
    return written


def test_a_record_comes_back_as_written(store: Store) -> None:
    written = add(store)
    assert written == ContactRecord(
        reference="ZX-2026-000001",
        channel=Channel.CONSOLE,
        citizen_key="a1b2",
        question="2017年主动公开多少条?",
        asked_at=NOW,
        kind=RequestKind.INQUIRY,
        decision=Verdict.ANSWER,
        matches=(("reports/2017", "2.1", 0.93), ("reports/2016", "2.1", 0.5)),
        reply="133条。",
        milliseconds=12.5,
    )
    assert store.records.find("ZX-2026-000001") == written
    assert store.records.find("ZX-2026-000002") is None


@pytest.mark.parametrize("kind", RequestKind)
def test_each_kind_of_request_comes_back(store: Store, kind: RequestKind) -> None:
    assert store.records.find(add(store, kind=kind).reference) == store.records.latest()[0]
    assert store.records.latest()[0].kind is kind


def test_times_come_back_as_aware_utc(store: Store) -> None:
    record = add(store, asked_at=datetime(2026, 3, 1, 17, 30, tzinfo=timezone(timedelta(hours=8))))
    found = store.records.find(record.reference)
    assert found is not None
    assert found.asked_at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert found.asked_at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        add(store, asked_at=datetime(2026, 3, 1))  # noqa: DTZ001


def test_each_year_counts_from_one_in_the_askers_time_zone(store: Store) -> None:
    """New Year in Suizhou is eight hours before New Year in UTC."""
    beijing = timezone(timedelta(hours=8))
    asked = [
        datetime(2026, 12, 31, 23, 59, tzinfo=beijing),
        datetime(2027, 1, 1, 0, 1, tzinfo=beijing),
        datetime(2026, 12, 31, 23, 59, tzinfo=beijing),
        datetime(2027, 1, 1, 0, 1, tzinfo=beijing),
    ]
    references = [add(store, asked_at=moment).reference for moment in asked]
    assert references == ["ZX-2026-000001", "ZX-2027-000001", "ZX-2026-000002", "ZX-2027-000002"]


def test_a_redelivered_message_is_not_counted_twice(store: Store) -> None:
    first = add(store, origin="telegram:123", question="问")
    assert add(store, origin="telegram:123", question="又问", asked_at=NOW + timedelta(days=400)) == first
    assert add(store, origin="telegram:124").reference == "ZX-2026-000002"
    assert add(store).reference == "ZX-2026-000003"
    assert len(list(store.records.all())) == 3


def test_a_record_that_cannot_be_written_leaves_no_gap(store: Store) -> None:
    add(store)
    with pytest.raises(TypeError, match="not JSON serializable"):
        add(store, matches=((object(), "1", 0.5),))
    assert add(store).reference == "ZX-2026-000002"


def test_what_staff_heard_needs_no_decision_of_the_bot(store: Store) -> None:
    heard = {"channel": Channel.VISIT, "decision": None, "outcome": Resolution.REFERRED, "agency": "zsj"}
    record = add(store, **heard, category="工作类", follow_up_on=date(2026, 3, 9))
    assert store.records.find(record.reference) == record
    assert (record.decision, record.outcome, record.agency) == (None, Resolution.REFERRED, "zsj")
    assert (record.category, record.follow_up_on, record.merged_into) == ("工作类", date(2026, 3, 9), "")


def test_any_text_a_citizen_can_type_is_recorded(store: Store) -> None:
    """A NUL, half an emoji, a quote: the record must not be lost."""
    record = add(store, question="问\0题\ud83d'; DROP TABLE records; --😀", reply="答\udc00")
    assert record.question == "问题\ufffd'; DROP TABLE records; --😀"
    assert record.reply == "答\ufffd"
    assert store.records.find(record.reference) == record


def test_the_latest_records_come_newest_first_and_page_by_page(store: Store) -> None:
    for year in (2027, 2026, 2026):
        add(store, asked_at=datetime(year, 6, 1, tzinfo=UTC))
    assert [record.reference for record in store.records.latest(limit=2)] == ["ZX-2027-000001", "ZX-2026-000002"]
    assert [record.reference for record in store.records.latest(before="ZX-2026-000002")] == ["ZX-2026-000001"]
    assert store.records.latest(before="ZX-2026-000001") == ()
    assert store.records.latest(before="no reference") == ()


def test_records_are_selected_by_words_period_and_what_became_of_them(store: Store) -> None:
    day = timedelta(days=1)
    parking = add(store, question="停车 Fee 100%", reply="", channel=Channel.PHONE, outcome=Resolution.REFERRED)
    water = add(store, question="水温", reply="停车", asked_at=NOW + day, agency="jyj", follow_up_on=date(2026, 3, 9))

    def found(**wanted: Any) -> list[ContactRecord]:
        selection = Selection(**wanted)
        assert store.records.latest(selection=selection) == tuple(store.records.all(selection))[::-1]
        return list(store.records.all(selection))

    assert found() == found(words=("停车",)) == [parking, water]
    assert found(words=("停车", "fEE")) == found(words=("0%",)) == found(channel=Channel.PHONE) == [parking]
    assert found(words=("1_0",)) == found(words=("没有",)) == found(kind=RequestKind.PETITION) == []
    assert found(words=(water.reference.lower(),)) == found(agency="jyj") == found(since=NOW + day) == [water]
    assert found(until=NOW + day) == found(outcome=Resolution.REFERRED) == [parking]
    assert found(due_by=date(2026, 3, 9)) == [water]
    assert found(due_by=date(2026, 3, 8)) == []


def test_all_records_come_oldest_first_across_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH", 2)
    for year in (2027, 2026, 2026, 2027):
        add(store, asked_at=datetime(year, 6, 1, tzinfo=UTC))
    references = [record.reference for record in store.records.all()]
    assert references == ["ZX-2026-000001", "ZX-2026-000002", "ZX-2027-000001", "ZX-2027-000002"]


def test_workers_must_share_one_secret(store: Store) -> None:
    assert store.records.claim_secret("first")
    assert store.records.claim_secret("first")
    assert not store.records.claim_secret("second")


def test_records_outlive_the_process(database_url: str) -> None:
    with open_store(database_url) as store:
        record = add(store)
    with open_store(database_url) as store:
        assert store.records.find(record.reference) == record
        assert add(store).reference == "ZX-2026-000002"


@pytest.mark.e2e
def test_processes_writing_at_once_leave_no_gap_and_repeat_nothing(database_url: str) -> None:
    written = write_in_processes(database_url, workers=3, count=60)
    assert sorted(chain.from_iterable(written)) == [f"ZX-2026-{number:06d}" for number in range(1, 181)]
    with open_store(database_url) as store:
        assert len({record.question for record in store.records.all()}) == 180
        assert add(store).reference == "ZX-2026-000181"


@pytest.mark.e2e
def test_processes_given_the_same_messages_record_each_once(database_url: str) -> None:
    written = write_in_processes(database_url, workers=3, count=30, origin="telegram")
    assert written[0] == written[1] == written[2]
    with open_store(database_url) as store:
        references = [record.reference for record in store.records.all()]
    assert references == [f"ZX-2026-{number:06d}" for number in range(1, 31)]


def test_threads_writing_at_once_leave_no_gap(store: Store) -> None:
    threads = [threading.Thread(target=lambda: [add(store) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    references = [record.reference for record in store.records.all()]
    assert references == [f"ZX-2026-{number:06d}" for number in range(1, 81)]


@pytest.mark.e2e
def test_a_killed_writer_loses_nothing_that_was_told(database_url: str) -> None:
    """Whatever reference a process printed before SIGKILL is in the register, and the numbers go on without a gap."""
    open_store(database_url).close()
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, database_url, "0", "100000", ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        told = [process.stdout.readline().strip() for _ in range(30)][1:]
        process.kill()
        told += process.stdout.read().split("\n")[:-1]
    with open_store(database_url) as store:
        references = [record.reference for record in store.records.all()]
        following = add(store).reference
    assert set(told) <= set(references)
    assert references == [f"ZX-2026-{number:06d}" for number in range(1, len(references) + 1)]
    assert following == f"ZX-2026-{len(references) + 1:06d}"


def test_what_a_follow_up_was_taken_for_stands_beside_the_citizens_words(store: Store) -> None:
    record = add(store, question="那2016年呢", understood="2016年主动公开多少条")
    assert store.records.find(record.reference) == record
    assert (record.question, record.understood) == ("那2016年呢", "2016年主动公开多少条")


def test_edits_are_added_and_the_first_words_stay(store: Store) -> None:
    record = add(store)
    later = NOW + timedelta(minutes=1)
    store.records.note_edit(record.reference, "2018年呢", later)
    store.records.note_edit(record.reference, "2019年呢\x00", later)
    store.records.note_edit("ZX-2001-000001", "nobody's", later)
    found = store.records.find(record.reference)
    assert found
    assert found.question == record.question
    assert found.edits == ((later, "2018年呢"), (later, "2019年呢"))


def test_an_erased_citizen_leaves_the_register_whole(store: Store) -> None:
    """Numbers and counts stay; who it was, what was written and what was told are gone."""
    mine = [add(store, citizen_key="me", understood="x"), add(store, citizen_key="me")]
    other = add(store, citizen_key="other")
    nobody = add(store, citizen_key="")
    store.records.note_edit(mine[0].reference, "changed", NOW)
    assert store.records.erase_citizen("me", NOW) == 2
    assert store.records.erase_citizen("me", NOW) == 0
    assert store.records.erase_citizen("", NOW) == 0
    first, second, *rest = store.records.all()
    assert rest == [other, nobody]
    assert (first.reference, second.reference) == ("ZX-2026-000001", "ZX-2026-000002")
    for record, before in zip((first, second), mine, strict=True):
        assert (record.question, record.understood, record.reply, record.citizen_key) == ("", "", "", "")
        assert (record.matches, record.edits) == ((), ())
        assert record.erased_at == NOW
        assert (record.asked_at, record.kind, record.decision, record.channel) == (
            before.asked_at, before.kind, before.decision, before.channel,
        )  # fmt: skip
