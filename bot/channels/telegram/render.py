"""Reply → Telegram messages: HTML in which every value is escaped, cut to Telegram's size."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.telegram.buttons import Keyboard, keyboard, numbers, shelves
from bot.channels.telegram.text import LIMIT, clean, pieces
from bot.model import Letter, Priority, Quote, Reply
from bot.offers import Shelf
from bot.replies import citation_line, contact_line, cut_quote

MOST_MESSAGES = 2
"""So many messages a reply takes at most; what is left is a button away."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as Telegram gets it."""

    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False

    @property
    def html(self) -> str:
        """The run with its value escaped and its tag closed."""
        text = html.escape(self.text, quote=False)
        return f"<b>{text}</b>" if self.bold else text


def render(
    reply: Reply, limit: int = LIMIT, *, most: int = MOST_MESSAGES, reference: str = "", pass_on: bool = False
) -> tuple[Message, ...]:
    """Put a reply into a message, or two where it is long; the buttons stand under the last one.

    Args:
        reply: what the citizen is told.
        limit: most UTF-16 code units of a message's visible text.
        most: messages; a longer quote is cut, never its source.
        reference: of the record that may be rated or passed on; empty where there is none.
        pass_on: whether there are staff to pass a question on to.
    """
    bodies = _bodies(_compose(reply), limit)
    if len(bodies) > most and reply.quote:
        reply = _shortened(reply, limit)
        bodies = _bodies(_compose(reply), limit)
    return _under(bodies, keyboard(reply, reference, pass_on=pass_on))


def render_several(parts: Sequence[tuple[str, Reply]], rest: str = "", limit: int = LIMIT) -> tuple[Message, ...]:
    """Put the replies to several questions of one message together, each under its question.

    Args:
        parts: questions and their replies, in order.
        rest: said at the end, where there were more questions.
        limit: most UTF-16 code units of a message's visible text.
    """
    spans: list[Span] = []
    offered = 0
    for place, (question, reply) in enumerate(parts):
        last = place == len(parts) - 1
        # Whom to ask is said once where it is the same for all.
        alone = reply.contact != parts[-1][1].contact or last
        spans += [Span("\n\n\n" if place else ""), Span(question.strip(), bold=True), Span("\n")]
        spans += _compose(reply if alone else replace(reply, contact=None), first=offered + 1)
        offered += len(reply.choices)
    spans += [Span(f"\n\n{rest}")] if rest else []
    return _under(_bodies(spans, limit), numbers(tuple(reply for _, reply in parts)))


def render_shelf(shelf: Shelf) -> Message:
    """Put a step through what is published into a message."""
    # In full here, as a phone cuts a long button.
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(shelf.choices, start=1)]
    return Message(Span(clean("\n".join((shelf.lead, *lines)))).html, shelves(shelf))


def _shortened(reply: Reply, limit: int) -> Reply:
    """A reply whose quote fits one message: around the sentence that answers, or as much of that as there is room for."""
    quote = reply.quote or Quote("")
    shorter = cut_quote(quote.text, quote.focus, limit // 2)
    # Half of the units, as each character may take two.
    text = shorter.text[: limit // 2]
    cut = len(text) < len(shorter.text)
    quote = Quote(
        text, quote.focus if quote.focus in text else "", quote.before or shorter.before, cut or shorter.after
    )
    return replace(reply, quote=quote, full_text=reply.full_text or reply.pages == 1)


def _bodies(spans: Iterable[Span], limit: int) -> list[str]:
    spans = [replace(span, text=clean(span.text)) for span in spans]
    places = pieces("".join(span.text for span in spans), limit)
    return ["".join(span.html for span in _slice(spans, *place)) for place in places]


def _under(bodies: Sequence[str], under: Keyboard) -> tuple[Message, ...]:
    return tuple(Message(body, under if place == len(bodies) - 1 else ()) for place, body in enumerate(bodies))


def say(sentence: str, under: Keyboard = ()) -> tuple[Message, ...]:
    """Put a sentence of the channel's own into a message."""
    return (Message(html.escape(sentence, quote=False), under),)


def edit(chat: int, message_id: int, message: Message) -> Letter:
    """A message in the place of one that was sent."""
    return Letter(chat, "edit_message_text", {"message_id": message_id, **_content(message)})


def edit_keyboard(chat: int, message_id: int, rows: Sequence[Sequence[Mapping[str, Any]]]) -> Letter:
    """Other buttons under a message that was sent."""
    return Letter(
        chat, "edit_message_reply_markup", {"message_id": message_id, "reply_markup": {"inline_keyboard": rows}}
    )


def keys(under: Keyboard) -> list[list[dict[str, Any]]]:
    """Buttons as the Bot API takes them; what they carry is sealed when the letter goes out (see seals.py)."""
    return [
        [
            {"text": button.text, **({"url": button.url} if button.url else {"callback_data": button.data})}
            for button in row
        ]
        for row in under
    ]


def _content(message: Message) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if message.keyboard:
        content["reply_markup"] = {"inline_keyboard": keys(message.keyboard)}
    return content


def letters(
    chat: int,
    messages: Sequence[Message],
    *,
    reply_to: int | None = None,
    thread: int | None = None,
    reference: str = "",
    priority: Priority = Priority.CITIZEN,
) -> list[Letter]:
    """Messages as calls of the Bot API, in order.

    Args:
        chat: whom they go to.
        messages: in the order in which they are to be read.
        reply_to: the message that the first one answers.
        thread: the topic of a group that they belong to.
        reference: of the contact record that they belong to.
        priority: who reads them.
    """
    found = []
    for place, message in enumerate(messages):
        parameters = _content(message)
        if reply_to and not place:
            parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        if thread:
            parameters["message_thread_id"] = thread
        found.append(Letter(chat, "send_message", parameters, reference, priority))
    return found


def _compose(reply: Reply, first: int = 1) -> Iterator[Span]:
    """A reply's parts with a blank line between; its choices are numbered from `first`."""
    blocks = [_lead(reply), _quote(reply.quote), _choices(reply, first), _source(reply)]
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield Span("\n\n")
        yield from block


def _lead(reply: Reply) -> list[Span]:
    return [Span(reply.lead)] if reply.lead else []


def _quote(quote: Quote | None) -> list[Span]:
    if not quote:
        return []
    spans = [Span(quote.text)]
    if quote.focus:
        before, focus, after = quote.text.partition(quote.focus)
        spans = [Span(before), Span(focus, bold=bool(focus)), Span(after)]
    # The dots say that the passage goes on, as in print.
    return [Span("…" if quote.before else ""), *spans, Span("…" if quote.after else "")]


def _choices(reply: Reply, first: int) -> list[Span]:
    # In full here, as a phone cuts a long button.
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, start=first)]
    return [Span("\n".join(lines))] if lines else []


def _source(reply: Reply) -> list[Span]:
    lines = [citation_line(reply.citation, reply.language)] if reply.citation else []
    if reply.contact:
        lines.append(contact_line(reply.contact, reply.language, of_document=reply.contact_of_document))
    return [Span("\n".join(lines))] if lines else []


def _slice(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The part of the spans between two places of their joined text; both parts of a cut span keep its style."""
    place = 0
    for span in spans:
        text = span.text[max(0, start - place) : max(0, end - place)]
        if text:
            yield replace(span, text=text)
        place += len(span.text)
