"""Words with which a paper says that it is not for the public, or not finished."""

from __future__ import annotations

import re

from bot.language.normalise import fold

_SECRECY = (
    re.compile(r"(?:绝密|机密|秘密)\s*[★☆*✩]"),
    re.compile(r"密级\s*[::]?\s*(?:绝密|机密|秘密|内部)"),
    re.compile(
        r"^[\[(【〔<「]?\s*(?:绝密|机密|秘密|内部(?:资料|文件|材料|使用|参考)|不予公开|不公开|涉密)[^\u4e00-\u9fff]{0,6}$"
    ),
    re.compile(
        r"内部(?:资料|文件|材料)[,、 (]*(?:请勿|不得|严禁|注意|禁止|切勿)?(?:外传|公开|泄露|翻印|复印|转载|保存|保管|扩散)"
    ),
    re.compile(r"[(【\[〔]\s*(?:内部资料|内部文件|内部使用|此件不公开|不予公开|此件不予公开|不宜公开)\s*[)】\]〕]"),
    re.compile(r"(?:此件|本件|本文件|该文件)(?:不予公开|不公开|不宜公开|内部掌握|依申请公开后方可)"),
    re.compile(
        r"(?:公开(?:属性|方式|类型|形式|选项|范围)|信息公开(?:选项|属性|类型))\s*[::]\s*(?:不予公开|不公开|内部)"
    ),
)
# What one of these patterns needs at least: most lines have none of it.
_NAMES_SECRECY = re.compile(r"密|内部|不[予宜]?公开|依申请公开后方可")
_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|报批稿|审议稿|初稿|修改稿|草稿|未定稿")
# To ask the public for its opinion is to publish a draft on purpose.
_CONSULTATION = re.compile(r"(?:公开|社会|公众)?(?:征求|征集|听取).{0,12}(?:意见|建议)(?!稿)|意见征集|听证")
_PLACEHOLDER = re.compile(
    r"(?<!等)待定(?![期点向制])|待补充|待填|待完善|待核实|待确认|此处(?:填写|插入|补充)|[xX×╳ⅹ]{2,}(?=[年月日条件个元人次项号市县局万%]|同志|公司|单位|$|[,.;:、。，；：)）])"
    r"|(?<![A-Za-z])(?:TBD|TODO)(?![A-Za-z])|【\s*】|\[\s*\]|_{3,}|[?？]{3,}|[xX×]{3,}"
)


def secrecy_mark(text: str) -> str:
    """The words that mark a line as secret, internal or not public; empty where there are none.

    To name secrecy is no mark: 保密审查, 不予公开 as a kind of reply, 属于国家秘密 in a table.
    """
    plain = fold(text)
    if not _NAMES_SECRECY.search(plain):
        return ""
    found = next((found for pattern in _SECRECY if (found := pattern.search(plain))), None)
    return found[0].strip() if found else ""


def draft_title(title: str) -> str:
    """The word with which a title says that its text is a draft; empty where it asks the public for its opinion."""
    plain = fold(title)
    found = _DRAFT.search(plain)
    return found[0] if found and not _CONSULTATION.search(plain.replace(found[0], "")) else ""


def placeholder(text: str) -> str:
    """What stands in a line for something that is still to be written: 待定, XX, ____; empty where nothing does."""
    found = _PLACEHOLDER.search(text)
    return found[0] if found else ""
