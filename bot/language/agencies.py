"""Agencies named in text: those we know by name or alias, and those we do not know by how offices are called.

All functions take text as ``normalise.fold`` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.normalise import fold
from bot.language.places import CITIES, EVERYDAY, PROVINCES
from bot.model import Agency

# The offices that Chinese local governments have, without the 局, 委 or 办 at the end.
_OFFICES = (
    "教育|财政|公安|国安|税务|国税|地税|民政|司法|人社|人力资源和社会保障|人力资源社会保障|自然资源(?:和规划)?|国土(?:资源)?|规划|环保|环境保护|生态环境|"
    "住建|住房和城乡建设|住房城乡建设|城乡建设|建设|交通(?:运输)?|水利|水务|农业(?:农村)?|商务|文化(?:和)?旅游|文旅|文化|旅游|卫生(?:健康|和计划生育)?|卫健|卫计|"
    "应急(?:管理)?|安监|审计|市场监督管理|市场监管|市监|工商(?:行政管理)?|质监|食药监|食品药品监督管理|体育|统计|医保|医疗保障|林业|园林|城管|城市管理(?:执法)?|"
    "信访|扶贫|乡村振兴|发改|发展和改革|发展改革|经信|经济和信息化|工信|科技|科学技术|民宗|退役军人(?:事务)?|国资|金融(?:工作)?|粮食|供销|气象|地震|招商|投资促进|"
    "烟草专卖|档案|机关事务(?:管理)?|行政审批|政务服务(?:数据)?(?:管理)?|大数据(?:管理)?|房管|房产|人防|公积金|消防救援|邮政|海关|药监|知识产权|物价"
)
_RANK = "省|市|州|盟|县|区|旗|镇|乡"
_NAMED_PLACES = (
    rf"(?:{'|'.join(sorted((PROVINCES | CITIES) - EVERYDAY, key=len, reverse=True))})(?:{_RANK})?"
    rf"|(?:{'|'.join(sorted(EVERYDAY))})(?:{_RANK})"
)
# A place that is not in the list is read by its rank, 云岭县, 随县; words that only point (我市, 全县) are none.
_POINTING = (
    "请问|想知道|知道|告诉|关于|对于|我们|你们|咱们|[我本全贵咱你各该在到去找是和与及问对由向把被让给的了从年月日]"
)
_RANKED_PLACE = (
    rf"(?:(?!{_POINTING}|{_NAMED_PLACES})[\u4e00-\u9fff]){{2,3}}(?:{_RANK})"
    rf"|(?!{_POINTING}|[省市州区镇乡级每几两三外所属])[\u4e00-\u9fff]县"
)
_PLACE = rf"(?:{_NAMED_PLACES}|{_RANKED_PLACE})"
# 行政审批办法, 建设委托, 规划局部 and 建设中心城区 only begin like an office.
_SUFFIX = "局(?![部面限势])|厅|委员会|委(?![托派任])|办公室|办(?![法理事学证件公班])|部门|中心(?![城镇任思小])"
_COURT = "(?:人民)?政府办公室|(?:(?:中级|高级)?人民)?法院|(?:人民)?检察院"
_UNKNOWN = re.compile(rf"{_PLACE}{{0,3}}(?:{_OFFICES})(?:{_SUFFIX})|{_PLACE}{{1,3}}(?:{_COURT})")
_OFFICE_END = re.compile(f"{_SUFFIX}|{_COURT}")
_OTHER_PLACE = re.compile(rf"(?:{_NAMED_PLACES})(?:人民政府|政府)?")
_PLACE_AT_END = re.compile(rf"({_PLACE})+$")
# 曾都招商局 is 曾都区招商局.
_RANK_IN_NAME = re.compile(rf"(?<=^[\u4e00-\u9fff]{{2}})(?:{_RANK})(?=[\u4e00-\u9fff]{{2}})")
_STARTS_WITH_PLACE = re.compile(_PLACE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency's name in a text.

    Attributes:
        start, end: where it stands, in characters.
        name: the words as they stand.
        agencies: whom they may mean; several share an alias, none is known by an unknown name.
    """

    start: int
    end: int
    name: str
    agencies: tuple[Agency, ...]


def agencies_named(folded: str, agencies: Iterable[Agency]) -> tuple[Mention, ...]:
    """The agencies that a text names, in order, longest names first where they overlap.

    An alias behind another place's name (武汉市招商局 where we know 随州市招商局, short 招商局) is an unknown agency,
    and so is another province or city by itself; whether that matters is for the caller to tell from the passage.
    """
    listed = tuple(agencies)
    names, known = _names_of(tuple([(agency.name, agency.aliases) for agency in listed]))
    mentions = [
        _known(folded, found, tuple([listed[place] for place in names[found[0]]])) for found in known.finditer(folded)
    ]
    own_places = "".join(names)
    for pattern in (_UNKNOWN, _OTHER_PLACE) if _has_other_office(folded, mentions) else (_OTHER_PLACE,):
        for found in pattern.finditer(folded):
            taken = any(mention.start < found.end() and found.start() < mention.end for mention in mentions)
            # 湖北省 before 随州市招商局 says where ours lies, and 随州 by itself is where we are.
            leads = any(mention.start == found.end() and mention.agencies for mention in mentions)
            if not taken and not leads and not (pattern is _OTHER_PLACE and found[0][:2] in own_places):
                mentions.append(Mention(found.start(), found.end(), found[0], ()))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _has_other_office(folded: str, mentions: Sequence[Mention]) -> bool:
    """Whether there is an office to look for, place by place: one ends outside the names that are known."""
    return any(
        not any(mention.start < end.end() and end.start() < mention.end for mention in mentions)
        for end in _OFFICE_END.finditer(folded)
    )


@lru_cache(maxsize=16)
def _names_of(called: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[dict[str, list[int]], re.Pattern[str]]:
    """Each name that agencies go by with the places of those that it may mean, and a pattern that finds the longest.

    Args:
        called: each one's name and aliases; telling by all that is known of them took longer than to look for their names.
    """
    names: dict[str, list[int]] = {}
    for place, (official, aliases) in enumerate(called):
        full = fold(official)
        for name in dict.fromkeys((full, _RANK_IN_NAME.sub("", full), *map(fold, aliases))):
            names.setdefault(name, []).append(place)
    names.pop("", None)
    # Without names it finds nothing: an empty pattern would be found everywhere.
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return names, re.compile(pattern)


def _known(folded: str, found: re.Match[str], agencies: tuple[Agency, ...]) -> Mention:
    """The mention of a known name, with the place before it where it has none: 武汉市 + 招商局, 武汉 + 市招商局."""
    if _STARTS_WITH_PLACE.match(found[0]):
        return Mention(found.start(), found.end(), found[0], agencies)
    rank = found[0][0] if re.match(_RANK, found[0]) else ""
    place = _PLACE_AT_END.search(folded[max(0, found.start() - 16) : found.start()] + rank)
    if place is None:
        return Mention(found.start(), found.end(), found[0], agencies)
    start = found.start() - len(place[0]) + len(rank)
    # 随州 tells 随州市 well enough; 随 would not tell 随县 from it.
    short = place[1][:-1] if re.search(rf"..(?:{_RANK})$", place[1]) else place[1]
    fitting = tuple(agency for agency in agencies if short in fold(agency.name))
    return Mention(start, found.end(), folded[start : found.end()], fitting)
