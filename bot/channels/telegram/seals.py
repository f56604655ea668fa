"""Seals on what buttons carry: a press that we did not write, or wrote for another chat, is known by its seal."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from telegram import CallbackQuery

from bot.channels.telegram.buttons import SEAL_CHARACTERS, Press, read_press
from bot.model import Letter

_DIGEST_BYTES = 8


class Signer:
    """Seals the buttons of letters, and opens what comes back; the one place where a press is believed.

    Args:
        secret: the house's own, the same in every worker: a button outlives the process that sent it.
    """

    def __init__(self, secret: bytes) -> None:
        # A key of its own: what is signed here must say nothing of the pseudonyms that the secret makes.
        self._key = hmac.new(secret, b"telegram buttons", hashlib.sha256).digest()

    def sealed(self, letter: Letter) -> Mapping[str, Any]:
        """A letter's parameters with its buttons sealed for the chat that it goes to."""
        markup = letter.parameters.get("reply_markup")
        if not markup:
            return letter.parameters
        rows = [[self._button(button, letter.chat) for button in row] for row in markup["inline_keyboard"]]
        return {**letter.parameters, "reply_markup": {"inline_keyboard": rows}}

    def verified(self, query: CallbackQuery) -> Press | None:
        """What a pressed button asks for.

        Returns:
            None where we did not write it for the chat in which it stands, or no longer know it. So it is with a button
            without a message of ours, as under what somebody sent inline.
        """
        return self.opened(query.data or "", query.message.chat.id) if query.message else None

    def opened(self, data: str, chat: int) -> Press | None:
        """The press that a button's data carries; None where its seal is not ours for this chat."""
        seal, written = data[:SEAL_CHARACTERS], data[SEAL_CHARACTERS:]
        # Compared as bytes: of texts compare_digest takes ASCII alone.
        genuine = hmac.compare_digest(_bytes(seal), _bytes(self._seal(written, chat)))
        return read_press(written) if genuine else None

    def _button(self, button: Mapping[str, Any], chat: int) -> Mapping[str, Any]:
        written = button.get("callback_data")
        return {**button, "callback_data": self._seal(written, chat) + written} if written else button

    def _seal(self, written: str, chat: int) -> str:
        digest = hmac.new(self._key, _bytes(f"{chat}:{written}"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:_DIGEST_BYTES]).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    # Nobody promises that what comes back is a text at all.
    return text.encode(errors="surrogatepass")
