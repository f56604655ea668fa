"""Table 4 of the annual report: reviews and lawsuits by result, and what is counted beside it, each cell with its cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.model import Case, CaseKind, CaseResult


@dataclass(frozen=True, slots=True)
class TableFour:
    """政府信息公开行政复议、行政诉讼情况 of a year; a key that is missing is a cell of 0.

    Attributes:
        cells: references by kind and result; the kinds that are no remedies are counted beside the table.

    Source: 国办公开办函〔2021〕30号.
    """

    year: int
    cells: Mapping[tuple[CaseKind, CaseResult], tuple[str, ...]]

    def count(self, kind: CaseKind, result: CaseResult) -> int:
        """A cell's figure."""
        return len(self.cells.get((kind, result), ()))

    def total(self, kind: CaseKind) -> int:
        """总计 of a block."""
        return sum(self.count(kind, result) for result in CaseResult)


def table_four(cases: Iterable[Case], year: int) -> TableFour:
    """Count a year: what was decided in it, and what was filed by its end and not decided by then."""
    cells: dict[tuple[CaseKind, CaseResult], list[str]] = defaultdict(list)
    first, last = date(year, 1, 1), date(year, 12, 31)
    for case in cases:
        result = case.result_by(last)
        decided_before = result is not CaseResult.PENDING and case.events[-1].day < first
        if case.filed_on <= last and not decided_before:
            cells[case.kind, result].append(case.reference)
    return TableFour(year, {key: tuple(sorted(references)) for key, references in cells.items()})
