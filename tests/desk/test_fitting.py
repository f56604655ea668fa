"""`bot fit`: the most answers within the bounds, kept as data."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.desk.evaluation import Figures
from bot.desk.fitting import ANSWERS, MARGINS, Bounds, Sample, Trial, fit_floors, fit_table, sample, try_out
from bot.desk.floors import FLOORS, FloorsUnwritable, load_policy, write_policy
from bot.desk.questions import QuestionSet
from bot.matching.certainty import Policy
from bot.matching.explanation import Considered
from bot.matching.question import Analysis
from bot.matching.ranking import Judged
from bot.matching.scoring import Features, Shares
from bot.model import Channel, Document, GoldenQuestion, Kind, Match, Question, RequestKind, Section, Snapshot
from tests.houses import ASK_CANTEEN, ASK_PARKING, UNPUBLISHED, write_house

TODAY = Policy(answer=0.6, choices=0.2, margin=0.1)
NO_FEATURES, NO_SHARES = Features(0, 0, 0, 0, 0, 1, 0), Shares(0, 0, 0, 0, 0, 0, 0)


def asked(*scores: float, answerable: bool = True, right: bool = True) -> Sample:
    """A question that found passages with these scores, of which the first, or the last, is the expected one."""
    judged = []
    for number, score in enumerate(scores):
        section = Section("1", (), f"{number}")
        match = Match(Document(f"d{number}", "", Kind.ITEM, "", (section,)), section, score)
        judged.append(Judged(match, NO_FEATURES, NO_SHARES, 0.0))
    considered = Considered(Analysis("", RequestKind.INQUIRY), Snapshot(1), judged=tuple(judged))
    expected = f"d{0 if right else len(scores) - 1}" if answerable else ""
    return Sample(GoldenQuestion("", expected), considered, frozenset({(expected, "1")}))


def many(one: Sample, count: int) -> list[Sample]:
    return [one] * count


def test_the_floor_falls_to_what_is_right_and_no_further() -> None:
    """Right answers score .4 and more, the unanswerable .3 and less."""
    samples = {"a": [*many(asked(0.41), 20), *many(asked(0.31, answerable=False), 20)]}
    found = fit_floors(samples, TODAY, Bounds())
    assert found.today.figures["a"].answered == 0.0
    assert found.best is not None
    assert found.best.figures["a"].answered == 1.0
    # Of all floors that answer as much the most cautious one.
    assert found.best.policy.answer == 0.4


def test_the_margin_rises_until_enough_answers_are_right() -> None:
    close, far = asked(0.7, 0.66, right=False), asked(0.7, 0.5)
    found = fit_floors({"a": [*many(close, 10), *many(far, 30)]}, Policy(0.6, 0.2, 0.0), Bounds())
    assert found.best is not None
    assert 0.04 < found.best.policy.margin <= 0.2
    assert found.best.figures["a"].right == 1.0


@pytest.mark.no_cover
def test_every_set_keeps_the_bounds() -> None:
    """A large set does not outvote a small one."""
    lenient = many(asked(0.45), 40)
    strict = [*many(asked(0.65), 9), asked(0.55, answerable=False)]
    found = fit_floors({"large": lenient, "small": strict}, TODAY, Bounds())
    assert found.best is not None
    assert found.best.policy.answer > 0.55
    assert found.best.keeps(Bounds())


def test_todays_floors_stay_where_no_others_answer_more() -> None:
    samples = {"a": [*many(asked(0.9), 10), *many(asked(0.1, answerable=False), 10)]}
    found = fit_floors(samples, TODAY, Bounds())
    assert found.best is found.today
    assert found.best.policy == TODAY


def test_where_no_floors_keep_the_bounds_there_are_none() -> None:
    found = fit_floors({"a": many(asked(0.99, answerable=False), 5)}, TODAY, Bounds())
    assert found.best is None
    assert [line.split()[0] for line in fit_table(found)] == ["set", "answer", "today"]


@pytest.mark.no_cover
def test_choices_are_spared_where_they_hardly_ever_help() -> None:
    """Whoever asks for what is not published is offered less, whoever asks for what is, nearly the same."""
    samples = {"a": [*many(asked(0.9), 59), asked(0.12), *many(asked(0.3, answerable=False), 10)]}
    found = fit_floors(samples, Policy(0.95, 0.1, 0.0), Bounds())
    assert found.best is not None
    assert found.best.policy.choices > 0.3


def test_the_table_shows_the_neighbours() -> None:
    samples = {"a": [*many(asked(0.41), 20), *many(asked(0.31, answerable=False), 20)]}
    found = fit_floors(samples, TODAY, Bounds())
    lines = list(fit_table(found))
    assert lines[0] == "set 1: a"
    assert lines[2].split() == ["today", "0.60", "0.20", "0.10", "|", "0.000", "-", "0.000"]
    assert lines[3].split()[:2] == ["best", "0.40"]
    assert {line.split()[0] for line in lines[4:]} == {"0.38", "0.40", "0.42"}


def test_the_grid_holds_the_floors_in_use() -> None:
    """So that a fit can come to them."""
    policy = load_policy()
    assert policy.answer in ANSWERS
    assert policy.margin in MARGINS


TRIAL = Trial(
    Policy(0.4, 0.2, 0.06),
    {
        'a "b".csv': Figures(10, 0.9, 1.0, 1.0, 0.95, 0.8, 1.0, None),
        "c": Figures(3, None, None, None, None, None, None, 0.0),
    },
)


def test_what_is_written_is_loaded(tmp_path: Path) -> None:
    """With the day and the figures of each set."""
    path = tmp_path / "policy.toml"
    assert write_policy(TRIAL, date(2026, 3, 1), path) == path
    assert load_policy(path) == TRIAL.policy
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert table["fitted_on"] == date(2026, 3, 1)
    assert table["sets"] == {
        'a "b".csv': {"questions": 10, "answered": 0.8, "right": 1.0},
        "c": {"questions": 3, "false": 0.0},
    }


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(FloorsUnwritable, match="fit in a checkout"):
        write_policy(TRIAL, date(2026, 3, 1), tmp_path / "nowhere/policy.toml")


def test_the_floors_that_ship_say_when_and_on_what_they_were_fitted() -> None:
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert table["fitted_on"] <= datetime.now(UTC).date()
    assert 0 < table["choices"] <= table["score"] < table["answer"]
    assert 0 < table["gap"] < table["margin"]
    assert table["sets"]
    assert all(figures["right"] >= 0.95 and figures.get("false", 0) <= 0.02 for figures in table["sets"].values())


def test_a_sample_decides_as_an_answer_does(tmp_path: Path) -> None:
    """Whatever the policy: looked up once, decided any number of times."""
    now = datetime(2019, 3, 1, tzinfo=UTC)
    questions = [
        GoldenQuestion(text, "items/parking") for text in (ASK_PARKING, ASK_CANTEEN, UNPUBLISHED, "你好", "开放收费")
    ]
    with App(write_house(tmp_path)) as app:
        app.sync()
        samples = sample(app.answering, questions, now)
        for one, expected in zip(samples, questions, strict=True):
            answered = app.answering.answer(Question(expected.question, Channel.COMMAND, now), record=False)
            assert one.outcome(app.policy).decision is answered.decision.verdict
        assert app.store.records.latest() == ()
    assert samples[0].fitting == {("items/parking", "1")}
    strict = try_out({"a": samples}, Policy(1.0, 1.0, 1.0))
    assert strict.answered == 0.0


def test_a_folder_is_sampled_as_it_stands(tmp_path: Path) -> None:
    settings = write_house(tmp_path)
    with App(settings) as app:
        (one,) = app.sample(QuestionSet("a", settings.knowledge, (GoldenQuestion(ASK_PARKING, "items/parking"),)))
    assert one.fitting
    assert [path.name for path in tmp_path.iterdir()] == ["knowledge"]
