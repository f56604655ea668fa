"""What is asked of the index: any of the tokens, within the filters, and nothing that the words could smuggle in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.search import Index, Sought
from tests.language.strategies import texts
from tests.search.documents import built, document, keys, sought

DOCUMENTS = (
    document("old", "收费标准", year=2016),
    document("new", "收费标准", year=2017),
    document("other", "收费标准", year=2017, agency="jyj"),
    document("undated", "收费标准", year=None),
    document("guide", "2017年起执行的收费标准", year=None),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The documents above, indexed once for all questions."""
    return built(tmp_path_factory.mktemp("index"), DOCUMENTS)


def found(index: Index, question: Sought) -> set[str]:
    return {hit.document for hit in index.find(question, 10)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (sought("收费"), {"old", "new", "other", "undated", "guide"}),
        (sought("收费", years=(2016,)), {"old"}),
        (sought("收费", years=(2016, 2017)), {"old", "new", "other", "guide"}),
        (sought("收费", years=(2017,), undated=True), {"new", "other", "undated", "guide"}),
        (sought("收费", years=(1999,)), set()),
        (sought("收费", years=(1999,), undated=True), {"undated", "guide"}),
        (sought("收费", agency="jyj"), {"other"}),
        (sought("收费", agency="jyj", years=(2016,)), set()),
        (sought("收费", agency="nobody"), set()),
        (sought("收费", undated=True), {"undated", "guide"}),
    ],
)
def test_filters_bind(index: Index, question: Sought, expected: set[str]) -> None:
    assert found(index, question) == expected


def test_a_filter_does_not_change_the_scores(index: Index) -> None:
    (alone,) = index.find(sought("收费", years=(2016,)), 10)
    everywhere = {hit.document: hit.score for hit in index.find(sought("收费"), 10)}
    assert alone.score == pytest.approx(everywhere["old"])


def test_a_passage_of_no_years_own_speaks_for_the_years_it_names(index: Index) -> None:
    assert "guide" in found(index, sought("收费", years=(2017,)))


def test_nothing_sought_finds_nothing(index: Index) -> None:
    assert index.find(Sought(), 10) == []
    assert index.find(Sought(years=(2017,), agency="zsj"), 10) == []


@pytest.mark.parametrize(
    "token",
    [
        "*",
        "?",
        "a*",
        "title:收费",
        "AND",
        "-收费",
        '"收费"',
        "(",
        "收费~2",
        "[a TO z]",
        "\\",
        "",
        " ",
        "\x00",
        "x" * 70_000,
        "+",
        "^9",
    ],
)
def test_tokens_are_taken_to_the_letter(index: Index, token: str) -> None:
    assert index.find(Sought({token: 1.0}, {token: 1.0}, {token: 1.0}), 10) == []
    assert keys(index.find(Sought(bigrams={token: 1.0, "准为": 1.0}), 10)) == []
    assert len(index.find(Sought(bigrams={token: 1.0, "收费": 1.0}), 10)) == 5


@pytest.mark.parametrize("value", ["*", "zsj OR jyj", "", " ", "\x00"])
def test_an_agencys_key_is_taken_to_the_letter(index: Index, value: str) -> None:
    assert len(index.find(sought("收费", agency=value), 10)) == (0 if value else 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts)
def test_any_question_can_be_asked(index: Index, text: str) -> None:
    question = sought(text)
    found = index.find(question, 10)
    assert all(hit.score >= 0 for hit in found)


def test_a_weightier_token_counts_for_more(tmp_path: Path) -> None:
    both = built(tmp_path, [document("a", "收费"), document("b", "目录")])
    assert keys(both.find(Sought(bigrams={"收费": 1.0, "目录": 0.4}), 2)) == ["a#1", "b#1"]
    assert keys(both.find(Sought(bigrams={"收费": 0.4, "目录": 1.0}), 2)) == ["b#1", "a#1"]
