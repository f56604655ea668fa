"""Processes that read files: several at once, each file within its limits, and none that outlives its file's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any

from bot.knowledge.limits import MEMORY_BYTES, SECONDS, START_SECONDS, TEXT_SECONDS
from bot.knowledge.reading import Basis, Task, refused
from bot.model import KnownFile


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process made of a file.

    Attributes:
        documents: pickled, as they are kept until they are published.
        count: how many they are.
        same, moving: as of ``ReadFile``.
    """

    file: KnownFile
    documents: bytes = b""
    count: int = 0
    same: bool = False
    moving: bool = False


@dataclass(slots=True)
class _Process:
    """One process.

    Attributes:
        deadline: of the task in hand, on the monotonic clock.
        begun: whether it has told that it reads; until then its own start is waited for, which is no file's fault.
    """

    popen: subprocess.Popen[bytes]
    pipe: Connection[Any, Any]
    task: Task | None = None
    deadline: float = 0.0
    begun: bool = False

    def give(self, task: Task) -> None:
        self.task = task
        self._wait(_seconds(task) if self.begun else START_SECONDS)
        # One that has died tells so when its answer is waited for.
        with suppress(OSError):
            self.pipe.send(task)

    def begin(self) -> None:
        """Its clock runs from now on."""
        self.begun = True
        if self.task:
            self._wait(_seconds(self.task))

    def _wait(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def end(self) -> int:
        """Kill it, and how it ended: a signal's number is negative."""
        self.pipe.close()
        if self.popen.poll() is None:
            self.popen.kill()
        return self.popen.wait()


@dataclass
class ReadingProcesses:
    """A few processes that read one file after another; started when there is something to read, ended with the context.

    Attributes:
        count: how many at once; as many as there are processors to run on without it.
    """

    basis: Basis
    count: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    _processes: list[_Process] = field(default_factory=list)
    started: int = 0

    def __enter__(self) -> ReadingProcesses:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.end()
        self._processes.clear()

    def read(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Read files, in whatever order they are done; one that exceeds its limits is refused."""
        waiting = iter(tasks)
        self._hand_out(waiting)
        while busy := [process for process in self._processes if process.task]:
            patience = max(0.0, min(process.deadline for process in busy) - time.monotonic())
            ready = wait([process.pipe for process in busy], patience)
            for process in busy:
                if process.task is None:
                    continue
                if process.pipe in ready:
                    if outcome := self._receive(process, process.task):
                        yield outcome
                elif time.monotonic() >= process.deadline:
                    yield self._give_up(process, process.task, late=True)
            self._hand_out(waiting)

    def _hand_out(self, waiting: Iterator[Task]) -> None:
        for process in self._processes:
            if process.task is None and (task := next(waiting, None)):
                process.give(task)
        while len(self._processes) < self.count and (task := next(waiting, None)):
            process = self._start()
            self._processes.append(process)
            process.give(task)

    def _start(self) -> _Process:
        ours, theirs = Pipe()
        # Modules are found where we find them, and never in the folder that the program happens to be started in.
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "HOME") if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        popen = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "bot.knowledge.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self.started += 1
        with suppress(OSError):
            ours.send(self.basis)
        return _Process(popen, ours)

    def _receive(self, process: _Process, task: Task) -> Outcome | None:
        """What came of a file; None where the process tells that it begins."""
        try:
            told = process.pipe.recv()
        except (EOFError, OSError):
            return self._give_up(process, task, late=False)
        if told is None:
            process.begin()
            return None
        process.task = None
        return Outcome(*told)

    def _give_up(self, process: _Process, task: Task, *, late: bool) -> Outcome:
        self._processes.remove(process)
        code = process.end()
        if late or -code in (signal.SIGXCPU, signal.SIGALRM):
            reason, remedy = f"reading it takes longer than {_seconds(task)} seconds", "split it, or save it anew"
        elif task.limited and -code in (signal.SIGKILL, signal.SIGABRT):
            reason = f"reading it takes more than {MEMORY_BYTES // 1_000_000} MB of memory, or breaks the reader"
            remedy = "split it, or save it anew"
        else:
            reason, remedy = f"it breaks the reader ({_ending(code)})", "save it anew, or as Markdown (.md)"
        # Known as it was found, so that it is not tried again until it changes.
        file = refused(task.name, reason, remedy, print_=task.fingerprint, basis=self.basis.digest)
        return Outcome(file)


def _seconds(task: Task) -> float:
    return SECONDS if task.limited else TEXT_SECONDS


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
