"""The clocks of the regulation of 2008, which no current guide may promise: 15 working days and 15 more (its article 24)."""

from __future__ import annotations

import re
from datetime import date

from bot.language.normalise import fold

REVISED = date(2019, 5, 15)
"""Since when the revised regulation is in force: 20 working days and at most 20 more (article 33)."""

_FIFTEEN = r"(?:15|十五)\s*(?:个)?\s*工作日"
_OLD = re.compile(
    rf"{_FIFTEEN}[^。;!?]{{0,16}}(?:答复|回复|延长)|(?:答复|回复|延长)[^。;!?]{{0,16}}{_FIFTEEN}|{_FIFTEEN}"
)
_REPLY = re.compile(r"答复|回复|延长")
# A guide may tell what held before.
_BYGONE = re.compile(r"以前|之前|修订前|此前|旧|原(?:来|先|规定|条例)|20(?:0[0-9]|1[0-8])年|曾经?")
# Third parties and co-authors still have 15 working days (articles 32 and 34), and so have other procedures.
_OTHERS = re.compile(r"第三方|征求意见|征求.{0,8}意见|同意|异议|共同制作|行政复议|补正")


def outdated_clock(text: str, day: date | None) -> str:
    """The words that promise an answer within the old clocks, in a guide of that day; empty where there are none.

    Args:
        text: one line.
        day: when the guide was formed or published; None counts as today.
    """
    if day is not None and day < REVISED:
        return ""
    for sentence in re.split(r"[。;；!！?？]", fold(text)):
        found = _OLD.search(sentence)
        if found and _REPLY.search(sentence) and not _OTHERS.search(sentence) and not _BYGONE.search(sentence):
            return found[0]
    return ""
