"""Passages to be quoted in other chats: what answers first, and nothing of another year or agency than was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot import cards
from bot.language.periods import Period
from bot.matching.certainty import Policy
from bot.matching.question import Analysis
from bot.model import Agency, AgencyContact, Decision, Document, Kind, Language, Match, RequestKind, Section, Verdict

POLICY = Policy(answer=0.6, choices=0.3, margin=0.1)
YEAR_2017 = Period(date(2017, 1, 1), date(2017, 12, 31), "2017年", 0)
COMMERCE = Agency("zsj", AgencyContact("随州市招商局", phone="12345"))
FREE = Analysis("主动公开", RequestKind.INQUIRY)


@dataclass
class Decided:
    """A question that was decided on."""

    analysis: Analysis
    decision: Decision

    def decide(self, policy: Policy) -> Decision:
        return self.decision


def match(name: str, score: float, *, year: int | None = 2017, agency: str = "zsj", text: str = "") -> Match:
    section = Section("1", ("一、主动公开",), text or f"{name}主动公开。")
    return Match(Document(name, f"{name}报告", Kind.REPORT, agency, (section,), year=year), section, score)


def titles(analysis: Analysis, decision: Decision) -> list[str]:
    found = cards.matching(Decided(analysis, decision), POLICY, Language.HANS)
    return [card.title.split("年")[1].removesuffix("报告 › 一、主动公开") for card in found]


def test_what_answers_stands_first_and_what_is_too_far_off_is_left_out() -> None:
    found = Decision(Verdict.ANSWER, (match("甲", 0.7), match("乙", 0.8), match("丙", 0.2)), offered=1)
    assert titles(FREE, found) == ["甲", "乙"]
    assert titles(FREE, Decision(Verdict.NONE, found.matches)) == []


def test_year_that_was_asked_for_binds_what_stands_behind_as_well() -> None:
    found = Decision(Verdict.ANSWER, (match("甲", 0.9), match("乙", 0.8, year=2016), match("丙", 0.7)), offered=1)
    assert titles(replace(FREE, periods=(YEAR_2017,)), found) == ["甲", "丙"]
    assert titles(FREE, found) == ["甲", "乙", "丙"]


def test_agency_that_was_asked_for_binds_what_stands_behind_as_well() -> None:
    found = Decision(Verdict.ANSWER, (match("甲", 0.9), match("乙", 0.8, agency="jyj"), match("丙", 0.7)), offered=1)
    assert titles(replace(FREE, agencies=(COMMERCE,)), found) == ["甲", "丙"]
    assert titles(FREE, found) == ["甲", "乙", "丙"]


def test_card_quotes_around_the_sentence_that_answers_and_has_nothing_to_press() -> None:
    text = "第一句没有关系。" * 60 + "主动公开133条。"
    found = Decision(Verdict.ANSWER, (match("甲", 0.9, text=text),), offered=1, focus="主动公开133条。")
    (card,) = cards.matching(Decided(FREE, found), POLICY, Language.HANS)
    assert card.reply.quote
    assert "133条" in card.reply.quote.text
    assert len(card.excerpt) <= cards.EXCERPT_CHARACTERS
    assert "\n" not in card.excerpt
    assert (card.reply.full_text, card.reply.contact, card.reply.choices) == (False, None, ())


def test_pages_follow_each_other_without_gap_and_repeat() -> None:
    deck = cards.newest([match(str(number), 1.0) for number in range(5)], Language.HANS)
    pages = [cards.page_of(deck, start, 2) for start in (0, 2, 4, 6)]
    assert [card for page in pages for card in page.cards] == deck
    assert [page.more for page in pages] == [True, True, False, False]
