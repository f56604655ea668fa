"""Words that only make sense after what was said before: 那2016年呢, 还有呢, 它的电话, 全文, a bare number.

Pure: the words and the last question go in, what they are taken for comes out. What is a question of its own stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.language import chatter, wording
from bot.language.agencies import Mention, agencies_named
from bot.language.contacts import NAMES_IN_CHINESE, NAMES_IN_ENGLISH, THE_OFFICE
from bot.language.normalise import fold
from bot.language.periods import Period, periods_in, without_periods
from bot.language.requests import request_kind
from bot.language.tokens import is_han
from bot.language.years import read_number
from bot.model import Agency, RequestKind

LONGEST = 40
"""Characters of a follow-up; who writes more says what is meant."""

LONGEST_TOPIC = 12
"""Characters of what is asked instead: 收费 in 那收费呢."""


class Wish(StrEnum):
    """What a follow-up asks for: one of the choices, the whole passage, what else there is, what is not there, or an answer."""

    PICK = "pick"
    WHOLE = "whole"
    MORE = "more"
    MISSING = "missing"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What words are taken for.

    Attributes:
        number: of the choice, from 1, where one is picked, be it one that was not offered.
        question: the whole question, where an answer is asked for.
    """

    wish: Wish
    number: int = 0
    question: str = ""


_PICK = re.compile(r"(?:第\s*)?([0-9]{1,2})\s*(?:条|个|项|号)?|第\s*([一二三四五六七八九十])\s*(?:条|个|项|号)?")
_WHOLE = re.compile(
    "/full|(?:看|要|发|给我)?(?:一下)?(?:全文|原文|完整(?:的)?内容|全部内容)(?:呢|吧)?|full text|quan ?wen", re.ASCII
)
_MORE = re.compile(
    "还有(?:没有)?(?:别的|其他的?|其它的?|什么|哪些|更多)?(?:的|内容|信息)?(?:呢|吗|么)?|(?:别的|其他的?|其它的?)(?:呢|吗)?|"
    "更多(?:内容|信息)?|(?:anything|what) else|more|hai ?you ne",
)
_EDGE = " \t\n,，.。!！?？、;；~～…"

# What may stand beside a year or an agency without adding anything: 那…呢, 又是多少, what about.
_BARE = re.compile(
    rf"(?:有|是|共有|共)?(?:多少|几)(?:个)?(?:{wording.COUNTED}|{wording.MONEY})?|怎么样|如何|怎样|情况|数据|那么?|换成|改成|"
    r"[呢的呀啊哦吗么嘛又也还是有就年度和与及跟]|\b(?:and|what|how|about|for|in|of|the|then|many|much|na|ne|de)\b|[\W_]"
)
_JOINTS = " 和与及跟或、,"
_POINTER = "它们?|他们?|她们?|其|这个?|那个?"
_OFFICE = f"{THE_OFFICE}|[这那]个?(?:单位|局|机关)"
# The last two no agency states of itself; a document may.
_ATTRIBUTE = f"(?:{NAMES_IN_CHINESE}|邮编|负责人)"
_ASKED_ATTRIBUTE = re.compile(
    rf"(?:那么?)?(?:(?P<office>{_OFFICE})|{_POINTER})?(?:的)?(?P<said>{_ATTRIBUTE})(?:是|在)?(?:多少|什么|哪里|哪儿|几点|几号|谁)?(?:呢|啊|呀|吗)?|"
    r"(?:and |what about )?(?:what(?:'s| is) )?(?:its |their |the )?"
    rf"(?P<english>{NAMES_IN_ENGLISH})"
)
_ENDS_WITH_ATTRIBUTE = re.compile(rf"的?(?:{_ATTRIBUTE})$")
_MARKED = re.compile(r"那么?(?P<after>.+?)呢?|(?P<before>.+?)呢|(?:and|what about|how about) (?P<english>.+)")


def read_follow_up(
    text: str, last: str, offered: int, agencies: Sequence[Agency], today: date, *, quoted: bool = False
) -> FollowUp | None:
    """Read words that may follow up on the last question.

    Args:
        text: the words as received.
        last: the last question, whole.
        offered: how many choices the last reply offered.
        agencies: those whose names are known.
        today: what 去年 is counted from.
        quoted: whether a passage was quoted last, of which more may be asked for.

    Returns:
        None where the words are a question of their own.
    """
    if len(text) > LONGEST:
        return None
    words = fold(text).strip(_EDGE)
    if picked := _PICK.fullmatch(words):
        number = read_number(picked[1] or picked[2]) or 0
        return FollowUp(Wish.PICK if 1 <= number <= offered else Wish.MISSING, number=number) if offered else None
    if _WHOLE.fullmatch(words):
        return FollowUp(Wish.WHOLE if quoted else Wish.MISSING)
    if _MORE.fullmatch(words):
        return FollowUp(Wish.MORE if quoted or offered else Wish.MISSING)
    question = completed(last, text, agencies, today)
    return FollowUp(Wish.ANSWER, question=question) if question else None


def completed(last: str, new: str, agencies: Sequence[Agency], today: date) -> str | None:
    """The question that new words stand for after the last one; None where they are a question of their own.

    A year or an agency alone takes the place of the last question's; what belongs to anything (电话) is asked of what the
    last question was about; another matter (那收费呢) is asked of the same year and agency.
    """
    before = chatter.remove_chatter(fold(last[:500])).strip(_EDGE)
    words = fold(new).strip(_EDGE)
    if not before or not words or request_kind(words) is not RequestKind.INQUIRY:
        return None
    if asked := _ASKED_ATTRIBUTE.fullmatch(words):
        return _of_the_same(before, asked["said"] or asked["english"], bool(asked["office"]), agencies, today)
    periods = periods_in(words, today)
    mentions = _named(words, periods, agencies)
    if not periods and not mentions:
        return _another_matter(before, words, agencies, today)
    rest = _without(without_periods(words, periods), (mention.name for mention in mentions))
    if _BARE.sub("", rest) or not _asks_the_same(before, words):
        return None
    exchanged = _exchanged_periods(before, periods, today) if periods else before
    return _exchanged_agencies(exchanged, mentions, agencies, today) if mentions else exchanged


def _asks_the_same(before: str, words: str) -> bool:
    """Whether a figure that is asked for is the one that was asked for before: 2016年多少钱 is not 2017年多少条."""
    unit = wording.asked_unit(words)
    return unit in (None, "") or unit == wording.asked_unit(before)


def _named(text: str, periods: Iterable[Period], agencies: Sequence[Agency]) -> tuple[Mention, ...]:
    """Our own agencies in a text."""
    mentions = agencies_named(without_periods(text, tuple(periods)), agencies)
    return tuple(mention for mention in mentions if mention.agencies)


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text


def _exchanged_periods(before: str, periods: Sequence[Period], today: date) -> str:
    latin = before.isascii()
    named = (" and " if latin else "和").join(_full(period.text, latin) for period in periods)
    old = periods_in(before, today)
    if not old:
        return f"{before} {named}" if latin else f"{named}{before}"
    text = before
    for period in reversed(old[1:]):
        # 2015年和2016年 is one place for a year, not one and a half.
        head = text[: period.start].rstrip(_JOINTS).removesuffix(" and")
        text = head + text[period.start + len(period.text) :]
    first = old[0]
    return f"{text[: first.start]}{named}{text[first.start + len(first.text) :]}"


def _full(period: str, latin: bool) -> str:
    """A period as it stands in a sentence: a bare 2016 gets its 年."""
    return f"{period}年" if not latin and re.fullmatch("[0-9]{4}", period) else period


def _exchanged_agencies(before: str, mentions: Sequence[Mention], agencies: Sequence[Agency], today: date) -> str:
    named = "和".join(mention.name for mention in mentions)
    old = _named(before, periods_in(before, today), agencies)
    if not old:
        return f"{named} {before}" if before.isascii() else f"{named}{before}"
    text = before.replace(old[0].name, named)
    return _without(text, (mention.name for mention in old[1:] if mention.name != old[0].name))


def _of_the_same(before: str, attribute: str, of_office: bool, agencies: Sequence[Agency], today: date) -> str | None:
    """Something of what the last question was about; its year does not bind a telephone.

    A figure or a time has no telephone: after a question for one the agency's is meant, as it is where the words say so.
    """
    periods = periods_in(before, today)
    mentions = _named(before, periods, agencies)
    name = mentions[0].name if mentions else ""
    rest = _without(without_periods(before, periods), (mention.name for mention in mentions))
    if of_office or wording.asked_unit(before) is not None or wording.asks_for_time(before):
        subject, name = "", name or next((agency.name for agency in agencies if agency.default), "")
    else:
        subject = _joined(wording.content_stretches(rest))
        subject = _ENDS_WITH_ATTRIBUTE.sub("", subject) or subject
    if subject == attribute or not (subject or name):
        return None
    return " ".join(filter(None, (name, subject, attribute))) if attribute.isascii() else f"{name}{subject}{attribute}"


def _joined(stretches: Sequence[str]) -> str:
    return ("" if all(map(is_han, stretches)) else " ").join(stretches)


def _another_matter(before: str, words: str, agencies: Sequence[Agency], today: date) -> str | None:
    marked = _MARKED.fullmatch(words)
    if not marked:
        return None
    matter = (marked["after"] or marked["before"] or marked["english"]).strip(_EDGE)
    if len(matter) > LONGEST_TOPIC or wording.asks(matter) or not wording.content_stretches(matter):
        return None
    periods = periods_in(before, today)
    bound = [mention.name for mention in _named(before, periods, agencies)[:1]]
    bound += [period.text for period in periods]
    if not bound:
        return None
    return f"{matter} {' '.join(bound)}" if matter.isascii() else f"{''.join(bound)}{matter}"
