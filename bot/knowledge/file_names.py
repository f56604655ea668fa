"""What a file's name tells of its document: a title, and a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.language.periods import parse_date

# What people put before and behind a title to keep their files in order.
_BEFORE = re.compile(
    r"^(?:附[件表]\s*(?:[0-9]{1,2}(?![0-9年月日个项次])|[一二三四五六七八九十]{1,2}(?=[\s:：、.．_-]))[:：、.．_-]?"
    r"|[0-9]{1,2}[、．.](?=[^0-9]|(?:19|20)[0-9]{2}年))\s*"
)
_VERSION = "定稿|终稿|最终版|公开版|发布版|上网版|正式版|盖章版|副本"
_BEHIND = re.compile(rf"[\s_-]*(?:[(（](?:{_VERSION}|[0-9]{{1,2}})[)）]|(?<=[\s_-])(?:{_VERSION}))$")
# Such as 2024-01-20, 20240120 and 2024年1月20日; t20240120_1234 is what systems of web sites call a page.
_DAY = re.compile(
    r"^(?:t(?=[0-9]{8}_[0-9]+$))?([0-9]{4}(?:[-.年][0-9]{1,2}[-.月][0-9]{1,2}日?|[0-9]{4}))(?![0-9])[\s_-]*"
)


@dataclass(frozen=True, slots=True)
class FileName:
    """A name without its suffix.

    Attributes:
        title: without what only keeps files in order; the whole name where nothing else is left.
        day: that it begins with, as pages are named after the day of their publishing; None where it begins with none.
    """

    title: str
    day: date | None = None


def read_name(stem: str) -> FileName:
    """Read a file's name."""
    found = _DAY.match(stem)
    day = parse_date(found[1]) if found else None
    title = stem[found.end() :] if found and day else stem
    while (shorter := _BEHIND.sub("", _BEFORE.sub("", title))) not in ("", title):
        title = shorter
    return FileName(stem if not title or title.isdecimal() else title, day)
