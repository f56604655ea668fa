"""Stand-ins for the rest of the house: small, and honest about what they keep."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.channels.telegram import serve
from bot.model import AgencyContact, Choice, Citation, Language, Question, Quote, Reply
from tests.botapi import BotApi

CONTACT = AgencyContact("随州市招商局", phone="12345", site="https://zsj.example.org")
CITATION = Citation(
    "reports/2017", "2.1", "2017年政府信息公开年度报告", ("二、主动公开", "（一）数量"), date(2018, 2, 5)
)
PASSAGE = "2017年，随州市招商局主动公开信息133条。机构概况2条。"


def quoting(text: str = PASSAGE, focus: str = "133条", *, full_text: bool = False) -> Reply:
    """An answer with a passage, its source and a contact."""
    quote = Quote(text, focus, after=full_text)
    return Reply(Language.HANS, quote=quote, citation=CITATION, contact=CONTACT, full_text=full_text)


def offering(count: int = 3, language: Language = Language.HANS) -> Reply:
    """A choice among so many reports."""
    choices = tuple(
        Choice(f"reports/{year}", "2", f"{year}年政府信息公开年度报告") for year in range(2017, 2017 + count)
    )
    return Reply(language, lead="您问的可能是：", choices=choices, contact=CONTACT)


@dataclass
class FakeAnswered:
    """What became of a question."""

    reply: Reply


@dataclass
class FakeAnswering:
    """Answers every question with the same reply, and remembers what was asked of it.

    Attributes:
        pause_seconds: how long an answer takes.
        broken: questions that it fails on; with "*" it fails on everything.
    """

    reply: Reply = field(default_factory=quoting)
    pause_seconds: float = 0.0
    broken: frozenset[str] = frozenset()
    asked: list[Question] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    shown: list[tuple[str, str, str, Language]] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, question: Question, *, origin: str = "") -> FakeAnswered:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        time.sleep(self.pause_seconds)
        with self._lock:
            self._at_once -= 1
            self.asked.append(question)
            self.origins.append(origin)
        self._break(question.text)
        return FakeAnswered(self.reply)

    def show(self, handle: str, section: str, language: Language) -> Reply:
        self.shown.append(("show", handle, section, language))
        return quoting(full_text=True)

    def full_text(self, handle: str, section: str, language: Language) -> Reply:
        self.shown.append(("full", handle, section, language))
        return quoting("全文如下。" + PASSAGE)

    def introduction(self, language: Language) -> Reply:
        return Reply(language, lead=f"introduction {language}")

    def help(self, language: Language) -> Reply:
        return Reply(language, lead=f"help {language}")

    def contact(self, language: Language) -> Reply:
        self._break("contact")
        return Reply(language, contact=CONTACT)

    def privacy(self, language: Language) -> Reply:
        return Reply(language, lead=f"privacy {language}")

    def _break(self, text: str) -> None:
        if self.broken & {text, "*"}:
            raise ValueError(f"broken on {text}")


@dataclass
class MemoryInbox:
    """An inbox that forgets with its process, but fails when told to.

    Attributes:
        trouble: called before each `put` commits; may raise. The others likewise, at their own moments.
    """

    payloads: dict[int, str] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    trouble: Callable[[int], None] = lambda update_id: None
    trouble_after: Callable[[int], None] = lambda update_id: None
    trouble_finishing: Callable[[int], None] = lambda update_id: None
    trouble_failing: Callable[[int], None] = lambda update_id: None

    def put(self, update_id: int, payload: str, now: datetime) -> bool:
        assert now.tzinfo
        self.trouble(update_id)
        is_new = update_id not in self.payloads
        if is_new:
            self.payloads[update_id] = payload
            self.states[update_id] = "pending"
        self.trouble_after(update_id)
        return is_new

    def pending(self) -> tuple[tuple[int, str], ...]:
        return tuple((key, self.payloads[key]) for key, state in self.states.items() if state == "pending")

    def finish(self, update_id: int) -> None:
        self.trouble_finishing(update_id)
        self.states[update_id] = "finished"

    def fail(self, update_id: int, reason: str) -> None:
        self.trouble_failing(update_id)
        self.states[update_id] = "failed"
        self.reasons[update_id] = reason


def once(error: Exception) -> Callable[[int], None]:
    """A trouble that comes the first time only."""
    left = [error]

    def raise_once(update_id: int) -> None:
        if left:
            raise left.pop()

    return raise_once


class Channel:
    """The channel at work in a thread of its own; its end is `stop`, or an error kept in `error`."""

    def __init__(self, api: BotApi, answering: FakeAnswering, inbox: MemoryInbox, token: str, grace_seconds: float):
        self.api = api
        self.answering = answering
        self.inbox = inbox
        self.error: Exception | None = None
        self._token = token
        self._grace_seconds = grace_seconds
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self.join()

    def join(self) -> None:
        """Wait until it ends by itself."""
        self._thread.join(20)
        assert not self._thread.is_alive()

    def settle(self, update_id: int, state: str = "finished") -> None:
        """Wait until an update is finished, or failed."""
        deadline = time.monotonic() + 10
        while self.inbox.states.get(update_id) != state:
            assert time.monotonic() < deadline, self.inbox.states
            time.sleep(0.002)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(
                    serve(self.answering, self.inbox, self._token, self.api.url, self._stop, self._grace_seconds)
                )
            except Exception as error:
                self.error = error


@contextmanager
def channel(
    api: BotApi,
    answering: FakeAnswering | None = None,
    inbox: MemoryInbox | None = None,
    token: str = "",
    grace_seconds: float = 10.0,
) -> Iterator[Channel]:
    """Run the channel against a Bot API."""
    running = Channel(api, answering or FakeAnswering(), inbox or MemoryInbox(), token or api.token, grace_seconds)
    try:
        yield running
    finally:
        running.stop()
