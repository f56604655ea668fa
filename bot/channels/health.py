"""A port for those who watch: whether the process lives, whether it can answer, and its measures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.clock import utc_now
from bot.channels.listening import listening
from bot.channels.metrics import Metrics
from bot.model import Backlog
from bot.settings import Address
from bot.store import Store

log = structlog.get_logger()

LOOK_SECONDS = 2.0
"""How long the database may take to answer before it counts as gone."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the database says."""

    generation: int
    inbox: Backlog
    outbox: Backlog
    last_update: datetime | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions can be answered, and what it takes.

    Attributes:
        database: whether it answered in time.
        index: the generation that this worker answers from; 0 where it has none.
        receiving: whether updates are asked for, or can be brought.
    """

    database: bool
    index: int
    receiving: bool

    @property
    def is_ready(self) -> bool:
        """All of it."""
        return self.database and self.index > 0 and self.receiving


class Health:
    """Answers /health, /ready and /metrics.

    Args:
        address: where; not to be seen from outside.
        store: asked with each look at it, in a thread of its own: those of the channel may all wait for the database.
        index: the generation that this worker answers from; None where it has none.

    Attributes:
        measures: what the channel is to tell.
    """

    def __init__(
        self,
        address: Address,
        store: Store,
        index: Callable[[], int | None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.measures = Metrics()
        self._receiving = False
        self._address = address
        self._store = store
        self._index = index
        self._now = now
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self._looking: asyncio.Future[_Sight] | None = None
        self.application = Starlette(
            routes=[Route("/health", self._health), Route("/ready", self._ready), Route("/metrics", self._metrics)]
        )

    def listening(self) -> AbstractAsyncContextManager[None]:
        """Serve until the block ends.

        Raises:
            CannotListen: the address cannot be used.
        """
        return listening(self.application, self._address, "BOT_HEALTH_LISTEN")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Say that updates are received until the block ends."""
        self._receiving = True
        try:
            yield
        finally:
            self._receiving = False

    async def _health(self, request: Request) -> Response:
        """The loop turns, or this would not be answered."""
        return PlainTextResponse("ok\n")

    async def _ready(self, request: Request) -> Response:
        found = Readiness(await self._look() is not None, self._index() or 0, self._receiving)
        return JSONResponse({"ready": found.is_ready, **asdict(found)}, 200 if found.is_ready else 503)

    async def _metrics(self, request: Request) -> Response:
        sight = await self._look()
        self.measures.note_database(sight is not None)
        self.measures.note_receiving(self._receiving)
        if sight:
            self.measures.note_generation(sight.generation)
            for name, backlog in (("inbox", sight.inbox), ("outbox", sight.outbox)):
                self.measures.note_queue(name, backlog.waiting, backlog.failed)
            if sight.last_update:
                self.measures.note_age((self._now() - sight.last_update).total_seconds())
        return Response(self.measures.text(), media_type=CONTENT_TYPE_LATEST)

    async def _look(self) -> _Sight | None:
        """What the database says; None where it says nothing in time. One look at a time, however many ask."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().run_in_executor(self._thread, self._read)
        await asyncio.wait({self._looking}, timeout=LOOK_SECONDS)
        if not self._looking.done():
            return None
        if error := self._looking.exception():
            log.warning("health.database", error=type(error).__name__)
            return None
        return self._looking.result()

    def _read(self) -> _Sight:
        store = self._store
        backlogs = store.inbox.backlog(), store.outbox.backlog()
        return _Sight(store.disclosures.generation(), *backlogs, store.inbox.last_received())
