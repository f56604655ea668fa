"""Table 3 of the annual report: what came in and what became of it, each cell with the applications behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.model import ApplicantKind, Application, Outcome

_Key = TypeVar("_Key")
Numbers = tuple[str, ...]
"""Registration numbers, in order."""


@dataclass(frozen=True, slots=True)
class TableThree:
    """收到和处理政府信息公开申请情况 of a year; a key that is missing is a cell of 0.

    Attributes:
        received: 一、本年新收, by the year of the first receipt.
        carried_over: 二、上年结转.
        ended: 三、本年度办理结果.
        carried_forward: 四、结转下年度继续办理.

    Source: 国办公开办函〔2021〕30号.
    """

    year: int
    received: Mapping[ApplicantKind, Numbers]
    carried_over: Mapping[ApplicantKind, Numbers]
    ended: Mapping[tuple[Outcome, ApplicantKind], Numbers]
    carried_forward: Mapping[ApplicantKind, Numbers]

    def ended_of(self, kind: ApplicantKind) -> Numbers:
        """三（七）, the results of a column."""
        return tuple(sorted(number for (_, of), numbers in self.ended.items() if of is kind for number in numbers))

    def at_fault(self, kind: ApplicantKind) -> Numbers:
        """The applications for which 一 + 二 = 三（七）+ 四 does not hold in a column; none where it balances."""
        before = Counter((*self.received.get(kind, ()), *self.carried_over.get(kind, ())))
        after = Counter((*self.ended_of(kind), *self.carried_forward.get(kind, ())))
        return tuple(sorted({*(before - after), *(after - before)}))


def table_three(applications: Iterable[Application], year: int) -> TableThree:
    """Count a year; what was registered and never received is not counted."""
    received: dict[ApplicantKind, list[str]] = defaultdict(list)
    over: dict[ApplicantKind, list[str]] = defaultdict(list)
    ended: dict[tuple[Outcome, ApplicantKind], list[str]] = defaultdict(list)
    forward: dict[ApplicantKind, list[str]] = defaultdict(list)
    for application in applications:
        came, end, outcome = application.received_on, application.ended, application.outcome
        if came is None or came.year > year:
            continue
        if came.year == year:
            received[application.kind].append(application.number)
        elif end is None or end.day.year >= year:
            over[application.kind].append(application.number)
        if end is None or end.day.year > year:
            forward[application.kind].append(application.number)
        elif end.day.year == year and outcome:
            ended[outcome, application.kind].append(application.number)
    return TableThree(year, _frozen(received), _frozen(over), _frozen(ended), _frozen(forward))


def _frozen(cells: Mapping[_Key, list[str]]) -> dict[_Key, Numbers]:
    return {key: tuple(sorted(numbers)) for key, numbers in cells.items()}
