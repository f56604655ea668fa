"""The contact that a document names itself: 联系电话, 办公地址, 电子邮箱 and what else stands below its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.lines import Line
from bot.language.normalise import simplify
from bot.language.personal import Personal, find_personal
from bot.model import AgencyContact

_LABELS = {
    "phone": r"联系电话|咨询电话|办公电话|受理电话|服务电话|值班电话|联系方式|咨询热线|联系我们",
    "address": r"办公地址|联系地址|通讯地址|通信地址|受理地址|办公地点|受理地点|办理地点|申请地址",
    "hours": r"办公时间|工作时间|受理时间|办理时间|服务时间|接待时间",
    "fax": r"传真(?:号码|电话)?",
    "email": r"电子邮箱|电子邮件|邮箱|电邮|E-?mail",
    "department": r"联系(?:部门|科室|单位)|受理(?:部门|机构|科室|单位)|承办(?:部门|科室)|办理机构|责任科室",
}
_ANY = "|".join(_LABELS.values())
_STATED = re.compile(
    rf"(?:^|(?<=[，,；;。、（(\s]))(?P<label>{_ANY})(?:为|是)?\s*[:：]\s*(?P<value>[^，,；;。、）)\s](?:(?!(?:{_ANY})\s*[:：])[^；;。\n])*)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:[(（]?0[0-9]{2,3}[)）]?[-－— ]?)?[0-9]{5,8}(?:[-－转][0-9]{1,5})?|[48]00[-－ ]?[0-9]{3,4}[-－ ]?[0-9]{3,4}"
)
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_LONGEST = 60


def stated_contact(lines: Sequence[Line], name: str) -> AgencyContact | None:
    """What a text tells citizens to reach its office by.

    Args:
        lines: of the text, its sign-off included.
        name: of the agency whose document it is.

    Returns:
        A contact with the fields that the text labels, each as first stated; None where it gives no telephone, address or
        e-mail. A person's mobile is never taken, and an ambiguous text, with two telephones of two offices, gives none.
    """
    found: dict[str, list[str]] = {}
    for line in lines:
        if ":" not in line.text and "：" not in line.text:
            continue
        plain = simplify(line.text)
        # The value is taken as published; OpenCC keeps the length of all but a few phrases.
        text = line.text if len(plain) == len(line.text) else plain
        for stated in _STATED.finditer(plain):
            field = _field(stated["label"])
            if value := _value(field, text[slice(*stated.span("value"))]):
                found.setdefault(field, []).append(value)
    if not {"phone", "address", "email"} & found.keys() or _is_directory(found):
        return None
    return AgencyContact(name, **{field: values[0] for field, values in found.items()})


def _field(label: str) -> str:
    return next(field for field, pattern in _LABELS.items() if re.fullmatch(pattern, label, re.IGNORECASE))


def _value(field: str, text: str) -> str:
    text = text.strip(" 　，,、")
    if field in ("phone", "fax"):
        if any(trace.kind is Personal.MOBILE for trace in find_personal(text)):
            return ""
        return "、".join(dict.fromkeys(number[0].strip() for number in _PHONE.finditer(text)))
    if field == "email":
        address = _EMAIL.search(text)
        return address[0] if address else ""
    if field in ("department", "address"):
        text = re.split(r"[，,]", text)[0].strip()
    return text if len(text) <= _LONGEST else ""


def _is_directory(found: dict[str, list[str]]) -> bool:
    """Whether the text lists several offices; whose telephone answers then, nobody can say."""
    return any(len(set(values)) > 1 for field, values in found.items() if field in ("phone", "address", "department"))
