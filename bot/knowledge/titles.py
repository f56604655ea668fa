"""Tell a document's title line from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.lines import Line, Shape, without_blank_ends
from bot.knowledge.markers import begins_block, marker_of
from bot.language.normalise import fold, simplify

_LONGEST = 60
_LONGEST_WHOLE = 120
_LONGEST_UNNAMED = 40
_LONGEST_SENDER = 30
_TITLE_END = re.compile(
    r"(?:报告|年报|通知|公告|通告|公示|通报|公报|指南|须知|办法|规定|方案|意见|规划|计划|总结|目录|细则|条例|决定|决议|批复|函|说明|制度|简介|职责|流程"
    r"|问答|解读)(?:书|表)?(?:[(（《〔【\[].{1,20}[)）》〕】\]])?[》”\"]?$"
)
_SENTENCE = re.compile(r"[。；;！!，,]|[:：]$")
_SENDER_END = re.compile(
    r"(?:局|委|委员会|办公室|办|厅|部|院|署|中心|政府|管委会|街道办事处|办事处|银行|公司|学校|大学|医院|队|站|所)$"
)


def looks_like_title(text: str) -> bool:
    """Whether a line reads as a title: short, no sentence, ending as titles do (报告, 通知, 指南, …) or with 年度."""
    if not text or len(text) > _LONGEST:
        return False
    plain = simplify(text)
    if _SENTENCE.search(plain) or begins_block(plain):
        return False
    return _TITLE_END.search(plain) is not None or "年度" in plain


def ends_as_title(text: str) -> bool:
    """Whether a text, of one line or several, comes to an end as titles do, and is no sentence."""
    plain = simplify(text)
    return len(plain) <= _LONGEST_WHOLE and not _SENTENCE.search(plain) and _TITLE_END.search(plain) is not None


def looks_like_sender(text: str) -> bool:
    """Whether a line is nothing but the name of a public body, as at the head of a title and above a sign-off date."""
    if len(text) > 2 * _LONGEST_SENDER:
        return False
    plain = simplify(text).replace(" ", "")
    return (
        2 < len(plain) <= _LONGEST_SENDER
        and re.search(r"[，。；：、？！,;:?!0-9]", plain) is None
        and _SENDER_END.search(plain) is not None
        and not begins_block(plain)
    )


def take_title(lines: Sequence[Line], stated: str = "") -> tuple[str, tuple[Line, ...]]:
    """Take the title line off a text.

    Args:
        lines: the text without page chrome.
        stated: the title stated elsewhere; a first line that only repeats it is taken off.

    Returns:
        The title as published, empty where the text has no title line, and the lines that remain, never none of them.
    """
    body = without_blank_ends(lines)
    title, taken = _find_title(body)
    repeats = bool(stated) and _same(title, stated)
    if taken >= len(body) or (stated and not repeats):
        return "", body
    return title, without_blank_ends(body[taken:])


def _find_title(body: Sequence[Line]) -> tuple[str, int]:
    """(title, how many lines it takes); ("", 0) where there is none."""
    if not body or body[0].shape is Shape.ROW:
        return "", 0
    first = body[0].text
    if marker := marker_of(first):
        is_title = marker.hashes and marker.numbering is None and _stands_above_all(body, marker.hashes)
        return (marker.rest, 1) if is_title else ("", 0)
    if looks_like_title(first):
        return first, 1
    second = body[1].text if len(body) > 1 else ""
    if looks_like_sender(first) and looks_like_title(second):
        return first + second, 2
    unnamed = len(first) <= _LONGEST_UNNAMED and not _SENTENCE.search(first) and not begins_block(first)
    # A short line set apart by a blank one, or a question with its answer below, heads the text as well.
    if unnamed and ((len(body) > 1 and not second) or first.endswith(("？", "?"))):
        return first, 1
    return "", 0


def _stands_above_all(body: Sequence[Line], hashes: int) -> bool:
    """Whether the first heading is the only one of its level, and of level 1 or with deeper ones below it."""
    levels = [marker.hashes for line in body if (marker := marker_of(line.text)) and marker.hashes]
    return all(level > hashes for level in levels[1:]) and (hashes == 1 or len(levels) > 1)


def _same(title: str, stated: str) -> bool:
    one, other = fold(title).replace(" ", ""), fold(stated).replace(" ", "")
    return bool(one and other) and (one in other or other in one)
