"""Scans of the folder, recognised one after the other in a process of their own while questions are answered."""

from __future__ import annotations

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.model import Finding

_log = logging.getLogger(__name__)

# Answers come first: the recognition takes what is left of the processors.
_NICE = ("nice", "-n", "19")
_COMMAND = (sys.executable, "-m", "bot", "recognise")


class Scans(AbstractContextManager["Scans"]):
    """Recognises what it is offered, each file once in its life.

    Args:
        folder: that the files are in.
        done: called after each file that was recognised, so that it is published.
        command: that recognises the file whose path is put behind it; its lines are progress.
    """

    def __init__(self, folder: Path, done: Callable[[], object], command: Iterable[str] = (*_NICE, *_COMMAND)) -> None:
        self._folder = folder
        self._done = done
        self._command = tuple(command)
        self._offered: set[str] = set()
        self._waiting: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._running: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="scans", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.put(None)
        if self._running:
            self._running.terminate()
        self._thread.join(5.0)

    def offer(self, findings: Iterable[Finding]) -> None:
        """Take up the scans among what was remarked on."""
        for path in dict.fromkeys(finding.path for finding in findings if finding.rule == "scan"):
            if path not in self._offered:
                self._offered.add(path)
                self._waiting.put(self._folder / path.partition("/")[2])

    def _run(self) -> None:
        while path := self._waiting.get():
            try:
                if self._recognise(path):
                    self._done()
            except OSError as error:
                _log.warning("%s: the text of the scan is not recognised (%s)", path.name, error.strerror)

    def _recognise(self, path: Path) -> bool:
        with subprocess.Popen(  # noqa: S603 - this program itself, without a shell
            (*self._command, str(path)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            self._running = process
            for line in process.stderr or ():
                _log.info("recognising %s", line.strip())
        self._running = None
        return process.returncode == 0
