"""Erasing: no table and no byte of the file holds the words afterwards, and the register stays whole."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.model import Language, Letter, Rating
from bot.store import Store, open_store
from bot.store.tables import metadata
from tests.commands.console import run
from tests.store.test_records import NOW, add

LATER = NOW + timedelta(days=400)
WORDS = "独一无二的提问词"
CHAT = 70012345


def fill(store: Store) -> list[str]:
    """A citizen's words in every table that takes any; the references of their records."""
    references = [
        add(store, citizen_key="me", question=WORDS * 500, reply=WORDS, understood=WORDS).reference for _ in "ab"
    ]
    add(store, citizen_key="other", question="别人的")
    first = references[0]
    store.records.note_edit(first, WORDS, NOW)
    store.corrections.change(first, {"question": WORDS * 400}, who="王", at=NOW, reason=WORDS)
    store.feedback.put(first, "me", Rating(True), NOW)
    store.asked.put(CHAT, 1, first, NOW)
    store.chats.choose_language(CHAT, Language.ENGLISH)
    store.chats.keep_topic(CHAT, {"question": WORDS}, NOW)
    store.outbox.put([Letter(CHAT, "send_message", {"text": WORDS}, first)], "telegram:1", NOW)
    (letter,) = store.outbox.due(NOW, 9)
    store.outbox.fail(letter.id, "Forbidden", NOW)
    store.inbox.put(1, f'{{"message": {{"chat": {{"id": {CHAT}}}, "text": "{WORDS}"}}}}', NOW)
    store.inbox.fail(1, "KeyError")
    store.application_drafts.put("me", {"sought": WORDS}, NOW)
    return references


def everything(store: Store) -> str:
    with store._database.read() as connection:
        return "\n".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))
        )


def test_a_citizens_words_are_gone_from_every_table_by_any_record_of_theirs(store: Store) -> None:
    first, second = fill(store)
    assert WORDS in everything(store)
    assert store.erasure.of_record(second, LATER) == 2
    left = everything(store)
    assert WORDS not in left
    assert "'me'" not in left
    assert "别人的" in left
    assert [record.erased_at for record in store.records.all()] == [LATER, LATER, None]
    assert store.erasure.of_record(first, LATER) == 1
    assert store.erasure.of_record("ZX-2001-000001", LATER) is None


def test_what_staff_entered_of_nobody_is_erased_alone(store: Store) -> None:
    mine, other = (add(store, citizen_key="", question=WORDS) for _ in range(2))
    assert store.erasure.of_record(mine.reference, LATER) == 1
    assert [record.question for record in store.records.all()] == ["", other.question]


def test_more_than_one_transaction_takes_are_erased_as_well(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.erasure.BATCH", 2)
    for _ in range(5):
        add(store)
    assert store.erasure.older_than(LATER, LATER) == 5
    assert {record.question for record in store.records.all()} == {""}


def test_words_older_than_they_are_kept_are_erased_and_counts_stay(store: Store) -> None:
    old, young = add(store), add(store, asked_at=LATER)
    assert store.erasure.count_older_than(LATER) == 1
    assert store.erasure.older_than(LATER, LATER) == 1
    assert store.erasure.older_than(LATER, LATER) == store.erasure.count_older_than(LATER) == 0
    first, second = store.records.all()
    assert (first.reference, first.question, first.kind) == (old.reference, "", old.kind)
    assert second == young


@pytest.mark.parametrize("way", ["record", "age"])
def test_no_byte_of_the_file_or_its_log_holds_the_words(tmp_path: Path, way: str) -> None:
    """Looked for in the raw files, while another connection has them open."""
    path = tmp_path / "bot.db"
    with open_store(f"sqlite:///{path}") as store:
        references = fill(store)
        (tmp_path / "knowledge").mkdir()
        assert WORDS.encode() in b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
        arguments = ("erase", references[0], "--yes") if way == "record" else ("expire", "--days", "1")
        if way == "age":
            store.erasure.of_citizen("", CHAT, LATER)
            store.application_drafts.drop("me")
        assert run(tmp_path, "privacy", *arguments).stdout.endswith("条登记的内容\n")
        held = b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
    assert WORDS.encode() not in held


def test_a_log_that_is_being_read_is_scrubbed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY_SECONDS", 0)
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        references = fill(store)
        with sqlite3.connect(tmp_path / "bot.db") as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM records").fetchall()
            assert store.erasure.of_record(references[0], LATER) == 2
            assert not store.erasure.scrub()
            assert store.erasure.unscrubbed()
        reader.close()
        assert WORDS.encode() in b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
        assert store.erasure.scrub()
        assert not store.erasure.unscrubbed()
        assert WORDS.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))


def test_what_waits_during_the_erasure_loses_its_words_once_it_is_handled(store: Store) -> None:
    for number, chat in ((1, CHAT), (2, CHAT), (3, CHAT + 1), (4, CHAT)):
        store.inbox.put(number, f'{{"message": {{"chat": {{"id": {chat}}}, "text": "{WORDS}"}}}}', NOW)
    store.outbox.put([Letter(CHAT, "send_message", {"text": WORDS})] * 2, "telegram:0", NOW)
    store.erasure.of_citizen("me", CHAT, LATER)
    assert len(store.inbox.pending()) == 4
    for origin in ("telegram:1", "telegram:2:0", "telegram:2", "telegram:3"):
        add(store, citizen_key="me", question=f"{WORDS} {origin}", reply=WORDS, origin=origin)
    for number in (1, 2, 3):
        store.inbox.finish(number)
    store.inbox.fail(4, "KeyError")
    store.expiry.forget_passing(LATER)
    assert [record.question for record in store.records.all()] == ["", "", "", f"{WORDS} telegram:3"]
    for settled in ("sent", "failed"):
        (letter,) = store.outbox.due(NOW, 1)
        if settled == "sent":
            store.outbox.sent(letter.id, 7, NOW)
        else:
            store.outbox.fail(letter.id, "Forbidden", NOW)
    left = everything(store)
    assert left.count(WORDS) == 2
    assert "'telegram:3', " in left


def test_who_rates_again_after_the_erasure_can_have_that_erased_too(store: Store) -> None:
    reference = add(store, citizen_key="me").reference
    for helpful in (True, False):
        store.feedback.put(reference, "me", Rating(helpful), NOW)
        store.erasure.of_citizen("me", None, LATER)
    assert store.feedback.of(reference) == Rating(False)
    assert "'me'" not in everything(store)


def test_the_commands_ask_and_refuse(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        reference = add(store).reference
    assert run(tmp_path, "privacy", "erase", reference, given="n\n").exit_code == 1
    unknown = run(tmp_path, "privacy", "erase", "ZX-2001-000001")
    assert (unknown.exit_code, "没有这条登记" in unknown.stderr) == (2, True)
    assert "[y/N]" not in unknown.stderr
    assert run(tmp_path, "privacy", "expire", "--dry-run", "--days", "1").stdout == "将删除1条登记的内容\n"
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        assert store.records.latest()[0].question
