"""What staff enter and correct: complete, plausible, and without anybody's personal data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.desk.asking import ask_entry
from bot.desk.fields import CHANNELS, KINDS, OUTCOMES, EntryRefused, read_field
from bot.desk.register import Entry, agency_key, correct, enter
from bot.model import Channel, RequestKind, Resolution
from bot.store import Store
from tests.houses import write_house

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of the small agency, its folder published."""
    with App(write_house(tmp_path)) as app:
        app.sync()
        yield app.store


def call(**stated: Any) -> Entry:
    values: dict[str, Any] = {
        "channel": Channel.PHONE,
        "asked_at": NOW - timedelta(hours=1),
        "question": "停车怎么收费",
    }
    return Entry(**values | stated)


def test_a_call_gets_a_number_and_says_who_entered_it(store: Store) -> None:
    record = enter(store, call(reply="每小时5元"), who="王", at=NOW).record
    assert store.records.find(record.reference) == record
    assert (record.channel, record.decision, record.agency) == (Channel.PHONE, None, "zsj")
    assert record.outcome is Resolution.ANSWERED_BY_STAFF
    assert [(event.who, event.what) for event in store.corrections.events(record.reference)] == [("王", "entered")]
    assert enter(store, call(), who="王", at=NOW).record.outcome is Resolution.OPEN


def test_the_same_entry_brought_in_twice_is_one(store: Store) -> None:
    first, second = (enter(store, call(), who="王", at=NOW, origin="import:1").record for _ in range(2))
    assert first == second
    assert len(store.corrections.events(first.reference)) == 1


def test_personal_data_that_staff_type_is_masked_and_told(store: Store) -> None:
    entered = enter(store, call(question="张先生13912345678问停车", reply="已答"), who="王", at=NOW)
    assert entered.masked == ("question",)
    assert entered.record.question == "张先生139******78问停车"
    fields = {"答复": "回电13912345678"}
    corrected = correct(store, entered.record.reference, fields, who="王", at=NOW, reason="他说13912345678")
    assert corrected.masked == ("reply", "reason")
    assert "12345" not in str(store.corrections.events(corrected.record.reference)) + str(corrected.record)


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ({"question": " "}, "内容是空的"),
        ({"asked_at": NOW + timedelta(seconds=1)}, "还没有到"),
        ({"channel": Channel.TELEGRAM}, "由机器人自己登记；可以写的有：电话"),
        ({"outcome": Resolution.ANSWERED}, "请写人工已答复"),
        ({"agency": "教育局"}, "机关：没有“教育局”；可以写的有：zsj 随州市招商局"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_takes_no_number(
    store: Store, stated: dict[str, Any], reason: str
) -> None:
    with pytest.raises(EntryRefused, match=reason):
        enter(store, call(**stated), who="王", at=NOW)
    assert enter(store, call(), who="王", at=NOW).record.reference == "ZX-2026-000001"


def test_fields_are_corrected_by_their_names_in_chinese_or_in_programs(store: Store) -> None:
    reference = enter(store, call(), who="王", at=NOW).record.reference
    written = {
        "答复": "已告知",
        "outcome": "已转办",
        "方式": "来访",
        "时间": "2026年3月1日9时30分",
        "回访日期": "2026-03-09",
    }
    record = correct(store, reference, written | {"agency": "招商局"}, who="李", at=NOW, reason="补记").record
    assert (record.reply, record.outcome, record.channel) == ("已告知", Resolution.REFERRED, Channel.VISIT)
    assert record.asked_at == datetime(2026, 3, 1, 9, 30).astimezone()
    assert record.follow_up_on == date(2026, 3, 9)
    changed = [event.what for event in store.corrections.events(reference)]
    assert changed == ["entered", "reply", "outcome", "channel", "asked_at", "follow_up_on"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"citizen_key": "x"}, "没有可以更正的这一项；可以写的有：channel 方式"),
        ({"merged_into": "ZX-2026-000001"}, "没有可以更正的这一项"),
        ({"时间": "昨天"}, "时间：昨天不是日期；请写成 2026-03-01"),
        ({"时间": "2026-03-01 25:00"}, "不是几点几分"),
        ({"时间": "2025-12-31"}, "编号的年份"),
        ({"时间": "2027-03-01"}, "还没有到"),
        ({"方式": "信鸽"}, "方式：没有“信鸽”；可以写的有：.*电话"),
        ({"内容": ""}, "内容是空的"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(store: Store, written: dict[str, str], reason: str) -> None:
    before = enter(store, call(), who="王", at=NOW).record
    with pytest.raises(EntryRefused, match=reason):
        correct(store, before.reference, {"答复": "改", **written}, who="王", at=NOW, reason="因为")
    assert store.records.find(before.reference) == before


def test_a_correction_needs_a_record_and_a_reason(store: Store) -> None:
    reference = enter(store, call(), who="王", at=NOW).record.reference
    with pytest.raises(EntryRefused, match="请用 --reason 写明"):
        correct(store, reference, {"答复": "改"}, who="王", at=NOW, reason=" ")
    with pytest.raises(EntryRefused, match="没有这条登记"):
        correct(store, "ZX-2001-000001", {"答复": "改"}, who="王", at=NOW, reason="因为")


@pytest.mark.parametrize(("field", "shown"), [("channel", CHANNELS), ("kind", KINDS), ("outcome", OUTCOMES)])
def test_what_is_shown_of_a_choice_is_read_as_that_choice(field: str, shown: dict[Any, str]) -> None:
    for value, text in shown.items():
        assert read_field(field, text) is read_field(field, value.value) is value


@pytest.mark.parametrize(
    ("written", "channel"),
    [("来电", Channel.PHONE), ("12345热线", Channel.PHONE), ("传真", Channel.LETTER), ("微信", Channel.WEB)],
)
def test_a_way_is_read_by_what_registers_call_it(written: str, channel: Channel) -> None:
    assert read_field("channel", written) is channel


@pytest.mark.parametrize(
    "written", ["2026-03-01 09:30", "2026年3月1日9时30分", "2026/3/1 9：30", "2026.3.1 9:30:00", "2026-03-01T09:30"]
)
def test_a_time_is_read_in_every_usual_form(written: str) -> None:
    assert read_field("asked_at", written) == datetime(2026, 3, 1, 9, 30).astimezone()


def test_the_terminal_asks_again_for_what_it_cannot_read(store: Store) -> None:
    typed = iter(
        [
            "信鸽",
            "电话",
            "2030-01-01",
            "2026-03-01 9:30",
            "",
            "停车怎么收费",
            "每小时5元",
            "",
            "",
            "教育局",
            "",
            "",
            "是",
        ]
    )
    told: list[str] = []

    def prompt(text: str, *, default: str = "", show_default: bool = True) -> str:
        return next(typed) or default

    entry = ask_entry(prompt, told.append, lambda name: agency_key(store, name), NOW)
    assert entry
    assert (entry.channel, entry.question, entry.reply) == (Channel.PHONE, "停车怎么收费", "每小时5元")
    assert (entry.outcome, entry.kind, entry.agency) == (Resolution.ANSWERED_BY_STAFF, RequestKind.INQUIRY, "zsj")
    refused = ["方式：没有“信鸽”", "时间：2030-01-01 00:00还没有到", "机关：没有“教育局”"]
    assert [line.split("；")[0] for line in told] == refused
    assert next(typed, None) is None
