"""转人工, over real HTTP with the real house behind it: what staff and citizens get, and what each is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.channels.telegram import Office, refusals
from bot.model import Channel, Language, Passage, Resolution
from bot.own_data import phrases
from bot.workdays import DayKind, Workdays
from tests.botapi import BOT_NAME, RefusalError
from tests.botapi.state import Json
from tests.channels.telegram.house import House
from tests.channels.telegram.staffed import (
    BUTTONS,
    CITIZEN,
    LI,
    OPTIONS,
    QUESTION,
    SAID,
    STAFF,
    ZHANG,
    passed_on,
    sent_by,
    told_staff,
    topic_of,
    writes,
)  # fmt: skip


def test_question_opens_a_topic_that_names_nobody(at: House) -> None:
    card, told = passed_on(at)
    (record,) = at.records()
    assert (STAFF, card.thread) in at.api.state.topics
    assert record.reference in card.text
    assert QUESTION in card.text
    assert "133条" in card.text
    assert str(CITIZEN) not in card.text
    assert record.reference in told.text
    assert record.outcome is Resolution.PASSED_ON


def test_pressed_again_it_says_so_and_opens_nothing(at: House) -> None:
    passed_on(at)
    again = at.presses(at.api.sent(CITIZEN)[0], BUTTONS.pass_on)
    assert SAID.already.format(reference=at.records()[0].reference) in again.text
    assert len(at.api.calls("createForumTopic")) == 1


def test_asked_for_in_words_the_last_question_is_passed_on(at: House) -> None:
    assert at.says(CITIZEN, "人工").text == SAID.nothing_asked
    at.says(CITIZEN, QUESTION)
    at.says(CITIZEN, "谢谢")
    assert at.records()[0].reference in at.says(CITIZEN, "转人工！").text
    assert QUESTION in at.api.wait_for_sent(STAFF)[0].text
    assert [record.question for record in at.records()] == [QUESTION, "谢谢"]


def test_asked_for_in_a_group_it_leads_to_a_private_chat(at: House) -> None:
    group = -1009876
    at.settle(at.api.user_sends(group, f"@{BOT_NAME} 我要转人工", user_id=CITIZEN))
    (told,) = at.api.wait_for_sent(group)
    assert told.text == BUTTONS.person_in_private
    assert told.button(BUTTONS.to_private).url == f"https://t.me/{BOT_NAME}"
    assert at.records() == ()


def test_fourth_question_of_a_day_is_not_passed_on(at: House) -> None:
    for _ in range(3):
        passed_on(at)
    assert at.presses(at.says(CITIZEN, QUESTION), BUTTONS.pass_on).text == SAID.too_many


def test_answer_reaches_the_citizen_as_from_the_agency_and_then_staff_are_told(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "是133条，见<年报>。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    (record,) = at.records()
    for part in ("随州市招商局", record.reference, QUESTION, "是133条，见<年报>。"):
        assert part in answer.text
    assert "市民501" not in answer.text
    delivered = told_staff(at, 2)
    assert delivered.text == SAID.delivered
    assert delivered.thread == card.thread
    assert at.records()[0].outcome is Resolution.ANSWERED_BY_STAFF
    assert at.corner(answer, BUTTONS.helpful) == BUTTONS.thanks


def test_group_without_topics_is_answered_by_replying(at: House) -> None:
    at.api.state.chats[STAFF]["is_forum"] = False
    card, _ = passed_on(at)
    assert card.thread == 0
    writes(at, "大家早")
    writes(at, "是133条。", reply_to=card)
    assert "是133条。" in at.api.wait_for_sent(CITIZEN, 3)[-1].text
    assert told_staff(at, 2).text == SAID.delivered
    assert len(at.api.sent(CITIZEN)) == 3


def test_follow_up_goes_back_to_the_topic_and_is_answered_there(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "是133条。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    at.settle(at.api.user_sends(CITIZEN, "包括概况吗", reply_to=answer))
    asked = told_staff(at, 3)
    assert "包括概况吗" in asked.text
    assert asked.thread == card.thread
    assert at.api.wait_for_sent(CITIZEN, 4)[-1].text == SAID.forwarded
    assert len(at.records()) == 1
    writes(at, "包括。", reply_to=asked)
    assert "包括。" in at.api.wait_for_sent(CITIZEN, 5)[-1].text


def test_pictures_pass_both_ways_with_their_captions(at: House) -> None:
    card, _ = passed_on(at)
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    topic: Json = {"message_thread_id": card.thread, "is_topic_message": True}
    at.settle(at.api.user_sends_other(STAFF, user_id=ZHANG, photo=photo, caption="见图", **topic))
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    assert (answer.copied, "见图" in answer.text) == ("photo", True)
    told_staff(at, 2)
    at.settle(at.api.user_sends_other(CITIZEN, photo=photo, caption="我的截图", reply_to=answer))
    back = told_staff(at, 3)
    assert (back.copied, "我的截图" in back.text, back.thread) == ("photo", True, card.thread)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("document", {"file_id": "a", "file_unique_id": "b"}),
        ("voice", {"file_id": "a", "file_unique_id": "b", "duration": 1}),
    ],
)
def test_files_and_voices_pass_both_ways(at: House, kind: str, content: Json) -> None:
    card, _ = passed_on(at)
    topic: Json = {"message_thread_id": card.thread, "is_topic_message": True, kind: content}
    at.settle(at.api.user_sends_other(STAFF, user_id=ZHANG, **topic))
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    assert (answer.copied, at.records()[0].reference in answer.text) == (kind, True)
    assert told_staff(at, 2).text == SAID.delivered
    back: Json = {kind: content}
    at.settle(at.api.user_sends_other(CITIZEN, reply_to=answer, **back))
    assert (told_staff(at, 3).copied, told_staff(at, 3).thread) == (kind, card.thread)


def test_edit_that_comes_too_late_is_sent_as_a_correction(at: House) -> None:
    card, _ = passed_on(at)
    number = writes(at, "是123条。", card=card)
    at.api.wait_for_sent(CITIZEN, 3)
    told_staff(at, 2)
    at.api.fail("editMessageText", RefusalError(400, "Bad Request: message can't be edited"))
    at.settle(at.api.user_edits(STAFF, number, "是133条。"))
    corrected = at.api.wait_for_sent(CITIZEN, 4)[-1]
    assert "是133条。" in corrected.text
    assert told_staff(at, 3).text == SAID.fixed


def test_edits_of_both_sides_change_the_copies(at: House) -> None:
    card, _ = passed_on(at)
    number = writes(at, "是123条。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    at.settle(at.api.user_edits(STAFF, number, "是133条。"))
    at.api.wait_for(lambda: "是133条。" in at.api.state.sent[CITIZEN, answer.message_id].text)
    assert told_staff(at, 3).text == SAID.fixed
    said = at.api.state.next_message + 1
    at.settle(at.api.user_sends(CITIZEN, "谢谢，包含概括吗", reply_to=answer))
    copy = told_staff(at, 4)
    at.settle(at.api.user_edits(CITIZEN, said, "谢谢，包括概况吗"))
    at.api.wait_for(lambda: "包括概况吗" in at.api.state.sent[STAFF, copy.message_id].text)


def test_blocked_bot_is_told_to_staff_and_never_called_delivered(at: House) -> None:
    card, _ = passed_on(at)
    at.api.user_blocks(CITIZEN)
    writes(at, "是133条。", card=card)
    assert told_staff(at, 2).text == SAID.blocked
    (saying,) = at.store.handovers.sayings(at.records()[0].reference)
    assert saying.passage is Passage.FAILED
    assert at.records()[0].outcome is Resolution.PASSED_ON


def test_two_who_answer_are_both_delivered_and_told_of_each_other(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "是133条。", ZHANG, card)
    told_staff(at, 2)
    writes(at, "共133条。", LI, card)
    assert told_staff(at, 3).text == "\n".join((SAID.delivered, SAID.also.format(names="市民501")))
    assert len(at.api.wait_for_sent(CITIZEN, 4)) == 4


def test_deleted_and_closed_topics_lose_nothing(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "是133条。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    at.api.state.topics[STAFF, card.thread] = "closed"
    at.settle(at.api.user_sends(CITIZEN, "还有呢", reply_to=answer))
    assert told_staff(at, 3).thread == 0
    del at.api.state.topics[STAFF, card.thread]
    at.api.state.said = {key: said for key, said in at.api.state.said.items() if key[0] != STAFF}
    at.settle(at.api.user_sends(CITIZEN, "在吗", reply_to=answer))
    asked = told_staff(at, 4)
    assert (asked.thread, "在吗" in asked.text) == (0, True)
    writes(at, "在。", reply_to=asked)
    assert any("在。" in sent.text for sent in at.api.wait_for_sent(CITIZEN, 6))


def test_bot_put_out_of_the_group_keeps_what_citizens_wait_for(at: House) -> None:
    at.api.user_blocks(STAFF)
    at.presses(at.says(CITIZEN, QUESTION), BUTTONS.pass_on)
    at.api.wait_for(lambda: len(at.api.calls("createForumTopic")) >= 2)
    at.api.state.blocked.clear()
    assert QUESTION in at.api.wait_for_sent(STAFF)[0].text


def test_question_that_could_not_be_shown_to_staff_in_a_day_is_told_to_the_citizen(
    at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = at.says(CITIZEN, QUESTION)
    monkeypatch.setattr(refusals, "LONGEST_WAIT", timedelta(0))
    at.api.user_blocks(STAFF)
    at.presses(answer, BUTTONS.pass_on)
    (record,) = at.records()
    assert at.api.wait_for_sent(CITIZEN, 3)[-1].text == SAID.not_shown.format(reference=record.reference)
    handover = at.store.handovers.find(record.reference)
    assert handover
    assert handover.closed_at


def test_group_that_became_a_supergroup_is_followed(at: House) -> None:
    card, _ = passed_on(at)
    new = -1009999
    at.settle(at.api.user_sends_other(STAFF, user_id=ZHANG, migrate_to_chat_id=new))
    at.api.state.chats[new] = {"id": new, "type": "supergroup", "title": "值班"}
    (again,) = at.api.wait_for_sent(new)
    assert QUESTION in again.text
    at.settle(at.api.user_sends(new, "是133条。", user_id=ZHANG, reply_to=again))
    assert "是133条。" in at.api.wait_for_sent(CITIZEN, 3)[-1].text
    assert at.api.wait_for_sent(new, 2)[-1].text == SAID.delivered
    assert card.chat_id == STAFF


def test_text_that_looks_like_a_reference_leads_nowhere(at: House) -> None:
    passed_on(at)
    reference = at.records()[0].reference
    writes(at, f"{reference} 是133条。")
    writes(at, f"/close {reference}")
    assert told_staff(at, 2).text == SAID.which
    assert len(at.api.sent(CITIZEN)) == 2


def test_only_people_of_the_group_act(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    topic: Json = {"message_thread_id": card.thread, "is_topic_message": True}
    channel = {"id": -1005, "type": "channel", "title": "某频道"}
    writes(at, "频道说的", card=card, sender_chat=channel)
    assert told_staff(at, 2).text == SAID.channel
    robot: Json = {"id": 9, "is_bot": True, "first_name": "别的机器人"}
    at.settle(at.api.user_sends_other(STAFF, **sent_by(robot), text="机器说的", **topic))
    elsewhere = -1008
    at.settle(at.api.user_sends(elsewhere, "/close", user_id=ZHANG, **topic))
    assert at.store.handovers.opened()
    assert at.store.handovers.sayings(record.reference) == ()
    anonymous: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    group: Json = {"id": STAFF, "type": "supergroup", "title": "值班"}
    at.settle(at.api.user_sends_other(STAFF, **sent_by(anonymous), sender_chat=group, text="管理员说的", **topic))
    assert "管理员说的" in at.api.wait_for_sent(CITIZEN, 3)[-1].text


def test_notes_are_kept_and_never_sent(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    writes(at, "/note 先问财务", card=card)
    assert told_staff(at, 2).text == SAID.noted
    assert [saying.words for saying in at.store.handovers.sayings(record.reference)] == ["先问财务"]
    assert len(at.api.sent(CITIZEN)) == 2


@pytest.mark.parametrize("written", ["／note 先问财务", "/ＮＯＴＥ　先问财务", "\u2066/note 先问财务"])
def test_a_note_as_a_chinese_keyboard_writes_it_is_never_sent(at: House, written: str) -> None:
    card, _ = passed_on(at)
    writes(at, written, card=card)
    assert told_staff(at, 2).text == SAID.noted
    assert len(at.api.sent(CITIZEN)) == 2


def test_what_begins_with_a_slash_is_never_sent_be_it_misspelt_or_under_a_picture(at: House) -> None:
    card, _ = passed_on(at)
    for number, written in enumerate(("/noet 先问财务", "/备注 先问财务"), start=2):
        writes(at, written, card=card)
        assert told_staff(at, number).text == SAID.no_command
    picture = {"user_id": ZHANG, "caption": "/note 内部照片", **topic_of(card)}
    at.settle(at.api.user_sends_file(STAFF, "photo", "一.jpg", b"1", **picture))
    assert told_staff(at, 4).text == SAID.noted
    number = writes(at, "是133条。", card=card)
    at.api.wait_for_sent(CITIZEN, 3)
    told_staff(at, 5)
    at.settle(at.api.user_edits(STAFF, number, "/note 是133条。"))
    assert told_staff(at, 6).text == SAID.not_taken_back
    writes(at, "/noet 大家早")
    assert (len(at.api.sent(CITIZEN)), len(at.api.sent(STAFF))) == (3, 6)


def test_assigned_to_oneself_or_to_whom_is_named(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    writes(at, "/assign", card=card)
    assert told_staff(at, 2).text == SAID.assigned.format(reference=record.reference, who="市民501")
    writes(at, "/assign @lisi", card=card)
    assert told_staff(at, 3).text == SAID.assigned.format(reference=record.reference, who="@lisi")


def test_assigned_to_whom_the_command_answers(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    topic: Json = {"message_thread_id": card.thread, "is_topic_message": True}
    theirs: Json = {
        "message_id": 9000, "date": 1, "chat": at.api.state.chats[STAFF], "text": "我来",
        "from": {"id": LI, "is_bot": False, "first_name": "李四"},
    }  # fmt: skip
    text: Json = {"text": "/assign", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    at.settle(at.api.user_sends_other(STAFF, user_id=ZHANG, reply_to_message=theirs, **text, **topic))
    assert told_staff(at, 2).text == SAID.assigned.format(reference=record.reference, who="李四")


def test_closed_without_an_answer_the_citizen_is_told_so(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    writes(at, "/close", card=card)
    assert told_staff(at, 2).text == SAID.closed.format(reference=record.reference)
    assert at.api.wait_for_sent(CITIZEN, 3)[-1].text == SAID.unanswered.format(reference=record.reference)
    at.api.wait_for(lambda: at.api.state.topics[STAFF, card.thread] == "closed")


def test_staff_have_a_menu_and_help(at: House) -> None:
    at.api.wait_for(lambda: ("chat", "") in at.api.state.commands)
    menu = [command["command"] for command in at.api.state.commands["chat", ""]]
    assert menu == ["close", "assign", "note", "log", "find", "publish", "help"]
    writes(at, "/help")
    assert told_staff(at, 1).text == SAID.help


@pytest.mark.parametrize(
    ("written", "channel", "reply"),
    [
        ("/log 来电 停车怎么收费 | 已说明", Channel.PHONE, "已说明"),
        ("/log 来访：停车怎么收费｜已说明\n另给了复印件", Channel.VISIT, "已说明\n另给了复印件"),
        ("/log\n来信，停车怎么收费", Channel.LETTER, ""),
    ],
)
def test_what_staff_heard_is_entered_and_answered_with_its_reference(
    at: House, written: str, channel: Channel, reply: str
) -> None:
    writes(at, written)
    (record,) = at.records()
    assert told_staff(at, 1).text == SAID.logged.format(reference=record.reference)
    assert (record.channel, record.question, record.reply) == (channel, "停车怎么收费", reply)
    assert record.outcome is (Resolution.ANSWERED_BY_STAFF if reply else Resolution.OPEN)
    assert [(event.who, event.what) for event in at.store.corrections.events(record.reference)] == [
        ("市民501", "entered")
    ]


@pytest.mark.parametrize(
    "written", ["/log", "/log 来电", "/log 来电 | 已说明", "/log 停车 怎么收费", "/log Telegram 停车"]
)
def test_entry_that_says_too_little_gets_the_guide(at: House, written: str) -> None:
    writes(at, written)
    assert told_staff(at, 1).text == SAID.how_to_log
    assert at.records() == ()


def test_personal_data_in_an_entry_is_masked_and_staff_are_told(at: House) -> None:
    writes(at, "/log 来电 停车怎么收费，回电13812345678 | 已说明")
    (record,) = at.records()
    assert told_staff(at, 1).text == SAID.masked_log.format(reference=record.reference)
    assert "13812345678" not in record.question


def test_an_answer_becomes_a_draft_once_and_is_not_published_by_itself(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    writes(at, "/publish", card=card)
    assert told_staff(at, 2).text == SAID.nothing_to_draft
    writes(at, "泳池水温二十六度。", card=card)
    told_staff(at, 3)
    writes(at, "/publish", card=card)
    assert told_staff(at, 4).text == SAID.drafted.format(reference=record.reference)
    draft = at.app.settings.knowledge / "drafts" / f"{record.reference}.md"
    assert draft.read_text("utf-8") == f'---\ntitle: "{QUESTION}"\nstatus: draft\n---\n\n泳池水温二十六度。\n'
    writes(at, "/publish", card=card)
    assert told_staff(at, 5).text == SAID.draft_there.format(reference=record.reference)
    at.app.sync()
    assert at.store.disclosures.find(f"drafts/{record.reference}") is None


def test_an_answer_with_personal_data_becomes_no_draft(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "请打13812345678", card=card)
    told_staff(at, 2)
    writes(at, "/publish", card=card)
    assert told_staff(at, 3).text == SAID.draft_personal
    assert not (at.app.settings.knowledge / "drafts").exists()


def test_records_are_found_by_words_and_by_reference_without_who_asked(at: House) -> None:
    passed_on(at)
    writes(at, "/log 来电 停车怎么收费 | 已说明")
    told_staff(at, 2)
    asked, heard = at.records()
    writes(at, "/find 停车 收费")
    line = told_staff(at, 3).text
    assert line.startswith(heard.reference)
    assert line.endswith(" · 人工已答复 · 停车怎么收费")
    writes(at, f"/find {asked.reference.lower()}")
    line = told_staff(at, 4).text
    assert line.startswith(asked.reference)
    assert line.endswith(f" · 已转人工 · {SAID.in_hands} · {QUESTION}")
    assert str(CITIZEN) not in line
    assert asked.citizen_key not in line


def test_newest_five_are_found_and_erased_words_are_not_shown(at: House) -> None:
    for number in range(6):
        writes(at, f"/log 来电 停车第{number}问")
    writes(at, "/find 停车")
    found = told_staff(at, 7).text.splitlines()
    assert [line.rpartition(" · ")[2] for line in found] == [f"停车第{number}问" for number in (5, 4, 3, 2, 1)]
    at.says(CITIZEN, QUESTION)
    asked = at.records()[-1]
    at.store.records.erase_citizen(asked.citizen_key, datetime.now(UTC))
    writes(at, f"/find {asked.reference}")
    assert told_staff(at, 8).text.endswith(SAID.erased_words)


@pytest.mark.parametrize(("written", "told"), [("/find", SAID.how_to_find), ("/find 不存在的词", SAID.nothing_found)])
def test_looking_up_nothing_says_so(at: House, written: str, told: str) -> None:
    writes(at, written)
    assert told_staff(at, 1).text == told


def test_staff_do_not_ask_the_bot_in_their_group(at: House) -> None:
    writes(at, f"@disclosure_test_bot {QUESTION}")
    assert at.api.sent(STAFF) == ()
    assert at.records() == ()


def test_forgotten_citizen_leaves_no_words_and_staff_are_told(at: House) -> None:
    card, _ = passed_on(at)
    (record,) = at.records()
    writes(at, "是133条。", card=card)
    told_staff(at, 2)
    at.turns(at.says(CITIZEN, "/forget"), phrases(Language.HANS).erase)
    at.api.wait_for(lambda: at.api.state.sent[STAFF, card.message_id].text == SAID.blanked)
    assert [saying.words for saying in at.store.handovers.sayings(record.reference)] == [""]
    writes(at, "补充一句。", card=card)
    assert told_staff(at, 3).text == SAID.erased


def test_what_telegram_refuses_is_told_to_staff(at: House) -> None:
    card, _ = passed_on(at)
    at.api.fail("sendMessage", RefusalError(400, "Bad Request: something new"))
    writes(at, "是133条。", card=card)
    assert told_staff(at, 2).text == SAID.refused


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 24, 2, tzinfo=UTC), datetime(2026, 11, 24, 2, tzinfo=UTC)),
        (datetime(2026, 11, 24, 0, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)),
        (datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 25, 1, tzinfo=UTC)),
        (datetime(2026, 11, 27, 9, 30, tzinfo=UTC), datetime(2026, 11, 29, 1, tzinfo=UTC)),
        (datetime(2090, 1, 3, 9, tzinfo=UTC), None),
    ],
)
def test_next_opening(now: datetime, opens: datetime | None) -> None:
    """A make-up workday counts, and a year that is not known promises nothing."""
    calendar = Workdays({date(2026, 11, 29): DayKind.MAKE_UP}, frozenset({2026}))
    assert Office(calendar, OPTIONS).next_open(now) == opens
