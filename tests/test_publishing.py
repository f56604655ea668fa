"""Publishing: what may go out goes out, what may not keeps its last good version, and the index follows."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot import publishing
from bot.knowledge import EVERYTHING, Folder, KnowledgeFolderMissing, Noticed, Reviewing, read_folder
from bot.knowledge.manuscript import Reading
from bot.knowledge.readers import READERS
from bot.model import Document, Finding, Severity
from bot.publishing import IndexUnavailable, Keeping, Published, publish_folder, refresh_index
from bot.search import Index, Sought
from bot.store import Store, open_store
from bot.store.disclosures import Disclosures
from tests.houses import AGENCIES, CANTEEN, FILES, PARKING, PARKING_PASSAGE
from tests.knowledge.places import write_folder

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))


class House:
    """A folder, a database and an index."""

    def __init__(self, root: Path, store: Store) -> None:
        self.root = root
        self.folder = write_folder(root, FILES)
        self.store = store
        self.index = Index(root / "index")

    def publish(self, noticed: Noticed = EVERYTHING, keeping: Keeping | None = None) -> Published:
        return publish_folder(self.folder, self.store, self.index, NOW, noticed=noticed, keeping=keeping)

    def find(self, document: str) -> Document:
        """A published document."""
        found = self.store.disclosures.find(document)
        assert found is not None
        return found

    def indexed(self, word: str) -> list[str]:
        """Ids of the documents that the index finds a word in."""
        sought = Sought(characters={}, bigrams={word: 1.0}, pinyin={})
        return [hit.document for hit in self.index.find(sought, 10)]


@pytest.fixture
def house(tmp_path: Path, sqlite_url: str) -> Iterator[House]:
    with open_store(sqlite_url) as store:
        yield House(tmp_path, store)


def test_a_folder_is_published_and_indexed(house: House) -> None:
    published = house.publish()
    assert published.changes.added == ("items/canteen", "items/parking")
    assert house.find("items/parking").sections[0].text == PARKING_PASSAGE
    assert house.indexed("停车") == ["items/parking"]
    assert house.index.generation == house.store.disclosures.generation() == published.changes.generation


def test_publishing_the_same_again_changes_nothing(house: House) -> None:
    """A restart costs no new generation, so no index is built anew."""
    generation = house.publish().changes.generation
    again = house.publish().changes
    assert (again.any, again.refused, again.generation) == (False, (), generation)


def test_a_refused_file_keeps_its_last_good_version_while_the_others_go_out(house: House) -> None:
    house.publish()
    write_folder(
        house.root,
        {
            "items/parking.md": PARKING.replace("date: 2018-03-01", "date: 不详").replace("5元", "9元"),
            "items/canteen.md": CANTEEN.replace("7点", "8点"),
            "items/pool.md": "# 游泳馆\n\n周一闭馆。\n",
        },
    )
    published = house.publish()
    assert published.changes.refused == ("items/parking.md",)
    assert published.changes.added == ("items/pool",)
    assert published.changes.changed == ("items/canteen",)
    assert published.changes.withdrawn == ()
    assert house.find("items/parking").sections[0].text == PARKING_PASSAGE
    assert house.indexed("停车") == ["items/parking"]
    (finding,) = [finding for finding in published.findings if finding.severity == "error"]
    assert finding.path == "knowledge/items/parking.md"
    assert finding.remedy


def test_a_removed_file_is_withdrawn_and_found_no_more(house: House) -> None:
    house.publish()
    (house.folder / "items/parking.md").unlink()
    assert house.publish().changes.withdrawn == ("items/parking",)
    assert house.store.disclosures.find("items/parking") is None
    assert house.indexed("停车") == []


@pytest.mark.parametrize("status", ["草稿", "已撤下", "draft", "withdrawn"])
def test_what_is_not_of_status_published_stays_inside(house: House, status: str) -> None:
    write_folder(house.root, {"items/parking.md": PARKING.replace("---\n", f"---\nstatus: {status}\n", 1)})
    assert house.publish().changes.added == ("items/canteen",)
    assert house.indexed("停车") == []


def test_unreadable_agencies_keep_the_published_ones(house: House) -> None:
    """Replies go on naming the contact."""
    house.publish()
    write_folder(house.root, {"agencies.toml": "[zsj\n"})
    assert house.publish().changes.refused == ("agencies.toml",)
    assert [agency.key for agency in house.store.disclosures.snapshot().agencies] == ["zsj"]


def test_changed_agencies_are_published_without_a_changed_document(house: House) -> None:
    generation = house.publish().changes.generation
    write_folder(house.root, {"agencies.toml": AGENCIES.replace("12345", "12319")})
    assert house.publish().changes.generation > generation
    assert house.store.disclosures.snapshot().agencies[0].contact.hotline == "12319"
    assert house.index.generation == house.store.disclosures.generation()


def test_an_unreadable_glossary_keeps_the_published_one(house: House) -> None:
    write_folder(house.root, {"glossary.csv": "term,synonyms\n停车场,车位\n"})
    house.publish()
    glossary = house.store.disclosures.snapshot().glossary
    write_folder(house.root, {"glossary.csv": "wrong,columns\n1,2\n"})
    assert house.publish().changes.refused == ("glossary.csv",)
    assert house.store.disclosures.snapshot().glossary == glossary
    assert "停车场" in [term.term for term in glossary]


def test_a_bad_row_is_told_by_its_line_and_its_neighbours_go_out(house: House) -> None:
    rows = "id,title,date,text\nA-1,甲,2018-01-01,甲的内容。\nA-2,乙,某日,乙的内容。\n"
    write_folder(house.root, {"items/rows.csv": rows})
    published = house.publish()
    assert "A-1" in published.changes.added
    assert "A-2" not in published.changes.added
    (finding,) = [finding for finding in published.findings if finding.severity == "error"]
    assert (finding.path, finding.line) == ("knowledge/items/rows.csv", 3)


def test_a_missing_folder_changes_nothing(house: House) -> None:
    """A network drive that is not there at night must not withdraw everything."""
    house.publish()
    shutil.rmtree(house.folder)
    with pytest.raises(KnowledgeFolderMissing):
        house.publish()
    assert house.find("items/parking")
    assert house.indexed("停车") == ["items/parking"]


def test_a_folder_reached_by_a_link_is_named_and_refused_as_itself(house: House) -> None:
    """Findings of reading and of the review speak of one and the same folder."""
    link = house.root / "current"
    link.symlink_to(house.folder, target_is_directory=True)
    write_folder(
        house.root,
        {
            "items/parking.md": PARKING.replace("2018-03-01", "不详"),
            "items/later.md": "---\ndate: 2099-01-01\n---\n\n以后。\n",
        },
    )
    published = publish_folder(link, house.store, house.index, NOW)
    assert published.changes.refused == ("items/parking.md",)
    assert {finding.path.split("/")[0] for finding in published.findings} == {"knowledge"}


def test_a_lost_index_is_rebuilt_from_the_store(house: House) -> None:
    house.publish()
    shutil.rmtree(house.root / "index")
    fresh = Index(house.root / "index")
    assert fresh.generation == 0
    assert refresh_index(house.store, fresh)
    house.index = fresh
    assert house.indexed("停车") == ["items/parking"]


def test_a_damaged_index_is_rebuilt_from_the_store(house: House) -> None:
    house.publish()
    for file in (house.root / "index").rglob("meta.json"):
        file.write_text("{", encoding="utf-8")
    house.index = Index(house.root / "index")
    assert refresh_index(house.store, house.index)
    assert house.indexed("停车") == ["items/parking"]


def test_an_index_of_another_database_is_rebuilt(house: House, tmp_path: Path) -> None:
    """Whoever switches the database must not be answered from the old one."""
    house.publish()
    write_folder(house.root, {"items/canteen.md": CANTEEN.replace("7点", "8点")})
    house.publish()
    with open_store(f"sqlite:///{tmp_path / 'other.db'}") as other:
        write_folder(house.root, {"items/parking.md": PARKING.replace("停车", "泊船")})
        publish_folder(house.folder, other, house.index, NOW)
        assert house.index.generation == other.disclosures.generation() == 1
    assert house.indexed("停车") == []
    assert house.indexed("泊船") == ["items/parking"]


def test_an_index_at_the_stores_generation_is_left_alone(house: House) -> None:
    house.publish()
    assert refresh_index(house.store, house.index) is False


def test_two_indexes_of_one_store_catch_up_independently(house: House) -> None:
    """As two workers have them, each on its own disk."""
    house.publish()
    second = Index(house.root / "second")
    refresh_index(house.store, second)
    (house.folder / "items/parking.md").unlink()
    house.publish()
    assert second.generation < house.index.generation
    assert refresh_index(house.store, second)
    house.index = second
    assert house.indexed("停车") == []
    assert house.indexed("食堂") == ["items/canteen"]


@pytest.mark.parametrize("known", [True, False], ids=["caught up", "built anew"])
def test_what_another_publishes_while_an_index_is_written_waits_for_the_next_time(
    house: House, sqlite_url: str, *, known: bool
) -> None:
    """Else the index would answer from two states at once: without what went, and not yet with what came for it."""
    publish_without_index(house.folder, house.store)
    if known:
        refresh_index(house.store, house.index)
    write_folder(house.root, {"items/parking.md": PARKING.replace("5元", "8元")})
    publish_without_index(house.folder, house.store)

    class Overtaken(Index):
        """Another process publishes between the first look into the store and the second."""

        def update(self, changed: Iterable[Document], removed: Iterable[str], generation: int, token: str = "") -> None:
            self.overtake()
            super().update(changed, removed, generation, token)

        def rebuild(self, documents: Iterable[Document], generation: int, database: str = "", token: str = "") -> None:
            self.overtake()
            super().rebuild(documents, generation, database, token)

        def overtake(self) -> None:
            with open_store(sqlite_url) as other:
                other.disclosures.publish([replace(parking, id="items/berths")], (), (), None, NOW)

    parking, stamp = house.find("items/parking"), house.store.disclosures.stamp()
    house.index = Overtaken(house.root / "index")
    refresh_index(house.store, house.index)
    assert house.index.generation == stamp.generation
    assert house.indexed("停车") == ["items/parking"]
    house.index = Index(house.root / "index")
    refresh_index(house.store, house.index)
    assert house.indexed("停车") == ["items/berths"]


def test_an_index_that_cannot_be_written_is_explained_and_nothing_published_is_lost(house: House) -> None:
    blocked = house.root / "blocked"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(IndexUnavailable, match=r"blocked: .*; make the folder writable"):
        publish_folder(house.folder, house.store, Index(blocked), NOW)
    assert house.find("items/parking")


def test_an_index_of_another_database_at_the_same_generation_is_rebuilt(house: House, tmp_path: Path) -> None:
    """A database that was started anew comes to the same numbers with other documents."""
    house.publish()
    (house.folder / "items" / "parking.md").unlink()
    (house.folder / "items" / "pool.md").write_text("游泳馆周一闭馆检修，其余日子照常开放。", encoding="utf-8")
    with open_store(f"sqlite:///{tmp_path / 'anew.db'}") as anew:
        publish_folder(house.folder, anew, house.index, NOW)
        assert house.index.generation == anew.disclosures.generation() == house.store.disclosures.generation()
        assert house.indexed("泳馆") == ["items/pool"]
        assert house.indexed("停车") == []


def test_a_row_that_goes_bad_keeps_its_last_good_version(house: House) -> None:
    """The item stays as it was published, the refusal is counted, and a row that is gone for good goes with the next."""
    catalogue = house.folder / "items" / "list.csv"
    catalogue.write_text(
        "id,title,date,text\nA1,公告一,2018-01-02,第一条内容。\nA2,公告二,2018-01-03,第二条内容。\n", encoding="utf-8"
    )
    house.publish()
    catalogue.write_text(
        "id,title,date,text\nA1,公告一,2018-13-02,第一条改了。\nA2,公告二,2018-01-03,第二条也改了。\n", encoding="utf-8"
    )
    published = house.publish()
    assert published.changes.refused == ("items/list.csv:2",)
    assert (published.changes.changed, published.changes.withdrawn) == (("A2",), ())
    assert house.find("A1").sections[0].text == "第一条内容。"
    catalogue.write_text("id,title,date,text\nA2,公告二,2018-01-03,第二条也改了。\n", encoding="utf-8")
    assert house.publish().changes.withdrawn == ("A1",)


def test_a_restart_reads_no_file_and_tells_what_it_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was refused is refused still, and its last good version stays."""
    write_folder(house.root, {"items/bad.md": PARKING.replace("2018-03-01", "不详")})
    age_files(house.folder)
    first = house.publish()

    def unreadable(data: bytes) -> Reading:
        raise AssertionError("a file was read")

    monkeypatch.setitem(READERS, ".md", unreadable)
    again = house.publish()
    assert (again.changes.any, again.changes.refused) == (False, ("items/bad.md",))
    assert again.findings == first.findings


def test_what_bars_a_file_that_can_be_read_is_looked_at_each_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes out as soon as nothing bars it any more, although it has not changed."""
    bar = Finding(Severity.ERROR, "knowledge/items/parking.md", 0, "it contradicts another document", "correct one")
    monkeypatch.setattr(Reviewing, "review", lambda *args, **kwargs: (bar,))
    age_files(house.folder)
    assert house.publish().changes.refused == ("items/parking.md",)
    assert house.store.disclosures.find("items/parking") is None
    monkeypatch.setattr(Reviewing, "review", lambda *args, **kwargs: ())
    assert house.publish().changes.added == ("items/parking",)


def test_a_removed_and_put_back_file_is_published_again(house: House) -> None:
    age_files(house.folder)
    house.publish()
    (house.folder / "items/parking.md").rename(house.root / "away.md")
    assert house.publish().changes.withdrawn == ("items/parking",)
    (house.root / "away.md").rename(house.folder / "items/parking.md")
    assert house.publish().changes.added == ("items/parking",)
    assert house.indexed("停车") == ["items/parking"]


def test_a_renamed_file_is_another_document(house: House) -> None:
    age_files(house.folder)
    house.publish()
    (house.folder / "items/parking.md").rename(house.folder / "items/car-park.md")
    changes = house.publish().changes
    assert (changes.added, changes.withdrawn) == (("items/car-park",), ("items/parking",))


def test_a_folder_that_another_one_published_meanwhile_is_read_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before is not written at all, not even for a moment."""
    house.publish()
    write_folder(house.root, {"items/parking.md": PARKING.replace("5元", "6元")})
    times: list[int] = []
    read = read_folder

    def slow(*args: Any, **kwargs: Any) -> Folder:
        folder = read(*args, **kwargs)
        times.append(house.store.disclosures.generation())
        if len(times) == 1:
            write_folder(house.root, {"items/parking.md": PARKING.replace("5元", "7元")})
            house.publish()
        return folder

    monkeypatch.setattr(publishing, "read_folder", slow)
    published = house.publish()
    assert times == [1, 1, 2]
    assert (published.changes.any, published.changes.generation) == (False, 2)
    assert "7元" in house.find("items/parking").sections[0].text


def test_a_process_that_goes_on_publishes_what_it_is_told_of(house: House) -> None:
    """And takes nothing from anybody else: another process may publish in between."""
    keeping, nothing = Keeping(), Noticed(frozenset())
    house.publish(keeping=keeping)
    write_folder(house.root, {"items/parking.md": PARKING.replace("5元", "6元"), "items/new.md": "新的内容。"})
    told = house.publish(Noticed(frozenset({"items/parking.md"})), keeping).changes
    assert (told.added, told.changed, told.withdrawn) == ((), ("items/parking",), ())
    assert not house.publish(nothing, keeping).changes.any
    assert house.publish().changes.added == ("items/new",)
    (house.folder / "items/new.md").unlink()
    assert house.publish(nothing, keeping).changes.withdrawn == ("items/new",)


def test_what_was_read_and_could_not_be_published_is_read_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = Keeping()
    house.publish(keeping=keeping)
    write_folder(house.root, {"items/parking.md": PARKING.replace("5元", "6元")})
    with monkeypatch.context() as patched:
        patched.setattr(Disclosures, "publish", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            house.publish(Noticed(frozenset({"items/parking.md"})), keeping)
    assert house.publish(Noticed(frozenset()), keeping).changes.changed == ("items/parking",)


def test_a_database_restored_from_a_backup_is_indexed_anew(house: House) -> None:
    """Also when it comes to the number of the index again, with other documents."""
    house.publish()
    backup = house.root / "backup.db"
    with sqlite3.connect(house.root / "bot.db") as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()
    write_folder(house.root, {"items/parking.md": PARKING.replace("停车", "泊船")})
    house.publish()
    assert house.indexed("泊船") == ["items/parking"]
    for more in (0, 1):
        shutil.copy(backup, house.root / f"restored{more}.db")
        with open_store(f"sqlite:///{house.root / f'restored{more}.db'}") as restored:
            (house.folder / "items/canteen.md").write_text(CANTEEN.replace("食堂", "饭堂"), encoding="utf-8")
            (house.folder / "items/parking.md").write_text(PARKING, encoding="utf-8")
            # One generation takes it to the index's number, two beyond: neither may be taken for what came after it.
            for number in range(more + 1):
                write_folder(house.root, {"items/more.md": f"# 第{number}项\n\n内容。\n"})
                publish_without_index(house.folder, restored)
            refresh_index(restored, house.index)
            assert house.indexed("泊船") == []
            assert house.indexed("饭堂") == ["items/canteen"]
        refresh_index(house.store, house.index)


def publish_without_index(folder: Path, store: Store) -> None:
    """As a worker does whose index stands elsewhere."""
    with TemporaryDirectory() as elsewhere:
        publish_folder(folder, store, Index(Path(elsewhere)), NOW)


def age_files(folder: Path) -> None:
    """As if everything had been saved an hour ago."""
    then = time.time() - 3600
    for file in folder.rglob("*.*"):
        os.utime(file, (then, then))


def test_a_name_that_the_disk_has_decomposed_is_one_document_each_time(house: House) -> None:
    """As macOS writes é; left unread, it is not taken for gone."""
    name = unicodedata.normalize("NFD", "items/café.md")
    write_folder(house.root, {name: "# 咖啡\n\n咖啡每杯十元。\n"})
    age_files(house.folder)
    assert "items/café" in house.publish().changes.added
    again = house.publish()
    assert (again.changes.any, again.changes.refused) == (False, ())
    write_folder(house.root, {name: ""})
    assert (house.publish().changes.refused, house.indexed("咖啡")) == (("items/café.md",), ["items/café"])
