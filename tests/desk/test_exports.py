"""Contact records as a spreadsheet opens them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.exports import HEADER, cells, defused, write_csv
from bot.model import Channel, ContactRecord, RequestKind, Verdict

RECORD = ContactRecord(
    reference="ZX-2026-000001",
    channel=Channel.TELEGRAM,
    citizen_key="a1b2",
    question="停车怎么收费",
    asked_at=datetime(2026, 3, 1, 9, 30, 15, 250, tzinfo=UTC),
    kind=RequestKind.INQUIRY,
    decision=Verdict.ANSWER,
    matches=(("items/parking", "1", 0.934), ("items/canteen", "1", 0.2)),
    reply="停车每小时5元。\n\n出处：停车场收费标准",
    milliseconds=12.345,
)


def written(*records: ContactRecord) -> list[list[str]]:
    """The rows of an export, as a spreadsheet reads them."""
    file = io.StringIO(newline="")
    write_csv(records, file)
    return list(csv.reader(io.StringIO(file.getvalue(), newline="")))


def test_a_record_is_one_row_below_a_chinese_header() -> None:
    header, row = written(RECORD)
    assert header == list(HEADER)
    assert row[:4] == ["ZX-2026-000001", "telegram", "a1b2", "停车怎么收费"]
    assert row[5:] == [
        "inquiry",
        "answer",
        "items/parking#1 0.93；items/canteen#1 0.20",
        "停车每小时5元。\n\n出处：停车场收费标准",
        "12.3",
        "",
        "",
        "open",
        "",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize("kind", RequestKind)
def test_the_kind_of_request_is_exported(kind: RequestKind) -> None:
    assert cells(replace(RECORD, kind=kind))[HEADER.index("类别")] == kind.value


def test_the_time_is_the_machines_own_with_its_zone() -> None:
    """Staff read it; the instant is kept."""
    cell = cells(RECORD)[HEADER.index("时间")]
    assert datetime.fromisoformat(cell) == RECORD.asked_at.replace(microsecond=0)
    assert cell == RECORD.asked_at.astimezone().isoformat(sep=" ", timespec="seconds")


def test_without_records_there_is_still_a_header() -> None:
    assert written() == [list(HEADER)]


def test_every_cell_of_a_record_has_a_heading() -> None:
    assert len(cells(RECORD)) == len(HEADER)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM", " =1+1"]
)
def test_formulas_are_defused(cell: str) -> None:
    """A citizen's text must not run on a desk; OWASP's list for CSV injection and its full-width forms."""
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "停车怎么收费", "1+1=2", "a@b", "2017-02-05", "'=1"])
def test_ordinary_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_whatever_was_asked_comes_back_in_one_cell(question: str) -> None:
    """Quotation marks, commas and line breaks included; at most an apostrophe stands before it."""
    record = ContactRecord(
        "ZX-2026-000001", Channel.CONSOLE, "", question, RECORD.asked_at, RECORD.kind, Verdict.NONE, (), "", 0
    )
    _, row = written(record)
    assert row[3].removeprefix("'") == question.removeprefix("'")
    assert not row[3].startswith(("=", "+", "-", "@"))
