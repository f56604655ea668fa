"""Inline mode: whoever writes ``@bot 收费`` in any chat picks a published passage to quote there.

Nothing of it is kept: the words are no inquiry, as Telegram sends them while they are still being written, and what is
answered is the same for everybody.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any, cast

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.cards import Card, Deck
from bot.channels.telegram.buttons import is_address
from bot.channels.telegram.gate import Gate
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.refusals import at_once
from bot.channels.telegram.render import render
from bot.channels.telegram.text import clean
from bot.channels.telegram.words import words
from bot.language.script import language_of
from bot.model import Channel, Language, Question, handle_of
from bot.workdays import BEIJING

PAGE = 20
"""Cards sent at once, of Telegram's fifty; the next ones are asked for when somebody scrolls."""

LONGEST_QUERY = 256
CACHE_SECONDS = 60
"""How long Telegram gives everybody the same cards; so long, too, a withdrawn passage may still be picked."""

FARTHEST = 1000
"""Cards that somebody may scroll past; an offset comes from whoever asks, and need not be one that we gave."""

DEEP_LINK = "ask"


class Inline:
    """Answers inline queries.

    Args:
        answering: knows what is published.
        gate: stops the blocked, and who searches without end.
    """

    def __init__(self, answering: Answering, gate: Gate) -> None:
        self._answering = answering
        self._gate = gate

    async def asked(self, update: Update, context: Any) -> None:
        """Offer what is published on some words; without words, the newest."""
        query = cast("InlineQuery", update.inline_query)
        if not await self._gate.may_search(query.from_user.id):
            return
        text = clean(query.query[:LONGEST_QUERY]).strip()
        # Of the words alone, not of whose app asks: Telegram shows others the same cards.
        language = language_of(text) if text else Language.HANS
        question = Question(text, Channel.TELEGRAM, datetime.now(BEIJING), language=language)
        start = min(int(query.offset), FARTHEST) if query.offset.isascii() and query.offset.isdecimal() else 0
        deck = await asyncio.to_thread(self._answering.find_cards, question, start, PAGE)
        await at_once(lambda: _answer(query, deck, start, language))


async def _answer(query: InlineQuery, deck: Deck, start: int, language: Language) -> None:
    ask = InlineQueryResultsButton(words(language).ask_the_bot, start_parameter=DEEP_LINK)
    await query.answer(
        [_article(card) for card in deck.cards],
        cache_time=CACHE_SECONDS,
        is_personal=False,
        next_offset=str(start + PAGE) if deck.more and start < FARTHEST else "",
        button=None if deck.cards or start else ask,
    )


def _article(card: Card) -> InlineQueryResultArticle:
    citation = card.reply.citation
    place, source = (f"{citation.document}#{citation.section}", citation.source) if citation else (card.title, "")
    return InlineQueryResultArticle(
        handle_of(place),
        clean(card.title),
        InputTextMessageContent(
            render(card.reply, most=1)[0].html,
            ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        url=source if is_address(source) else None,
        description=clean(card.excerpt),
    )
