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
        raise ReportRefused(f"{year}: the year has not begun; `bot report {now.year}` drafts the running one")
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
        raise ReportRefused("no agency is published; put it into agencies.toml and run `bot sync`")
    if found is None:
        which = f"agency {key!r} is not published" if key else "several agencies and none is the default"
        raise ReportRefused(f"{which}; name one of: {', '.join(known)}")
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
            f"table 3 of {counts.year} does not balance (一 + 二 is not 三(七) + 四) because of {', '.join(faulty)}; "
            "look at each with `bot applications show NUMBER` and note the missing step"
        )


def _running(counts: YearCounts, today: date) -> Iterator[Finding]:
    if counts.last_day < date(counts.year, 12, 31):
        reason = f"the year is not over; figures are up to {today}"
        yield Finding(Severity.WARNING, str(counts.year), 0, reason, "draft it again in January")


def _carried(store: Store, counts: YearCounts, before: YearCounts) -> Iterator[Finding]:
    """What last year's published report carries forward has to be what this one carries over."""
    stated = _published_forward(store, counts.agency.key, before.year)
    over = sum(map(len, counts.applications.carried_over.values()))
    if stated is not None and stated[1] != over:
        place, figure = stated
        reason = f"last year's report carries {figure} applications forward; by the register it is {over}"
        remedy = "note the steps that are missing in the register, or correct last year's report"
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
