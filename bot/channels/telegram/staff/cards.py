"""The messages of a hand-over, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.telegram.buttons import Keyboard
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import edit, letters, render, say
from bot.channels.telegram.staff.wording import wording
from bot.channels.telegram.text import clean
from bot.language.widths import trim
from bot.model import ContactRecord, Language, Letter, Priority, Reply, Saying
from bot.workdays import BEIJING

TOPIC_OF = "topic_of"
"""Stands in a letter's parameters for the topic of a hand-over, which is often not made yet when the letter is written."""

LONGEST_QUOTE = 120
TOPIC_NAME = 60
MOST_PARTS = 4


def topic(chat: int, record: ContactRecord) -> Letter:
    """Make a topic for a hand-over; a group that has none refuses it, and the card stands in the group itself."""
    name = trim(f"{record.reference} {' '.join(clean(record.question).split())}", TOPIC_NAME)
    return Letter(chat, "create_forum_topic", {"name": name}, record.reference, Priority.STAFF)


def card(chat: int, record: ContactRecord, kind: str) -> list[Letter]:
    """Show staff a question, and what the bot offered; nothing of the citizen but the reference."""
    said = wording(Language.HANS).card.format(
        reference=record.reference,
        kind=kind,
        time=f"{record.asked_at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        question=trim(record.question, 2000),
        reply=trim(record.reply, 3000),
    )
    return to_staff(chat, record.reference, said)


def to_staff(chat: int, reference: str, text: str, reply_to: int | None = None) -> list[Letter]:
    """A text for the staff's group, in the hand-over's topic where it has one."""
    return in_topic(letters(chat, plain(text), reply_to=reply_to, reference=reference, priority=Priority.STAFF))


def in_topic(found: Sequence[Letter]) -> list[Letter]:
    """Letters for whichever topic their hand-over has when they go out."""
    return [replace(each, parameters={**each.parameters, TOPIC_OF: each.reference}) for each in found]


def notice(saying: Saying, text: str) -> list[Letter]:
    """A word to whoever wrote something, under what they wrote."""
    staff = saying.chat < 0
    priority = Priority.STAFF if staff else Priority.CITIZEN
    told = letters(saying.chat, say(text), reply_to=saying.message_id, reference=saying.reference, priority=priority)
    return in_topic(told) if staff else told


def blanked(chat: int, message_id: int) -> Letter:
    """A message in the staff's group without the words of a citizen who is forgotten."""
    return replace(edit(chat, message_id, say(wording(Language.HANS).blanked)[0]), priority=Priority.STAFF)


def plain(text: str, under: Keyboard = ()) -> tuple[Rendered, ...]:
    """A text of any length as messages, the buttons under the last."""
    found = render(Reply(Language.HANS, text), most=MOST_PARTS)
    return (*found[:-1], replace(found[-1], keyboard=under))
