"""Fees by the rule of 2020, against a second reckoning unit by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.applying.fees import Band, fee, place_in_month
from bot.applying.procedure import take
from bot.model import Applicant, Application, FeeMethod, Step
from tests.applying.histories import WORKDAYS, event, registered

COUNT, PAGES = FeeMethod.COUNT, FeeMethod.PAGES


def price_of_case(place: int) -> int:
    return 0 if place <= 10 else 100 if place <= 30 else 100 + 100 * ((place - 31) // 10 + 1)


def price_of_page(place: int) -> int:
    return 0 if place <= 30 else 10 if place <= 100 else 20 if place <= 200 else 40


@pytest.mark.parametrize(
    ("method", "units", "total"),
    [
        (COUNT, 0, 0), (COUNT, 10, 0), (COUNT, 11, 100), (COUNT, 30, 2000), (COUNT, 31, 2200), (COUNT, 40, 4000),
        (COUNT, 41, 4300), (PAGES, 30, 0), (PAGES, 31, 10), (PAGES, 100, 700), (PAGES, 101, 720), (PAGES, 200, 2700),
        (PAGES, 201, 2740),
    ],
)  # fmt: skip
def test_fees_at_the_borders_of_the_bands(method: FeeMethod, units: int, total: int) -> None:
    assert fee(method, units).total == total


@given(st.integers(0, 700))
def test_bands_add_up_to_a_reckoning_unit_by_unit(units: int) -> None:
    assert fee(COUNT, units).total == sum(map(price_of_case, range(1, units + 1)))
    assert fee(PAGES, units).total == sum(map(price_of_page, range(1, units + 1)))


@given(st.sampled_from(FeeMethod), st.integers(1, 700))
def test_bands_cover_every_unit_once(method: FeeMethod, units: int) -> None:
    bands = fee(method, units).bands
    assert [unit for band in bands for unit in range(band.first, band.last + 1)] == list(range(1, units + 1))


def test_a_fee_explains_itself_band_by_band() -> None:
    assert fee(COUNT, 33).bands == (Band(1, 10, 0), Band(11, 30, 100), Band(31, 33, 200))


def test_fewer_than_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no fewer than 0"):
        fee(COUNT, -1)


def received(number: str, day: date, name: str = "张三", citizen_key: str = "") -> Application:
    application = replace(registered(number, day), applicant=Applicant(name, "0722-1"), citizen_key=citizen_key)
    return take(application, event(Step.RECEIVED, day), WORKDAYS)


def test_an_application_is_placed_among_those_of_its_applicant_and_month() -> None:
    register = [
        received("SQ-2025-000001", date(2025, 3, 20)),
        received("SQ-2025-000002", date(2025, 3, 5)),
        received("SQ-2025-000003", date(2025, 4, 1)),
        received("SQ-2025-000004", date(2025, 3, 6), name="李四"),
        registered("SQ-2025-000005", date(2025, 3, 7)),
    ]
    assert place_in_month(register[0], register) == ("SQ-2025-000002", "SQ-2025-000001")
    assert place_in_month(register[1], register) == ("SQ-2025-000002",)
    assert place_in_month(register[4], register) == ()


def test_a_citizen_of_a_channel_is_one_applicant_under_any_name() -> None:
    register = [received("1", date(2025, 3, 5), "张三", "key"), received("2", date(2025, 3, 6), "张先生", "key")]
    assert place_in_month(register[1], register) == ("1", "2")


def test_what_was_erased_is_nobody_elses() -> None:
    erased = replace(received("1", date(2025, 3, 5)), applicant=None)
    other = received("2", date(2025, 3, 6))
    assert place_in_month(other, [erased, other]) == ("2",)
