"""Inline keyboards as the Bot API takes and states them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlsplit

from tests.botapi.entities import clean
from tests.botapi.errors import bad_request
from tests.botapi.state import Button, Json

CALLBACK_BYTES = 64


def check_button(button: Button) -> None:
    """Refuse what Telegram refuses.

    Raises:
        RefusalError: no text, neither data nor an address or both, or one that cannot be.
    """
    if not clean(button.text):
        raise bad_request("can't parse inline keyboard button: Text buttons must have non-empty text")
    if bool(button.data) == bool(button.url):
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    if button.data and len(button.data.encode()) > CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url and not _is_address(button.url):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")


def keyboard_json(buttons: Sequence[Button]) -> list[list[Json]]:
    """Buttons in their rows as a message states them."""
    return [list(map(_json, row)) for _, row in groupby(buttons, key=lambda button: button.row)]


def _json(button: Button) -> Json:
    if button.url:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in {"http", "https", "tg"} and "." in host and not any(map(str.isspace, url))
