"""A group of staff with people in it, who answer what a citizen had passed on."""

from __future__ import annotations

from datetime import time
from typing import Any

from bot.channels.telegram import Office
from bot.channels.telegram.staff.wording import wording
from bot.channels.telegram.words import words
from bot.model import Language, Options
from bot.workdays import Workdays
from tests.botapi import Sent
from tests.botapi.state import Json
from tests.channels.telegram.house import House

CITIZEN, NEIGHBOUR = 70012345, 70012346
STAFF, ZHANG, LI = -1007001, 501, 502
SAID, BUTTONS = wording(Language.HANS), words(Language.HANS)
QUESTION = "2017年主动公开政府信息多少条"
OPTIONS = Options(opens=time(9), closes=time(17))
GROUP: Json = {"id": STAFF, "type": "supergroup", "title": "值班", "is_forum": True}


def office() -> Office:
    """Open from nine to five, in two years that are known."""
    return Office(Workdays(years=frozenset({2026, 2027})), OPTIONS)


def passed_on(at: House, chat: int = CITIZEN) -> tuple[Sent, Sent]:
    """A question that was passed on: the card that staff see, and what the citizen is told."""
    count = len(at.api.sent(STAFF))
    answer = at.says(chat, QUESTION)
    told = at.presses(answer, BUTTONS.pass_on)
    return at.api.wait_for_sent(STAFF, count + 1)[-1], told


def writes(at: House, text: str, user: int = ZHANG, card: Sent | None = None, **more: Any) -> int:
    """Somebody writes in the staff's group, in the topic of a card."""
    if card and card.thread:
        more |= {"message_thread_id": card.thread, "is_topic_message": True}
    number = at.api.state.next_message + 1
    at.settle(at.api.user_sends(STAFF, text, user_id=user, **more))
    return number


def sent_by(sender: Json) -> Json:
    return {"from": sender}


def told_staff(at: House, count: int) -> Sent:
    return at.api.wait_for_sent(STAFF, count)[-1]


def topic_of(card: Sent) -> Json:
    """What a message in a card's topic says of that."""
    return {"message_thread_id": card.thread, "is_topic_message": True}
