"""What a file states about its document: field names in English and Chinese, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.language.normalise import fold, strip_invisible
from bot.language.periods import parse_date
from bot.model import Kind, Status

KINDS: Mapping[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    "年度报告": Kind.REPORT,
    "报告": Kind.REPORT,
    "年报": Kind.REPORT,
    "信息条目": Kind.ITEM,
    "条目": Kind.ITEM,
    "指南": Kind.GUIDE,
    "通知": Kind.NOTICE,
    "公告": Kind.NOTICE,
}
STATUSES: Mapping[str, Status] = {
    **{status.value: status for status in Status},
    "草稿": Status.DRAFT,
    "已发布": Status.PUBLISHED,
    "发布": Status.PUBLISHED,
    "已撤下": Status.WITHDRAWN,
    "撤下": Status.WITHDRAWN,
}
_Choice = TypeVar("_Choice")
_SEPARATORS = re.compile(r"[;；|｜\n]")


class BadValue(ValueError):  # noqa: N818 - it names a mistake of staff, not of the program
    """A value that its field cannot take; `reason` and `remedy` are for the person who wrote it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated about a document; None and empty mean that nothing is.

    Attributes:
        agency: key, name or alias as written.
        author: who wrote it; somebody else has to review it.
        aliases: 常见问法, what people ask when they mean this document.
        exceptions: (rule of the review, why it does not hold here).
    """

    title: str = ""
    kind: Kind | None = None
    status: Status | None = None
    category: str = ""
    agency: str = ""
    number: str = ""
    index_number: str = ""
    source: str = ""
    reviewed_by: str = ""
    author: str = ""
    aliases: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()
    formed_on: date | None = None
    published_on: date | None = None


def stated_from(values: Mapping[str, str]) -> Stated:
    """Read texts into fields.

    Args:
        values: field name of `Stated` to the text written for it; empty texts state nothing.

    Raises:
        BadValue: a date that is none, or a kind or a status that is unknown.
    """
    plain = {name: tidy(values.get(name, "")) for name in _PLAIN_FIELDS}
    return Stated(
        **plain,
        kind=read_choice("kind", values.get("kind", ""), KINDS),
        status=read_choice("status", values.get("status", ""), STATUSES),
        aliases=split_aliases(values.get("aliases", "")),
        exceptions=read_exceptions(values.get("exceptions", "")),
        formed_on=read_date("date", values.get("formed_on", "")),
        published_on=read_date("date", values.get("published_on", "")),
    )


_PLAIN_FIELDS = ("title", "category", "agency", "number", "index_number", "source", "reviewed_by", "author")


def tidy(text: str) -> str:
    """A value without invisible characters, its white space collapsed to single spaces."""
    return " ".join(strip_invisible(text).split())


def read_date(name: str, text: str) -> date | None:
    """The date that a text is; None for an empty one.

    Raises:
        BadValue: the text is not a whole date.
    """
    written = tidy(text)
    if not written:
        return None
    found = parse_date(written)
    if found is None:
        raise BadValue(f'{name} "{written}" is no date', "write 2017-12-31")
    return found


def read_choice(name: str, text: str, choices: Mapping[str, _Choice]) -> _Choice | None:
    """The value that a text names in English or Chinese; None for an empty text.

    Raises:
        BadValue: the text names none of them.
    """
    if not (text and (written := fold(text))):
        return None
    if written not in choices:
        known = ", ".join(choices)
        raise BadValue(f'{name} "{tidy(text)}" is unknown', f"write one of {known}")
    return choices[written]


def read_exceptions(text: str) -> tuple[tuple[str, str], ...]:
    """Exceptions written in one text, ``rule: reason``, separated by ; ； | or line ends.

    Raises:
        BadValue: an exception has no reason.
    """
    found = []
    for part in split_aliases(text):
        rule, _, reason = part.replace("：", ":", 1).partition(":")
        if not reason.strip():
            raise BadValue(
                f'the exception "{part}" has no reason', "write exceptions: {rule: why it does not hold here}"
            )
        found.append((rule.strip(), reason.strip()))
    return tuple(found)


def split_aliases(text: str) -> tuple[str, ...]:
    """Aliases written in one text, separated by ; ； | or line ends, without repeats."""
    return tuple(dict.fromkeys(part for part in map(tidy, _SEPARATORS.split(text)) if part))


def field_key(name: str) -> str:
    """The form in which field names and column headings are compared: folded, without blanks inside Chinese ones."""
    return fold(name).replace(" ", "_" if name.isascii() else "")
