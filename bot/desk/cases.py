"""Reviews and lawsuits, and what is counted beside them, as staff read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.applying.remedies import TableFour
from bot.language.widths import columns, padded
from bot.model import Case, CaseEvent, CaseKind, CaseResult

KINDS: Mapping[CaseKind, str] = {
    CaseKind.REVIEW: "行政复议",
    CaseKind.LAWSUIT: "未经复议直接起诉",
    CaseKind.LAWSUIT_AFTER_REVIEW: "复议后起诉",
    CaseKind.COMPLAINT: "投诉举报",
    CaseKind.CORRECTION: "更正本人信息",
    CaseKind.PETITION: "信访",
}
RESULTS: Mapping[CaseResult, str] = {
    CaseResult.UPHELD: "结果维持",
    CaseResult.OVERTURNED: "结果纠正",
    CaseResult.OTHER: "其他结果",
    CaseResult.PENDING: "尚未审结",
}
_KIND_WIDTH = max(map(columns, KINDS.values()))
_RESULT_WIDTH = max(map(columns, RESULTS.values()))
_REFERENCE_WIDTH = len("SQ-2026-000001")


def one_line(case: Case) -> str:
    """Number, day, kind, result, what it is about."""
    kind, result = padded(KINDS[case.kind], _KIND_WIDTH), RESULTS[case.result]
    about = padded(case.about or "-", _REFERENCE_WIDTH)
    return f"{case.reference}  {case.filed_on}  {kind}  {result}  {about}  {case.note}".rstrip()


def whole(case: Case) -> Iterator[str]:
    """A case with every entry on it."""
    yield one_line(case)
    yield from map(_event, case.events)


def _event(event: CaseEvent) -> str:
    who = f"（{event.noted_by}，{event.noted_at.astimezone():%Y-%m-%d %H:%M}）"
    return "  ".join(filter(None, (str(event.day), RESULTS[event.result], event.note, who)))


def table_lines(table: TableFour) -> Iterator[str]:
    """The blocks of table 4, then the kinds beside it."""
    yield "  ".join((padded(f"{table.year}年", _KIND_WIDTH), *RESULTS.values(), "总计"))
    for kind, name in KINDS.items():
        if kind is CaseKind.COMPLAINT:
            yield "另外计数，不在表四"
        figures = (f"{table.count(kind, result):>{_RESULT_WIDTH}}" for result in RESULTS)
        yield "  ".join((padded(name, _KIND_WIDTH), *figures, f"{table.total(kind):>4}"))
