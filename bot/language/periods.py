"""Times that people write: dates in documents, and the periods that a question is about.

All functions take text as ``normalise.fold`` gives it or as published; both digit widths and Chinese numerals are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.language.years import DIGITS, NUMBER, YEAR, read_number, year_spans

_DATE_FORMS = (
    re.compile(rf"({YEAR})\s*年\s*({NUMBER})\s*月\s*({NUMBER})\s*[日号]"),
    re.compile(
        r"([0-9]{4})\s*[-/.．－]\s*([0-9]{1,2})\s*[-/.．－]\s*([0-9]{1,2})(?:[Tt\s]+[0-9:.]+(?:[Zz]|[+-][0-9:]+)?)?"
    ),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a question is about, both ends included.

    Attributes:
        text: the words that named it.
        start: where they stand in the text, in characters.
        part: the words for the part of the year, such as 3月; empty for whole years.
    """

    first: date
    last: date
    text: str
    start: int
    part: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that it touches, oldest first."""
        return tuple(range(self.first.year, self.last.year + 1))

    @property
    def whole_years(self) -> bool:
        """Whether it is made of whole calendar years."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)


def _date(year: str, month: str, day: str) -> date | None:
    numbers = read_number(month), read_number(day)
    if numbers[0] is None or numbers[1] is None:
        return None
    try:
        return date(int(year.translate(DIGITS)), numbers[0], numbers[1])
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """The date that the whole of a text is, in any usual form; None where it is none, such as 2017年13月1日."""
    for form in _DATE_FORMS:
        if found := form.fullmatch(text.strip()):
            return _date(found[1], found[2], found[3])
    return None


def years_in(text: str) -> tuple[int, ...]:
    """Years written in full with 年 or 年度 after them, in order of appearance, repeats kept."""
    return tuple(int(found.translate(DIGITS)) for found in re.findall(rf"(?<![0-9])({YEAR})\s*年", text))


_QUARTERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_MONTH = rf"{NUMBER}|元"
_PART = (
    r"(?<=[0-9])(?P<mark>[-/.])(?P<numbered_month>[0-9]{1,2})(?:(?P=mark)(?P<numbered_day>[0-9]{1,2}))?|\s*(?:的\s*)?(?:"
    rf"(?P<from_month>{_MONTH})\s*月?份?\s*(?:至|到|[-—~～]+)\s*(?P<to_month>{_MONTH})\s*月(?:份)?(?!\s*{NUMBER}\s*[日号])"
    rf"|(?P<month>{_MONTH})\s*月(?:份)?(?:\s*(?P<day>{NUMBER})\s*[日号])?"
    r"|前(?P<quarters>[二两三23])\s*个?季度"
    r"|第?(?P<quarter>[一二三四1-4首])\s*(?:季度|季)|(?P<half>[上下])半年)"
)
_PART_AT = re.compile(_PART)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _part_of_year(year: int, part: re.Match[str]) -> tuple[date, date] | None:
    if part["half"]:
        return (date(year, 1, 1), date(year, 6, 30)) if part["half"] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if part["quarter"]:
        last = _QUARTERS[part["quarter"]] * 3
        return date(year, last - 2, 1), _month_end(year, last)
    if part["quarters"]:
        return date(year, 1, 1), _month_end(year, _QUARTERS[part["quarters"]] * 3)
    if day_name := part["day"] or part["numbered_day"]:
        day = _date(str(year), part["month"] or part["numbered_month"], day_name)
        return (day, day) if day else None
    return _months(year, part)


def _months(year: int, part: re.Match[str]) -> tuple[date, date] | None:
    one = part["month"] or part["numbered_month"]
    first, last = (
        1 if month == "元" else read_number(month) for month in (part["from_month"] or one, part["to_month"] or one)
    )
    if not first or not last or not first <= last <= 12:
        return None
    return date(year, first, 1), _month_end(year, last)


def periods_in(text: str, today: date) -> tuple[Period, ...]:
    """The periods that a folded question names, in order.

    Absolute years (2017年, 二〇一七年, 17年, 2017), relative ones (去年, 近三年, last year) from today, ranges
    (2015至2017年), and quarters, half-years, months and days of a named year. A month without a year is none: nothing
    tells which year is meant. Neither is a document number, 〔2017〕12号: it names a document of any year's report.
    """
    found = []
    for start, end, first, last in year_spans(text, today):
        span = date(first, 1, 1), date(last, 12, 31)
        part = _PART_AT.match(text, end) if first == last else None
        words = ""
        if part and (narrowed := _part_of_year(first, part)):
            span, end, words = narrowed, part.end(), part[0].strip("的份 ")
        found.append(Period(*span, text=text[start:end], start=start, part=words))
    return tuple(found)


def without_periods(text: str, periods: tuple[Period, ...]) -> str:
    """The text with the words that named the periods taken out, a space in the place of each."""
    bounds = [0, *(edge for period in periods for edge in (period.start, period.start + len(period.text))), len(text)]
    return " ".join(text[start:end] for start, end in list(pairwise(bounds))[::2])


_LATEST = re.compile("最新|最近一年|最近一期|最近的|近期|newest|latest|most recent")


def asks_for_latest(text: str) -> bool:
    """Whether a folded question asks for the newest there is (最新) and not for a period of its own."""
    return _LATEST.search(text) is not None


def without_latest(folded: str) -> str:
    """A folded question without the words that ask for the newest."""
    return _LATEST.sub(" ", folded)
