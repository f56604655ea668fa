"""What a citizen is told of an application: the receipt, and how it stands."""

from __future__ import annotations

from datetime import date

import pytest

from bot.applying.letters import receipt, state
from bot.applying.timing import answer_clock
from bot.clocks import Standing
from bot.model import Application, Language, Step
from bot.workdays import Workdays
from tests.applying.histories import RECEIVED, WORKDAYS, registered, with_steps

CONTACT = "联系：某局，电话0722-1"
NEXT = date(2025, 3, 4)


def standing(application: Application, today: date, workdays: Workdays = WORKDAYS) -> Standing | None:
    clock = answer_clock(application)
    return clock.stand(workdays, today) if clock else None


def stands(application: Application, today: date = NEXT, language: Language = Language.HANS) -> str:
    return state(application, standing(application, today), CONTACT, language)


def test_a_receipt_has_the_number_the_clock_and_the_office() -> None:
    application = with_steps()
    text = receipt(application, standing(application, RECEIVED), CONTACT, Language.HANS)
    assert "SQ-2025-000001" in text
    assert "收到日期：2025-03-03，最迟在2025-03-31答复（20个工作日）。" in text
    assert text.endswith(CONTACT)


def test_a_receipt_of_what_is_not_received_yet_says_when_the_clock_begins() -> None:
    text = receipt(registered(), None, CONTACT, Language.HANS)
    assert "确认的那一天为收到申请之日" in text
    assert "20个工作日" in text


def test_a_receipt_guesses_no_last_day_for_a_year_without_a_calendar() -> None:
    application = with_steps()
    unknown = Standing(None, 20, unknown_year=2026)
    assert "等节假日安排公布后才能确定" in receipt(application, unknown, "", Language.HANS)
    assert "等节假日安排公布后才能确定" in state(application, unknown, "", Language.HANS)


@pytest.mark.parametrize(
    ("application", "said"),
    [
        (registered(), "已登记，等待确认收到（2025-03-03）"),
        (with_steps(), "最迟在2025-03-31答复"),
        (with_steps((Step.CORRECTION_ASKED, NEXT)), "请在2025-03-19以前补正"),
        (with_steps((Step.CONSULTING, NEXT)), "征求意见的时间不计入答复期限"),
        (with_steps((Step.EXTENDED, NEXT)), "最迟在2025-04-28答复"),
        (with_steps((Step.ANSWERED, NEXT)), "已答复（2025-03-04）。\n联系"),
        (with_steps((Step.WITHDRAWN, NEXT), (Step.CLOSED, NEXT)), "已办结归档（2025-03-04）。\n联系"),
    ],
)
def test_each_state_says_how_it_goes_on(application: Application, said: str) -> None:
    assert said in stands(application)


def test_an_answer_that_is_late_is_admitted() -> None:
    assert "已经超过" in stands(with_steps(), date(2025, 4, 1))


@pytest.mark.parametrize("language", Language)
def test_no_word_of_who_applied_for_what_and_why_stands_in_it(language: Language) -> None:
    way = ((Step.CORRECTION_ASKED, NEXT), (Step.CORRECTED, NEXT), (Step.CONSULTING, NEXT))
    for count in range(len(way) + 1):
        application = with_steps(*way[:count])
        assert application.applicant
        assert application.request
        texts = stands(application, language=language), receipt(application, None, CONTACT, language)
        for word in (application.applicant.name, application.applicant.contact, application.request.sought, "理由"):
            assert all(word not in text for text in texts)
