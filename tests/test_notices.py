"""What is said where nothing is searched: complete, short, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import notices
from bot.language.contacts import Detail
from bot.model import Agency, AgencyContact, Language, RequestKind, Snapshot
from bot.replies import plain_text

CONTACT = AgencyContact("随州市招商局", site="随州招商网", hotline="12345")
AGENCY = Agency("zsj", CONTACT, default=True)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [kind for kind in RequestKind if not kind.is_searched])
def test_small_talk_gets_a_short_reply(kind: RequestKind, language: Language) -> None:
    """With the agency's name filled in, whatever agencies there are."""
    for snapshot in (Snapshot(1, (AGENCY,)), Snapshot(1), Snapshot(1, (replace(AGENCY, default=False),) * 2)):
        text = plain_text(notices.small_talk(kind, language, snapshot))
        assert text
        assert "{" not in text
        assert len(text) < 400


def test_abuse_gets_one_calm_sentence() -> None:
    """Without a contact, which would only be abused as well."""
    reply = notices.small_talk(RequestKind.ABUSE, Language.HANS, Snapshot(1, (AGENCY,)))
    assert plain_text(reply) == "有关公开信息的问题，这里都欢迎，请直接写出您想了解的内容。"


@pytest.mark.parametrize("language", Language)
def test_the_help_says_that_a_question_is_no_application(language: Language) -> None:
    """The law's clock for applications must not be thought to run."""
    text = plain_text(notices.help_text(language, Snapshot(1, (AGENCY,))))
    assert any(words in text for words in ("不是依申请公开的申请", "不是依申請公開的申請", "not a formal request"))


def test_the_contact_card_is_the_contact_line() -> None:
    card = notices.contact_card(Language.HANS, Snapshot(1, (AGENCY,)))
    assert plain_text(card) == "联系：随州市招商局，随州招商网，热线12345"


def test_with_several_agencies_and_no_default_each_is_listed() -> None:
    agencies = (replace(AGENCY, default=False), Agency("jyj", AgencyContact("随州市教育局", phone="1")))
    card = notices.contact_card(Language.HANS, Snapshot(1, agencies))
    assert plain_text(card) == "联系：随州市招商局，随州招商网，热线12345\n联系：随州市教育局，电话1"


@pytest.mark.parametrize("language", Language)
def test_without_agencies_the_contact_card_says_so(language: Language) -> None:
    assert plain_text(notices.contact_card(language, Snapshot(1)))


@pytest.mark.parametrize("language", Language)
def test_privacy_and_withdrawal_are_told_in_every_language(language: Language) -> None:
    assert plain_text(notices.privacy(language, 400)).count("\n") == 3
    assert notices.withdrawn(language, CONTACT).contact == CONTACT


def test_a_detail_that_is_asked_for_stands_first_and_the_whole_contact_below() -> None:
    agency = replace(AGENCY, contact=replace(CONTACT, phone="0700-3312345", address="甲路1号"))
    reply = notices.details_asked({Detail.ADDRESS, Detail.PHONE}, Language.HANS, agency, Snapshot(1, (agency,)))
    first, second, *_ = plain_text(reply).splitlines()
    assert (first, second) == ("电话：0700-3312345，热线12345", "地址：甲路1号")
    assert reply.contact == agency.contact


@pytest.mark.parametrize("language", Language)
def test_a_detail_that_nobody_stated_is_said_to_be_missing(language: Language) -> None:
    """It is never made up, nor taken from a passage that speaks of something else."""
    asked = {Detail.HOURS, Detail.SITE}
    text = plain_text(notices.details_asked(asked, language, AGENCY, Snapshot(1, (AGENCY,))))
    said = {
        Language.HANS: "网站：随州招商网\n这里没有随州市招商局的办公时间，",
        Language.HANT: "網站：隨州招商網\n這裡沒有隨州市招商局的辦公時間，",
        Language.ENGLISH: "Website: 随州招商网\nNot stated here: Office hours.",
    }
    assert text.startswith(said[language])
    assert not notices.states_details(asked, AGENCY)
    assert notices.states_details({Detail.SITE}, AGENCY)
    assert not notices.states_details({Detail.SITE}, None)


def test_of_several_agencies_without_a_default_each_contact_is_told() -> None:
    agencies = (replace(AGENCY, default=False), Agency("jyj", AgencyContact("随州市教育局", phone="1")))
    reply = notices.details_asked({Detail.PHONE}, Language.HANS, None, Snapshot(1, agencies))
    assert plain_text(reply).count("联系：") == 2
