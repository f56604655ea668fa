"""One process a bot: two would answer each question twice."""

from __future__ import annotations

import asyncio
import time

import structlog

from bot.channels import ChannelRefused
from bot.store import Hold, Store

log = structlog.get_logger()

PATIENCE_SECONDS = 3.0
"""PostgreSQL takes a moment to notice that a killed process is gone."""

GLANCE_SECONDS = 0.1
CHECK_SECONDS = 5.0


class AnotherInstance(ChannelRefused):
    """Another process serves the same bot."""

    def __init__(self) -> None:
        super().__init__("another process is receiving this bot's updates; stop it, or give this one a bot of its own")


class Alone:
    """The right to receive, which one process of a database has at a time.

    Telegram says 409 to a second one that polls, but to the first as well, and says nothing where there is a webhook.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hold: Hold | None = None

    async def claim(self) -> None:
        """Become the one that receives.

        Raises:
            AnotherInstance: another process is it.
            DatabaseUnavailable: nobody can tell.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not await self._take():
            if time.monotonic() > deadline:
                raise AnotherInstance
            await asyncio.sleep(GLANCE_SECONDS)

    async def watch(self) -> None:
        """See to it, until cancelled, that it stays so: PostgreSQL lets go of a hold when its connection breaks.

        Raises:
            AnotherInstance: another process took over meanwhile.
        """
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                if self._hold is None or not await asyncio.to_thread(self._hold.stands):
                    self._hold = None
                    await self.claim()
            except AnotherInstance:
                raise
            except Exception as error:
                # While the database is away nobody else can take over either.
                log.warning("telegram.hold", error=type(error).__name__)

    def release(self) -> None:
        """Let another process receive."""
        if self._hold:
            self._hold.release()

    async def _take(self) -> bool:
        self._hold = await asyncio.to_thread(self._store.take_hold, "receiving")
        return self._hold is not None
