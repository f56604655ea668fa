"""What the strict Bot API remembers: chats, messages, updates that wait, faults to come."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.botapi.entities import Entity
from tests.botapi.errors import RefusalError, bad_request

Json = dict[str, Any]

BOT_ID = 4242
BOT_NAME = "disclosure_test_bot"
QUERY_SECONDS = 60.0


@dataclass(frozen=True)
class Button:
    """A button under a message."""

    text: str
    data: str = ""
    url: str = ""
    row: int = 0


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent, as its reader sees it.

    Attributes:
        kind: text, document or photo; the text of the latter two is their caption.
    """

    chat_id: int
    message_id: int
    text: str
    source: str
    entities: tuple[Entity, ...] = ()
    buttons: tuple[Button, ...] = ()
    reply_to: int = 0
    thread: int = 0
    edited: bool = False
    kind: str = "text"
    file_id: str = ""
    copied: str = ""

    def styled(self, kind: str) -> tuple[str, ...]:
        """The parts of the text in a style: `bold`, `text_link`."""
        units = self.text.encode("utf-16-le")
        places = [
            (entity.offset * 2, (entity.offset + entity.length) * 2) for entity in self.entities if entity.type == kind
        ]
        return tuple(units[start:end].decode("utf-16-le") for start, end in places)

    def button(self, start: str) -> Button:
        """The button whose text starts so."""
        return next(button for button in self.buttons if button.text.startswith(start))


@dataclass(frozen=True)
class Fault:
    """A trouble scripted for a method.

    Attributes:
        refusal: the answer in place of the method's own.
        drops: whether the connection breaks instead of an answer.
        delay_seconds: how long the answer takes.
        acts: whether the method does its work all the same.
    """

    refusal: RefusalError | None = None
    drops: bool = False
    delay_seconds: float = 0.0
    acts: bool = False


@dataclass
class State:
    """All of it, behind one lock; `changed` tells whoever waits."""

    token: str
    clock: Callable[[], float] = time.time
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))
    chats: dict[int, Json] = field(default_factory=dict)
    sent: dict[tuple[int, int], Sent] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    sent_at: dict[tuple[int, int], float] = field(default_factory=dict)
    said: dict[tuple[int, int], Json] = field(default_factory=dict)
    updates: deque[Json] = field(default_factory=deque)
    queries: dict[str, float] = field(default_factory=dict)
    query_answers: dict[str, str] = field(default_factory=dict)
    inline_answers: dict[str, Json] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[tuple[str, Json]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    topics: dict[tuple[int, int], str] = field(default_factory=dict)
    webhook: Json | None = None
    hook_error: str = ""
    proxies: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    poll_number: int = 0
    next_update: int = 1000
    next_message: int = 1
    next_query: int = 1

    def chat(self, chat_id: object) -> Json:
        """A chat that the bot may write to.

        Raises:
            RefusalError: there is none of that id.
        """
        try:
            return self.chats[int(str(chat_id))]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def new_message_id(self) -> int:
        """The next message's number; one count for all chats, which Telegram does not promise either way."""
        self.next_message += 1
        return self.next_message

    def add_update(self, body: Json) -> int:
        """Let an update wait for the bot; returns its id."""
        with self.changed:
            self.next_update += 1
            self.updates.append({"update_id": self.next_update, **body})
            self.changed.notify_all()
            return self.next_update

    def keep(self, message: Sent) -> None:
        """Keep a message that was sent or edited."""
        place = message.chat_id, message.message_id
        self.sent[place] = message
        self.sent_at.setdefault(place, time.monotonic())
        self.changed.notify_all()

    def edit(self, message: Sent, **values: Any) -> Sent:
        """Change a message.

        Raises:
            RefusalError: nothing would change.
        """
        edited = replace(message, **values)
        if edited == message:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        self.keep(replace(edited, edited=True))
        return edited
