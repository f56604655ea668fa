"""Figures from contact records."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from bot.desk import figures, spans
from bot.desk.charts import charts
from bot.desk.statistics import Alone, Statistics, count, response_time
from bot.model import Channel, Contact, Rating, Reason, RequestKind, Resolution, Verdict

MARCH = spans.month(2026, 3)
ANSWERED = Contact(
    reference="ZX-2026-000001",
    channel=Channel.TELEGRAM,
    asked_at=datetime(2026, 3, 2, 9, 30).astimezone(),
    kind=RequestKind.INQUIRY,
    decision=Verdict.ANSWER,
    outcome=Resolution.ANSWERED,
    agency="zsj",
    category="收费",
    milliseconds=10.0,
    merged=False,
)
CHOICES = replace(ANSWERED, decision=Verdict.CHOICES, outcome=Resolution.OPEN, milliseconds=30.0, category="")
NOTHING = replace(ANSWERED, decision=Verdict.NONE, outcome=Resolution.OPEN, milliseconds=20.0)
CALL = replace(
    ANSWERED, channel=Channel.PHONE, decision=None, outcome=Resolution.ANSWERED_BY_STAFF, milliseconds=0.0, agency="",
    asked_at=datetime(2026, 3, 5, 14, 0).astimezone(),
)  # fmt: skip
GREETING = replace(ANSWERED, kind=RequestKind.GREETING, decision=Verdict.NONE, outcome=Resolution.ANSWERED)


def of(*contacts: Contact) -> Statistics:
    return count(contacts, MARCH)


def test_contacts_are_counted_by_everything_that_they_are_told_apart_by() -> None:
    by = of(ANSWERED, CALL, CALL).by
    assert by == {
        "channel": {"电话": 2, "Telegram": 1},
        "kind": {"咨询": 3},
        "decision": {"未经机器人": 2, "直接答复": 1},
        "outcome": {"人工已答复": 2, "已答复": 1},
        "category": {"收费": 3},
        "agency": {"未注明": 2, "zsj": 1},
        "hour": {"09时": 1, "14时": 2},
        "day": {"2026-03-02": 1, "2026-03-05": 2},
    }


def test_each_list_sums_up_to_what_is_registered() -> None:
    found = of(ANSWERED, CHOICES, NOTHING, CALL, GREETING)
    assert {sum(counted.values()) for counted in found.by.values()} == {found.registered} == {5}


def test_duplicates_count_once() -> None:
    found = of(ANSWERED, replace(ANSWERED, merged=True))
    assert (found.registered, found.duplicates, found.alone.asked) == (1, 1, 1)


def test_small_talk_is_registered_and_no_inquiry() -> None:
    found = of(GREETING, ANSWERED)
    assert (found.registered, found.inquiries, found.alone.asked) == (2, 1, 1)


@pytest.mark.parametrize(
    ("contact", "alone"),
    [
        (ANSWERED, Alone(1, 1, 1, 1, 0)),
        (replace(ANSWERED, rating=Rating(True)), Alone(1, 1, 1, 1, 1)),
        (replace(ANSWERED, rating=Rating(False)), Alone(1, 1, 0, 0, 0)),
        (replace(ANSWERED, outcome=Resolution.PASSED_ON), Alone(1, 1, 1, 0, 0)),
        (replace(ANSWERED, outcome=Resolution.ANSWERED_BY_STAFF), Alone(1, 1, 1, 0, 0)),
        (CHOICES, Alone(1, 1, 1, 0, 0)),
        (replace(CHOICES, outcome=Resolution.ANSWERED), Alone(1, 1, 1, 1, 0)),
        (NOTHING, Alone(1, 0, 0, 0, 0)),
        (replace(NOTHING, outcome=Resolution.ANSWERED), Alone(1, 1, 1, 1, 0)),
        (replace(NOTHING, decision=Verdict.LIMITED), Alone(0, 0, 0, 0, 0)),
        (CALL, Alone(0, 0, 0, 0, 0)),
    ],
)
def test_the_bot_answered_alone_what_was_shown_not_found_wanting_and_left_to_it(contact: Contact, alone: Alone) -> None:
    assert of(contact).alone == alone


def test_share_answered_alone_is_of_all_that_the_bot_was_asked() -> None:
    assert of(ANSWERED, ANSWERED, ANSWERED, NOTHING, CALL).alone.share == 0.75
    assert of(CALL).alone.share is None


def test_response_time_is_of_what_the_bot_was_asked() -> None:
    response = of(ANSWERED, CHOICES, NOTHING, CALL).response
    assert response == response_time([10.0, 20.0, 30.0])
    assert response
    assert (response.count, response.median, response.ninetieth) == (3, 20.0, 30.0)
    assert of(CALL).response is None


def test_ninetieth_percentile_is_a_time_that_was_taken() -> None:
    response = response_time(float(number) for number in range(1, 11))
    assert response
    assert (response.median, response.ninetieth) == (5.5, 9.0)


def test_satisfaction_is_of_what_was_rated() -> None:
    rated = [replace(ANSWERED, rating=Rating(helpful)) for helpful in (True, True, True)]
    found = of(*rated, replace(ANSWERED, rating=Rating(False, Reason.OLD)), ANSWERED)
    assert (found.helpful, found.unhelpful, found.satisfaction) == (3, 1, 0.75)
    assert found.reasons == {"内容太旧": 1}
    assert of(ANSWERED).satisfaction is None


def test_span_is_named_and_both_its_days_count() -> None:
    assert spans.year(2017).name == "2017年"
    assert spans.read_month("2017-02") == spans.Span(date(2017, 2, 1), date(2017, 2, 28))
    assert spans.read_month("2017-02").name == "2017年2月"
    assert spans.month_before(date(2018, 1, 2)) == spans.month(2017, 12)
    selection = spans.year(2017).selection
    assert selection.since == datetime(2017, 1, 1).astimezone()
    assert selection.until == datetime(2018, 1, 1).astimezone()
    with pytest.raises(ValueError, match="write it as"):
        spans.read_month("2017/2")


def test_json_holds_the_figures_as_numbers() -> None:
    told = json.loads(figures.as_json(of(ANSWERED, CALL)))
    assert (told["from"], told["to"], told["registered"]) == ("2026-03-01", "2026-03-31", 2)
    assert told["alone"]["share"] == 1.0
    assert told["satisfaction"]["share"] is None
    assert told["by"]["channel"] == {"Telegram": 1, "电话": 1}


def test_agencies_are_read_by_their_names_and_counted_by_their_keys() -> None:
    """One that is not published any more is known by its key alone."""
    found = count(
        [ANSWERED, ANSWERED, replace(ANSWERED, agency="gone"), CALL],
        MARCH,
        {"zsj": "随州市招商局", "fgw": "随州市发展和改革委员会"},
    )
    told = json.loads(figures.as_json(found))
    assert told["by"]["agency"] == {"zsj": 2, "gone": 1, "未注明": 1}
    assert told["agencies"] == {"zsj": "随州市招商局"}
    assert "  随州市招商局  2" in figures.as_text(found)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(figures.as_workbook(found))).get_sheet_by_name("按机关")
    assert sheet.to_python()[1:] == [["随州市招商局", 2], ["gone", 1], ["未注明", 1]]
    assert "随州市招商局" in charts(found)["agency"]


def test_text_lines_up_names_of_either_width() -> None:
    lines = list(figures.as_text(of(ANSWERED, CALL)))
    assert lines[0] == "2026年3月"
    place = lines.index("按渠道")
    assert lines[place + 1 : place + 3] == ["  Telegram  1", "  电话      1"]


def test_nothing_registered_is_told_as_nothing() -> None:
    assert ["登记总数", "0"] in [line.split() for line in figures.as_text(of())]
    assert json.loads(figures.as_json(of()))["response_milliseconds"] is None


def test_workbook_has_a_sheet_for_each_list_and_numbers_in_it() -> None:
    """A category that looks like a formula stays text."""
    found = of(ANSWERED, replace(CALL, category="=1+1"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(figures.as_workbook(found)))
    assert book.sheet_names[:2] == ["概况", "按渠道"]
    assert book.get_sheet_by_name("按渠道").to_python() == [["2026年3月", "数量"], ["Telegram", 1], ["电话", 1]]
    assert ["独立答复率", 1.0] in book.get_sheet_by_name("概况").to_python()
    assert ["=1+1", 1] in book.get_sheet_by_name("按信息类别").to_python()
