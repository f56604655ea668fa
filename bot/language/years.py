"""Years that people name: 2017年, 二〇一七年, 17年, 2017, 去年, 近三年, 2015至2017年; and the numbers that are none.

All functions take text as ``normalise.fold`` gives it or as published; both digit widths and Chinese numerals are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")
_CN = "〇○零一二三四五六七八九"
NUMBER = rf"(?:[0-9０-９]{{1,2}}|[{_CN}十]{{1,3}})"
YEAR = rf"(?:(?:19|20|２０|１９)[0-9０-９]{{2}}|[一二][九〇○零][{_CN}]{{2}})"


def read_number(text: str) -> int | None:
    """A number below 100 in digits or Chinese numerals: 12, １２, 十二, 二十, 〇五; None for anything else."""
    plain = text.replace("两", "二").translate(DIGITS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    tens, mark, units = plain.partition("十")
    if not mark or len(tens) > 1 or len(units) > 1 or not (tens + units + "0").isdigit():
        return None
    return int(tens or "1") * 10 + int(units or "0")


# What is counted, so that the number before it is no year; 2017人大, 2017项目 and 2017条例 are years all the same.
_COUNTED = (
    "条(?!例)|件|个(?!税|人所得|体)|元(?![旦月宵])|万|亿|人(?![大社才口力事民])|次|号|页|户(?![籍口])|名(?![单录])|米|项(?!目)|份|%|"
    "家(?![庭长电])|吨|平方|公里|亩|辆|台(?![风账湾])|套|篇|种(?![植粮子])|批(?![复准示文])|例(?!会)|字|天|斤|岁"
)
# Neither part of another number, a name or an address, nor of a document number, 〔2017〕12号.
_BARE_YEAR = (
    r"(?<![0-9a-z/_-])(?<![0-9][.:])((?:19|20)[0-9]{2})"
    rf"(?![0-9a-z_]|[.:][0-9]|\s*(?:[-/年]|{_COUNTED})|[])〕】]\s*第?\s*[0-9]+\s*号)"
)
_NUMBERED_DATE = (
    r"(?<![0-9a-z/_.-])((?:19|20)[0-9]{2})(?=(?:([-/.])[0-9]{1,2}\2[0-9]{1,2}|-(?:0[1-9]|1[0-2]))"
    r"(?![0-9a-z_-]|[/.][0-9]|\s*号))"
)
# What stands around a number of years when it is a duration (满17年, 17年内) or a decade (90年代), not a calendar year.
_NO_DURATION_BEFORE = (
    rf"(?<![0-9第近过去共满每前后约超期龄权{_CN}十百千])(?<![0-9][.,])"
    "(?<!连续|累计|长达|缴费|干了|住了|交了|缴了|做了|等了|过了)"
)
_NO_DURATION_AFTER = (
    "(?!代(?![表理办码])|内(?![容部设控资])|以|之|多(?![少大长久])|间|期(?!间)|后(?![续勤备])|来(?![信访电自函源])|龄|限(?![购价行])|"
    "左右|了(?!解)|前(?![一二三两四1-4])|级|产权|使用权|的?工龄|不变)"
)
_RELATIVE = {
    "大前年": 3, "前年": 2, "去年": 1, "上年": 1, "上一年": 1, "昨年": 1, "今年": 0, "本年": 0, "当年": 0,
    "明年": -1, "后年": -2, "last year": 1, "this year": 0, "next year": -1,
    "qunian": 1, "qu nian": 1, "jinnian": 0, "jin nian": 0, "qiannian": 2,
}  # fmt: skip
# What the annual report's form calls its rows and columns: 上年结转 is of the year before the report, whichever it is.
_FORM = "上年结转|本年新收政府信息公开申请|本年度办理结果|本年(?:制发|废止)件数|本年处理决定数量|本年收费金额"
# 目前年度, 以前年度, 网上年检, 证明年限, 今后年份, 基本年报, 应当年检: words that only end and begin so.
_RELATIVE_FORM = (
    r"(?<![a-z])(?!(?<=[目之以提此])前年|(?<=[以网线早晚马])上年|(?<=[证声表])明年|(?<=说)明年度|(?<=[今以之休])后年|(?<=基)本年|(?<=应)当年)"
    rf"(?!{_FORM})(?:{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?!龄|检(?![查测验察举疫修]))"
)
_ENGLISH_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

_Reader = Callable[[re.Match[str], date], tuple[int, int] | None]


def _year(digits: str, today: date) -> int | None:
    number = int(digits.translate(DIGITS))
    if len(digits) == 4:
        return number
    # 17年 is 2017 for as long as 2017 is not further off than next year; 98年 is 1998; 70年 is a term of lease.
    if 2000 + number <= today.year + 1:
        return 2000 + number
    return 1900 + number if number >= 80 else None


def _read_one(found: re.Match[str], today: date) -> tuple[int, int] | None:
    year = _year(found[1], today)
    return (year, year) if year else None


def _read_range(found: re.Match[str], today: date) -> tuple[int, int] | None:
    first, last = _year(found[1], today), _year(found[2], today)
    return (first, last) if first and last else None


def _read_recent(found: re.Match[str], today: date) -> tuple[int, int]:
    """近三年 with the present year, since it is one of them; 过去三年 and 前三年 without it."""
    number = 3 if found[1] in ("几", "few") else _ENGLISH_NUMBERS.get(found[1]) or read_number(found[1]) or 1
    if _BYGONE.match(found[0]):
        return today.year - number, today.year - 1
    # The last twelve months began in the year before, and the present year's report is not there yet.
    return today.year - max(1, number - 1), today.year


_BYGONE = re.compile("过去|前|last|past")


_TO = r"(?:到|至|—+|-+|~|～|和?一直到|to)"
_AND = "(?:、|,|和|与|及|跟|或)"
_YEAR_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(rf"(?<![0-9])({YEAR})\s*年?度?\s*{_TO}\s*({YEAR}(?![0-9])|[0-9]{{2}}(?=\s*年))\s*年?度?"), _read_range),
    (
        re.compile(rf"{_NO_DURATION_BEFORE}([0-9]{{2}})\s*年?度?\s*{_TO}\s*([0-9]{{2}})\s*年度?{_NO_DURATION_AFTER}"),
        _read_range,
    ),
    (
        re.compile(r"(?:最近|近|过去|这|(?<!提)前)\s*([0-9]{1,2}|[一二两三四五六七八九十几])\s*年(?!级|前)"),
        _read_recent,
    ),
    (re.compile(rf"\b(?:last|past)\s+([0-9]{{1,2}}|few|{'|'.join(_ENGLISH_NUMBERS)})\s+years\b"), _read_recent),
    (re.compile(rf"(?<![0-9])({YEAR})\s*(?:年度?|nian(?:du(?![aeinou]))?)"), _read_one),
    (re.compile(r"民国\s*([0-9]{2,3})\s*年"), lambda found, today: (int(found[1]) + 1911,) * 2),
    (
        re.compile(rf"{_NO_DURATION_BEFORE}([0-9]{{2}})(?=(?:\s*{_AND}\s*[0-9]{{2}})+\s*年{_NO_DURATION_AFTER})"),
        _read_one,
    ),
    (re.compile(rf"{_NO_DURATION_BEFORE}([0-9]{{2}}|[{_CN}]{{2}})\s*(?:年度?{_NO_DURATION_AFTER}|nian)"), _read_one),
    (re.compile(_NUMBERED_DATE), _read_one),
    (re.compile(_BARE_YEAR), _read_one),
    (re.compile(_RELATIVE_FORM), lambda found, today: (today.year - _RELATIVE[found[0]],) * 2),
)


def year_spans(text: str, today: date) -> list[tuple[int, int, int, int]]:
    """(start, end, first year, last year) of what names years, leftmost and longest form first, without overlaps."""
    taken: list[tuple[int, int, int, int]] = []
    for form, read in _YEAR_FORMS:
        for found in form.finditer(text):
            years = read(found, today)
            overlaps = any(found.start() < end and start < found.end() for start, end, *_ in taken)
            if years is not None and years[0] <= years[1] and not overlaps:
                taken.append((found.start(), found.end(), *years))
    return sorted(taken)


_TORN = re.compile(r"(?<![0-9])(?<![0-9][.,:/-])[12](?:[ ,.。…·]{0,2}[0-9]){3}(?=[ ,.。…·]{0,2}年)")


def mend_torn(folded: str) -> str:
    """The text with years in one piece that a stray mark tore: 201,7年 and 2 017年 are 2017年.

    20,17年 may be two years, and 2,000年 a length of time.
    """
    return _TORN.sub(_in_one_piece, folded)


def _in_one_piece(found: re.Match[str]) -> str:
    pieces = re.findall("[0-9]+", found[0])
    may_be_two = [len(piece) for piece in pieces] == [2, 2] and not found[0][2:-2].isspace()
    is_count = len(pieces) == 2 and pieces[1] == "000"
    return found[0] if may_be_two or is_count else "".join(pieces)
