"""依申请公开 over real HTTP with the real house behind it: /apply, /status, /cancel and the buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.applying import wording
from bot.channels.telegram.words import words
from bot.model import Applicant, ApplicantKind, Arrival, Channel, Delivery, Language, Request
from bot.own_data import phrases
from bot.store.tables import application_drafts
from tests.botapi import BotApi, Sent
from tests.channels.telegram.house import House, house

CITIZEN, OTHER, GROUP = 70012345, 70099999, -1009876
SAID = words(Language.HANS)
SOUGHT, NAME, CONTACT = "游泳馆的水温记录", "欧阳某某", "ouyang@example.org"


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def labels(message: Sent) -> list[str]:
    return [button.text for button in message.buttons]


def fill_in(at: House) -> Sent:
    """Lead an application to its summary, by words and by buttons."""
    at.says(CITIZEN, "/apply")
    title = at.says(CITIZEN, SOUGHT)
    number = at.presses(title, "跳过")
    at.presses(number, "跳过")
    at.says(CITIZEN, "1")
    ways = at.says(CITIZEN, NAME)
    at.presses(ways, "电子邮件")
    return at.says(CITIZEN, CONTACT)


def test_a_whole_application_by_words_and_buttons(at: House) -> None:
    first = at.says(CITIZEN, "/apply")
    assert "第二十九条" in first.text
    assert labels(first) == ["取消"]
    title = at.says(CITIZEN, SOUGHT)
    assert labels(title) == ["上一步", "跳过", "取消"]
    kinds = at.presses(at.presses(title, "跳过"), "跳过")
    assert labels(kinds)[:2] == ["自然人", "商业企业"]
    at.presses(kinds, "自然人")
    ways = at.says(CITIZEN, NAME)
    at.presses(ways, "电子邮件")
    summary = at.says(CITIZEN, CONTACT)
    assert labels(summary) == ["确认提交", "上一步", "取消"]
    assert NAME in summary.text
    receipt = at.presses(summary, "确认提交")
    (application,) = at.store.applications.all()
    assert application.number in receipt.text
    assert "随州市招商局" in receipt.text
    assert labels(receipt) == []
    assert application.request == Request(SOUGHT)
    assert application.applicant == Applicant(NAME, CONTACT)
    assert (application.kind, application.channel) == (ApplicantKind.PERSON, Channel.TELEGRAM)
    assert (application.arrival, application.delivery) == (Arrival.ONLINE, Delivery.EMAIL)
    # What was written in the dialogue stands in the application and in no contact record.
    assert at.records() == ()


def test_what_is_published_is_shown_first_and_can_end_it(at: House) -> None:
    at.says(CITIZEN, "/apply")
    shown = at.says(CITIZEN, "停车怎么收费")
    assert "停车每小时5元" in shown.text
    ended = at.presses(shown, "这就是我要的，不再申请")
    assert "没有提交申请" in ended.text
    assert list(at.store.applications.all()) == []


def test_a_plain_message_is_an_inquiry_and_opens_no_application(at: House) -> None:
    at.says(CITIZEN, "我要申请公开游泳馆的水温记录")
    (record,) = at.records()
    assert record.kind == "application"
    assert at.store.application_drafts.of(record.citizen_key) is None
    assert list(at.store.applications.all()) == []


def test_other_commands_work_meanwhile_and_the_dialogue_says_how_to_go_on(at: House) -> None:
    first = at.says(CITIZEN, "/apply")
    assert SAID.goes_on in first.text
    assert "随州市招商局" in at.says(CITIZEN, "/contact").text
    assert "（2/8）" in at.says(CITIZEN, SOUGHT).text
    assert at.says(CITIZEN, "/apply").text.startswith("接着上次没有填完的申请。\n\n（2/8）")


def test_left_alone_for_half_an_hour_it_takes_no_message_until_it_is_gone_on_with(at: House) -> None:
    at.says(CITIZEN, "/apply")
    with at.store._database.write() as connection:
        long_ago = datetime.now(UTC) - timedelta(minutes=31)
        connection.execute(update(application_drafts).values(updated_at=long_ago))
    assert "停车每小时5元" in at.says(CITIZEN, "停车怎么收费").text
    assert len(at.records()) == 1
    assert at.says(CITIZEN, "/apply").text.startswith("接着上次")
    assert "（2/8）" in at.says(CITIZEN, SOUGHT).text


def test_cancel_erases_the_draft_by_command_word_or_button(at: House) -> None:
    for leave in ("/cancel", "取消"):
        at.says(CITIZEN, "/apply")
        assert "已取消" in at.says(CITIZEN, leave).text
    assert "已取消" in at.presses(at.says(CITIZEN, "/apply"), "取消").text
    assert at.says(CITIZEN, "/cancel").text == SAID.nothing_to_cancel


def test_an_old_button_changes_nothing_and_what_is_asked_is_asked_again(at: House) -> None:
    at.says(CITIZEN, "/apply")
    title = at.says(CITIZEN, SOUGHT)
    kinds_asked = at.says(CITIZEN, "水温记录表")
    assert "（3/8）" in kinds_asked.text
    assert "（3/8）" in at.presses(title, "跳过").text


def test_the_state_is_told_by_number_or_for_all_of_ones_own_and_names_nobody(at: House) -> None:
    assert at.says(CITIZEN, "/status").text == SAID.which_application
    at.presses(fill_in(at), "确认提交")
    (application,) = at.store.applications.all()
    own = at.says(CITIZEN, "/status").text
    assert own.startswith(f"申请{application.number}：已登记")
    others = at.says(OTHER, f"/status {application.number.lower()}").text
    assert others.startswith(f"申请{application.number}：已登记")
    assert all(word not in own + others for word in (NAME, CONTACT, SOUGHT))
    assert at.says(OTHER, "/status").text == SAID.which_application
    assert at.says(OTHER, "/status SQ-1999-000001").text == wording.phrases(Language.HANS).no_such


def test_an_edited_answer_is_no_question_and_changes_nothing(at: House) -> None:
    at.says(CITIZEN, "/apply")
    at.says(CITIZEN, SOUGHT)
    message = max(message for chat, message in at.api.state.said if chat == CITIZEN)
    count = len(at.api.sent(CITIZEN))
    at.settle(at.api.user_edits(CITIZEN, message, f"{SOUGHT}2"))
    assert at.api.wait_for_sent(CITIZEN, count + 1)[-1].text == SAID.edit_changes_nothing
    assert at.records() == ()


def test_forgetting_erases_the_draft_and_keeps_what_was_sent(at: House) -> None:
    at.presses(fill_in(at), "确认提交")
    at.says(CITIZEN, "/apply")
    at.says(CITIZEN, "别的事项")
    ask = at.says(CITIZEN, "/forget")
    at.turns(ask, phrases(Language.HANS).erase)
    assert at.says(CITIZEN, "/cancel").text == SAID.nothing_to_cancel
    assert len(list(at.store.applications.all())) == 1


def test_privacy_says_what_becomes_of_applications(at: House) -> None:
    assert phrases(Language.HANS).applications_stay in at.says(CITIZEN, "/privacy").text


def test_in_another_language_all_of_it_is_in_that_language(at: House) -> None:
    first = at.says(CITIZEN, "/apply", language="en")
    assert first.text.startswith("(1/8) This is an application")
    assert labels(first) == ["Cancel"]


def test_in_a_group_nobody_is_led_through_an_application(at: House) -> None:
    """A citizen's name is nothing for a group."""
    at.settle(at.api.user_sends(GROUP, "/apply", user_id=CITIZEN))
    at.says(CITIZEN, "/apply")
    at.settle(at.api.user_sends(GROUP, NAME, user_id=CITIZEN))
    assert not at.api.sent(GROUP)
    assert "（2/8）" in at.says(CITIZEN, SOUGHT).text


def test_what_is_written_too_fast_into_an_application_goes_on_no_record(at: House) -> None:
    at.says(CITIZEN, "/apply")
    for _ in range(40):
        sent = at.api.user_sends(CITIZEN, NAME)
    at.settle(sent)
    assert at.records() == ()
