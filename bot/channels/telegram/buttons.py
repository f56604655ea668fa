"""The buttons under a reply, and what comes back when one is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.channels.telegram.text import clean, is_blank, trim
from bot.model import Choice, Language, Reply, handle_of
from bot.replies import labels

# Telegram counts bytes here, not characters.
CALLBACK_BYTES = 64
# About what a phone shows of a button's text.
LABEL_COLUMNS = 44

_LANGUAGES = {Language.HANS: "s", Language.HANT: "t", Language.ENGLISH: "e"}


class Action(StrEnum):
    """What a button asks for: a choice's section, or a passage's full text."""

    SHOW = "s"
    FULL = "f"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries: which passage to show how, in the language of the reply that it stands under.

    Attributes:
        handle: the document's short name, see `model.handle_of`.
    """

    action: Action
    handle: str
    section: str
    language: Language

    def __str__(self) -> str:
        """``s:<handle>:<section>:<language>``, as Telegram keeps it for us."""
        return f"{self.action}:{self.handle}:{self.section}:{_LANGUAGES[self.language]}"


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a keyboard."""

    text: str
    data: str


def read_press(data: str) -> Press | None:
    """Read what `str(Press)` wrote; None for anything else, for instance a button of an earlier edition."""
    parts = data.split(":")
    tags = {tag: language for language, tag in _LANGUAGES.items()}
    if len(parts) != 4 or parts[0] not in set(Action) or parts[3] not in tags or not (parts[1] and parts[2]):
        return None
    return Press(Action(parts[0]), parts[1], parts[2], tags[parts[3]])


def keyboard(reply: Reply) -> tuple[tuple[Button, ...], ...]:
    """A row for each choice, numbered as in the text, and one for 全文."""
    rows = [_choice(number, choice, reply.language) for number, choice in enumerate(reply.choices, start=1)]
    if reply.full_text and reply.citation:
        label = labels(reply.language).full_text
        rows.append(_button(label, Action.FULL, reply.citation.document, reply.citation.section, reply.language))
    return tuple((row,) for row in rows if row)


def _choice(number: int, choice: Choice, language: Language) -> Button | None:
    label = " ".join(clean(choice.label).split())
    text = str(number) if is_blank(label) else trim(f"{number} {label}", LABEL_COLUMNS)
    return _button(text, Action.SHOW, choice.document, choice.section, language)


def _button(text: str, action: Action, document: str, section: str, language: Language) -> Button | None:
    data = str(Press(action, handle_of(document), section, language))
    # An outline too deep for a button is still in the text, and can be asked for in words.
    return Button(text, data) if len(data.encode()) <= CALLBACK_BYTES and read_press(data) else None
