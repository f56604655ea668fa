"""What runs in processes of its own. They are forked from one that has imported the house, so each starts in no time."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bot import freshness
from bot.app import App
from bot.foreseeable import FORESEEABLE
from bot.settings import Settings
from tests.crash.states import Seen, cycle, look, quoted
from tests.crash.steps import READ, watch

CONTEXT = multiprocessing.get_context("forkserver")
# What a child imports late is imported here too: alembic with a database's first tables, pytest because it is our __main__.
CONTEXT.set_forkserver_preload(["pytest", "alembic.command", "bot.answering", "tests.crash.children"])
PATIENCE_SECONDS = 30.0


def run(task: Callable[..., object], *args: object) -> int:
    """A process's exit code; -9 where it was killed."""
    process = CONTEXT.Process(target=task, args=args)
    process.start()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode is not None, "it hangs"
    return process.exitcode


def result_of(task: Callable[..., None], *args: object) -> Any:
    """What a process sends back over a pipe of its own."""
    with started(task, *args) as (process, pipe):
        answer = pipe.recv()
        process.join(PATIENCE_SECONDS)
    return answer


@contextmanager
def started(task: Callable[..., None], *args: object) -> Iterator[tuple[Any, Connection[Any, Any]]]:
    """A process and our end of its pipe; killed at the end where it still runs."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=task, args=(theirs, *args))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join(PATIENCE_SECONDS)
        ours.close()


def sync(settings: Settings) -> None:
    """As `bot sync` does."""
    with App(settings) as app:
        app.sync()


def sync_until(settings: Settings, step: str) -> None:
    """Sync, and be killed at a step."""

    def reached(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    watch(reached)
    sync(settings)


def steps_of_sync(pipe: Connection[Any, Any], settings: Settings) -> None:
    """Tell which steps a sync takes, in order."""
    taken: list[str] = []
    watch(taken.append)
    sync(settings)
    pipe.send(tuple(dict.fromkeys(taken)))


def sync_when_told(pipe: Connection[Any, Any], settings: Settings) -> None:
    """Read the folder, say so, and publish what was read when told."""

    def reached(name: str) -> None:
        if name == READ:
            pipe.send(name)
            pipe.recv()

    watch(reached)
    sync(settings)
    pipe.send("done")


def sync_forever(pipe: Connection[Any, Any], settings: Settings, version: int) -> None:
    """Change the folder and sync, over and over, each time as a process would that has just started; tell of each."""
    while True:
        version += 1
        cycle(settings.knowledge, version)
        sync(settings)
        pipe.send(version)


def sync_often(settings: Settings, times: int) -> None:
    """Sync whatever stands in the folder, over and over."""
    for _ in range(times):
        sync(settings)


def look_afresh(pipe: Connection[Any, Any], settings: Settings) -> None:
    """Tell what a process sees that has just started."""
    with App(settings) as app:
        pipe.send(look(app))


def sync_and_look(pipe: Connection[Any, Any], settings: Settings) -> None:
    """Sync, then tell what is seen by whoever starts afterwards."""
    sync(settings)
    look_afresh(pipe, settings)


def seen_afresh(settings: Settings) -> Seen:
    """What a process sees that has just started."""
    seen = result_of(look_afresh, settings)
    assert isinstance(seen, Seen)
    return seen


class _Heard(logging.Handler):
    """Keeps what was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def serve(pipe: Connection[Any, Any], settings: Settings, question: str) -> None:
    """Answer one question over and over, in two threads, and do what the pipe says meanwhile."""
    freshness.STALE_SECONDS = 0.0
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    answers: list[tuple[float, str]] = []
    with App(settings) as app:

        def ask() -> None:
            while True:
                begun = time.monotonic()
                try:
                    answers.append((begun, quoted(app, question)))
                except Exception as error:
                    answers.append((begun, f"{type(error).__name__}: {error}"))

        for _ in range(2):
            threading.Thread(target=ask, daemon=True).start()
        with suppress(EOFError):
            while True:
                pipe.send(_obey(app, pipe.recv(), answers, heard.messages))
    os._exit(0)


# ("answers", 10) gives the answers to at least ten questions that were asked after it; ("messages",) waits for one.
def _obey(app: App, command: tuple[Any, ...], answers: list[tuple[float, str]], messages: list[str]) -> object:
    match command:
        case ("look",):
            return look(app)
        case ("answers", int(least)):
            now = time.monotonic()
            while len(later := [answer for begun, answer in tuple(answers) if begun > now]) < least:
                time.sleep(0.002)
            answers.clear()
            return set(later)
        case ("messages",):
            while not messages:
                time.sleep(0.002)
            said, messages[:] = messages[:], []
            return said
        case ("refresh",):
            try:
                app.refresh()
            except FORESEEABLE as error:
                return str(error)
            return ""
        case ("limit", size):
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))
            return None
    raise ValueError(command)


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers one question over and over, in two threads."""

    process: Any
    pipe: Connection[Any, Any]

    def tell(self, *command: object) -> Any:
        """Have a command carried out, and what comes of it; EOFError where the process has died."""
        self.pipe.send(command)
        assert self.pipe.poll(PATIENCE_SECONDS), "it hangs"
        return self.pipe.recv()


@contextmanager
def serving(settings: Settings, question: str) -> Iterator[Server]:
    """A server that has answered for the first time."""
    with started(serve, settings, question) as (process, pipe):
        server = Server(process, pipe)
        server.tell("answers", 1)
        yield server


def watch_states(pipe: Connection[Any, Any], settings: Settings) -> None:
    """Look at store and index over and over until told to stop; tell every set of documents that was seen at once."""
    freshness.STALE_SECONDS = 0.0
    stored: set[frozenset[str]] = set()
    indexed: set[frozenset[str]] = set()
    with App(settings) as app:
        app.refresh()
        pipe.send("ready")
        while not pipe.poll():
            app.refresh()
            seen = look(app, questions=())
            stored.add(seen.stored)
            indexed.add(seen.indexed)
        pipe.send((stored, indexed))
