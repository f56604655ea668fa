"""Times that people write: dates in documents, and the periods that a question is about.

All functions take text as ``normalise.fold`` gives it or as published; both digit widths and Chinese numerals are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")
_CN = "〇○零一二三四五六七八九"
_NUMBER = rf"(?:[0-9０-９]{{1,2}}|[{_CN}十]{{1,3}})"
_YEAR = rf"(?:(?:19|20|２０|１９)[0-9０-９]{{2}}|[一二][九〇○零][{_CN}]{{2}})"

_DATE_FORMS = (
    re.compile(rf"({_YEAR})\s*年\s*({_NUMBER})\s*月\s*({_NUMBER})\s*[日号]"),
    re.compile(r"([0-9]{4})\s*[-/.．－]\s*([0-9]{1,2})\s*[-/.．－]\s*([0-9]{1,2})(?:[T\s]+[0-9:.]+Z?)?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a question is about, both ends included.

    Attributes:
        text: the words that named it.
        start: where they stand in the text, in characters.
    """

    first: date
    last: date
    text: str
    start: int

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that it touches, oldest first."""
        return tuple(range(self.first.year, self.last.year + 1))

    @property
    def whole_years(self) -> bool:
        """Whether it is made of whole calendar years."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)


def read_number(text: str) -> int | None:
    """A number below 100 in digits or Chinese numerals: 12, １２, 十二, 二十, 〇五; None for anything else."""
    plain = text.replace("两", "二").translate(_DIGITS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    tens, mark, units = plain.partition("十")
    if not mark or len(tens) > 1 or len(units) > 1 or not (tens + units + "0").isdigit():
        return None
    return int(tens or "1") * 10 + int(units or "0")


def _date(year: str, month: str, day: str) -> date | None:
    numbers = read_number(month), read_number(day)
    if numbers[0] is None or numbers[1] is None:
        return None
    try:
        return date(int(year.translate(_DIGITS)), numbers[0], numbers[1])
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
    return tuple(int(found.translate(_DIGITS)) for found in re.findall(rf"(?<![0-9])({_YEAR})\s*年", text))


# What follows a number of years when it is a duration (17年内, 20年期) or a decade (90年代), not a calendar year.
_NOT_A_DURATION = "(?!代|内|以上|以下|以来|之|多|间|期|后|来|龄|限|以|左右)"
_BARE_YEAR = r"(?<![0-9a-z.,/:_-])((?:19|20)[0-9]{2})(?![0-9a-z_:.]|\s*(?:[-/年]|条|件|个|元|万|人|次|号|页|户|名|米|项|份|%))"
_RELATIVE = {
    "大前年": 3, "前年": 2, "去年": 1, "上年": 1, "上一年": 1, "昨年": 1, "今年": 0, "本年": 0, "当年": 0, "明年": -1, "后年": -2,
    "last year": 1, "this year": 0, "next year": -1, "qunian": 1, "qu nian": 1, "jinnian": 0, "jin nian": 0, "qiannian": 2,
}  # fmt: skip
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_PART = (
    r"\s*(?:的\s*)?(?:"
    rf"(?P<month>{_NUMBER})\s*月(?:份)?(?:\s*(?P<day>{_NUMBER})\s*[日号])?"
    r"|第?(?P<quarter>[一二三四1-4首])\s*(?:季度|季)|(?P<half>[上下])半年)"
)
_PART_AT = re.compile(_PART)

_Reader = Callable[[re.Match[str], date], tuple[int, int] | None]


def _short_year(digits: str, today: date) -> int:
    number = int(digits.translate(_DIGITS))
    # 17年 is 2017 for as long as 2017 is not further off than next year; 98年 is 1998.
    return 2000 + number if 2000 + number <= today.year + 1 else 1900 + number


def _read_range(found: re.Match[str], today: date) -> tuple[int, int]:
    return int(found[1].translate(_DIGITS)), int(found[2].translate(_DIGITS))


def _read_recent(found: re.Match[str], today: date) -> tuple[int, int]:
    number = 3 if found[1] == "几" else read_number(found[1]) or 1
    return today.year - number, today.year


_YEAR_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"(?<![0-9])({_YEAR})\s*年?度?\s*(?:到|至|—+|-+|~|～|和?一直到|to)\s*({_YEAR})(?![0-9])\s*年?度?"), _read_range),
    (re.compile(r"(?:最近|近|过去|这|前)\s*([0-9]{1,2}|[一二两三四五六七八九十几])\s*年(?!级|前)"), _read_recent),
    (re.compile(r"(?:last|past)\s+([0-9]{1,2})\s+years"), _read_recent),
    (re.compile(rf"(?<![0-9])({_YEAR})\s*(?:年度?|nian)"), lambda found, today: (int(found[1].translate(_DIGITS)),) * 2),
    (re.compile(r"民国\s*([0-9]{2,3})\s*年"), lambda found, today: (int(found[1]) + 1911,) * 2),
    (
        re.compile(rf"(?<![0-9.,第近过去共满每前后约超{_CN}十百千])([0-9]{{2}}|[{_CN}]{{2}})\s*(?:年度?{_NOT_A_DURATION}|nian)"),
        lambda found, today: (_short_year(found[1], today),) * 2,
    ),
    (re.compile(_BARE_YEAR), lambda found, today: (int(found[1]),) * 2),
    (
        re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True))),
        lambda found, today: (today.year - _RELATIVE[found[0]],) * 2,
    ),
)


def _year_spans(text: str, today: date) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, first year, last year) of what names years, leftmost and longest form first, without overlaps."""
    taken: list[tuple[int, int, int, int]] = []
    for form, read in _YEAR_FORMS:
        for found in form.finditer(text):
            years = read(found, today)
            overlaps = any(found.start() < end and start < found.end() for start, end, *_ in taken)
            if years is not None and years[0] <= years[1] and not overlaps:
                taken.append((found.start(), found.end(), *years))
    yield from sorted(taken)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _part_of_year(year: int, part: re.Match[str]) -> tuple[date, date] | None:
    if part["half"]:
        return (date(year, 1, 1), date(year, 6, 30)) if part["half"] == "上" else (date(year, 7, 1), date(year, 12, 31))
    if part["quarter"]:
        last = _QUARTERS[part["quarter"]] * 3
        return date(year, last - 2, 1), _month_end(year, last)
    month = read_number(part["month"])
    if month is None or not 1 <= month <= 12:
        return None
    if part["day"]:
        day = _date(str(year), str(month), part["day"])
        return (day, day) if day else None
    return date(year, month, 1), _month_end(year, month)


def periods_in(text: str, today: date) -> tuple[Period, ...]:
    """The periods that a folded question names, in order.

    Absolute years (2017年, 二〇一七年, 17年, 2017), relative ones (去年, 近三年, last year) from today, ranges (2015至2017年), and
    quarters, half-years, months and days of a named year. A month without a year is none: nothing tells which year is meant.
    """
    found = []
    for start, end, first, last in _year_spans(text, today):
        span = date(first, 1, 1), date(last, 12, 31)
        part = _PART_AT.match(text, end) if first == last else None
        if part and (narrowed := _part_of_year(first, part)):
            span, end = narrowed, part.end()
        found.append(Period(*span, text=text[start:end], start=start))
    return tuple(found)


def without_periods(text: str, periods: tuple[Period, ...]) -> str:
    """The text with the words that named the periods taken out, a space in the place of each."""
    bounds = [0, *(edge for period in periods for edge in (period.start, period.start + len(period.text))), len(text)]
    return " ".join(text[start:end] for start, end in list(pairwise(bounds))[::2])


_LATEST = re.compile("最新|最近一年|最近一期|最近的|近期|newest|latest|most recent")


def asks_for_latest(text: str) -> bool:
    """Whether a folded question asks for the newest there is (最新) and not for a period of its own."""
    return _LATEST.search(text) is not None
