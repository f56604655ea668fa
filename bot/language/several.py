"""A message to the questions in it."""

from __future__ import annotations

import re

from bot.language import wording
from bot.language.chatter import remove_chatter
from bot.language.normalise import fold
from bot.language.requests import request_kind

MOST = 3
"""So many questions of one message are answered; a longer list is better asked one by one."""

LONGEST = 2000
"""Characters that are looked at."""

_END = re.compile(r"(?<=[?？])|\n")
_NUMBERED = re.compile(
    r"^\s*(?:[0-9]{1,2}|[一二三四五六七八九十])\s*[.、．)）]\s*|^\s*[(（][0-9一二三四五六七八九十]{1,2}[)）]\s*"
)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a message, each as typed; the message alone where it is one, or where a part of it asks nothing.

    Parts end with a question mark or a line. A greeting beside the questions is left out; a sentence that explains is
    not, for it may belong to any of them, so that such a message stays whole.
    """
    parts = [_NUMBERED.sub("", part).strip() for part in _END.split(text[:LONGEST])]
    parts = [part for part in parts if _says_something(part)]
    if len(parts) < 2 or not all(map(_is_question, parts)):
        return (text,)
    return tuple(dict.fromkeys(parts))


def _says_something(part: str) -> bool:
    folded = fold(part)
    return bool(remove_chatter(folded).strip(" ,，.。!！?？、;；~～…"))


def _is_question(part: str) -> bool:
    folded = fold(part)
    if not request_kind(folded).is_searched:
        return False
    marked = folded.endswith("?") or wording.asks(folded)
    return marked and bool(wording.content_stretches(remove_chatter(folded)) or re.search("[0-9]", folded))
