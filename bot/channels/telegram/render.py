"""Reply → Telegram messages: HTML in which every value is escaped, cut to Telegram's size."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.telegram.buttons import Button, keyboard
from bot.channels.telegram.text import LIMIT, clean, pieces
from bot.model import Letter, Priority, Quote, Reply
from bot.replies import citation_line, contact_line


@dataclass(frozen=True, slots=True)
class Message:
    """One message as Telegram gets it."""

    html: str
    keyboard: tuple[tuple[Button, ...], ...] = ()


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


def render(reply: Reply, limit: int = LIMIT) -> tuple[Message, ...]:
    """Put a reply into as many messages as it needs; the buttons stand under the last one.

    Args:
        reply: what the citizen is told.
        limit: most UTF-16 code units of a message's visible text.
    """
    spans = [replace(span, text=clean(span.text)) for span in _compose(reply)]
    text = "".join(span.text for span in spans)
    bodies = ["".join(span.html for span in _slice(spans, *place)) for place in pieces(text, limit)]
    messages = [Message(body) for body in bodies]
    if messages:
        messages[-1] = replace(messages[-1], keyboard=keyboard(reply))
    return tuple(messages)


def say(sentence: str) -> tuple[Message, ...]:
    """Put a sentence of the channel's own into a message."""
    return (Message(html.escape(sentence, quote=False)),)


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
        parameters: dict[str, Any] = {
            "text": message.html,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if message.keyboard:
            rows = [[{"text": button.text, "callback_data": button.data} for button in row] for row in message.keyboard]
            parameters["reply_markup"] = {"inline_keyboard": rows}
        if reply_to and not place:
            parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        if thread:
            parameters["message_thread_id"] = thread
        found.append(Letter(chat, "send_message", parameters, reference, priority))
    return found


def _compose(reply: Reply) -> Iterator[Span]:
    blocks = [block for block in (_lead(reply), _quote(reply.quote), _choices(reply), _source(reply)) if block]
    for number, block in enumerate(blocks):
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


def _choices(reply: Reply) -> list[Span]:
    # In full here, as a phone cuts a long button.
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, start=1)]
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
