"""Letters that Telegram refused as they are, in a form that it may take."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from telegram.error import BadRequest

from bot.model import Letter

_GONE = re.compile(
    "chat not found|user is deactivated|peer_id_invalid|have no rights to send|not enough rights|chat_write_forbidden|"
    "group chat was deactivated",
    re.IGNORECASE,
)
_NOT_EDITABLE = re.compile("message to edit not found|message can't be edited|message_id_invalid")
_TAG = re.compile(r"<[^>]*>")


def is_nobody_there(error: Exception) -> bool:
    """Whether the chat is gone: deleted, closed to the bot, or never seen by it."""
    return isinstance(error, BadRequest) and _GONE.search(error.message) is not None


def is_done_already(error: BadRequest) -> bool:
    """Whether Telegram refused because there is nothing left to do."""
    said = error.message.lower()
    return "message is not modified" in said or "topic_not_modified" in said


def repaired(letter: Letter, error: BadRequest) -> Letter | None:
    """The letter without what Telegram stumbled over, its words whole; None where there is nothing to leave out."""
    said = error.message.lower()
    parameters = dict(letter.parameters)
    if letter.method == "edit_message_reply_markup":
        # Buttons under a message that is gone are of no use elsewhere.
        return None
    words = "caption" if "caption" in parameters else "text"
    if letter.method.startswith("edit_message") and _NOT_EDITABLE.search(said):
        parameters.pop("message_id", None)
        parameters["text"] = parameters.pop(words, "")
        return replace(letter, method="send_message", parameters=parameters)
    if "thread not found" in said or "topic_deleted" in said or "topic_closed" in said:
        # Into the group's main chat: better read there than nowhere.
        return _without(letter, "message_thread_id")
    if "parse entities" in said and "parse_mode" in parameters:
        parameters[words] = html.unescape(_TAG.sub("", str(parameters.get(words, ""))))
        del parameters["parse_mode"]
        return replace(letter, parameters=parameters)
    if "replied" in said or "reply" in said:
        return _without(letter, "reply_parameters")
    if "button" in said or "markup" in said or "keyboard" in said:
        return _without(letter, "reply_markup")
    return None


def _without(letter: Letter, name: str) -> Letter | None:
    if name not in letter.parameters:
        return None
    return replace(letter, parameters={key: value for key, value in letter.parameters.items() if key != name})
