"""Questions for the office itself: its telephone, where it is, when it is open.

What an agency states of itself answers them, and no passage that happens to speak of telephones.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Detail(StrEnum):
    """What of a contact is asked for; the name of the field that states it, or `any` for whatever is stated."""

    PHONE = "phone"
    ADDRESS = "address"
    HOURS = "hours"
    FAX = "fax"
    EMAIL = "email"
    SITE = "site"
    ANY = "any"


OFFICE = "你们"
"""Stands in the place of an agency's name in a text for `details_asked`."""

THE_OFFICE = "(?:(?:你|您|咱)们?的?(?:单位|局里?|机关|部门|办公室|这里|这儿|那里|那边)?|[贵该本](?:局|单位|机关|部门|委|厅|办)|(?:单位|局里|机关|办公室))"
"""A pattern of what citizens call the office that they write to."""

_IN_CHINESE = {
    Detail.PHONE: "(?:联系|咨询|办公室?|服务|值班|固定|热线)?(?:电话|座机)(?:号码?)?|(?:服务|咨询)?热线",
    Detail.ADDRESS: "(?:办公|单位|联系|详细|通讯|通信)?(?:地址|地点)|(?:办公)?位置",
    Detail.HOURS: "(?:对外)?(?:上下?班|办公|工作|开放|营业|作息)(?:的)?时间",
    Detail.FAX: "传真(?:号码?)?",
    Detail.EMAIL: "(?:电子)?(?:邮箱|邮件)(?:地址)?",
    Detail.SITE: "(?:官方)?(?:网站|网址|官网)(?:地址)?",
    Detail.ANY: "联系(?:方[式法]|人)",
}
_IN_ENGLISH = {
    Detail.PHONE: "(?:phone|telephone)(?: number)?|contact number",
    Detail.ADDRESS: "(?:office )?address|location",
    Detail.HOURS: "(?:opening|office|working|business) hours",
    Detail.FAX: "fax(?: number)?",
    Detail.EMAIL: "e-?mail(?: address)?",
    Detail.SITE: "website",
    Detail.ANY: "contact (?:details|information)",
}
NAMES_IN_CHINESE = f"(?:{'|'.join(_IN_CHINESE.values())})"
NAMES_IN_ENGLISH = f"(?:{'|'.join(_IN_ENGLISH.values())})"
"""Patterns of what the details of a contact are called, without groups of their own."""

_NAMES = {detail: f"{_IN_CHINESE[detail]}|{_IN_ENGLISH[detail]}" for detail in Detail}
_NAME = f"(?:{NAMES_IN_CHINESE}|{NAMES_IN_ENGLISH})"
_FIRST, _LAST = (
    "(?:(?:有没有|有|提供|给|告诉|发|要|求|查(?:一下)?|我|一?下|一?个|what is|what are|what's|is there|your|the|an?|office)[ ]?){0,4}",
    "(?:(?:是|有|在|一共|分别)?(?:多少|什么|啥|哪里?|哪儿|几号?|几点|怎么样|谁|没有)?(?:呢|啊|呀|吗|么|吧|嘛|的)?)",
)
_NAMED = re.compile(rf"{_FIRST}(?:{THE_OFFICE})?的?{_NAME}(?:(?:和|与|跟|及|以及|还有|、|,| and )+{_NAME})*{_LAST}")
_EACH = {detail: re.compile(names) for detail, names in _NAMES.items()}
_PUT = (
    (
        Detail.ADDRESS,
        rf"{THE_OFFICE}(?:在|位于|搬到|搬)(?:了)?(?:哪里?|哪儿|什么(?:地方|位置|路)|何处)(?:办公|上班)?|在哪(?:里|儿)?办公|(?:怎么|如何)(?:走|去|到){THE_OFFICE}|去{THE_OFFICE}怎么走|{THE_OFFICE}怎么(?:走|去)|where (?:is|are) (?:you|your office|the office|it)(?: located)?",
    ),
    (
        Detail.HOURS,
        rf"(?:{THE_OFFICE})?(?:周[一二三四五六日末天]|星期[一二三四五六日天]|节假日|中午|早上|上午|下午|晚上|今天|明天)?(?:几点|什么时[候间]|何时)(?:钟)?(?:到几点)?(?:上下?班|下班|开门|关门|办公)|{THE_OFFICE}(?:周[六日末天]|星期[六日天]|节假日|中午|今天|明天)(?:上班|开门|办公|有人|休息)|(?:when|what time) (?:do you|are you|does (?:it|the office)|is the office) (?:open|close)|are you open(?: today| tomorrow| on weekends?)?",
    ),
    (
        Detail.ANY,
        rf"(?:怎么|怎样|如何)(?:才能|可以|能)?(?:跟|和|与)?(?:联系|找)(?:到|上)?{THE_OFFICE}|(?:怎么|怎样|如何)(?:才能|可以|能)?(?:跟|和|与){THE_OFFICE}联系|{THE_OFFICE}(?:怎么|怎样|如何)联系|(?:how (?:can|do|could) i )?contact(?: you| us| the office)?",
    ),
)
_AS_PUT = tuple((detail, re.compile(f"(?:{form})(?:呢|啊|呀|吗|么|吧|的)?")) for detail, form in _PUT)
# Spelled without spaces and tones.
_SPELLED = {
    Detail.PHONE: "(?:lianxi|bangong|zixun)?dianhua(?:haoma)?",
    Detail.ADDRESS: "(?:bangong)?dizhi|zainali|zainaer",
    Detail.HOURS: "(?:shangban|bangong|gongzuo)shijian|jidianshangban|jidianxiaban|jidiankaimen",
    Detail.FAX: "chuanzhen",
    Detail.EMAIL: "(?:dianzi)?youxiang",
    Detail.SITE: "wangzhi|guanwang",
    Detail.ANY: "lianxifangshi|zenmelianxi",
}
_AS_SPELLED = re.compile(
    f"(?:nimen(?:de)?)?(?:{'|'.join(f'(?P<{detail}>{names})' for detail, names in _SPELLED.items())})(?:nimen)?"
    "(?:shi)?(?:duoshao|shenme|nali|naer|zainali|zainaer)?(?:ne|a|ma)?"
)
_EDGE = " \t\n,，.。!！?？、;；~～…"


def details_asked(asked: str) -> frozenset[Detail]:
    """What of an office's contact is asked for; empty where anything else is asked for, or beside it.

    Args:
        asked: as ``normalise.fold`` gives it, without greetings, `OFFICE` in the place of an agency's name.
    """
    words = asked.strip(_EDGE)
    if _NAMED.fullmatch(words):
        return frozenset(detail for detail, names in _EACH.items() if names.search(words))
    for detail, form in _AS_PUT:
        if form.fullmatch(words):
            return frozenset({detail})
    if words.isascii() and (spelled := _AS_SPELLED.fullmatch(words.replace(" ", ""))):
        return frozenset({Detail(spelled.lastgroup)}) if spelled.lastgroup else frozenset()
    return frozenset()
