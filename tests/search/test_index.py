"""The index on disk: built, asked, brought up to date, opened again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy

from bot.model import Document
from bot.search import Index, IndexDamaged, schema
from tests.search.documents import built, document, exchange, keys, sought

FEES = document("fees", "收费标准为每页一元", "减免的条件")
VISITS = document("visits", "全年接待来访五十人次", year=2018)
REPORT = document("reports/2017", "主动公开信息133条", title="2017年政府信息公开年度报告")
ALL = (FEES, VISITS, REPORT)


def test_a_new_index_finds_what_was_put_into_it(tmp_path: Path) -> None:
    index = built(tmp_path, ALL, generation=7)
    assert (index.generation, index.sections) == (7, 4)
    assert keys(index.find(sought("收费标准"), 10))[0] == "fees#1"
    assert keys(index.find(sought("接待来访"), 10))[0] == "visits#1"


def test_the_best_stands_first_and_no_more_are_given_than_wanted(tmp_path: Path) -> None:
    index = built(tmp_path, [document(f"d{number}", "收费" * number + "标准") for number in range(1, 6)])
    found = index.find(sought("收费标准"), 3)
    assert len(found) == 3
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_headings_titles_and_aliases_are_found_too(tmp_path: Path) -> None:
    named = Document("a", "招商引资政策", REPORT.kind, "zsj", FEES.sections, category="优惠", aliases=("给钱吗",))
    index = built(tmp_path, [named])
    for words in ("招商引资", "优惠", "给钱", "概述"):
        assert keys(index.find(sought(words), 10)), words


def test_traditional_full_width_and_spelled_text_is_found(tmp_path: Path) -> None:
    index = built(tmp_path, [document("a", "主動公開資訊１３３條"), document("b", "行政复议")])
    assert keys(index.find(sought("主动公开133条"), 10))[0] == "a#1"
    assert keys(index.find(sought("行正负议", sounds=True), 10)) == ["b#1"]


def test_what_nothing_holds_is_not_found(tmp_path: Path) -> None:
    assert built(tmp_path, ALL).find(sought("zzz"), 10) == []


def test_an_index_of_nothing_answers_nothing(tmp_path: Path) -> None:
    index = built(tmp_path, [], generation=3)
    assert (index.generation, index.sections) == (3, 0)
    assert index.find(sought("收费"), 10) == []


def test_an_update_replaces_adds_and_withdraws_at_once(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)
    with index.locked():
        index.update([document("fees", "免费提供"), document("new", "应急预案")], ["visits"], 2)
    assert index.generation == 2
    assert index.sections == 3
    assert "fees#1" not in keys(index.find(sought("标准"), 10))
    assert keys(index.find(sought("免费提供"), 10))[0] == "fees#1"
    assert keys(index.find(sought("应急预案"), 10))[0] == "new#1"
    assert index.find(sought("来访"), 10) == []


def test_an_id_is_taken_to_the_letter(tmp_path: Path) -> None:
    index = built(tmp_path, [document("a b/收费:1", "收费标准"), document("a", "收费标准")])
    with index.locked():
        index.update([], ["a"], 2)
    assert keys(index.find(sought("收费标准"), 10)) == ["a b/收费:1#1"]


def test_an_update_that_changes_nothing_still_moves_the_generation(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)
    index.update([], ["nobody"], 9)
    assert (index.generation, index.sections) == (9, 4)


def test_the_database_that_it_was_built_from_stays_with_it(tmp_path: Path) -> None:
    index = Index(tmp_path)
    with index.locked():
        index.rebuild(ALL, 3, "one")
        index.update([], ["fees"], 4)
    reader = Index(tmp_path)
    assert (reader.database, reader.generation) == ("one", 4)


def test_the_generation_is_committed_with_the_data(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)

    def broken() -> Iterator[Document]:
        yield document("new", "应急预案")
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        index.update(broken(), ["fees"], 2)
    for reader in (index, Index(tmp_path)):
        assert reader.generation == 1
        assert keys(reader.find(sought("收费标准"), 10))[0] == "fees#1"
        assert reader.find(sought("预案"), 10) == []
    index.update([document("new", "应急预案")], ["fees"], 2)
    assert Index(tmp_path).generation == 2


def test_another_process_opens_what_was_built(tmp_path: Path) -> None:
    built(tmp_path, ALL, generation=4)
    reader = Index(tmp_path)
    assert (reader.generation, reader.sections) == (4, 4)
    assert keys(reader.find(sought("收费标准"), 10))[0] == "fees#1"


def test_a_reader_sees_a_new_build_when_it_opens_again(tmp_path: Path) -> None:
    writer = built(tmp_path, ALL)
    reader = Index(tmp_path)
    writer.rebuild([VISITS], 2)
    assert keys(reader.find(sought("收费标准"), 10))[0] == "fees#1"
    reader.reopen()
    assert (reader.generation, reader.sections) == (2, 1)


def test_a_reader_sees_an_update_when_it_opens_again(tmp_path: Path) -> None:
    writer = built(tmp_path, ALL)
    reader = Index(tmp_path)
    writer.update([], ["fees"], 2)
    reader.reopen()
    assert (reader.generation, reader.sections) == (2, 2)


def test_a_missing_index_stands_at_nothing(tmp_path: Path) -> None:
    index = Index(tmp_path / "nowhere")
    assert (index.generation, index.sections) == (0, 0)
    assert index.find(sought("收费"), 10) == []
    assert index.counts(schema.BIGRAMS)["收费"] == 0
    with pytest.raises(IndexDamaged):
        index.update([FEES], [], 1)


def no_current(root: Path) -> None:
    (root / "CURRENT").unlink()


def current_names_nothing(root: Path) -> None:
    (root / "CURRENT").write_text("gone", encoding="utf-8")


def current_is_empty(root: Path) -> None:
    (root / "CURRENT").write_text("", encoding="utf-8")


def current_is_binary(root: Path) -> None:
    (root / "CURRENT").write_bytes(b"\xff\xfe\x00")


def no_meta(root: Path) -> None:
    next(root.glob("*/meta.json")).unlink()


def broken_meta(root: Path) -> None:
    next(root.glob("*/meta.json")).write_text("{", encoding="utf-8")


def no_segments(root: Path) -> None:
    for path in (path for path in root.glob("*/*") if path.suffix in (".idx", ".term", ".store", ".pos", ".fieldnorm")):
        path.unlink()


def cut_segments(root: Path) -> None:
    for path in (path for path in root.glob("*/*") if path.suffix in (".idx", ".term", ".store", ".fieldnorm")):
        exchange(path, path.read_bytes()[:10])


DAMAGES = (no_current, current_names_nothing, current_is_empty, current_is_binary, no_meta, broken_meta)


@pytest.mark.parametrize("damage", [*DAMAGES, no_segments, cut_segments], ids=lambda damage: damage.__name__)
def test_a_damaged_index_stands_at_nothing_and_is_built_anew(tmp_path: Path, damage: object) -> None:
    built(tmp_path, ALL, generation=5)
    assert callable(damage)
    damage(tmp_path)
    index = Index(tmp_path)
    assert index.generation == 0
    assert index.find(sought("收费"), 10) == []
    index.rebuild(ALL, 6)
    assert (Index(tmp_path).generation, Index(tmp_path).sections) == (6, 4)


def test_what_is_open_answers_on_when_the_disk_is_damaged(tmp_path: Path) -> None:
    index = built(tmp_path, ALL, generation=5)
    no_meta(tmp_path)
    index.reopen()
    assert index.generation == 0
    assert keys(index.find(sought("收费标准"), 10))[0] == "fees#1"
    with pytest.raises(IndexDamaged):
        index.update([], [], 6)
    index.rebuild([VISITS], 6)
    assert index.find(sought("收费标准"), 10) == []


def test_an_index_of_another_version_stands_at_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, ALL, generation=5)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    index = Index(tmp_path)
    assert index.generation == 0
    index.rebuild(ALL, 5)
    assert Index(tmp_path).generation == 5


def test_an_index_of_other_fields_stands_at_nothing(tmp_path: Path) -> None:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("other", stored=True)
    (tmp_path / "old").mkdir()
    tantivy.Index(builder.build(), path=str(tmp_path / "old"))
    (tmp_path / "CURRENT").write_text("old", encoding="utf-8")
    assert Index(tmp_path).generation == 0


def test_a_rebuild_that_fails_half_way_leaves_the_old_one_answering(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)

    def broken() -> Iterator[Document]:
        yield VISITS
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError, match="went away"):
        index.rebuild(broken(), 2)
    for reader in (index, Index(tmp_path)):
        assert reader.generation == 1
        assert keys(reader.find(sought("收费标准"), 10))[0] == "fees#1"
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [(tmp_path / "CURRENT").read_text()]


def test_a_rebuild_leaves_one_build_and_no_drafts(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)
    (tmp_path / "00000001-left-behind").mkdir()
    index.rebuild(ALL, 2)
    names = {path.name for path in tmp_path.iterdir()} - {".lock"}
    assert names == {"CURRENT", (tmp_path / "CURRENT").read_text()}


def test_threads_ask_while_the_index_is_brought_up_to_date(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)
    failures: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            if keys(index.find(sought("收费标准"), 1)) != ["fees#1"]:
                failures.append("not found")

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for generation in range(2, 8):
            index.update([VISITS], [], generation)
            index.rebuild(ALL, generation)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []


def test_counts_are_of_the_sections_of_a_field(tmp_path: Path) -> None:
    index = built(tmp_path, ALL)
    assert [index.counts(schema.BIGRAMS)[token] for token in ("收费", "概述", "没有")] == [1, 4, 0]
    assert index.counts(schema.PINYIN)["shou_fei"] == 1
    assert [index.counts(schema.CHARACTERS)[token] for token in ("133", "费")] == [1, 1]
