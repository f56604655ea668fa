"""Lists of what is published: the newest first, by kind, year and category, and the same of other years."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.model import Document, Group, Kind, Listed, Section
from bot.store import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def document(id_: str, year: int | None, day: date | None = None, **more: str) -> Document:
    title = more.get("title", f"招商局{year}年度报告")
    sections = (Section("0", (), "开头。"), Section("1", ("一、概述",), "概述。"))
    return Document(
        id_, title, Kind(more.get("kind", "report")), more.get("agency", "zsj"), sections,
        category=more.get("category", "年报"), year=year, published_on=day,
    )  # fmt: skip


def publish(store: Store, *documents: Document) -> None:
    store.disclosures.publish(documents, [], [], None, NOW)


def test_newest_come_first_and_those_without_a_date_last(store: Store) -> None:
    publish(
        store,
        document("b", 2016, date(2017, 2, 1)),
        document("a", None, title="指南", kind="guide", category=""),
        document("c", 2017, date(2018, 2, 1)),
    )
    assert [listed.document for listed in store.listings.latest(2)] == ["c", "b"]
    assert [listed.document for listed in store.listings.latest(5)] == ["c", "b", "a"]
    assert store.listings.latest(1) == (Listed("c", "0", "招商局2017年度报告", 2017, date(2018, 2, 1)),)


def test_documents_are_counted_and_paged_by_kind_year_and_category(store: Store) -> None:
    items = [document(f"i{number}", None, title=f"条目{number}", kind="item", category="") for number in range(5)]
    publish(store, document("r", 2017), *items)
    groups = store.listings.groups()
    assert set(groups) == {Group(Kind.REPORT, 2017, "年报", 1), Group(Kind.ITEM, None, "", 5)}
    group = Group(Kind.ITEM, None, "", 5)
    pages = [store.listings.documents(group, offset=start, limit=2) for start in (0, 2, 4)]
    assert [listed.document for page in pages for listed in page] == ["i0", "i1", "i2", "i3", "i4"]


def test_what_is_withdrawn_is_in_no_list(store: Store) -> None:
    publish(store, document("a", 2016), document("b", 2017))
    publish(store, document("b", 2017))
    assert [listed.document for listed in store.listings.latest(5)] == ["b"]
    assert store.listings.groups() == (Group(Kind.REPORT, 2017, "年报", 1),)
    assert store.listings.of_other_years(document("b", 2017)) == ()


def test_the_same_of_other_years_are_found_by_title_and_agency_the_nearest_first(store: Store) -> None:
    reports = [document(str(year), year) for year in (2010, 2015, 2016, 2017, 2018)]
    foreign = document("x", 2014, agency="jyj", title="招商局2014年度报告")
    publish(store, *reports, foreign, document("y", 2013, title="招商局2013年工作总结"))
    assert store.listings.of_other_years(reports[3]) == ("2018", "2016", "2015", "2010")
    assert store.listings.of_other_years(document("n", None, title="指南")) == ()
