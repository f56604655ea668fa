"""What is published: publishing, withdrawing, finding."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.model import (
    Agency,
    AgencyContact,
    Changes,
    Document,
    Finding,
    Kind,
    KnownFile,
    Section,
    Severity,
    Stamp,
    Status,
    Term,
    card_of,
    handle_of,
)
from bot.store import Overtaken, Store, UnfitDocuments, disclosures
from bot.store.edition import BATCH
from bot.store.tables import document_versions

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
AGENCY = Agency("zsj", AgencyContact("随州市招商局", phone="0722-3318077", hotline="12345"), ("招商局",), default=True)
TERM = Term("收费", ("要钱", "费用"))


def a_document(id_: str = "reports/2017", **changes: Any) -> Document:
    """A report with every field stated."""
    document = Document(
        id=id_,
        title="2017年政府信息公开年度报告",
        kind=Kind.REPORT,
        agency="zsj",
        sections=(
            Section("1", ("一、概述",), "概述。", 3),
            Section("2.1", ("二、主动公开", "（一）数量"), "133条。", 7),
            Section("10", ("十、其他",), "无。", 21),
        ),
        category="年度报告",
        year=2017,
        formed_on=date(2018, 2, 1),
        published_on=date(2018, 2, 5),
        number="随招〔2018〕1号",
        index_number="011158/2018-0001",
        source="http://example.cn/2017.html",
        reviewed_by="张三",
        aliases=("去年公开了多少",),
        inferred=("year",),
        path=f"{id_}.md",
    )
    return replace(document, **changes)


def publish(store: Store, *documents: Document, paths: Collection[str] | None = None) -> Changes:
    """Publish these documents with one agency and one term."""
    return store.disclosures.publish(documents, (AGENCY,), (TERM,), paths, NOW)


def known(store: Store) -> dict[str, KnownFile]:
    return {file.path: file for file in store.disclosures.known_files()}


def changed_since(store: Store, generation: int) -> tuple[list[Document], tuple[str, ...]]:
    changed, gone = store.disclosures.changed_since(generation)
    return list(changed), gone


def test_everything_published_comes_back_as_it_was(store: Store) -> None:
    """Sections keep their order, though "10" sorts before "2.1"."""
    document, bare = a_document(), Document("a", "标题", Kind.ITEM, "", ())
    assert publish(store, document, bare) == Changes(added=(document.id, "a"), generation=1)
    assert store.disclosures.find(document.id) == document
    assert list(store.disclosures.documents()) == [bare, document]


def test_an_empty_store_has_nothing_and_generation_zero(store: Store) -> None:
    assert store.disclosures.generation() == 0
    assert list(store.disclosures.documents()) == []
    assert store.disclosures.find("reports/2017") is None
    assert store.disclosures.find_many(()) == {}
    assert store.disclosures.find_sections(()) == {}
    assert store.disclosures.snapshot().agencies == ()


def test_publishing_the_same_again_changes_nothing(store: Store) -> None:
    publish(store, a_document())
    assert publish(store, a_document()) == Changes(generation=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "新标题"},
        {"sections": (Section("1", ("一、概述",), "概述！", 3),)},
        {"published_on": None},
        {"aliases": ()},
        {"kind": Kind.GUIDE},
    ],
    ids=str,
)
def test_a_change_of_any_field_is_published(store: Store, changes: dict[str, Any]) -> None:
    publish(store, a_document(), a_document("items/1"))
    changed = a_document(**changes)
    assert publish(store, changed, a_document("items/1")) == Changes(changed=(changed.id,), generation=2)
    assert store.disclosures.find(changed.id) == changed


def test_a_document_no_longer_given_is_withdrawn_but_not_erased(store: Store) -> None:
    document = a_document()
    handle = handle_of(document.id)
    publish(store, document)
    assert not store.disclosures.is_withdrawn(handle)
    assert publish(store) == Changes(withdrawn=(document.id,), generation=2)
    assert store.disclosures.is_withdrawn(handle)
    assert store.disclosures.find(document.id) is None
    assert store.disclosures.find_by_handle(handle) is None
    assert store.disclosures.find_sections([(document.id, "1")]) == {}
    assert store.disclosures.snapshot().years == ()
    assert publish(store) == Changes(generation=2)


def test_a_withdrawn_document_that_reappears_counts_as_added(store: Store) -> None:
    document = a_document()
    publish(store, document)
    publish(store)
    assert publish(store, document) == Changes(added=(document.id,), generation=3)
    assert store.disclosures.find(document.id) == document
    assert not store.disclosures.is_withdrawn(handle_of(document.id))


def test_what_a_refused_file_held_stays_as_it_last_was(store: Store) -> None:
    kept, gone = a_document("items/1", path="items.csv"), a_document("items/2", path="other.csv")
    publish(store, kept, gone)
    assert publish(store, paths=["other.csv"]).withdrawn == ("items/2",)
    assert store.disclosures.find("items/1") == kept


def test_each_change_is_kept_in_the_history(store: Store) -> None:
    publish(store, a_document())
    publish(store, a_document(title="新标题"))
    publish(store)
    wanted = select(document_versions).order_by(document_versions.c.generation)
    with store._database.read() as connection:
        versions = connection.execute(wanted).all()
    assert [(row.generation, row.status) for row in versions] == [(1, "published"), (2, "published"), (3, "withdrawn")]
    assert versions[0].hash != versions[1].hash == versions[2].hash
    assert versions[0].published_at == NOW


def test_a_new_glossary_or_agency_is_a_new_generation(store: Store) -> None:
    publish(store, a_document())
    other = Agency("fgw", AgencyContact("发改委"))
    assert store.disclosures.publish([a_document()], (other, AGENCY), (TERM,), None, NOW) == Changes(generation=2)
    assert store.disclosures.publish([a_document()], (other, AGENCY), (), None, NOW) == Changes(generation=3)
    snapshot = store.disclosures.snapshot()
    assert snapshot.agencies == (other, AGENCY)
    assert snapshot.glossary == ()
    assert snapshot.generation == 3


def test_agencies_and_glossary_that_are_not_given_stay(store: Store) -> None:
    """Where agencies.toml cannot be read, contacts must not vanish from replies."""
    publish(store, a_document())
    assert store.disclosures.publish([a_document()], None, None, None, NOW) == Changes(generation=1)
    assert store.disclosures.snapshot().agencies == (AGENCY,)
    assert store.disclosures.snapshot().glossary == (TERM,)


def test_a_snapshot_tells_each_agencys_published_years_once(store: Store) -> None:
    years = [("zsj", 2017), ("zsj", 2017), ("fgw", 2017), ("zsj", 2015), ("zsj", None)]
    publish(store, *(a_document(f"d{n}", agency=agency, year=year) for n, (agency, year) in enumerate(years)))
    assert store.disclosures.snapshot().years == (("fgw", 2017), ("zsj", 2015), ("zsj", 2017))


def test_changes_since_a_generation_are_the_latest_state_of_each_document(store: Store) -> None:
    """A worker that missed several generations catches up in one step."""
    publish(store, a_document("a"), a_document("b"), a_document("c"))
    publish(store, a_document("a", title="二"), a_document("b"), a_document("c"))
    publish(store, a_document("a", title="三"), a_document("b"))
    assert changed_since(store, 1) == ([a_document("a", title="三")], ("c",))
    assert changed_since(store, 0)[0] == [a_document("a", title="三"), a_document("b")]
    assert changed_since(store, 3) == ([], ())


def test_many_are_found_at_once_and_unknown_ones_left_out(store: Store) -> None:
    publish(store, a_document("a"), a_document("b"), a_document("c"))
    assert store.disclosures.find_many(["b", "a", "b", "nobody"]) == {"a": a_document("a"), "b": a_document("b")}


def test_a_passage_comes_with_its_document_and_no_other_passage(store: Store) -> None:
    publish(store, a_document("a"), a_document("b"))
    keys = [("a", "10"), ("b", "2.1"), ("a", "1"), ("a", "99"), ("nobody", "1")]
    found = store.disclosures.find_sections(keys)
    assert set(found) == {("a", "10"), ("b", "2.1"), ("a", "1")}
    document, section = found["a", "10"]
    assert section == a_document("a").sections[2]
    assert document == a_document("a", sections=(a_document().sections[0], a_document().sections[2]))
    assert found["b", "2.1"][0].sections == (found["b", "2.1"][1],)


def test_a_handle_finds_its_document(store: Store) -> None:
    publish(store, a_document("a"))
    assert store.disclosures.find_by_handle(handle_of("a")) == a_document("a")
    assert store.disclosures.find_by_handle("nothing") is None
    assert not store.disclosures.is_withdrawn("nothing")


def test_streaming_crosses_batches_in_order_of_code_points(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own order would put "b" before "B" and depend on its locale."""
    monkeypatch.setattr(disclosures, "BATCH", 2)
    ids = ["项目", "b", "B", "a-1", "a/1", "a1", "一"]
    publish(store, *map(a_document, ids))
    assert [document.id for document in store.disclosures.documents()] == sorted(ids)


def test_a_publishing_larger_than_a_batch_is_complete(store: Store) -> None:
    ids = [f"items/{n:05d}" for n in range(1203)]
    section = Section("0", (), "正文")
    assert len(publish(store, *(a_document(id_, sections=(section,)) for id_ in ids)).added) == 1203
    assert [document.id for document in store.disclosures.documents()] == ids
    assert len(publish(store, *(a_document(id_, sections=(), year=1) for id_ in ids)).changed) == 1203
    assert all(document.sections == () for document in store.disclosures.documents())
    assert len(publish(store).withdrawn) == 1203


def test_text_that_a_database_cannot_hold_is_published_without_it(store: Store) -> None:
    document = a_document(title="标\0题", sections=(Section("1", ("一\ud800",), "正\0文\udfff"),))
    publish(store, document)
    found = store.disclosures.find(document.id)
    assert found is not None
    assert found.title == "标题"
    assert found.sections == (Section("1", ("一\ufffd",), "正文\ufffd"),)
    assert publish(store, document) == Changes(generation=1)


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ([a_document("a"), a_document("a", path="a.html")], "several documents have the id a"),
        ([a_document("a", sections=(Section("1", (), ""), Section("1", (), "")))], "a has several sections of one id"),
        ([a_document("a", status=Status.DRAFT)], "a has the status draft"),
    ],
    ids=["repeated document", "repeated section", "draft"],
)
def test_unfit_documents_leave_everything_as_it_was(store: Store, documents: list[Document], said: str) -> None:
    publish(store, a_document("b"))
    with pytest.raises(UnfitDocuments, match=said):
        publish(store, *documents)
    assert store.disclosures.generation() == 1
    assert list(store.disclosures.documents()) == [a_document("b")]


def test_a_publishing_that_fails_half_way_leaves_the_last_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, a_document("a"))
    monkeypatch.setattr("bot.store.edition.Edition._note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(store, a_document("a", title="新"), a_document("b"))
    assert list(store.disclosures.documents()) == [a_document("a")]
    assert store.disclosures.generation() == 1


def test_publishings_at_the_same_time_follow_one_another(store: Store) -> None:
    """Each finds the other's work done or not begun: one adds, the other changes nothing."""
    documents = [a_document(f"d{n}") for n in range(50)]
    results: list[Changes] = []
    workers = [threading.Thread(target=lambda: results.append(publish(store, *documents))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(len(changes.added) for changes in results) == [0, 0, 0, 50]
    assert {changes.generation for changes in results} == {1}


def test_what_is_read_at_one_moment_knows_of_no_publishing_since(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosures, "BATCH", 1)
    before = [a_document("a"), a_document("b"), a_document("c")]
    publish(store, *before)
    with store.at_one_moment():
        stamp = store.disclosures.stamp()
        streamed = store.disclosures.documents()
        first = next(streamed)
        another = threading.Thread(target=lambda: publish(store, a_document("a"), a_document("d")))
        another.start()
        another.join()
        assert [first, *streamed] == before
        assert changed_since(store, 0) == (before, ())
        assert store.disclosures.stamp() == stamp
    assert changed_since(store, stamp.generation) == ([a_document("d")], ("b", "c"))


def test_what_was_read_before_another_publishing_is_refused(store: Store) -> None:
    """In the transaction, so that it is never to be seen."""
    since = store.disclosures.stamp()
    publish(store, a_document())
    with pytest.raises(Overtaken):
        store.disclosures.publish([], (), (), None, NOW, since=since)
    assert store.disclosures.find(a_document().id)
    assert store.disclosures.publish([], (), (), None, NOW, since=store.disclosures.stamp()).withdrawn


def test_a_generation_has_a_token_of_its_own(store: Store) -> None:
    publish(store, a_document())
    first = store.disclosures.stamp()
    publish(store)
    second = store.disclosures.stamp()
    assert (first.generation, second.generation) == (1, 2)
    assert first.token
    assert second.token not in ("", first.token)
    assert store.disclosures.has_been(first)
    assert not store.disclosures.has_been(Stamp(1, second.token))
    assert not store.disclosures.has_been(Stamp(3, second.token))


def test_what_is_known_of_files_comes_back_as_it_was_given(store: Store) -> None:
    """With the documents, in one transaction; what is forgotten goes, what is not named stays."""
    finding = Finding(Severity.WARNING, "", 3, "机关不明", "补上")
    cards = (card_of(a_document()), card_of(replace(a_document(), id="b", status=Status.DRAFT, formed_on=None)))
    good = KnownFile("a.md", "1:2:18446744073709551615", "h", "b", cards=cards, unknown=(finding,), findings=(finding,))
    bad = KnownFile("b.md", refused=True, findings=(replace(finding, severity=Severity.ERROR),))
    store.disclosures.publish([a_document()], (AGENCY,), (TERM,), None, NOW, files=[good, bad])
    assert known(store) == {"a.md": good, "b.md": bad}
    assert store.disclosures.agencies() == (AGENCY,)
    touched = replace(good, fingerprint="1:3:4")
    changes = store.disclosures.publish(
        [a_document()], (AGENCY,), (TERM,), None, NOW, files=[touched], forgotten={"b.md", "c.md"}
    )
    assert not changes.any
    assert changes.stamp == store.disclosures.stamp()
    assert known(store) == {"a.md": touched}


def test_documents_are_gone_through_twice_and_never_held(store: Store) -> None:
    """A folder may hold more than memory does."""
    alive = 0
    most = 0

    class Counted(Document):
        def __new__(cls, *args: object, **kwargs: object) -> Counted:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    class Many:
        def __iter__(self) -> Iterator[Document]:
            for number in range(5 * BATCH):
                whole = replace(a_document(), id=f"{number:05}")
                yield Counted(**{name.name: getattr(whole, name.name) for name in fields(whole)})

    changes = store.disclosures.publish(Many(), (AGENCY,), (TERM,), None, NOW)
    assert len(changes.added) == 5 * BATCH
    assert most <= 2 * BATCH
