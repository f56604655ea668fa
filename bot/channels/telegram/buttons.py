"""The buttons under a message, and what comes back when one is pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.channels.telegram.text import clean, is_blank
from bot.channels.telegram.words import Words, reasons, words
from bot.language.widths import columns, trim
from bot.model import Choice, Citation, Language, Reason, Reply, handle_of
from bot.offers import Shelf
from bot.own_data import Phrases
from bot.replies import labels

# Telegram counts bytes here, not characters.
CALLBACK_BYTES = 64
# Each goes out with a seal before it (see seals.py): eight bytes of a digest, six bits a character.
SEAL_CHARACTERS = 11
PRESS_BYTES = CALLBACK_BYTES - SEAL_CHARACTERS
LONGEST_URL = 1024
# About what a phone shows of a button's text.
LABEL_COLUMNS = 44
# Of that for a document's title, where its heading is long: an agency and a year.
TITLE_COLUMNS = 20
JOINT = " › "

_ACTION = re.compile("[a-z]{1,2}")
_LANGUAGES = {Language.HANS: "s", Language.HANT: "t", Language.ENGLISH: "e"}


class Action(StrEnum):
    """What a citizen's button asks for.

    A choice's section; a passage's full text, a page of it in the same message; what is related to it; a step through what
    is published; a rating, and the reason for a bad one; a language; to be forgotten; to be passed on to staff.
    """

    SHOW = "s"
    FULL = "f"
    PAGE = "p"
    RELATED = "r"
    BROWSE = "b"
    RATE = "h"
    REASON = "n"
    LANGUAGE = "l"
    FORGET = "x"
    PASS_ON = "w"  # noqa: S105 - a button, no password


YES, NO = "y", "n"
FORGETS = re.compile(f".{{{SEAL_CHARACTERS}}}{Action.FORGET}:")
"""What the buttons carry that are pressed to be forgotten, or not."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries.

    Attributes:
        action: what it asks for: an `Action`, or another one or two small letters that `Pressing.add` was told of.
        subject: what it concerns: a document's short name (see `model.handle_of`), a record's reference, a shelf's path.
        detail: which passage of it, or which answer.
        language: of the message that it stands under.
    """

    action: str
    subject: str
    detail: str
    language: Language
    page: int = 0

    def __str__(self) -> str:
        """``s:<subject>:<detail>:<language>``, a page behind it, as Telegram keeps it for us."""
        written = f"{self.action}:{self.subject}:{self.detail}:{_LANGUAGES[self.language]}"
        return f"{written}:{self.page}" if self.page else written


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a keyboard: it carries a press, or leads to an address."""

    text: str
    data: str = ""
    url: str = ""


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


def read_press(data: str) -> Press | None:
    """Read what `str(Press)` wrote; None for anything else. Whether anything answers to its action is not known here."""
    parts = data.split(":")
    tags = {tag: language for language, tag in _LANGUAGES.items()}
    if len(parts) == 4:
        parts.append("0")
    if len(parts) != 5 or not _ACTION.fullmatch(parts[0]) or parts[3] not in tags or not (parts[1] and parts[2]):
        return None
    if not (parts[4].isascii() and parts[4].isdecimal()):
        return None
    return Press(parts[0], parts[1], parts[2], tags[parts[3]], int(parts[4]))


def keyboard(reply: Reply, reference: str = "", *, pass_on: bool = False) -> Keyboard:
    """The buttons under a reply: a row for each choice, and at most three rows of small ones.

    Args:
        reply: what they stand under.
        reference: of the record that may be rated or passed on; empty where there is none.
        pass_on: whether there are staff to pass a question on to.
    """
    said = words(reply.language)
    rows = [_choice(number, choice, reply.language) for number, choice in enumerate(reply.choices, start=1)]
    if reply.citation and reply.pages > 1:
        press = Press(Action.PAGE, handle_of(reply.citation.document), reply.citation.section, reply.language)
        rows.append(_pager(press, reply.page, reply.pages, said))
    rows.append(_passage(reply, said))
    rows += rating(reference if reply.citation else "", reply.language, said)
    rows += passing_on(reference if pass_on else "", reply.language, said)
    return tuple(filter(None, rows))


def numbers(replies: tuple[Reply, ...]) -> Keyboard:
    """The buttons under several replies in one message: a row of numbers for each that offers choices."""
    rows: list[Row] = []
    number = 0
    for reply in replies:
        shows = []
        for choice in reply.choices:
            number += 1
            shows.append(
                _button(str(number), Press(Action.SHOW, handle_of(choice.document), choice.section, reply.language))
            )
        rows.append(_row(*shows))
    return tuple(filter(None, rows))


def rating(reference: str, language: Language, said: Words) -> Keyboard:
    """有帮助 and 没帮助; nothing where there is no record to rate."""
    if not reference:
        return ()
    press = Press(Action.RATE, reference, YES, language)
    return (_row(_button(said.helpful, press), _button(said.unhelpful, replace(press, detail=NO))),)


def reasons_for(reference: str, language: Language) -> Keyboard:
    """What a reply that did not help may have lacked, two in a row."""
    found = [
        _button(label, Press(Action.REASON, reference, reason.value, language))
        for reason, label in reasons(language).items()
    ]
    return (_row(*found[:2]), _row(*found[2:]))


def passing_on(reference: str, language: Language, said: Words) -> Keyboard:
    """转人工; nothing where there is nobody to pass on to."""
    return (_row(_button(said.pass_on, Press(Action.PASS_ON, reference, "-", language))),) if reference else ()


def languages(language: Language, said: Words) -> Keyboard:
    """The languages to choose from, each in its own."""
    offered = {Language.HANS.value: "简体", Language.HANT.value: "繁體", Language.ENGLISH.value: "English"}
    found = [_button(label, Press(Action.LANGUAGE, tag, "-", language)) for tag, label in offered.items()]
    return (_row(*found), _row(_button(said.follows, Press(Action.LANGUAGE, "-", "-", language))))


def forgetting(language: Language, said: Phrases) -> Keyboard:
    """Whether to erase what is known of somebody."""
    yes = _button(said.erase, Press(Action.FORGET, YES, "-", language))
    return (_row(yes, _button(said.keep, Press(Action.FORGET, NO, "-", language))),)


def shelves(shelf: Shelf) -> Keyboard:
    """The buttons of a step through what is published: where it leads, and a row to turn pages and go back."""
    said = words(shelf.language)
    found = [
        _button(trim(entry.label, LABEL_COLUMNS // 2), Press(Action.BROWSE, entry.path, "-", shelf.language))
        for entry in shelf.entries
    ]
    rows = [_row(*found[place : place + 2]) for place in range(0, len(found), 2)]
    rows += [_choice(number, choice, shelf.language) for number, choice in enumerate(shelf.choices, start=1)]
    turning = Press(Action.BROWSE, shelf.path, "-", shelf.language)
    turns = list(_pager(turning, shelf.page, shelf.pages, said))
    if shelf.back:
        turns += _row(_button(said.back, Press(Action.BROWSE, shelf.back, "-", shelf.language)))
    return tuple(filter(None, (*rows, tuple(turns))))


def _passage(reply: Reply, said: Words) -> Row:
    """What can be had of a quoted passage: 全文, 相关, and its address where it has one."""
    citation = reply.citation
    if not citation:
        return ()
    place = Press(Action.FULL, handle_of(citation.document), citation.section, reply.language)
    full = _button(labels(reply.language).full_text, place) if reply.full_text else None
    return _row(full, _button(said.related, replace(place, action=Action.RELATED)), _address(citation, said))


def _address(citation: Citation, said: Words) -> Button | None:
    return Button(said.source, url=citation.source) if is_address(citation.source) else None


def is_address(source: str) -> bool:
    """Whether Telegram lets a source be opened."""
    return (
        source.startswith(("http://", "https://")) and len(source) <= LONGEST_URL and not any(map(str.isspace, source))
    )


def _pager(press: Press, page: int, pages: int, said: Words) -> Row:
    earlier = _button(said.earlier, replace(press, page=page - 1)) if page > 0 else None
    return _row(earlier, _button(said.later, replace(press, page=page + 1)) if page < pages - 1 else None)


def _choice(number: int, choice: Choice, language: Language) -> Row:
    label = " ".join(clean(choice.label).split())
    text = str(number) if is_blank(label) else f"{number} {_shortened(label, LABEL_COLUMNS - len(f'{number} '))}"
    return _row(_button(text, Press(Action.SHOW, handle_of(choice.document), choice.section, language)))


def _shortened(label: str, width: int) -> str:
    """A label for a button: of a passage both the document and the heading, as several may be offered of either."""
    title, joint, heading = label.rpartition(JOINT)
    if not joint or trim(label, width) == label:
        return trim(label, width)
    rest = width - len(joint)
    shorter = trim(heading, rest - TITLE_COLUMNS)
    return f"{trim(title, rest - columns(shorter))}{joint}{shorter}"


def _row(*buttons: Button | None) -> Row:
    return tuple(button for button in buttons if button)


def _button(text: str, press: Press) -> Button | None:
    data = str(press)
    # An outline too deep for a button is still in the text, and can be asked for in words.
    return Button(text, data) if len(data.encode()) <= PRESS_BYTES and read_press(data) else None


def reason_of(press: Press) -> Reason | None:
    """The reason that a button gives; None where this version knows no such reason."""
    return Reason(press.detail) if press.detail in set(Reason) else None
