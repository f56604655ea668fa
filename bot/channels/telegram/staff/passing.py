"""What citizens and staff send each other, as the other side gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import Message

from bot.channels.telegram.buttons import Keyboard, rating
from bot.channels.telegram.render import keys, letters
from bot.channels.telegram.staff.cards import in_topic, plain
from bot.channels.telegram.staff.wording import wording
from bot.channels.telegram.text import clean
from bot.channels.telegram.words import words
from bot.model import Handover, Language, Letter, Priority, Saying

LONGEST_CAPTION = 1024

_COPYABLE = ("photo", "document", "video", "animation", "audio", "voice")
_CHANGED = {"send_message": "edit_message_text", "copy_message": "edit_message_caption"}


def can_pass(message: Message) -> bool:
    """Whether a message is of a kind that is passed between citizens and staff."""
    return bool(message.text) or any(getattr(message, kind) for kind in _COPYABLE)


def words_of(message: Message) -> str:
    """A message's text or caption."""
    return clean(message.text or message.caption or "").strip()


def attached_to(message: Message) -> str:
    """What tells a message's file from any other; empty where it has none."""
    file: Any = next(filter(None, (getattr(message, kind) for kind in _COPYABLE)), None)
    if isinstance(file, Sequence):
        # The sizes of one picture, the largest last.
        file = file[-1]
    return str(file.file_unique_id) if file else ""


@dataclass(frozen=True, slots=True)
class Passing:
    """The way of messages from one side to the other.

    Attributes:
        chat: where they go.
        reference: of the hand-over.
        priority: who reads them.
        framed: puts words among what their reader has to know with them.
        corrected: the same for words that take the place of earlier ones.
        under: the buttons below.
    """

    chat: int
    reference: str
    priority: Priority
    framed: Callable[[str], str]
    corrected: Callable[[str], str]
    under: Keyboard = ()

    def copy(self, message: Message, *, leads: bool) -> list[Letter]:
        """A message as the other side gets it.

        Args:
            message: text, or a file with or without a caption.
            leads: whether it is to be framed; an album's pieces after its first come with their own words only.
        """
        said = self.framed(words_of(message)) if leads else words_of(message)
        return self._addressed(self._letters(message, said, self.under if leads else ()))

    def correction(self, message: Message, saying: Saying, copies: Sequence[int], *, leads: bool) -> list[Letter]:
        """What becomes of a message's copy when the message is edited: it is changed, or followed by another.

        Args:
            message: as it is now.
            saying: as it was.
            copies: the numbers of the messages that the copy takes.
            leads: as for `copy`.
        """
        if attached_to(message) != saying.attached:
            return self._addressed(self._letters(message, self.corrected(words_of(message)), self.under))
        found = self.copy(message, leads=leads)
        if len(copies) == len(found) == saying.parts == 1:
            kept = {"caption", "text", "parse_mode", "link_preview_options", "reply_markup"}
            content = {key: value for key, value in found[0].parameters.items() if key in kept}
            changed = {"message_id": copies[0], **content}
            return [replace(found[0], method=_CHANGED[found[0].method], parameters=changed)]
        told = plain(self.corrected(words_of(message)))
        return self._addressed(letters(self.chat, told, reference=self.reference, priority=self.priority))

    def _letters(self, message: Message, said: str, under: Keyboard) -> list[Letter]:
        if message.text:
            return letters(self.chat, plain(said, under), reference=self.reference, priority=self.priority)
        content: dict[str, Any] = {"from_chat_id": message.chat.id, "message_id": message.message_id}
        if len(said.encode("utf-16-le")) // 2 <= LONGEST_CAPTION:
            content |= {"caption": plain(said)[0].html if said else "", "parse_mode": "HTML"}
            if under:
                content["reply_markup"] = {"inline_keyboard": keys(under)}
            return [Letter(self.chat, "copy_message", content, self.reference, self.priority)]
        copied = Letter(self.chat, "copy_message", content | {"caption": self.reference}, self.reference, self.priority)
        return [copied, *letters(self.chat, plain(said, under), reference=self.reference, priority=self.priority)]

    def _addressed(self, found: list[Letter]) -> list[Letter]:
        return in_topic(found) if self.priority is Priority.STAFF else found


def to_citizen(handover: Handover, citizen: int, head: str) -> Passing:
    """The way of staff's words: as from the agency, to be rated.

    Args:
        handover: whose it is.
        citizen: their chat.
        head: who answers what.
    """
    its = wording(handover.language)
    corrects = its.corrected.format(reference=handover.reference)
    return Passing(
        citizen,
        handover.reference,
        Priority.CITIZEN,
        framed=lambda said: "\n\n".join(filter(None, (head, said, its.goes_on))),
        corrected=lambda said: f"{corrects}\n{said}\n\n{its.goes_on}",
        under=rating(handover.reference, handover.language, words(handover.language)),
    )


def to_group(chat: int, handover: Handover) -> Passing:
    """The way of a citizen's words to the staff's group."""
    follow_up = wording(Language.HANS).follow_up

    def framed(said: str) -> str:
        return follow_up.format(reference=handover.reference, words=said)

    return Passing(chat, handover.reference, Priority.STAFF, framed=framed, corrected=framed)
