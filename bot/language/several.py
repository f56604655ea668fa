"""A message to the questions in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language import wording
from bot.language.chatter import remove_chatter
from bot.language.normalise import fold
from bot.language.requests import request_kind
from bot.language.tokens import runs

MOST = 3
"""So many questions of one message are answered; a longer list is better asked one by one."""

LONGEST = 2000
"""Characters that are looked at."""

_LONGEST_TOPIC, _BROKEN = 8, 2

_ALSO = "另外|还有|此外|再就是|顺便(?:再?问(?:一?下)?)?|再(?:请?问|问(?:一?下)?)"
_END = re.compile(rf"(?<=[?？])|\n|[,，.。;；\s]\s*(?=(?:{_ALSO}))")
_LEAD = re.compile(rf"^(?:{_ALSO})[,，、:：\s]*")
_NUMBERED = re.compile(
    r"^\s*(?:[0-9]{1,2}|[一二三四五六七八九十])\s*[.、．)）]\s*|^\s*[(（][0-9一二三四五六七八九十]{1,2}[)）]\s*"
)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a message, each as typed; the message alone where it is one, or where a part of it asks nothing.

    Parts end with a question mark, with a line, or before what adds one (另外，还有). A list of topics, a line each, asks
    for each of them. A greeting beside the questions is left out; a sentence that explains is not, for it may belong to
    any of them, so that such a message stays whole.
    """
    lines = _END.split(text[:LONGEST])
    parts = [_LEAD.sub("", _NUMBERED.sub("", line).strip()) for line in lines]
    parts = [part for part in parts if _says_something(part)]
    if len(parts) < 2 or not (all(map(_is_question, parts)) or _is_list(text, parts)):
        return (text,)
    return tuple(dict.fromkeys(parts))


def _is_list(text: str, parts: Sequence[str]) -> bool:
    """Whether all parts are topics of a list: short, nothing but words, and numbered or more than two.

    Two short lines may be one that was broken: 随州市招商局 above 收费标准.
    """
    numbered = all(map(_NUMBERED.match, filter(_says_something, text.splitlines())))
    return (numbered or len(parts) > _BROKEN) and all(map(_is_topic, parts))


def _is_topic(part: str) -> bool:
    folded = fold(part)
    return (
        len(folded) <= _LONGEST_TOPIC
        and runs(folded) == [folded]
        and request_kind(folded).is_searched
        and bool(wording.content_stretches(remove_chatter(folded)))
    )


def _says_something(part: str) -> bool:
    folded = fold(part)
    return bool(remove_chatter(folded).strip(" ,，.。!！?？、;；~～…"))


def _is_question(part: str) -> bool:
    folded = fold(part)
    if not request_kind(folded).is_searched:
        return False
    marked = folded.endswith("?") or wording.asks(folded)
    return marked and bool(wording.content_stretches(remove_chatter(folded)) or re.search("[0-9]", folded))
