"""What an update leads to, committed in one transaction with the end of that update."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.channels.clock import utc_now
from bot.channels.measures import Measures, Unmeasured
from bot.channels.telegram.receive import InboxQueue
from bot.model import Letter
from bot.store import Store


class Post:
    """Files letters and settles updates; the courier is woken when the transaction is through.

    Attributes:
        store: where both are kept.
        measures: told what becomes of an update.
    """

    def __init__(
        self,
        store: Store,
        queue: InboxQueue,
        now: Callable[[], datetime] = utc_now,
        measures: Measures | None = None,
    ) -> None:
        self.store = store
        self.measures = measures or Unmeasured()
        self._queue = queue
        self._now = now
        self.wake: Callable[[], None] = lambda: None

    def file(self, update_id: int, letters: Sequence[Letter]) -> None:
        """Keep what an update leads to, and note that the update is dealt with; to be called within a transaction."""
        self.store.outbox.put(letters, f"telegram:{update_id}", self._now())
        self.store.inbox.finish(update_id)

    async def send(self, update_id: int, letters: Sequence[Letter]) -> None:
        """Keep what an update leads to, and note that it is dealt with, both or neither."""

        def write() -> None:
            with self.store.together():
                self.file(update_id, letters)

        await asyncio.to_thread(write)
        self.done(update_id)

    async def fail(self, update_id: int, reason: str, letters: Sequence[Letter]) -> None:
        """Keep an apology, and note that the update could not be dealt with, both or neither."""

        def write() -> None:
            with self.store.together():
                self.store.outbox.put(letters, f"telegram:{update_id}", self._now())
                self.store.inbox.fail(update_id, reason)

        await asyncio.to_thread(write)
        self.done(update_id)

    def interrupt(self, update_id: int) -> bool:
        """Have an update dealt with anew when the database is back; False where that has come too often."""
        return self._queue.interrupt(update_id)

    def done(self, update_id: int) -> None:
        """Say that an update's transaction is through."""
        self._queue.settled(update_id)
        self.measures.composed(update_id)
        self.wake()
