"""What an open index is asked for, and what it remembers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.search import query, schema
from tests.search.documents import built, document, keys, sought

EVERYWHERE = [document(f"d{number}", "信息公开情况") for number in range(30)]
ONE = document("fees", "信息公开收费标准")


def test_a_large_folder_is_not_asked_for_what_stands_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = built(tmp_path, [*EVERYWHERE, ONE])
    words = sought("信息公开收费标准")
    assert len(index.find(words, 40)) > 1
    monkeypatch.setattr(query, "LARGE", 0)
    index.reopen()
    assert keys(index.find(sought("信息公开收费标准"), 40)) == ["fees#1"]


def test_a_large_folder_is_still_asked_where_all_words_stand_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "LARGE", 0)
    assert len(built(tmp_path, EVERYWHERE).find(sought("信息公开"), 40)) == 30


def test_one_question_is_asked_within_one_bound_after_the_other(tmp_path: Path) -> None:
    index = built(tmp_path, [document("old", "收费标准", year=2016), document("new", "收费标准", year=2017)])
    words = sought("收费标准")
    assert keys(index.find(replace(words, years=(2016,)), 10)) == ["old#1"]
    assert keys(index.find(replace(words, years=(2017,)), 10)) == ["new#1"]
    assert keys(index.find(replace(words, years=(2018,)), 10)) == []
    assert sorted(keys(index.find(words, 10))) == ["new#1", "old#1"]


def test_counts_are_of_what_stands_after_an_update(tmp_path: Path) -> None:
    index = built(tmp_path, [ONE])
    assert index.counts(schema.BIGRAMS)["复议"] == 0
    with index.locked():
        index.update([document("review", "行政复议")], [], 2)
    assert index.counts(schema.BIGRAMS)["复议"] == 1
    assert keys(index.find(sought("复议"), 10)) == ["review#1"]
