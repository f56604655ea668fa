"""Who wants something done that is not done here is told which procedure it is, and whose, before anything is quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.courtesies import lead_in
from bot.model import (
    AgencyContact,
    Channel,
    Choice,
    Decision,
    Document,
    Kind,
    Language,
    Match,
    Quote,
    Reply,
    RequestKind,
    Section,
    Verdict,
)
from bot.replies import plain_text

CONTACT = AgencyContact("随州市招商局", site="随州招商网", hotline="12345")
MATCH = Match(Document("a", "指南", Kind.GUIDE, "zsj", ()), Section("1", (), "原文。"), 0.9)
ANSWER = Decision(Verdict.ANSWER, (MATCH,), offered=1)
CHOICES = Decision(Verdict.CHOICES, (MATCH,), offered=1)
NONE = Decision(Verdict.NONE)
QUOTED = Reply(Language.HANS, quote=Quote("原文。"), contact=CONTACT)
OFFERED = Reply(Language.HANS, "请选一条：", choices=(Choice("a", "1", "指南"),), contact=CONTACT)
NOTHING = Reply(Language.HANS, "没有找到。", contact=CONTACT)
DONE_ELSEWHERE = (RequestKind.APPLICATION, RequestKind.PETITION, RequestKind.CORRECTION)


def test_an_inquirys_reply_stays_as_it_is() -> None:
    assert lead_in(RequestKind.INQUIRY, QUOTED, ANSWER) is QUOTED


@pytest.mark.parametrize("kind", DONE_ELSEWHERE)
@pytest.mark.parametrize(("reply", "decision"), [(QUOTED, ANSWER), (OFFERED, CHOICES), (NOTHING, NONE)])
def test_only_the_lead_differs_from_an_inquirys_reply(kind: RequestKind, reply: Reply, decision: Decision) -> None:
    said = lead_in(kind, reply, decision)
    assert replace(said, lead=reply.lead) == reply
    assert len(said.lead) < 280


def test_a_wish_to_apply_is_said_to_be_no_application_and_how_to_make_one() -> None:
    lead = lead_in(RequestKind.APPLICATION, QUOTED, ANSWER).lead
    assert "只登记为咨询，不是依申请公开的申请" in lead
    for needed in (
        "书面",
        "电子",
        "姓名",
        "身份证明",
        "联系方式",
        "文号",
        "描述",
        "什么形式",
        "第二十九条",
        "随州市招商局",
    ):
        assert needed in lead
    assert lead.endswith("与您要的最接近的是：")


def test_what_is_published_on_a_wish_comes_below() -> None:
    assert lead_in(RequestKind.APPLICATION, OFFERED, CHOICES).lead.endswith("\n请选一条：")
    assert lead_in(RequestKind.APPLICATION, NOTHING, NONE).lead.endswith("\n已经公开的信息里没有找到它。")


def test_a_wish_for_another_year_is_told_which_are_published() -> None:
    """As any question for that year."""
    lead = lead_in(RequestKind.APPLICATION, NOTHING, replace(NONE, missing_years=(2019,))).lead
    assert lead.endswith("\n没有找到。")
    partly = replace(QUOTED, lead="这里没有2019年的。")
    assert (
        "\n这里没有2019年的。\n"
        in lead_in(RequestKind.APPLICATION, partly, replace(ANSWER, missing_years=(2019,))).lead
    )


def test_a_complaint_is_told_where_to_go_and_to_name_nobody_here() -> None:
    lead = lead_in(RequestKind.PETITION, NOTHING, NONE).lead
    for said in ("不受理", "不按公开申请办理", "第三十九条", "随州市招商局", "热线12345", "不要在这里写别人的姓名"):
        assert said in lead
    assert "没有找到" not in lead


def test_without_a_hotline_none_is_named() -> None:
    reply = replace(NOTHING, contact=replace(CONTACT, hotline=""))
    assert "热线" not in lead_in(RequestKind.PETITION, reply, NONE).lead


def test_a_correction_needs_evidence_and_the_agency_that_keeps_the_record() -> None:
    lead = lead_in(RequestKind.CORRECTION, QUOTED, ANSWER).lead
    for said in ("单独的程序", "第四十一条", "证据", "保存这项记录的机关", "随州市招商局"):
        assert said in lead


@pytest.mark.parametrize("kind", DONE_ELSEWHERE)
@pytest.mark.parametrize("language", Language)
def test_without_a_contact_nothing_is_said_to_stand_below(kind: RequestKind, language: Language) -> None:
    lead = lead_in(kind, Reply(language, "x"), NONE).lead
    assert lead
    assert not any(word in lead for word in ("见下", "below", "{"))


def test_a_traditional_reply_names_the_agency_in_its_script() -> None:
    text = plain_text(lead_in(RequestKind.PETITION, replace(NOTHING, language=Language.HANT), NONE))
    assert "隨州市招商局" in text
    assert "随州" not in text


def test_who_wants_to_apply_on_telegram_is_told_the_command() -> None:
    assert "/apply" in lead_in(RequestKind.APPLICATION, QUOTED, ANSWER, Channel.TELEGRAM).lead
    for channel in (None, Channel.CONSOLE):
        assert "/apply" not in lead_in(RequestKind.APPLICATION, QUOTED, ANSWER, channel).lead
    assert "/apply" not in lead_in(RequestKind.PETITION, QUOTED, ANSWER, Channel.TELEGRAM).lead
