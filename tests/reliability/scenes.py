"""Scenes with real processes, a real database and a strict Telegram; each plays to its end and tells what happened."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.store import open_store
from tests.addresses import free_address
from tests.botapi import BotApi, Fault
from tests.e2e.service import Process, write_reports
from tests.reliability.proxy import DatabaseProxy

Receiving = Literal["polling", "webhook"]

HOST = "bot.example.org"
START_SECONDS = 60.0
END_SECONDS = 180.0
ROUND_TRIP_SECONDS = 0.025
MOST_LETTERS = 10_000
FIRST_CHAT = 9_000_001
FIRST_YEAR = 2001


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene plays.

    Attributes:
        root: an empty folder.
        receiving: how updates come to the bot.
        database_url: of an empty database.
    """

    root: Path
    receiving: Receiving
    database_url: str

    def bot(self, api: BotApi) -> Process:
        """A bot on twenty years' reports, ready to start again and again."""
        write_reports(self.root, {FIRST_YEAR + number: 1000 + number for number in range(20)})
        more = {"BOT_DATABASE_URL": self.database_url}
        if self.receiving == "webhook":
            listen = free_address()
            api.lead(HOST, str(listen))
            more |= {
                "BOT_TELEGRAM_WEBHOOK": f"https://{HOST}/telegram",
                "BOT_TELEGRAM_WEBHOOK_LISTEN": str(listen),
            }
        return Process(self.root, api, **more)

    def recorded(self) -> list[str]:
        """The question of each contact record."""
        with open_store(self.database_url) as store:
            return [record.question for record in store.records.all()]

    def waiting(self) -> list[int]:
        """The chats that a letter waits for, or one whose fate is not noted."""
        with open_store(self.database_url) as store:
            return [queued.letter.chat for queued in store.outbox.due(datetime.now(UTC), MOST_LETTERS)]

    def failed(self) -> int:
        """How many updates were kept as failed."""
        with open_store(self.database_url) as store:
            return store.inbox.backlog().failed


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of questions while the process was killed.

    Attributes:
        missing: questions that are not on record.
        doubled: records beyond one a question.
        unanswered: chats that got no reply.
        repeated: replies that came once more than they should.
        most: letters whose fate nobody knew after a kill, at the most.
        interrupted: how many questions were asked and not answered at each kill.
    """

    questions: int
    kills: int
    missing: int
    doubled: int
    unanswered: int
    repeated: int
    most: int
    interrupted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of questions when the process was asked to stop among them.

    Attributes:
        seconds: from SIGTERM to its end.
        code: its exit code.
        before: how many were answered by then.
        missing: questions that are not on record in the end.
        repeated: replies beyond one a question.
    """

    questions: int
    seconds: float
    code: int
    before: int
    missing: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Away:
    """What became of questions while the database was away.

    Attributes:
        missing: questions that are not on record.
        doubled: records beyond one a question.
        repeated: replies beyond one a question.
        meanwhile: replies to what was asked while it was away.
        seconds: until everybody was answered, from when it was back.
    """

    questions: int
    missing: int
    doubled: int
    repeated: int
    meanwhile: int
    seconds: float


def killed_at_random(stage: Stage, questions: int, kills: int, seed: int) -> Killed:
    """Ask one question a chat, in as many portions as there are kills; kill within the second in which one is answered."""
    chance = random.Random(seed)
    with BotApi() as api:
        bot = stage.bot(api)
        api.fail("sendMessage", Fault(delay_seconds=ROUND_TRIP_SECONDS, acts=True), times=questions * 3)
        asked: list[int] = []
        interrupted = []
        in_doubt = Counter[int]()
        most = 0
        for portion in _portions(questions, kills):
            with bot.running() as process:
                wait_for_start(api, stage.receiving)
                for _ in range(portion):
                    asked.append(FIRST_CHAT + len(asked))
                    api.user_sends(asked[-1], question_of(len(asked) - 1))
                time.sleep(chance.uniform(0.0, 1.0))
                process.send_signal(signal.SIGKILL)
                process.wait(10)
            interrupted.append(sum(not api.sent(chat) for chat in asked))
            # Telegram has one more of them than before, and the outbox knows nothing of it.
            sent = Counter({chat: len(api.sent(chat)) for chat in stage.waiting()})
            most = max(most, len(sent - in_doubt))
            in_doubt |= sent
        with bot.running() as process:
            api.wait_for(lambda: all(api.sent(chat) for chat in asked), END_SECONDS)
            stop(process)
        recorded = stage.recorded()
        replies = [len(api.sent(chat)) for chat in asked]
    wanted = {question_of(number) for number in range(len(asked))}
    return Killed(
        questions=len(asked),
        kills=kills,
        missing=len(wanted - set(recorded)),
        doubled=len(recorded) - len(set(recorded)),
        unanswered=replies.count(0),
        repeated=sum(count - 1 for count in replies if count > 1),
        most=most,
        interrupted=tuple(interrupted),
    )


def stopped(stage: Stage, questions: int, trouble: Fault, away: AbstractContextManager[None] | None = None) -> Stopped:
    """Ask all at once, have the process stop when the first letters are under way, and let the next run end it.

    Args:
        stage: where.
        questions: how many.
        trouble: what becomes of every letter until then.
        away: takes the database away just before the process is asked to stop.
    """
    with BotApi() as api:
        bot = stage.bot(api)
        asked = range(FIRST_CHAT, FIRST_CHAT + questions)
        with bot.running() as process:
            wait_for_start(api, stage.receiving)
            api.fail("sendMessage", trouble, times=questions * 3)
            for number, chat in enumerate(asked):
                api.user_sends(chat, question_of(number))
            api.wait_for(lambda: bool(api.calls("sendMessage")), START_SECONDS)
            with away or nullcontext():
                started = time.monotonic()
                process.send_signal(signal.SIGTERM)
                code = process.wait(60)
                seconds = time.monotonic() - started
        before = sum(bool(api.sent(chat)) for chat in asked)
        api.state.faults.clear()
        with bot.running() as process:
            wait_for_start(api, stage.receiving)
            api.wait_for(lambda: all(api.sent(chat) for chat in asked), END_SECONDS)
            stop(process)
        recorded = stage.recorded()
        replies = sum(len(api.sent(chat)) for chat in asked)
    missing = len({question_of(number) for number in range(questions)} - set(recorded))
    return Stopped(questions, seconds, code, before, missing, replies - questions)


def poisoned(stage: Stage, good: int) -> tuple[int, int]:
    """Ask good questions, and in their middle send what cannot be read and what no database takes.

    Returns:
        how many of the good ones were answered, and how many updates were kept as failed.
    """
    with BotApi() as api:
        bot = stage.bot(api)
        chats = range(FIRST_CHAT, FIRST_CHAT + good)
        with bot.running() as process:
            for number, chat in enumerate(chats):
                if number == good // 2:
                    api.raw_update({"message": {"date": "never", "text": 7}})
                    api.raw_update({"message": "no message"})
                api.user_sends(chat, question_of(number))
            api.wait_for(lambda: all(api.sent(chat) for chat in chats), END_SECONDS)
            api.wait_for(lambda: not api.state.updates, END_SECONDS)
            stop(process)
        return sum(bool(api.sent(chat)) for chat in chats), stage.failed()


def in_order(stage: Stage, chats: int, messages: int) -> int:
    """Have chats write at once, each asking for one year after the other.

    Returns:
        how many chats were not answered in the order in which they asked.
    """
    with BotApi() as api:
        bot = stage.bot(api)
        asking = range(FIRST_CHAT, FIRST_CHAT + chats)
        with bot.running() as process:
            for number in range(messages):
                for chat in asking:
                    api.user_sends(chat, f"{FIRST_YEAR + number}年主动公开信息多少条")
            api.wait_for(lambda: all(len(api.sent(chat)) >= messages for chat in asking), END_SECONDS)
            stop(process)
        wanted = [f"信息{1000 + number}条" for number in range(messages)]
        replies = [[reply.text for reply in api.sent(chat)] for chat in asking]
    return sum(not holds_each(texts, wanted) for texts in replies)


def database_away(stage: Stage, away: AbstractContextManager[None], seconds: float, questions: int) -> Away:
    """Ask just before the database goes away, while it is, and when it is back.

    Args:
        stage: its database is the one that goes away.
        away: takes the database away while it is entered.
        seconds: for how long.
        questions: how many each time.
    """
    with BotApi() as api:
        bot = stage.bot(api)
        asked: list[int] = []

        def ask() -> None:
            for _ in range(questions):
                asked.append(FIRST_CHAT + len(asked))
                api.user_sends(asked[-1], question_of(len(asked) - 1))

        def all_answered() -> bool:
            return all(api.sent(chat) for chat in asked)

        with bot.running() as process:
            ask()
            # Some are answered, some are in hand, some are not kept yet.
            api.wait_for(lambda: any(api.sent(chat) for chat in asked), START_SECONDS)
            with away:
                ask()
                time.sleep(seconds)
                meanwhile = sum(bool(api.sent(chat)) for chat in asked[questions:])
            back = time.monotonic()
            ask()
            api.wait_for(all_answered, END_SECONDS)
            taken = time.monotonic() - back
            stop(process)
        recorded = stage.recorded()
        replies = sum(len(api.sent(chat)) for chat in asked)
    wanted = {question_of(number) for number in range(len(asked))}
    doubled = len(recorded) - len(set(recorded))
    return Away(len(asked), len(wanted - set(recorded)), doubled, replies - len(asked), meanwhile, taken)


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """SQLite's one writer is somebody else."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def cut(proxy: DatabaseProxy) -> Iterator[None]:
    """PostgreSQL is gone."""
    proxy.cut()
    yield
    proxy.restore()


@contextmanager
def frozen(proxy: DatabaseProxy) -> Iterator[None]:
    """PostgreSQL says nothing any more."""
    proxy.freeze()
    yield
    proxy.restore()


def question_of(number: int) -> str:
    """A question that no other has the words of, and that is answered."""
    return f"{FIRST_YEAR + number % 20}年主动公开信息多少条（{number}号）"


def stop(process: subprocess.Popen[bytes]) -> float:
    """Ask a process to stop; returns the seconds that it took.

    Raises:
        AssertionError: it did not end as it should.
    """
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    return time.monotonic() - started


def wait_for_start(api: BotApi, receiving: Receiving) -> None:
    """Wait until a process that was just started receives, or begins to."""
    method = "setWebhook" if receiving == "webhook" else "getUpdates"
    count = len(api.calls(method))
    api.wait_for(lambda: len(api.calls(method)) > count, START_SECONDS)


def _portions(whole: int, parts: int) -> Sequence[int]:
    return [whole * (part + 1) // parts - whole * part // parts for part in range(parts)]


def holds_each(texts: Sequence[str], wanted: Sequence[str]) -> bool:
    return len(texts) == len(wanted) and all(words in text for words, text in zip(wanted, texts, strict=True))
