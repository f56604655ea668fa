"""A year gathered from the store, checked, and drafted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.desk.annual.counts import YearCounts, count_year
from bot.knowledge.form_lines import table_3_in
from bot.model import Agency, ApplicantKind, Application, Case, Finding, Selection, Severity, Snapshot
from bot.store import Store


class ReportRefused(Exception):  # noqa: N818 - it says what is the matter
    """No report can be drafted as things stand; says place, reason and remedy."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A year's figures, those of the year before, and what a person should look at before the report goes out."""

    counts: YearCounts
    before: YearCounts
    remarks: tuple[Finding, ...]


def gather(store: Store, year: int, agency: str, now: datetime) -> Gathered:
    """Count a year of an agency and the one before.

    Args:
        store: with the registers and the catalogue.
        year: the report's.
        agency: its key; empty for the default agency, or the only one.
        now: in the agency's zone, whose years are meant.

    Raises:
        ReportRefused: there is no such agency, the year has not begun, or table 3 does not balance.
    """
    if year > now.year:
        raise ReportRefused(f"{year}：这一年还没有开始；`bot report {now.year}` 起草今年的")
    chosen = choose_agency(store.disclosures.snapshot(), agency)
    applications, cases = tuple(store.applications.all()), store.cases.all()
    counts, before = (_count(store, each, chosen, now, applications, cases) for each in (year, year - 1))
    _check_balance(counts)
    remarks = [*_running(counts, now.date()), *_carried(store, counts, before)]
    return Gathered(counts, before, tuple(remarks))


def choose_agency(snapshot: Snapshot, key: str) -> Agency:
    """The agency of a key; without one the default agency, or the only one.

    Raises:
        ReportRefused: there is no such agency.
    """
    known = {agency.key: agency for agency in snapshot.agencies}
    only = snapshot.agencies[0] if len(snapshot.agencies) == 1 else None
    found = known.get(key) if key else (snapshot.default_agency or only)
    if not known:
        raise ReportRefused("还没有发布机关；请写进 agencies.toml，再运行 `bot sync`")
    if found is None:
        which = f"没有发布机关“{key}”" if key else "有几个机关，没有写明哪个是默认的"
        raise ReportRefused(f"{which}；请用 --agency 写明一个：{'、'.join(known)}")
    return found


def _count(
    store: Store, year: int, agency: Agency, now: datetime, applications: Iterable[Application], cases: Iterable[Case]
) -> YearCounts:
    zone = now.tzinfo
    records = store.records.all(Selection(since=_first_moment(year, zone), until=_first_moment(year + 1, zone)))
    return count_year(
        year,
        now.date(),
        agency,
        store.listings.of_year(agency.key, year),
        records,
        applications,
        cases,
    )


def _first_moment(year: int, zone: tzinfo | None) -> datetime:
    return datetime(year, 1, 1, tzinfo=zone)


def _check_balance(counts: YearCounts) -> None:
    faulty = sorted({number for kind in ApplicantKind for number in counts.applications.at_fault(kind)})
    if faulty:
        raise ReportRefused(
            f"{counts.year}年的表三不平衡（一 + 二 不等于 三（七）+ 四），有问题的是{'、'.join(faulty)}；"
            "请用 `bot applications show 编号` 逐件核对，补记缺的一步"
        )


def _running(counts: YearCounts, today: date) -> Iterator[Finding]:
    if counts.last_day < date(counts.year, 12, 31):
        reason = f"这一年还没有结束，数字算到{today}"
        yield Finding(Severity.WARNING, str(counts.year), 0, reason, "请在一月份重新起草")


def _carried(store: Store, counts: YearCounts, before: YearCounts) -> Iterator[Finding]:
    """What last year's published report carries forward has to be what this one carries over."""
    stated = _published_forward(store, counts.agency.key, before.year)
    over = sum(map(len, counts.applications.carried_over.values()))
    if stated is not None and stated[1] != over:
        place, figure = stated
        reason = f"上年已发布的报告结转{figure}件，登记里是{over}件"
        remedy = "请补记登记里缺的步骤，或者更正上年的报告"
        yield Finding(Severity.WARNING, place, 0, reason, remedy)


def _published_forward(store: Store, agency: str, year: int) -> tuple[str, int] | None:
    """四 › 总计 of a published annual report's table 3, and the report's id."""
    for id_, document in store.disclosures.find_many(store.listings.reports_of(agency, year)).items():
        for section in document.sections:
            table = table_3_in(section.text)
            figure = table.count("四", "总计") if table else None
            if figure is not None:
                return id_, figure
    return None
