"""What a running bot does by itself every night: erase all that was kept for as long as it may be."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import Self

from bot.knowledge import RetentionUnknown
from bot.model import Retention
from bot.store import DatabaseUnavailable, Expired, Store
from bot.workdays import BEIJING

BEGINS = time(3)
"""When a night's run is due, in Beijing: hardly anybody asks then, and the day before is over."""
TURN_SECONDS = 600.0

_log = logging.getLogger(__name__)


class Nightly(AbstractContextManager["Nightly"]):
    """Looks every ten minutes whether a night's run is due: one that was missed is made up for at the next start.

    Of many workers of a database one does it. What a night finds blocked in the log of the file is tried again every turn.

    Args:
        store: whose words expire.
        retention: how long they are kept, as it is stated by then.
        clock: the time now.
    """

    def __init__(self, store: Store, retention: Callable[[], Retention], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._retention = retention
        self._clock = clock
        self._told = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nightly", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(10.0)

    def turn(self) -> Expired | None:
        """Do the night's run if it is due and nobody else is at it.

        Returns:
            What was erased; None where nothing was due.

        Raises:
            RetentionUnknown: settings.toml does not say beyond doubt how long to keep what; nothing was erased.
            DatabaseUnavailable: it went away; what was done stays done, and the run is due still.
        """
        now = self._clock()
        night = night_of(now)
        if self._store.expiry.last_night() == night:
            if self._store.erasure.unscrubbed():
                self._store.erasure.scrub()
            return None
        hold = self._store.take_hold("nightly")
        if hold is None:
            return None
        try:
            # Whoever held it a moment ago may have done it.
            return None if self._store.expiry.last_night() == night else self._expire(now, night)
        finally:
            hold.release()

    def _expire(self, now: datetime, night: date) -> Expired:
        expired = self._store.expiry.expire(self._retention(), now)
        self._store.erasure.scrub()
        self._store.expiry.note_night(night)
        return expired

    def _run(self) -> None:
        while True:
            try:
                if expired := self.turn():
                    _log.info(
                        "expired: %d records, %d applications, %d drafts, %d updates, %d letters",
                        expired.records, len(expired.applications), expired.drafts, expired.updates, expired.letters,
                    )  # fmt: skip
                self._told = ""
            except (RetentionUnknown, DatabaseUnavailable) as error:
                self._warn(str(error))
            except Exception as error:
                # The thread must not end for it, nobody would notice. Its message may quote a citizen: the class is enough.
                self._warn(type(error).__name__)
            if self._stop.wait(TURN_SECONDS):
                return

    def _warn(self, said: str) -> None:
        """Say what keeps the run from being done, once until it changes."""
        if said != self._told:
            _log.warning("the nightly run waits: %s", said)
        self._told = said


def night_of(now: datetime) -> date:
    """The night that a moment belongs to, until the next one begins: the day in Beijing on whose morning it began."""
    there = now.astimezone(BEIJING)
    return there.date() if there.time() >= BEGINS else there.date() - timedelta(days=1)
