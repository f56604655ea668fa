"""Files that go out with a letter: while it waits they are text, for the outbox keeps JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from bot.model import Letter, Priority


def document(chat: int, name: str, content: bytes, caption: str, priority: Priority = Priority.CITIZEN) -> Letter:
    """A file as a call of the Bot API; `caption` is plain text, at most 1,024 characters."""
    text = base64.b64encode(content).decode("ascii")
    return Letter(
        chat, "send_document", {"document": {"base64": text}, "filename": name, "caption": caption}, priority=priority
    )


def unpacked(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """A letter's parameters as the Bot API's library takes them, with a file's bytes in place of its text."""
    file = parameters.get("document")
    return {**parameters, "document": base64.b64decode(file["base64"])} if file else parameters
