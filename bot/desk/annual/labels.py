"""The words of the form: rows and columns of tables 2, 3 and 4 as 国办公开办函〔2021〕30号 has them, and what fills them.

Keys of rows and columns are those by which `knowledge.form_layouts` recognises them when the report comes back as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.applying.balance import TableThree
from bot.desk import fields
from bot.desk.cases import KINDS
from bot.model import ApplicantKind, CaseKind, Channel, Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 3.

    Attributes:
        key: ``三(三)1``.
        path: its label with those above it, outermost first.
        numbers: the registration numbers that it counts of a kind of applicant.
    """

    key: str
    path: tuple[str, ...]
    numbers: Callable[[TableThree, ApplicantKind], Sequence[str]]


RECEIVED, CARRIED_OVER = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
HANDLED, CARRIED_FORWARD = "三、本年度办理结果", "四、结转下年度继续办理"

_GROUPS: Sequence[tuple[str, str, Sequence[tuple[Outcome, str]]]] = (
    ("(一)", "（一）予以公开", ((Outcome.GRANTED, ""),)),
    ("(二)", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ((Outcome.PARTLY_GRANTED, ""),)),
    (
        "(三)",
        "（三）不予公开",
        (
            (Outcome.STATE_SECRET, "1.属于国家秘密"),
            (Outcome.FORBIDDEN_BY_LAW, "2.其他法律行政法规禁止公开"),
            (Outcome.ENDANGERS_SAFETY, "3.危及“三安全一稳定”"),
            (Outcome.THIRD_PARTY, "4.保护第三方合法权益"),
            (Outcome.INTERNAL_AFFAIRS, "5.属于三类内部事务信息"),
            (Outcome.WORK_IN_PROGRESS, "6.属于四类过程性信息"),
            (Outcome.ENFORCEMENT_FILE, "7.属于行政执法案卷"),
            (Outcome.ADMINISTRATIVE_QUERY, "8.属于行政查询事项"),
        ),
    ),
    (
        "(四)",
        "（四）无法提供",
        (
            (Outcome.NOT_HELD, "1.本机关不掌握相关政府信息"),
            (Outcome.TO_BE_MADE, "2.没有现成信息需要另行制作"),
            (Outcome.STILL_UNCLEAR, "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "(五)",
        "（五）不予处理",
        (
            (Outcome.PETITION, "1.信访举报投诉类申请"),
            (Outcome.REPEATED, "2.重复申请"),
            (Outcome.PUBLICATION, "3.要求提供公开出版物"),
            (Outcome.EXCESSIVE, "4.无正当理由大量反复申请"),
            (Outcome.CONFIRMATION, "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
    (
        "(六)",
        "（六）其他处理",
        (
            (Outcome.NOT_CORRECTED, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
            (Outcome.FEE_UNPAID, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
            (Outcome.OTHER, "3.其他"),
        ),
    ),
)


OUTCOMES: Mapping[Outcome, str] = {
    outcome: " ".join(filter(None, (group, label))) for _, group, members in _GROUPS for outcome, label in members
}
"""The row that an outcome counts in, with its group."""


def _ended(outcome: Outcome) -> Callable[[TableThree, ApplicantKind], Sequence[str]]:
    return lambda table, kind: table.ended.get((outcome, kind), ())


def _results() -> list[Row]:
    rows = []
    for key, group, members in _GROUPS:
        for place, (outcome, label) in enumerate(members, start=1):
            path = (HANDLED, group, label) if label else (HANDLED, group)
            rows.append(Row(f"三{key}{place if label else ''}", path, _ended(outcome)))
    return rows


ROWS: tuple[Row, ...] = (
    Row("一", (RECEIVED,), lambda table, kind: table.received.get(kind, ())),
    Row("二", (CARRIED_OVER,), lambda table, kind: table.carried_over.get(kind, ())),
    *_results(),
    Row("三(七)", (HANDLED, "（七）总计"), lambda table, kind: table.ended_of(kind)),
    Row("四", (CARRIED_FORWARD,), lambda table, kind: table.carried_forward.get(kind, ())),
)

COLUMNS: Mapping[str, tuple[ApplicantKind, ...]] = {
    "自然人": (ApplicantKind.PERSON,),
    "商业企业": (ApplicantKind.COMPANY,),
    "科研机构": (ApplicantKind.RESEARCH,),
    "社会公益组织": (ApplicantKind.CHARITY,),
    "法律服务机构": (ApplicantKind.LEGAL_SERVICE,),
    "其他": (ApplicantKind.OTHER,),
    "总计": tuple(ApplicantKind),
}

BLOCKS: Mapping[CaseKind, str] = {kind: name for kind, name in KINDS.items() if kind.is_remedy}

# A category that says 规范性文件 is of them; 规章 alone is of regulations, and 规章制度 of an office's own rules.
NORMATIVE: Mapping[str, Callable[[str], bool]] = {
    "规章": lambda category: category.endswith("规章"),
    "行政规范性文件": lambda category: category.endswith("行政规范性文件"),
}

CHANNELS: Mapping[Channel, str] = {Channel.PHONE: "来电", Channel.LETTER: "来信", Channel.VISIT: "来访"} | {
    channel: name
    for channel, name in fields.CHANNELS.items()
    if channel not in (Channel.PHONE, Channel.LETTER, Channel.VISIT)
}
