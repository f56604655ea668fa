"""Numbers as Word's automatic numbering writes them: 一, 壹, 甲, ①, １, a, iv."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_LONGEST_LETTERS = 10


def numeral(value: int, form: str) -> str:
    """A number in the form that ``w:numFmt`` names; in digits where the form is unknown or does not reach so far."""
    write = _FORMS.get(form)
    return (write(value) if write and value > 0 else "") or ("" if form in ("none", "bullet") else str(value))


def _letters(value: int) -> str:
    # After z come aa and bb, not aa and ab.
    rounds, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (rounds + 1) if rounds < _LONGEST_LETTERS else ""


def _roman(value: int) -> str:
    if value > _LARGEST_ROMAN:
        return ""
    written = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        written += sign * count
    return written


def _row(first: str, last: str) -> Callable[[int], str]:
    """Signs that follow one another in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if value <= ord(last) - ord(first) + 1 else ""


def _listed(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if value <= len(signs) else ""


def _positional(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _counted(digits: str, units: str, zero: str, *, bare: str = "") -> Callable[[int], str]:
    """Counting with units up to 9999.

    Args:
        digits: of one to nine.
        units: of ten, hundred and thousand.
        zero: stands for skipped places inside a number.
        bare: which units go without a one before them, at the number's start for 十 in Chinese.
    """

    def write(value: int) -> str:
        if value > 9999:
            return ""
        written, gap = "", False
        for place in (3, 2, 1, 0):
            digit = value // 10**place % 10
            if not digit:
                gap = bool(written)
                continue
            unit = units[place - 1] if place else ""
            one_left_out = digit == 1 and unit in bare and unit and (bare == units or not written)
            written += (zero if gap else "") + ("" if one_left_out else digits[digit - 1]) + unit
            gap = False
        return written

    return write


_HAN = "一二三四五六七八九"
_SIMPLIFIED = _counted(_HAN, "十百千", "零", bare="十")


def _below_hundred(otherwise: Callable[[int], str]) -> Callable[[int], str]:
    return lambda value: _SIMPLIFIED(value) if value < 100 else otherwise(value)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": _positional("０１２３４５６７８９"),
    "decimalFullWidth2": _positional("０１２３４５６７８９"),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "chineseCounting": _below_hundred(_positional("○" + _HAN)),
    "chineseCountingThousand": _SIMPLIFIED,
    "chineseLegalSimplified": _counted("壹贰叁肆伍陆柒捌玖", "拾佰仟", "零"),
    "taiwaneseCounting": _below_hundred(_positional("○" + _HAN)),
    "taiwaneseCountingThousand": _SIMPLIFIED,
    "taiwaneseDigital": _positional("○" + _HAN),
    "ideographDigital": _positional("〇" + _HAN),
    "ideographLegalTraditional": _counted("壹貳參肆伍陸柒捌玖", "拾佰仟", "零"),
    "japaneseCounting": _counted(_HAN, "十百千", "", bare="十百千"),
    "japaneseDigitalTenThousand": _positional("〇" + _HAN),
    "japaneseLegal": _counted("壱弐参四伍六七八九", "拾百阡", ""),
    "ideographTraditional": _listed("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _listed("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _row("㊀", "㊉"),
    "decimalEnclosedCircle": _row("①", "⑳"),
    "decimalEnclosedCircleChinese": _row("①", "⑳"),
    "decimalEnclosedFullstop": _row("⒈", "⒛"),
    "decimalEnclosedParen": _row("⑴", "⒇"),
}  # fmt: skip
