"""What a year's report counts, each figure with the references behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.applying.balance import TableThree, table_three
from bot.applying.remedies import TableFour, table_four
from bot.desk.annual.labels import BLOCKS, CHANNELS, COLUMNS, NORMATIVE, ROWS
from bot.desk.cases import RESULTS
from bot.desk.fields import OUTCOMES
from bot.model import Agency, Application, Case, CaseResult, Channel, ContactRecord, Resolution, YearsDocument

References = tuple[str, ...]
UNCATEGORISED = "其他"
RECEPTION = (Channel.PHONE, Channel.LETTER, Channel.VISIT)
"""接待: whom staff spoke to themselves, by telephone, letter or face to face."""


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The figures of a year.

    Attributes:
        last_day: the last day that is counted; the year's last, or today while it is running.
        disclosed: ids of the documents formed or else published in the year, by category; annual reports are not counted.
        inquiries: references of the contact records by channel; duplicates and small talk are not counted.
        resolved: the same records by what became of them.
    """

    year: int
    last_day: date
    agency: Agency
    disclosed: Mapping[str, References]
    inquiries: Mapping[Channel, References]
    resolved: Mapping[Resolution, References]
    applications: TableThree
    cases: TableFour

    @property
    def documents(self) -> int:
        """主动公开信息 in all."""
        return sum(map(len, self.disclosed.values()))

    @property
    def contacts(self) -> int:
        """咨询 in all."""
        return sum(map(len, self.inquiries.values()))

    @property
    def received_by_staff(self) -> int:
        """来电、来信、来访 in all."""
        return sum(len(self.inquiries.get(channel, ())) for channel in RECEPTION)

    @property
    def is_empty(self) -> bool:
        """Whether the year left nothing on record."""
        return not any(references for _, references in self.cells())

    def cells(self) -> Iterator[tuple[str, References]]:
        """Every figure by its name, in the order of the report: ``三(一)/自然人``, ``主动公开/项目信息``, ``咨询/来电``."""
        yield "主动公开", tuple(id_ for ids in self.disclosed.values() for id_ in ids)
        yield from ((f"主动公开/{category}", ids) for category, ids in self.disclosed.items())
        yield from ((f"{kind}/本年制发件数", self.issued(kind)) for kind in NORMATIVE)
        yield "咨询", tuple(sorted(each for found in self.inquiries.values() for each in found))
        yield from ((f"咨询/{CHANNELS[channel]}", found) for channel, found in self.inquiries.items())
        yield from ((f"咨询/{OUTCOMES[result]}", found) for result, found in self.resolved.items())
        for row in ROWS:
            for column, kinds in COLUMNS.items():
                found = [number for kind in kinds for number in row.numbers(self.applications, kind)]
                yield f"{row.key}/{column}", tuple(sorted(found))
        for kind, block in BLOCKS.items():
            pairs = ((result, self.cases.cells.get((kind, result), ())) for result in CaseResult)
            yield from ((f"{block}/{RESULTS[result]}", found) for result, found in pairs)

    def issued(self, kind: str) -> References:
        """Ids of the year's documents whose category is of regulations (规章) or normative documents (行政规范性文件)."""
        return tuple(id_ for category, ids in self.disclosed.items() if NORMATIVE[kind](category) for id_ in ids)


def count_year(
    year: int,
    today: date,
    agency: Agency,
    documents: Iterable[YearsDocument],
    records: Iterable[ContactRecord],
    applications: Iterable[Application],
    cases: Iterable[Case],
) -> YearCounts:
    """Count a year.

    Args:
        year: the report's.
        today: where the year is still running, its last day that can be counted.
        agency: whose report it is.
        documents: what that agency published of that year.
        records: contact records of that year; those of other agencies are passed over.
        applications: all of them; table 3 takes those of the year and those that were carried over.
        cases: all of them.
    """
    disclosed: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        disclosed[document.category or UNCATEGORISED].append(document.id)
    inquiries: dict[Channel, list[str]] = {channel: [] for channel in CHANNELS}
    resolved: dict[Resolution, list[str]] = {result: [] for result in OUTCOMES}
    for record in records:
        if _counts(record, agency):
            inquiries[record.channel].append(record.reference)
            resolved[record.outcome].append(record.reference)
    return YearCounts(
        year,
        min(today, date(year, 12, 31)),
        agency,
        {category: tuple(ids) for category, ids in sorted(disclosed.items(), key=lambda each: -len(each[1]))},
        {channel: tuple(found) for channel, found in inquiries.items()},
        {result: tuple(found) for result, found in resolved.items()},
        table_three(applications, year),
        table_four(cases, year),
    )


def _counts(record: ContactRecord, agency: Agency) -> bool:
    """Whether it is an inquiry of its own, to this agency."""
    return agency.is_asked_by(record.agency) and not record.merged_into and record.kind.is_searched
