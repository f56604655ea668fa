"""标准问题: staff learn at which line an answer is not the one they expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering import Answering
from bot.app import App
from bot.desk.golden import ask_golden, fits, remarks
from bot.model import Channel, Document, Finding, GoldenQuestion, Kind, Match, Question, Section, Severity
from tests.houses import ASK_PARKING, UNPUBLISHED, write_house

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECTION = Section("1", ("一、收费",), "停车每小时5元；\n不足一小时的，按一小时计算。")
MATCH = Match(Document("items/parking", "停车场收费标准", Kind.ITEM, "zsj", (SECTION,)), SECTION, 0.9)


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    with App(write_house(tmp_path_factory.mktemp("house"))) as app:
        app.sync()
        yield app.answering


def judged(answering: Answering, *golden: GoldenQuestion) -> tuple[Finding, ...]:
    path = "knowledge/questions.csv"
    return remarks(ask_golden(answering, golden, path, NOW), {}, path)


def test_the_expected_answer_is_no_finding(answering: Answering) -> None:
    by_document = GoldenQuestion(ASK_PARKING, "items/parking", line=2)
    by_text = GoldenQuestion(ASK_PARKING, expect_text="每小时5元", line=3)
    assert judged(answering, by_document, by_text, GoldenQuestion(UNPUBLISHED, line=4)) == ()


def test_another_answer_is_an_error_at_its_line(answering: Answering) -> None:
    (finding,) = judged(answering, GoldenQuestion(ASK_PARKING, "items/canteen", line=7))
    assert (finding.severity, finding.path, finding.line) == (Severity.ERROR, "knowledge/questions.csv", 7)
    assert "items/canteen" in finding.reason
    assert "items/parking" in finding.reason
    assert finding.remedy


def test_an_answer_without_the_expected_text_is_an_error(answering: Answering) -> None:
    (finding,) = judged(answering, GoldenQuestion(ASK_PARKING, "items/parking", "每小时8元", line=7))
    assert finding.severity is Severity.ERROR


def test_an_answer_to_what_must_not_be_answered_is_an_error(answering: Answering) -> None:
    (finding,) = judged(answering, GoldenQuestion(ASK_PARKING, line=5))
    assert (finding.severity, finding.line) == (Severity.ERROR, 5)
    assert "must not be answered" in finding.reason


def test_no_answer_where_one_is_expected_is_an_error(answering: Answering) -> None:
    (finding,) = judged(answering, GoldenQuestion(UNPUBLISHED, "items/parking", line=6))
    assert finding.severity is Severity.ERROR
    assert finding.reason.endswith("but got none")


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    """Two passages that say the same of two gates."""
    twin = "---\ntitle: {} 停车\naliases: [{}停车几元]\n---\n\n{}停车每小时{}元。\n"
    files = {f"items/{gate}.md": twin.format(gate, gate, gate, fee) for gate, fee in (("东门", 5), ("西门", 6))}
    with App(write_house(tmp_path_factory.mktemp("twins"), files)) as app:
        app.sync()
        yield app.answering


def test_an_expected_answer_that_is_only_offered_is_a_note(twins: Answering) -> None:
    """The citizen still finds it, by one more tap."""
    (finding,) = judged(twins, GoldenQuestion("停车每小时几元", "items/东门", line=2))
    assert finding.severity is Severity.NOTE
    assert "only offered as a choice" in finding.reason


def test_an_expected_answer_that_is_ranked_but_not_shown_is_an_error(twins: Answering) -> None:
    """The citizen never sees it."""
    decision = twins.answer(Question("东门停车几元", Channel.COMMAND, NOW), record=False).decision
    assert [match.document.id for match in decision.matches] == ["items/东门", "items/西门"]
    (finding,) = judged(twins, GoldenQuestion("东门停车几元", "items/西门", line=2))
    assert finding.severity is Severity.ERROR


def test_golden_questions_leave_no_record(tmp_path: Path) -> None:
    with App(write_house(tmp_path)) as app:
        app.sync()
        judged(app.answering, GoldenQuestion(ASK_PARKING, "items/parking"))
        assert app.store.records.latest() == ()
        assert not app.settings.secret_file.exists()


@pytest.mark.parametrize(
    ("document", "text", "fitting"),
    [
        ("items/parking", "", True),
        ("items/other", "", False),
        ("", "每小时5元", True),
        ("", "5元|一小时", True),
        ("", "5元|两小时", False),
        ("", "5 元；不足一小时", True),  # spaces and line breaks of a layout do not matter
        ("", "收费标准", True),  # the title and the headings count
        ("", "一、收费", True),
        ("items/parking", "8元", False),
    ],
)
def test_a_match_fits_by_document_and_by_every_text(document: str, text: str, fitting: bool) -> None:
    assert fits(MATCH, GoldenQuestion("", document, text)) is fitting
