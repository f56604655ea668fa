"""`bot explain`: every number shown is the one that decided."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.app import App
from bot.desk.explaining import decided, print_explanation
from bot.matching.certainty import Policy
from bot.matching.decision import Rule
from bot.matching.explanation import Bar, Considered, Explanation, Manner, explain
from bot.matching.ranking import judge
from bot.matching.scoring import Weights
from bot.model import Channel, Question, RequestKind, Snapshot, Verdict
from tests.houses import AGENCIES, ASK_CANTEEN, ASK_PARKING, FILES, UNPUBLISHED, write_house
from tests.language.strategies import texts
from tests.matching.published import PUBLISHED, ask, probe_of, ranked

EDUCATION = """
[jyj]
name = "随州市教育局"
aliases = ["教育局"]
phone = "0722-1111111"
"""
REPORT = """---
title: {year}年政府信息公开年度报告
date: {year}-12-31
kind: report
agency: {agency}
---

## 一、概述

{year}年，各项工作有序开展，群众满意。

## 二、主动公开情况

{year}年主动公开政府信息{items}条。
"""
NOW = datetime(2019, 3, 1, 9, 0, tzinfo=UTC)
POLICY = Policy(answer=0.4, choices=0.2, margin=0.06)
QUESTIONS = (
    ASK_PARKING, ASK_CANTEEN, UNPUBLISHED, "2017年主动公开了多少条", "2015年主动公开了多少条", "2014年和2017年主动公开多少条",
    "教育局2017年主动公开了多少条", "财政局主动公开了多少条", "最新的主动公开数量",
    "tingche shoufei", "parking fee", "停车怎么收废", "停车收费", "2017年3月主动公开了多少条", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Two agencies, of which one has reports of two years."""
    files = dict(FILES) | {
        "agencies.toml": AGENCIES + EDUCATION,
        "reports/2014.md": REPORT.format(year=2014, agency="zsj", items=98),
        "reports/2017.md": REPORT.format(year=2017, agency="zsj", items=133),
        "reports/jyj.md": REPORT.format(year=2016, agency="jyj", items=60),
        "glossary.csv": "term,synonyms\n停车,parking|泊车\n收费,fee|要钱\n",
    }
    with App(write_house(tmp_path_factory.mktemp("house"), files)) as app:
        app.sync()
        yield app


def explained(app: App, text: str) -> Explanation:
    return app.answering.explain(Question(text, Channel.COMMAND, NOW))


def printed(app: App, text: str) -> str:
    file = io.StringIO()
    print_explanation(explained(app, text), text, file)
    return file.getvalue()


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_explained_is_what_is_decided(app: App, question: str) -> None:
    """The same verdict, and the same matches with the same scores in the same order."""
    decision = app.answering.answer(Question(question, Channel.COMMAND, NOW), record=False).decision
    explanation = explained(app, question)
    assert explanation.ruling.decision.verdict is decision.verdict
    assert tuple(reasons.judged.match for reasons in explanation.matches) == decision.matches


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shares_are_the_score(app: App, question: str) -> None:
    for reasons in explained(app, question).matches:
        judged = reasons.judged
        assert sum(judged.shares) + judged.outdone == pytest.approx(judged.match.score)
        assert judged.outdone <= 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_barred_is_answered(app: App, question: str) -> None:
    explanation = explained(app, question)
    if explanation.ruling.decision.verdict is Verdict.ANSWER:
        assert explanation.matches[0].barred is None


def bars(app: App, question: str) -> dict[str, Bar | None]:
    return {reasons.judged.match.document.id: reasons.barred for reasons in explained(app, question).matches}


def test_what_fits_is_not_barred(app: App) -> None:
    """Documents of other years are not even fetched where the asked one is published."""
    assert bars(app, "招商局2017年主动公开了多少条") == {"reports/2017": None}


def test_another_year_and_another_agency_are_told_apart(app: App) -> None:
    """Nothing is published of 2001, so that the nearest are looked at."""
    barred = bars(app, "招商局2001年主动公开了多少条")
    assert (barred["reports/2017"], barred["reports/2014"], barred["reports/jyj"]) == (Bar.TIME, Bar.TIME, Bar.AGENCY)


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        (ASK_PARKING, Rule.FLOORS),
        ("财政局主动公开了多少条", Rule.FOREIGN_AGENCY),
        ("2014年和2017年主动公开了多少条", Rule.EACH_YEAR),
        ("招商局和教育局主动公开了多少条", Rule.EACH_AGENCY),
        ("2001年主动公开了多少条", Rule.MISSING_YEARS),
        ("2017年3月主动公开了多少条", Rule.OTHER_TIMES),
    ],
)
def test_the_rule_that_decided_is_named(app: App, question: str, rule: Rule) -> None:
    assert explained(app, question).ruling.rule is rule


@pytest.mark.parametrize(
    ("question", "concept", "manners"),
    [
        ("停车", "停车", (Manner.CHARACTER,)),
        ("汀车", "停车", (Manner.CHARACTER,)),
        ("ting che", "ting che", (Manner.SOUND,)),
        ("泊车", "泊车", (Manner.MEANING,)),
        ("parking", "parking", (Manner.MEANING,)),
    ],
)
def test_a_concept_is_held_by_character_sound_or_meaning(
    app: App, question: str, concept: str, manners: tuple[Manner, ...]
) -> None:
    explanation = explained(app, question)
    (reasons,) = (one for one in explanation.matches if one.judged.match.document.id == "items/parking")
    held = {holding.concept.text: holding.manners for holding in reasons.holdings}
    assert held[concept] == manners


def test_a_score_has_its_own_reasons_in_any_folder() -> None:
    """What ranking hands out is what the explanation shows, without store and index."""
    analysis = ask("有没有收费")
    probe = probe_of(analysis)
    judged = judge(analysis, probe, PUBLISHED.candidates(), Weights())
    explanation = explain(Considered(analysis, Snapshot(1), probe, judged), POLICY, Weights())
    assert tuple(reasons.judged.match for reasons in explanation.matches) == ranked("有没有收费")[: len(judged)]
    assert explanation.matches[0].holdings[0].share == 1.0


def test_the_text_names_what_was_understood(app: App) -> None:
    text = printed(app, "教育局2017年3月停車收費多少元")
    for said in (
        "zh-Hant", "inquiry", "2017年3月 = 2017-03-01 to 2017-03-31", "随州市教育局 (jyj)", "asked for in 元", "泊车",
        "not asked for",
    ):  # fmt: skip
        assert said in text, said
    assert "招商局 (zsj)" in printed(app, "停车")
    assert "财政局, which is none of ours" in printed(app, "财政局主动公开了多少条")
    assert "ting che" in printed(app, "tingche")


def test_the_text_names_the_floors_and_what_reaches_them(app: App) -> None:
    policy = app.policy
    lines = list(decided(explained(app, ASK_PARKING)))
    assert lines[0] == "decision  answer: items/parking#1"
    assert f"reaches the {policy.score:.2f} for an answer" in lines[2]
    assert lines[3].startswith("gap       ")
    assert f"reaches the {policy.answer:.2f} for an answer: score +" in lines[4]
    assert f"reaches the {policy.margin:.2f} for an answer: gap +" in lines[5]
    decision, because, *_ = decided(explained(app, "2001年主动公开了多少条"))
    assert decision == "decision  none"
    assert Rule.MISSING_YEARS.value in because


def test_small_talk_says_that_nothing_is_searched(app: App) -> None:
    assert explained(app, "你好").considered.analysis.kind is RequestKind.GREETING
    assert "nothing is searched for" in printed(app, "你好")


def test_away_from_a_terminal_it_is_plain_text(app: App) -> None:
    """No escape codes, and no line is broken in two."""
    text = printed(app, "2017年主动公开了多少条")
    assert "\x1b" not in text
    assert len([line for line in text.splitlines() if "reports/2017#2" in line]) == 2


def test_an_explanation_leaves_no_record(app: App) -> None:
    printed(app, ASK_PARKING)
    assert app.store.records.latest() == ()
    assert not app.settings.secret_file.exists()


@given(texts)
@settings(deadline=None)
def test_whatever_is_asked_can_be_explained(text: str) -> None:
    analysis = ask(text)
    probe = probe_of(analysis)
    judged = judge(analysis, probe, PUBLISHED.candidates(), Weights())
    explanation = explain(Considered(analysis, Snapshot(1), probe, judged), POLICY, Weights())
    print_explanation(explanation, text, io.StringIO())
