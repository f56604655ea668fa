"""Stand-ins for the rest of the house: small, and honest about what they keep."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bot import model
from bot.cards import Deck
from bot.channels.health import Health
from bot.channels.telegram import Setup, serve
from bot.language.follow_up import FollowUp
from bot.model import (
    AgencyContact,
    Choice,
    Citation,
    Decision,
    Language,
    Question,
    Quote,
    Reply,
    RequestKind,
    Topic,
    Verdict,
)
from bot.offers import Shelf
from bot.settings import Address, Webhook
from bot.store import Inbox, open_store
from bot.store.tables import inbox
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

    question: Question
    reply: Reply
    reference: str | None = None
    kind: RequestKind = RequestKind.INQUIRY
    decision: Decision = field(default_factory=lambda: Decision(Verdict.ANSWER))


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
    aside: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    shown: list[tuple[str, str, str, Language]] = field(default_factory=list)
    together: Callable[[], AbstractContextManager[None]] = nullcontext
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(
        self, question: Question, *, origin: str = "", along: Callable[[FakeAnswered], None] | None = None
    ) -> FakeAnswered:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        time.sleep(self.pause_seconds)
        with self._lock:
            self._at_once -= 1
            self.asked.append(question)
            self.origins.append(origin)
        self._break(question.text)
        answered = FakeAnswered(question, self.reply, "ZX-2026-000001")
        if along:
            with self.together():
                along(answered)
        return answered

    def put_aside(
        self,
        question: Question,
        told: str,
        *,
        origin: str = "",
        along: Callable[[FakeAnswered], None] | None = None,
    ) -> FakeAnswered:
        self.aside.append(question.text)
        answered = FakeAnswered(question, Reply(Language.HANS, told), "ZX-2026-000002")
        if along:
            with self.together():
                along(answered)
        return answered

    def show(self, handle: str, section: str, language: Language) -> Reply:
        self.shown.append(("show", handle, section, language))
        return quoting(full_text=True)

    def follow(self, question: Question, topic: Topic) -> FollowUp | None:
        return None

    def citizen_key(self, channel: model.Channel, citizen: str) -> str:
        return f"key of {citizen}"

    def not_there(self, number: int, offered: int, language: Language) -> Reply:
        return Reply(language, lead=f"no {number} of {offered}")

    def open(self, handle: str, language: Language) -> Reply:
        return Reply(language, lead=f"opened {handle}")

    def related(self, handle: str, section: str, language: Language) -> Reply:
        return offering(language=language)

    def latest(self, language: Language) -> Reply:
        return offering(language=language)

    def browse(self, path: str, page: int, language: Language) -> Shelf:
        return Shelf(language, path, lead=f"shelf {path} {page}")

    def full_text(self, handle: str, section: str, language: Language, page: int | None = None) -> Reply:
        self.shown.append(("full", handle, section, language))
        return quoting("全文如下。" + PASSAGE)

    def find_cards(self, question: Question, start: int, size: int) -> Deck:
        self._break(question.text)
        return Deck()

    def introduction(self, language: Language) -> Reply:
        return Reply(language, lead=f"introduction {language}")

    def help(self, language: Language) -> Reply:
        return Reply(language, lead=f"help {language}")

    def help_in_group(self, language: Language) -> Reply:
        return self.help(language)

    def contact(self, language: Language) -> Reply:
        self._break("contact")
        return Reply(language, contact=CONTACT)

    def privacy(self, language: Language) -> Reply:
        return Reply(language, lead=f"privacy {language}")

    def keep_days(self) -> int:
        return 365

    def _break(self, text: str) -> None:
        if self.broken & {text, "*"}:
            raise ValueError(f"broken on {text}")


SECRET = b"0" * 32
TO_CLOSE = ExitStack()
"""What a test opened; its fixture closes it."""


@cache
def _template() -> bytes:
    """A database with its tables, made once: a migration takes longer than most tests."""
    with TemporaryDirectory() as folder:
        open_store(f"sqlite:///{folder}/bot.db").close()
        with closing(sqlite3.connect(f"{folder}/bot.db")) as connection:
            return connection.serialize()


class WatchedInbox(Inbox):
    """The inbox of a fresh SQLite file, which fails when told to.

    Attributes:
        store: what it is the inbox of.
        trouble: called before each `put` commits; may raise. The others likewise, at their own moments.
    """

    def __init__(
        self,
        trouble: Callable[[int], None] = lambda update_id: None,
        trouble_after: Callable[[int], None] = lambda update_id: None,
    ) -> None:
        folder = TemporaryDirectory()
        file = Path(folder.name, "bot.db")
        file.write_bytes(_template())
        self.store = open_store(f"sqlite:///{file}")
        TO_CLOSE.callback(folder.cleanup)
        TO_CLOSE.callback(self.store.close)
        super().__init__(self.store._database)
        self.store.inbox = self
        self.trouble = trouble
        self.trouble_after = trouble_after
        self.trouble_finishing: Callable[[int], None] = lambda update_id: None
        self.trouble_failing: Callable[[int], None] = lambda update_id: None

    @property
    def states(self) -> dict[int, str]:
        return self._column("state")

    @property
    def payloads(self) -> dict[int, str]:
        return self._column("payload")

    @property
    def reasons(self) -> dict[int, str]:
        return {update_id: reason for update_id, reason in self._column("reason").items() if reason}

    def put(self, update_id: int, payload: str, now: datetime) -> bool:
        assert now.tzinfo
        self.trouble(update_id)
        is_new = super().put(update_id, payload, now)
        self.trouble_after(update_id)
        return is_new

    def finish(self, update_id: int) -> None:
        self.trouble_finishing(update_id)
        super().finish(update_id)

    def fail(self, update_id: int, reason: str) -> None:
        self.trouble_failing(update_id)
        super().fail(update_id, reason)

    def _column(self, name: str) -> dict[int, str]:
        kept = select(inbox.c.update_id, inbox.c[name]).order_by(inbox.c.received_at, inbox.c.update_id)
        with self._database.read() as connection:
            return {row.update_id: row[1] for row in connection.execute(kept)}


def once(error: Exception) -> Callable[[int], None]:
    """A trouble that comes the first time only."""
    left = [error]

    def raise_once(update_id: int) -> None:
        if left:
            raise left.pop()

    return raise_once


class Channel:
    """The channel at work in a thread of its own; its end is `stop`, or an error kept in `error`."""

    def __init__(
        self,
        api: BotApi,
        answering: FakeAnswering,
        inbox: WatchedInbox,
        token: str,
        grace_seconds: float,
        webhook: Webhook | None,
        health: Address | None,
    ):
        self.api = api
        self.answering = answering
        self.inbox = inbox
        answering.together = inbox.store.together
        self.error: Exception | None = None
        self._token = token
        self._grace_seconds = grace_seconds
        self._webhook = webhook
        self._health = health
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
                store = self.inbox.store
                health = Health(self._health, store, lambda: 1) if self._health else None
                setup = Setup(
                    answering=self.answering, store=store, token=self._token, secret=SECRET, api_url=self.api.url,
                    webhook=self._webhook, health=health,
                )  # fmt: skip
                runner.run(serve(setup, self._stop, self._grace_seconds))
            except Exception as error:
                self.error = error


@contextmanager
def channel(
    api: BotApi,
    answering: FakeAnswering | None = None,
    inbox: WatchedInbox | None = None,
    token: str = "",
    grace_seconds: float = 10.0,
    webhook: Webhook | None = None,
    health: Address | None = None,
) -> Iterator[Channel]:
    """Run the channel against a Bot API."""
    answering, inbox = answering or FakeAnswering(), inbox or WatchedInbox()
    running = Channel(api, answering, inbox, token or api.token, grace_seconds, webhook, health)
    try:
        yield running
    finally:
        running.stop()
