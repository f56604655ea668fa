"""Fees for handling information (信息处理费), step by step: by the count of a month or by the pages of a case, never both.

Source: 国办函〔2020〕109号, in force since 2021, known from one secondary copy only: check it against the published text
before anything is charged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model import Application, FeeMethod

SOURCE = "国办函〔2020〕109号"
FREE_CASES, FREE_PAGES = 10, 30
_TIER = 10
_PAGES = ((FREE_PAGES, 0), (100, 10), (200, 20))
_PAGE_BEYOND = 40


@dataclass(frozen=True, slots=True)
class Band:
    """The units `first` to `last`, each of them at a price in yuan."""

    first: int
    last: int
    price: int

    @property
    def amount(self) -> int:
        """Yuan for all of them."""
        return (self.last - self.first + 1) * self.price


@dataclass(frozen=True, slots=True)
class Fee:
    """What is to be paid, in yuan, as the sum of its bands; progressive: each band only for what falls into it."""

    method: FeeMethod
    bands: tuple[Band, ...]

    @property
    def total(self) -> int:
        """Yuan in all."""
        return sum(band.amount for band in self.bands)


def fee(method: FeeMethod, units: int) -> Fee:
    """The fee for so many cases of one applicant in a calendar month, or for so many pages of one case.

    Raises:
        ValueError: fewer than none.
    """
    if units < 0:
        raise ValueError("there are no fewer than 0 cases or pages")
    return Fee(method, _by_count(units) if method is FeeMethod.COUNT else _by_pages(units))


def _by_count(cases: int) -> tuple[Band, ...]:
    """Up to 10 free, 11 to 30 at 100 yuan, then 100 yuan more for each further ten."""
    bands = []
    first, last, price = 1, FREE_CASES, 0
    while first <= cases:
        bands.append(Band(first, min(last, cases), price))
        price += 100
        first, last = last + 1, last + (2 * _TIER if last == FREE_CASES else _TIER)
    return tuple(bands)


def _by_pages(pages: int) -> tuple[Band, ...]:
    bands, first = [], 1
    for last, price in (*_PAGES, (pages, _PAGE_BEYOND)):
        if first <= pages and first <= last:
            bands.append(Band(first, min(last, pages), price))
            first = last + 1
    return tuple(bands)


def place_in_month(application: Application, register: Iterable[Application]) -> tuple[str, ...]:
    """The applications that count up to and with this one in its month: received in it from the same applicant.

    The same applicant is the same name with the same contact, or the same citizen of a channel.

    Returns:
        Their numbers, by day of receipt, the last one this application's; none where it is not received.
    """
    month = _month(application)
    if month is None:
        return ()
    same = [each for each in register if _month(each) == month and _same_applicant(each, application)]
    same.sort(key=lambda each: (each.received_on, each.number))
    numbers = [each.number for each in same]
    return tuple(numbers[: numbers.index(application.number) + 1]) if application.number in numbers else ()


def _month(application: Application) -> tuple[int, int] | None:
    received = application.received_on
    return (received.year, received.month) if received else None


def _same_applicant(one: Application, other: Application) -> bool:
    if one.citizen_key and one.citizen_key == other.citizen_key:
        return True
    if one.applicant is None or other.applicant is None:
        return one.number == other.number
    return (one.applicant.name, one.applicant.contact) == (other.applicant.name, other.applicant.contact)
