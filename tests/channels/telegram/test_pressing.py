"""Who may press what, over real HTTP with the real house behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.buttons import YES, Action, Press
from bot.channels.telegram.post import Post
from bot.channels.telegram.pressing import Deed, Pressing, anybody
from bot.channels.telegram.receive import InboxQueue
from bot.channels.telegram.seals import Signer
from bot.channels.telegram.words import words
from bot.model import Language
from bot.own_data import phrases
from tests.botapi import BOT_NAME, BotApi, Sent
from tests.channels.telegram.fakes import SECRET, FakeAnswering, WatchedInbox
from tests.channels.telegram.house import House, house
from tests.channels.telegram.test_seals import carried

CITIZEN, NEIGHBOUR = 70012345, 70012346
GROUP = -1009876
SAID = words(Language.HANS)
QUESTION = "2017年主动公开政府信息多少条"


@pytest.fixture
def at(api: BotApi, tmp_path: Path) -> Iterator[House]:
    with house(api, tmp_path) as running:
        yield running


def told(at: House, message: Sent, data: str, user: int = 0) -> str:
    """What is told in the corner when somebody presses a button that carries this."""
    query = at.api.user_presses_data(message, data, user_id=user)
    at.api.wait_for(lambda: query in at.api.state.query_answers)
    return at.api.state.query_answers[query]


def sealed(at: House, press: Press, chat: int) -> str:
    return carried(str(press), chat, Signer(at.app.secret()))


def test_forged_press_is_expired_and_changes_nothing(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    message = at.api.sent(CITIZEN)[0]
    (record,) = at.records()
    for press in (
        Press(Action.FORGET, YES, "-", Language.HANS),
        Press(Action.RATE, record.reference, YES, Language.HANS),
        Press(Action.LANGUAGE, "en", "-", Language.HANS),
        Press(Action.SHOW, "x" * 12, "1", Language.HANS),
    ):
        assert told(at, message, str(press)) == SAID.expired
        assert told(at, message, carried(str(press), CITIZEN)) == SAID.expired
    assert at.records() == (record,)
    assert at.store.feedback.of(record.reference) is None
    assert at.store.chats.language(CITIZEN) is None
    assert at.api.sent(CITIZEN) == (message,)


def test_press_that_was_carried_to_another_chat_is_expired(at: House) -> None:
    answer = at.says(CITIZEN, QUESTION)
    elsewhere = at.says(NEIGHBOUR, "你好")
    for button in answer.buttons:
        if button.data:
            assert told(at, elsewhere, button.data) == SAID.expired
    assert len(at.api.sent(NEIGHBOUR)) == 1


def test_press_of_a_message_that_is_not_ours_is_expired(at: House) -> None:
    """As under what somebody sent inline: it has no message, and so no chat."""
    answer = at.says(CITIZEN, QUESTION)
    query = {
        "id": "77",
        "from": {"id": CITIZEN, "is_bot": False, "first_name": "市民"},
        "inline_message_id": "x",
        "chat_instance": "1",
        "data": answer.button(SAID.related).data,
    }
    at.api.state.queries["77"] = at.api.state.clock()
    at.api.raw_update({"callback_query": query})
    at.api.wait_for(lambda: "77" in at.api.state.query_answers)
    assert at.api.state.query_answers["77"] == SAID.expired


def test_anybody_in_a_group_opens_what_is_published(at: House) -> None:
    at.settle(at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    (answer,) = at.api.wait_for_sent(GROUP)
    at.api.user_presses(answer, SAID.related, user_id=NEIGHBOUR)
    offer = at.api.wait_for_sent(GROUP, 2)[-1]
    assert "2018年政府信息公开年度报告" in offer.text
    at.api.user_presses(offer, "1 ", user_id=NEIGHBOUR)
    assert "出处：" in at.api.wait_for_sent(GROUP, 3)[-1].text


def test_nobody_settles_a_citizens_own_matters_in_a_group(at: House) -> None:
    """Not even with a genuine seal: no such button is ever sent there."""
    at.settle(at.api.user_sends(GROUP, f"@{BOT_NAME} {QUESTION}", user_id=CITIZEN))
    (answer,) = at.api.wait_for_sent(GROUP)
    (record,) = at.records()
    for press in (
        Press(Action.FORGET, YES, "-", Language.HANS),
        Press(Action.RATE, record.reference, YES, Language.HANS),
        Press(Action.REASON, record.reference, "old", Language.HANS),
        Press(Action.PASS_ON, record.reference, "-", Language.HANS),
        Press(Action.LANGUAGE, "en", "-", Language.HANS),
    ):
        for user in (CITIZEN, NEIGHBOUR):
            assert told(at, answer, sealed(at, press, GROUP), user) == SAID.expired
    assert at.records() == (record,)
    assert at.store.feedback.of(record.reference) is None


def test_only_the_asker_presses_what_concerns_a_record(at: House) -> None:
    at.says(CITIZEN, QUESTION)
    other = at.says(NEIGHBOUR, "你好")
    (record, _) = at.records()
    for action in (Action.RATE, Action.REASON, Action.PASS_ON):
        press = Press(action, record.reference, YES, Language.HANS)
        assert told(at, other, sealed(at, press, NEIGHBOUR)) == SAID.expired
    assert at.store.feedback.of(record.reference) is None


def test_record_that_was_erased_is_nobodys(at: House) -> None:
    answer = at.says(CITIZEN, QUESTION)
    at.turns(at.says(CITIZEN, "/forget"), phrases(Language.HANS).erase)
    assert at.corner(answer, SAID.helpful) == SAID.expired


def test_no_two_deeds_answer_to_one_action() -> None:
    inbox = WatchedInbox()
    pressing = Pressing(FakeAnswering(), Post(inbox.store, InboxQueue(inbox)), Signer(SECRET))
    deed = Deed(anybody, pressing._shown)
    pressing.add("a", deed)
    with pytest.raises(ValueError, match="two deeds for the action a"):
        pressing.add("a", deed)
