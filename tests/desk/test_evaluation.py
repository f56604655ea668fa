"""`bot eval`: the figures that everybody computes alike, and what was won and lost since another time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from bot.desk.comparison import EvaluationUnreadable, compare, load, save
from bot.desk.evaluation import Figures, Grade, Outcome, figures_by_class, figures_of, misses_of, outcome_of, report
from bot.desk.questions import QuestionSet, QuestionsUnreadable, question_sets
from bot.model import Decision, Document, GoldenQuestion, Kind, Match, Section, Verdict
from tests.houses import ASK_CANTEEN, ASK_PARKING, UNPUBLISHED, write_house

HEADER = "question,expect_document,expect_text,class\n"
WANTED = GoldenQuestion("停车怎么收费", "wanted", label="plain")
UNANSWERABLE = GoldenQuestion("游泳馆的水温", label="none")


def match(name: str) -> Match:
    section = Section("1", (), name)
    return Match(Document(name, name, Kind.ITEM, "zsj", (section,)), section, 0.5)


def outcome(expected: GoldenQuestion, verdict: Verdict, *came: str, offered: int = 0) -> Outcome:
    decision = Decision(verdict, tuple(map(match, came)), offered=offered)
    return outcome_of(expected, decision, lambda found: found.document.id == expected.expect_document)


@pytest.mark.parametrize(
    ("expected", "verdict", "came", "offered", "place", "grade"),
    [
        (WANTED, Verdict.ANSWER, ("wanted", "other"), 1, 1, Grade.RIGHT),
        (WANTED, Verdict.ANSWER, ("other", "wanted"), 1, 2, Grade.WRONG),
        (WANTED, Verdict.CHOICES, ("other", "wanted"), 2, 2, Grade.OFFERED),
        (WANTED, Verdict.CHOICES, ("other", "third", "wanted"), 2, 3, Grade.MISSED),
        (WANTED, Verdict.NONE, ("wanted",), 0, 1, Grade.MISSED),
        (WANTED, Verdict.NONE, (), 0, 0, Grade.MISSED),
        (WANTED, Verdict.NONE, (*"abcdefghij", "wanted"), 0, 0, Grade.MISSED),
        (UNANSWERABLE, Verdict.ANSWER, ("other",), 1, 0, Grade.WRONG),
        (UNANSWERABLE, Verdict.CHOICES, ("other",), 1, 0, Grade.RIGHT),
        (UNANSWERABLE, Verdict.NONE, (), 0, 0, Grade.RIGHT),
    ],
)
def test_a_question_is_graded_by_what_the_citizen_gets(
    expected: GoldenQuestion, verdict: Verdict, came: Sequence[str], offered: int, place: int, grade: Grade
) -> None:
    found = outcome(expected, verdict, *came, offered=offered)
    assert (found.place, found.grade) == (place, grade)


OUTCOMES = (
    outcome(WANTED, Verdict.ANSWER, "wanted", offered=1),
    outcome(WANTED, Verdict.ANSWER, "other", "wanted", offered=1),
    outcome(replace(WANTED, label="typo"), Verdict.CHOICES, *"abc", "wanted", offered=4),
    outcome(replace(WANTED, label="typo"), Verdict.NONE),
    outcome(UNANSWERABLE, Verdict.ANSWER, "other", offered=1),
    outcome(UNANSWERABLE, Verdict.NONE),
)


def test_the_figures_are_shares_of_what_they_are_about() -> None:
    """Ranks count whatever was decided; right counts among answers; false among what must not be answered."""
    assert figures_of(OUTCOMES) == Figures(
        n=6, hit1=0.25, hit3=0.5, hit5=0.75, mrr=0.438, answered=0.5, right=0.5, false=0.5
    )


def test_a_share_of_nothing_is_none() -> None:
    figures = figures_by_class(OUTCOMES)
    assert list(figures) == ["plain", "typo", "none", "ALL"]
    assert (figures["typo"].answered, figures["typo"].right, figures["typo"].false) == (0.0, None, None)
    assert (figures["none"].hit1, figures["none"].answered, figures["none"].false) == (None, None, 0.5)


def test_the_misses_say_what_came_instead() -> None:
    assert len(misses_of(OUTCOMES)) == 4
    lines = list(report("a.csv", OUTCOMES, 2))
    assert lines[0] == "a.csv"
    assert lines[1].split() == ["class", "n", "hit@1", "hit@3", "hit@5", "MRR", "answered", "right", "false"]
    assert lines[-3:] == [
        "miss  停车怎么收费  answer  other, wanted",
        "miss  停车怎么收费  choices  a, b, c",
        "miss  … and 2 more",
    ]
    assert not any(line.startswith("miss") for line in report("a.csv", OUTCOMES, 0))


def lines_of(tmp_path: Path, before: Sequence[Outcome], after: Sequence[Outcome]) -> list[str]:
    save(tmp_path / "old.json", {"a.csv": before})
    return list(compare(load(tmp_path / "old.json"), "a.csv", after))


def test_nothing_is_won_or_lost_against_oneself(tmp_path: Path) -> None:
    assert lines_of(tmp_path, OUTCOMES[::2], OUTCOMES[::2]) == ["0 won", "0 lost"]


def test_what_was_won_and_lost_is_told_by_question_and_figure(tmp_path: Path) -> None:
    one, other = WANTED, replace(WANTED, question="食堂几点开门")
    before = (outcome(one, Verdict.NONE, "x"), outcome(other, Verdict.ANSWER, "wanted", offered=1))
    after = (outcome(one, Verdict.ANSWER, "wanted", offered=1), outcome(other, Verdict.ANSWER, "x", "wanted"))
    lines = lines_of(tmp_path, before, after)
    assert lines[:4] == [
        "won   停车怎么收费  missed (x) → right (place 1)",
        "1 won",
        "lost  食堂几点开门  right (place 1) → wrong (place 2)",
        "1 lost",
    ]
    assert [line.split()[:2] for line in lines[4:8]] == [
        ["plain", "hit@3"], ["plain", "hit@5"], ["plain", "MRR"], ["plain", "answered"],
    ]  # fmt: skip
    assert lines[7].endswith("0.500 → 1.000")


def test_a_better_place_is_a_gain_even_where_the_decision_stays(tmp_path: Path) -> None:
    before, after = outcome(WANTED, Verdict.NONE, *"ab", "wanted"), outcome(WANTED, Verdict.NONE, "a", "wanted")
    assert "won   停车怎么收费  missed (place 3) → missed (place 2)" in lines_of(tmp_path, [before], [after])


def test_questions_of_only_one_time_are_counted(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, OUTCOMES[:1], OUTCOMES[4:5])
    assert "2 questions are in only one of the two" in lines
    save(tmp_path / "old.json", {"a.csv": OUTCOMES})
    assert list(compare(load(tmp_path / "old.json"), "b.csv", OUTCOMES)) == ["b.csv is not in the older evaluation"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"sets": []}', '{"sets": {"a": {}}}', '{"sets": {"a": {"questions": [1]}}}']
)
def test_another_file_is_said_to_be_no_evaluation(tmp_path: Path, content: str) -> None:
    (tmp_path / "old.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationUnreadable, match=r"old\.json: it holds no evaluation; name a file that"):
        load(tmp_path / "old.json")
    with pytest.raises(EvaluationUnreadable, match=r"new\.json: No such file"):
        load(tmp_path / "new.json")
    with pytest.raises(EvaluationUnreadable, match="can be written"):
        save(tmp_path / "nowhere/new.json", {})


def test_the_file_holds_figures_and_outcomes(tmp_path: Path) -> None:
    save(tmp_path / "new.json", {"a.csv": OUTCOMES})
    kept = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["sets"]["a.csv"]
    assert kept["figures"]["ALL"]["hit1"] == 0.25
    assert kept["questions"][0] == {
        "question": "停车怎么收费", "label": "plain", "answerable": True, "decision": "answer", "place": 1,
        "grade": "right", "came": ["wanted"],
    }  # fmt: skip


def test_a_folder_is_asked_as_it_stands_and_nothing_is_written(tmp_path: Path) -> None:
    """Also where nothing was ever published."""
    settings = write_house(tmp_path)
    questions = (
        GoldenQuestion(ASK_PARKING, "items/parking", label="plain"),
        GoldenQuestion(ASK_CANTEEN, expect_text="7点|19点", label="plain"),
        GoldenQuestion(UNPUBLISHED, label="none"),
    )
    with App(settings) as app:
        outcomes = app.evaluate(QuestionSet("a.csv", settings.knowledge, questions))
    assert [found.grade for found in outcomes] == [Grade.RIGHT] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["knowledge"]


def test_a_file_is_asked_of_the_folder_named_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}停车怎么收费,items/parking,,plain\n", encoding="utf-8")
    plain, other = question_sets([f"{tmp_path}/a.csv", f"elsewhere:{tmp_path}/a.csv"], Path("knowledge"))
    assert (plain.knowledge, other.knowledge) == (Path("knowledge"), Path("elsewhere"))
    assert plain.questions == (GoldenQuestion("停车怎么收费", "items/parking", "", "plain", 2),)
    assert (plain.name, other.name) == (f"{tmp_path}/a.csv", f"elsewhere:{tmp_path}/a.csv")


def test_without_a_file_the_folders_own_questions_are_asked(tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_text(f"{HEADER}停车怎么收费,,,none\n", encoding="utf-8")
    (own,) = question_sets([], tmp_path)
    assert own.name == str(tmp_path / "questions.csv")
    assert not own.questions[0].answerable


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        ("", "the file is empty"),
        ("a,b\n1,2\n", "the header has no column question"),
        (HEADER, "it holds no question"),
    ],
)
def test_a_file_without_questions_is_said_to_be_one(tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    with pytest.raises(QuestionsUnreadable, match=said):
        question_sets([str(tmp_path / "a.csv")], Path("knowledge"))


def test_a_bad_row_is_a_finding_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}停车怎么收费,,,none,more\n食堂几点开门,,,none\n", encoding="utf-8")
    (asked,) = question_sets([str(tmp_path / "a.csv")], Path("knowledge"))
    assert len(asked.questions) == 1
    assert (asked.findings[0].path, asked.findings[0].line) == (str(tmp_path / "a.csv"), 2)
