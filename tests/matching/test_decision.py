"""One answer, a few choices, or none; years and agencies bind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.periods import Period
from bot.matching.binding import of_years, speaks_for
from bot.matching.certainty import Grounds, Policy
from bot.matching.decision import MOST_CHOICES, decide
from bot.model import Agency, AgencyContact, Decision, Match, Section, Snapshot, Verdict
from tests.matching.published import AGENCIES, COMMERCE, Speaking, ask, document, section

# Far apart, so that the cases below say what they mean whatever the fitted floors are.
POLICY = Policy(answer=0.6, choices=0.3, margin=0.1)
YEAR_2017 = Period(date(2017, 1, 1), date(2017, 12, 31), "2017年", 0)
DISTRICT = Agency("zdq", AgencyContact("曾都区招商局"), ("招商局",))


def match(
    name: str, score: float, *, year: int | None = 2017, agency: str = "zsj", number: str = "1", text: str = ""
) -> Match:
    part = section(number, "主动公开", text or f"{name} {number} 主动公开。")
    return Match(document(name, part, year=year, agency=agency), part, score)


def decided(question: str, *matches: Match, agencies: tuple[Agency, ...] = AGENCIES) -> Decision:
    """Decide on matches in the order of their scores, as ranking hands them over."""
    years = {(found.document.agency, found.document.year) for found in matches if found.document.year}
    publishers = frozenset(found.document.agency for found in matches)
    snapshot = Snapshot(1, agencies, (), tuple(sorted((agency, year) for agency, year in years if year)), publishers)
    best_first = sorted(matches, key=lambda found: -found.score)
    return decide(ask(question, agencies=agencies), best_first, POLICY, snapshot, Speaking(echo=ECHO))


ECHO = match("echo", 0.45)


def offered(decision: Decision) -> list[str]:
    return [f"{found.document.id}#{found.section.id}" for found in decision.matches[: decision.offered]]


def test_one_good_match_far_ahead_is_the_answer() -> None:
    decision = decided("主动公开", match("a", 0.9), match("b", 0.5))
    assert decision.verdict is Verdict.ANSWER
    assert offered(decision) == ["a#1"]
    assert len(decision.matches) == 2


def test_two_good_matches_are_choices() -> None:
    decision = decided("主动公开", match("a", 0.9), match("b", 0.85), match("c", 0.1))
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["a#1", "b#1"]


def test_one_middling_match_is_only_offered() -> None:
    decision = decided("主动公开", match("a", 0.45))
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["a#1"]


def test_what_only_sounds_like_a_part_of_the_question_is_not_offered() -> None:
    """Neither by itself nor beside others."""
    assert decided("主动公开", ECHO).verdict is Verdict.NONE
    assert offered(decided("主动公开", match("a", 0.55), match("b", 0.5), ECHO)) == ["a#1", "b#1"]


@pytest.mark.parametrize("matches", [(), (match("a", 0.1),)])
def test_bad_matches_and_none_answer_nothing(matches: tuple[Match, ...]) -> None:
    decision = decided("主动公开", *matches)
    assert decision.verdict is Verdict.NONE
    assert decision.offered == 0
    assert decision.matches == matches


def test_at_most_five_are_offered() -> None:
    decision = decided("主动公开", *(match(name, 0.9) for name in "abcdefgh"))
    assert decision.verdict is Verdict.CHOICES
    assert len(offered(decision)) == MOST_CHOICES == 5
    assert len(decision.matches) == 8


def parted(name: str, *scores: tuple[str, float], year: int = 2017) -> tuple[Match, ...]:
    """Several sections of one document."""
    matches = [match(name, score, number=number, year=year) for number, score in scores]
    whole = replace(matches[0].document, sections=tuple(found.section for found in matches))
    return tuple(replace(found, document=whole) for found in matches)


def test_a_part_and_its_whole_are_one_choice() -> None:
    decision = decided("主动公开", *parted("a", ("2.1", 0.9), ("2", 0.88), ("2.1.3", 0.87)), match("b", 0.89))
    assert offered(decision) == ["a#2.1", "b#1"]


def test_a_part_does_not_keep_its_whole_from_answering() -> None:
    assert decided("主动公开", *parted("a", ("2", 0.9), ("2.1", 0.88))).verdict is Verdict.ANSWER


def test_neighbours_with_alike_numbers_are_two_choices() -> None:
    """2.1 is no part of 2.10, nor 1 of 10."""
    assert offered(decided("主动公开", *parted("a", ("2.1", 0.9), ("2.10", 0.88)))) == ["a#2.1", "a#2.10"]


def test_the_same_words_of_one_agency_and_year_are_one_passage() -> None:
    """A report also stands in the catalogue."""
    twice = match("a", 0.9, text="同一段话。"), match("b", 0.9, text="同一段话。")
    assert decided("主动公开", *twice).verdict is Verdict.ANSWER


@pytest.mark.parametrize(
    "other", [match("b", 0.9, agency="jyj", text="同一段话。"), match("b", 0.9, year=2016, text="同一段话。")]
)
def test_the_same_words_of_another_agency_or_year_are_another_passage(other: Match) -> None:
    """Whose fee is it, and of when?"""
    nobodys_default = tuple(replace(agency, default=False) for agency in AGENCIES)
    decision = decided("主动公开", match("a", 0.9, text="同一段话。"), other, agencies=nobodys_default)
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["a#1", "b#1"]


def test_the_same_words_below_another_heading_are_another_passage() -> None:
    """0件 of 行政复议 is not 0件 of 行政诉讼."""
    parts = section("1", "一、行政复议", "全年0件。"), section("2", "二、行政诉讼", "全年0件。")
    report = document("a", *parts)
    decision = decided("全年多少件", *(Match(report, part, 0.9) for part in parts))
    assert offered(decision) == ["a#1", "a#2"]


@pytest.mark.parametrize("asked", range(2010, 2025))
@pytest.mark.parametrize("published", [(2010, 2011), (2014, 2017), (2017, 2015), (2023, 2024)])
def test_only_the_asked_year_answers(asked: int, published: tuple[int, int]) -> None:
    """Asking for a third year gives none and names those that are published, the newest first."""
    matches = [match(str(year), 0.95 - 0.3 * place, year=year) for place, year in enumerate(published)]
    decision = decided(f"{asked}年主动公开多少条", *matches)
    if asked in published:
        assert decision.verdict is not Verdict.NONE
        assert offered(decision) == [f"{asked}#1"]
        assert decision.missing_years == ()
    else:
        assert decision.verdict is Verdict.NONE
        assert decision.missing_years == (asked,)
        assert decision.published_years == tuple(sorted(published, reverse=True))


@pytest.mark.parametrize(
    "question",
    [
        "17年主动公开",
        "二〇一七年主动公开",
        "二零一七年度主动公开",
        "前年主动公开",
        "2017nian主动公开",
        "2017年3月主动公开",
    ],
)
def test_a_year_binds_however_it_is_named(question: str) -> None:
    """The question is of 1 March 2019."""
    matches = match("2017", 0.7, year=2017), match("2018", 0.95, year=2018)
    assert offered(decided(question, *matches)) == ["2017#1"]


def test_a_weak_match_of_the_asked_year_is_not_made_up_for_by_another_year() -> None:
    decision = decided("2017年主动公开", match("2017", 0.1, year=2017), match("2018", 0.95, year=2018))
    assert decision.verdict is Verdict.NONE
    assert decision.missing_years == ()


def test_two_years_are_choices_one_a_year_newest_first() -> None:
    matches = parted("2015", ("1", 0.95), ("2", 0.9), year=2015)
    decision = decided(
        "2015年和2017年主动公开", *matches, match("2017", 0.8, year=2017), match("2016", 0.99, year=2016)
    )
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["2017#1", "2015#1"]


def test_a_year_that_is_missing_beside_one_that_is_there_is_told() -> None:
    decision = decided("2016年和2017年主动公开", match("2017", 0.9, year=2017))
    assert offered(decision) == ["2017#1"]
    assert decision.missing_years == (2016,)


def test_a_range_offers_each_year_once() -> None:
    years = range(2010, 2020)
    decision = decided("2010年至2019年主动公开", *(match(str(year), 0.9, year=year) for year in years))
    assert offered(decision) == [f"{year}#1" for year in (2019, 2018, 2017, 2016, 2015)]


def test_the_newest_is_the_newest_that_answers() -> None:
    matches = match("2015", 0.95, year=2015), match("2017", 0.8, year=2017), match("2018", 0.05, year=2018)
    decision = decided("最新的主动公开", *matches)
    assert decision.verdict is Verdict.ANSWER
    assert offered(decision) == ["2017#1"]


def test_a_standing_text_is_offered_for_a_year_but_never_its_answer() -> None:
    """A guide holds in every year, and speaks for none."""
    matches = match("guide", 0.95, year=None), match("2017", 0.1, year=2017)
    decision = decided("2017年主动公开", *matches)
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["guide#1"]


def test_for_an_unpublished_year_a_standing_text_does_not_stand_in() -> None:
    decision = decided("2012年主动公开", match("guide", 0.95, year=None), match("2017", 0.9, year=2017))
    assert decision.verdict is Verdict.NONE
    assert decision.published_years == (2017,)
    assert decision.matches[0].document.id == "2017"


@pytest.mark.parametrize(
    ("year", "text", "speaks"),
    [
        (2017, "", True),
        (2016, "2017年", False),
        (None, "2017年的标准", True),
        (None, "二〇一七年", True),
        (None, "长期", False),
    ],
)
def test_a_passage_speaks_for_its_documents_year_or_one_that_it_names(
    year: int | None, text: str, speaks: bool
) -> None:
    assert speaks_for(match("a", 1.0, year=year, text=text or "无"), [YEAR_2017]) is speaks


def test_the_named_agency_answers() -> None:
    matches = match("z", 0.9), match("j", 0.7, agency="jyj")
    assert offered(decided("招商局主动公开", *matches)) == ["z#1"]


@pytest.mark.parametrize(
    "question", ["教育局主动公开", "随州市教育局主动公开", "教育局2017年主动公开", "教育局最新的主动公开"]
)
def test_an_agency_without_a_match_is_not_replaced_by_another(question: str) -> None:
    decision = decided(question, match("z", 0.95))
    assert decision.verdict is Verdict.NONE
    assert decision.missing_agency == "随州市教育局"


@pytest.mark.parametrize("question", ["武汉市招商局主动公开", "武汉招商局2017年主动公开", "财政局主动公开"])
def test_an_unknown_agency_is_not_replaced_by_ours(question: str) -> None:
    decision = decided(question, match("z", 0.95), match("j", 0.7, agency="jyj"))
    assert decision.verdict is Verdict.NONE
    assert decision.missing_agency in question


def test_a_passage_about_an_unknown_agency_may_answer() -> None:
    matches = match("a", 0.95), match("b", 0.9, text="费用由财政局收取。")
    assert offered(decided("财政局收费", *matches)) == ["b#1"]


def test_two_named_agencies_are_choices() -> None:
    matches = match("z", 0.9), match("j", 0.9, agency="jyj")
    assert offered(decided("教育局和招商局主动公开", *matches)) == ["z#1", "j#1"]


@pytest.mark.parametrize("question", ["教育局主动公开", "教育局2017年主动公开", "教育局最新的主动公开"])
def test_another_agencys_better_match_is_neither_offered_nor_in_the_way(question: str) -> None:
    decision = decided(question, match("j", 0.8, agency="jyj"), match("z", 0.95))
    assert decision.verdict is Verdict.ANSWER
    assert offered(decision) == ["j#1"]


@pytest.mark.parametrize("question", ["教育局2017年主动公开", "教育局最新的主动公开", "教育局2016年和2017年主动公开"])
def test_another_agencys_year_does_not_stand_in_for_the_named_one(question: str) -> None:
    """教育局 has published 2016 only; 招商局's figure of 2017 is not its own."""
    decision = decided(question, match("j", 0.9, agency="jyj", year=2016), match("z", 0.9, year=2017))
    assert "z#1" not in offered(decision)


@pytest.mark.parametrize("question", ["招商局主动公开", "招商局2017年主动公开"])
def test_an_alias_of_two_agencies_is_not_silently_one_of_them(question: str) -> None:
    matches = match("z", 0.95), match("q", 0.75, agency="zdq")
    decision = decided(question, *matches, agencies=(COMMERCE, DISTRICT))
    assert decision.verdict is Verdict.CHOICES
    assert offered(decision) == ["z#1", "q#1"]


def test_equal_matches_of_two_agencies_that_share_an_alias_are_choices() -> None:
    decision = decided("招商局主动公开", match("z", 0.9), match("q", 0.9, agency="zdq"), agencies=(COMMERCE, DISTRICT))
    assert offered(decision) == ["z#1", "q#1"]


QUESTIONS = st.sampled_from(
    [
        "主动公开", "2017年主动公开", "2016年主动公开", "2015年至2018年主动公开", "最新主动公开", "教育局主动公开",
        "财政局主动公开", "教育局2017年主动公开", "", "你好",
    ]
)  # fmt: skip
MATCHES = st.lists(
    st.builds(
        match,
        st.sampled_from("abcdef"),
        st.floats(0, 1),
        year=st.sampled_from((None, 2015, 2016, 2017)),
        agency=st.sampled_from(("zsj", "jyj")),
        number=st.sampled_from(("0", "1", "1.1", "1.10", "2")),
        text=st.sampled_from(("", "同一段话。", "2017年的事。", "财政局")),
    ),
    max_size=12,
    unique_by=lambda found: (found.document.id, found.section.id),
)


@given(QUESTIONS, MATCHES, st.builds(Policy, *(st.floats(0, 1),) * 11), st.builds(Grounds, *(st.floats(0, 1),) * 3))
def test_a_decision_keeps_every_match_and_offers_some_of_them(
    question: str, matches: list[Match], policy: Policy, grounds: Grounds
) -> None:
    years = tuple(
        {(found.document.agency, found.document.year) for found in matches if found.document.year is not None}
    )
    snapshot = Snapshot(1, AGENCIES, (), tuple((agency, year) for agency, year in years if year is not None))
    best_first = sorted(matches, key=lambda found: -found.score)
    decision = decide(ask(question), best_first, policy, snapshot, Speaking(others=grounds))
    assert decision.offered <= min(5, len(decision.matches))
    assert (decision.offered == 0) == (decision.verdict is Verdict.NONE)
    if decision.verdict is Verdict.ANSWER:
        assert decision.offered == 1
    seen = [(found.document.id, found.section.id) for found in decision.matches]
    assert len(set(seen)) == len(seen)
    assert set(seen) <= {(found.document.id, found.section.id) for found in matches}
    assert decision.focus == ""


@given(MATCHES, st.sampled_from((2015, 2016, 2017, 2018)))
def test_an_answer_for_a_year_is_of_that_year(matches: list[Match], year: int) -> None:
    decision = decided(f"{year}年主动公开", *matches)
    if decision.verdict is Verdict.ANSWER:
        assert of_years(decision.matches[0].document, decision.matches[0].section, [year])
    for found in decision.matches[: decision.offered]:
        assert found.document.year in (year, None)


def test_an_empty_section_is_a_passage_too() -> None:
    empty = Match(document("a"), Section("1", (), ""), 0.9)
    assert decided("主动公开", empty).verdict is Verdict.ANSWER
