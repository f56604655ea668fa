"""The search index kept at the generation of what is published, while questions are answered from it."""

from __future__ import annotations

import logging
import math
import threading
import time

from bot.model import Stamp
from bot.publishing import IndexUnavailable, refresh_index
from bot.search import Index
from bot.store import Store

STALE_SECONDS = 1.0
"""How long an answer may come from what another process has since replaced."""

_log = logging.getLogger(__name__)


class Freshness:
    """Brings a worker's index up to the store's generation; threads may share it.

    Attributes:
        catching_up: held by whoever writes the index; the others answer meanwhile from the last good one.
    """

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._looked_at = -math.inf
        self._looking = threading.Lock()
        self.catching_up = threading.Lock()

    def keep_current(self) -> Stamp:
        """The store's generation, at most a second old, with the index brought up to it.

        One thread catches up; the others answer from the last good index, as all do where none can be written.
        Where there never was one there is no answer: it would be that nothing is published.
        """
        looked = self._look_at_generation()
        unable = self._index.answering is None
        if (looked or unable) and self.catching_up.acquire(blocking=unable):
            try:
                self.refresh()
            except IndexUnavailable as error:
                if self._index.answering is None:
                    raise
                _log.warning("answering from generation %d: %s", self._index.answering, error)
            finally:
                self.catching_up.release()
        return self._stamp

    def refresh(self) -> None:
        """Bring the index to the store's generation: then the next question can be answered.

        Raises:
            IndexUnavailable: the index cannot be written.
        """
        refresh_index(self._store, self._index)

    def outdate(self) -> None:
        """Have the store looked at for the next answer, however soon that is: something was published."""
        self._looked_at = -math.inf

    def _look_at_generation(self) -> bool:
        """Read the store's generation, also while another thread catches up; False where that was done within the second."""
        with self._looking:
            if time.monotonic() - self._looked_at < STALE_SECONDS:
                return False
            self._stamp = self._store.disclosures.stamp()
            self._looked_at = time.monotonic()
            return True
