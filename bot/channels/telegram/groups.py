"""What is said in groups, where everybody reads along and much is left to private chats."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from telegram import Message, Update

from bot.channels.telegram.buttons import Button
from bot.channels.telegram.ports import Answering
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import say
from bot.channels.telegram.telling import Telling
from bot.channels.telegram.words import GROUP_COMMANDS, PRIVATE_COMMANDS, words
from bot.model import Language, Reply


class Groups:
    """Says in a group how to ask there, and where the rest is done.

    Args:
        answering: knows how to ask, and who answers.
        telling: sends it.
    """

    def __init__(self, answering: Answering, telling: Telling) -> None:
        self._answering = answering
        self._telling = telling

    async def introduce(self, update: Update) -> None:
        """Who answers here, and how to ask."""
        await self._telling.tell(
            update, lambda language: self._how_to_ask(update, self._answering.introduction(language))
        )

    async def help(self, update: Update) -> None:
        """How to ask."""
        await self._telling.tell(
            update, lambda language: self._how_to_ask(update, self._answering.help_in_group(language))
        )

    def _how_to_ask(self, update: Update, reply: Reply) -> Reply:
        name = f"@{cast('Message', update.message).get_bot().username}"
        return reply.followed_by(words(reply.language).in_groups.format(name=name))

    async def obey(self, update: Update, command: str | None) -> None:
        """A command that is none here: where it is one; any other gets the help."""
        if command in PRIVATE_COMMANDS and command not in GROUP_COMMANDS:
            await self.lead_to_private(update, lambda language: words(language).only_in_private)
        else:
            await self.help(update)

    async def lead_to_private(self, update: Update, sentence: Callable[[Language], str]) -> None:
        """Say what is done in a private chat, with a button that leads there."""
        address = cast("Message", update.message).get_bot().link

        def compose(language: Language) -> tuple[Rendered, ...]:
            return say(sentence(language), ((Button(words(language).to_private, url=address),),))

        await self._telling.show(update, compose)
