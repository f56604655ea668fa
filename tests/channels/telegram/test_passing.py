"""What passes between citizens and staff beside words: captions that are edited, files put in another's place, albums."""

from __future__ import annotations

import pytest

from bot.channels.telegram.staff.wording import wording
from bot.channels.telegram.words import cannot_read
from bot.model import Language
from tests.botapi import RefusalError, Sent
from tests.channels.telegram.house import House
from tests.channels.telegram.staffed import (
    CITIZEN,
    QUESTION,
    SAID,
    STAFF,
    ZHANG,
    passed_on,
    told_staff,
    topic_of,
    writes,
)

CORRECTED = wording(Language.HANS).corrected


def photo(at: House, chat: int, caption: str, **more: object) -> int:
    """Somebody sends a photo with a caption; the number of their message."""
    at.settle(at.api.user_sends_file(chat, "photo", "一.jpg", b"1", caption=caption, **more))
    return max(number for place, number in at.api.state.said if place == chat)


def now(at: House, sent: Sent) -> Sent:
    return at.api.state.sent[sent.chat_id, sent.message_id]


def test_an_edited_caption_of_staff_changes_the_citizens_copy(at: House) -> None:
    card, _ = passed_on(at)
    number = photo(at, STAFF, "见图：123条", user_id=ZHANG, **topic_of(card))
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    at.settle(at.api.user_edits(STAFF, number, "见图：133条"))
    at.api.wait_for(lambda: "见图：133条" in now(at, answer).text)
    assert QUESTION in now(at, answer).text
    assert now(at, answer).buttons == answer.buttons
    assert told_staff(at, 3).text == SAID.fixed


def test_an_edited_caption_of_a_citizen_changes_the_copy_of_staff(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "请发截图。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    number = photo(at, CITIZEN, "这是截屏", reply_to=answer)
    copy = told_staff(at, 3)
    at.settle(at.api.user_edits(CITIZEN, number, "这是截图"))
    at.api.wait_for(lambda: "这是截图" in now(at, copy).text)
    at.settle(at.api.user_edits(CITIZEN, number, ""))
    at.api.wait_for(lambda: "这是截图" not in now(at, copy).text)
    assert len(at.records()) == 1


def test_a_caption_that_can_be_edited_no_more_is_followed_by_a_correction(at: House) -> None:
    card, _ = passed_on(at)
    number = photo(at, STAFF, "123条", user_id=ZHANG, **topic_of(card))
    at.api.wait_for_sent(CITIZEN, 3)
    told_staff(at, 2)
    at.api.fail("editMessageCaption", RefusalError(400, "Bad Request: message can't be edited"))
    at.settle(at.api.user_edits(STAFF, number, "133条"))
    corrected = at.api.wait_for_sent(CITIZEN, 4)[-1]
    assert ("133条" in corrected.text, corrected.copied) == (True, "")


def test_another_file_in_the_place_of_one_is_passed_on_as_a_correction(at: House) -> None:
    card, _ = passed_on(at)
    number = photo(at, STAFF, "见图", user_id=ZHANG, **topic_of(card))
    at.api.wait_for_sent(CITIZEN, 3)
    told_staff(at, 2)
    at.settle(at.api.user_edits(STAFF, number, "见图", **at.api.file("photo", "二.jpg", b"2")))
    again = at.api.wait_for_sent(CITIZEN, 4)[-1]
    (record,) = at.records()
    assert again.copied == "photo"
    assert again.text == f"{CORRECTED.format(reference=record.reference)}\n见图\n\n{SAID.goes_on}"
    assert told_staff(at, 3).text == SAID.fixed


@pytest.mark.parametrize("forum", [True, False])
def test_an_album_of_staff_arrives_whole_in_order_and_is_told_of_once(at: House, forum: bool) -> None:
    at.api.state.chats[STAFF]["is_forum"] = forum
    card, _ = passed_on(at)
    # Without topics only the first piece names what it answers.
    place = topic_of(card) if forum else {}
    answered = {} if forum else {"reply_to": card}
    album = {"user_id": ZHANG, "media_group_id": "77", **place}
    for number in range(3):
        caption = {"caption": f"第{number}张"} if number != 1 else {}
        more = album | caption | (answered if not number else {})
        last = at.api.user_sends_file(STAFF, "photo", f"{number}.jpg", b"%d" % number, **more)
    at.settle(last)
    pieces = at.api.wait_for_sent(CITIZEN, 5)[2:]
    assert [piece.copied for piece in pieces] == ["photo"] * 3
    assert QUESTION in pieces[0].text
    assert "第0张" in pieces[0].text
    assert [piece.text for piece in pieces[1:]] == ["", "第2张"]
    assert [bool(piece.buttons) for piece in pieces] == [True, False, False]
    writes(at, "/note 发了三张", card=card, reply_to=card)
    assert [message.text for message in at.api.wait_for_sent(STAFF, 3)[1:]] == [SAID.delivered, SAID.noted]


def test_an_album_of_a_citizen_reaches_staff_whole_and_is_told_of_once(at: House) -> None:
    card, _ = passed_on(at)
    writes(at, "请发材料。", card=card)
    answer = at.api.wait_for_sent(CITIZEN, 3)[-1]
    told_staff(at, 2)
    at.settle(at.api.user_sends_album(CITIZEN, "document", (b"1", b"2"), caption="材料", reply_to=answer))
    pieces = at.api.wait_for_sent(STAFF, 4)[2:]
    assert [(piece.copied, piece.thread) for piece in pieces] == [("document", card.thread)] * 2
    assert "材料" in pieces[0].text
    assert pieces[1].text == ""
    assert at.api.wait_for_sent(CITIZEN, 4)[3].text == SAID.forwarded
    at.says(CITIZEN, "/help")
    assert len(at.api.sent(CITIZEN)) == 5


def test_an_album_to_the_bot_gets_one_word_and_one_with_a_question_its_answer_alone(at: House) -> None:
    at.settle(at.api.user_sends_album(CITIZEN, "photo", (b"1", b"2", b"3"), caption=QUESTION))
    at.settle(at.api.user_sends_album(CITIZEN, "photo", (b"4", b"5", b"6")))
    at.says(CITIZEN, "/help")
    answer, word, _ = at.api.sent(CITIZEN)
    assert "133条" in answer.text
    assert word.text == cannot_read("photo", Language.HANS)
