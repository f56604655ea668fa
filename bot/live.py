"""The folder published as it changes, in the background, while questions are answered."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.knowledge import KnowledgeFolderMissing
from bot.knowledge.folder import Noticed
from bot.knowledge.watching import watch_folder
from bot.model import Finding, Severity
from bot.publishing import IndexUnavailable, Published
from bot.store import DatabaseUnavailable

RETRY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Live(AbstractContextManager["Live"]):
    """Watches a folder from its beginning to its end.

    Args:
        folder: that is watched.
        publish: publishes what was noticed in it.
        told: hears of each publishing that changed or found something, with the remarks that are new, notes left out.
        findings: remarks that were told already.
    """

    def __init__(
        self,
        folder: Path,
        publish: Callable[[Noticed], Published],
        told: Callable[[Published, tuple[Finding, ...]], None],
        findings: Collection[Finding] = (),
    ) -> None:
        self._folder = folder
        self._publish = publish
        self._told = told
        self._findings = frozenset(findings)
        self._stop = threading.Event()
        self._publishing = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(10.0)

    def publish_now(self) -> None:
        """Publish without waiting for a change, such as when a scan was recognised."""
        self._try(Noticed(frozenset()))

    def _run(self) -> None:
        for noticed in watch_folder(self._folder, self._stop):
            while not self._try(noticed) and not self._stop.wait(RETRY_SECONDS):
                pass

    def _try(self, noticed: Noticed) -> bool:
        """Publish once; whatever comes of it, what stood before answers on."""
        with self._publishing:
            return self._publish_once(noticed)

    def _publish_once(self, noticed: Noticed) -> bool:
        try:
            published = self._publish(noticed)
        except (KnowledgeFolderMissing, DatabaseUnavailable, IndexUnavailable) as error:
            _log.warning("the last good state answers on: %s", error)
            return False
        except Exception as error:
            # The thread must not end for it, nobody would notice. Its message may quote a document: the class is enough.
            _log.error(
                "the last good state answers on: %s", type(error).__name__, exc_info=_log.isEnabledFor(logging.DEBUG)
            )
            return False
        findings = [finding for finding in published.findings if finding.severity is not Severity.NOTE]
        fresh = tuple(finding for finding in findings if finding not in self._findings)
        self._findings = frozenset(findings)
        if published.changes.any or fresh:
            self._told(published, fresh)
        return True
