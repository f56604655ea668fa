"""The measures as Prometheus reads them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 60.0)
UPDATES_REMEMBERED = 10_000
"""Updates whose receipt is remembered until their reply is sent; the oldest go unmeasured."""


class Metrics:
    """Measures with a registry of their own, so that nothing of the process or the platform comes along.

    Latencies are measured from receipt by this process: what an earlier run left behind is counted, but not timed.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._received: OrderedDict[int, float] = OrderedDict()
        self._composed: set[int] = set()
        self._registry = registry = CollectorRegistry()
        self._updates = Counter("bot_updates", "Updates kept, by kind.", ["kind"], registry=registry)
        self._decisions = Counter(
            "bot_decisions",
            "Questions decided on, by verdict and kind of request.",
            ["verdict", "kind"],
            registry=registry,
        )
        self._to_composed = Histogram(
            "bot_composed_seconds",
            "From an update's receipt to its reply in the outbox.",
            buckets=BUCKETS,
            registry=registry,
        )
        self._to_sent = Histogram(
            "bot_sent_seconds",
            "From an update's receipt to its first letter taken.",
            buckets=BUCKETS,
            registry=registry,
        )
        self._letters = Counter("bot_letters_sent", "Letters taken by the channel.", registry=registry)
        self._errors = Counter(
            "bot_send_errors", "Letters not taken, by the error's class.", ["error"], registry=registry
        )
        self._database = Gauge(
            "bot_database_up", "Whether the database answered within two seconds.", registry=registry
        )
        self._receiving = Gauge("bot_receiving", "Whether updates are being received.", registry=registry)
        self._depth = Gauge("bot_waiting", "Updates and letters that wait.", ["queue"], registry=registry)
        self._failed = Gauge("bot_failed", "Updates and letters given up and still kept.", ["queue"], registry=registry)
        self._generation = Gauge("bot_generation", "The generation of what is published.", registry=registry)
        self._age = Gauge("bot_last_update_age_seconds", "Seconds since the last update came.", registry=registry)

    def received(self, update_id: int, kind: str) -> None:
        """Count an update, and time it from now on."""
        self._updates.labels(kind).inc()
        self._received[update_id] = self._clock()
        while len(self._received) > UPDATES_REMEMBERED:
            self._composed.discard(self._received.popitem(last=False)[0])

    def decided(self, verdict: str, kind: str) -> None:
        """Count a decision."""
        self._decisions.labels(verdict, kind).inc()

    def composed(self, update_id: int) -> None:
        """Time a reply, where its update came to this process."""
        if update_id in self._received and update_id not in self._composed:
            self._composed.add(update_id)
            self._to_composed.observe(self._clock() - self._received[update_id])

    def sent(self, origin: str) -> None:
        """Count a letter, and time the first of each update."""
        self._letters.inc()
        number = origin.split(":")[1] if origin.startswith("telegram:") else ""
        received = self._received.pop(int(number), None) if number.isdigit() else None
        if received is not None:
            self._composed.discard(int(number))
            self._to_sent.observe(self._clock() - received)

    def refused(self, error: str) -> None:
        """Count an error."""
        self._errors.labels(error).inc()

    def note_database(self, is_up: bool) -> None:
        """Whether the database answers; where it does not, what is known of it stays as it was."""
        self._database.set(is_up)

    def note_receiving(self, is_receiving: bool) -> None:
        """Whether updates are being received."""
        self._receiving.set(is_receiving)

    def note_queue(self, queue: str, waiting: int, failed: int) -> None:
        """How much waits in the inbox or the outbox, and how much was given up."""
        self._depth.labels(queue).set(waiting)
        self._failed.labels(queue).set(failed)

    def note_generation(self, generation: int) -> None:
        """What is published."""
        self._generation.set(generation)

    def note_age(self, seconds: float) -> None:
        """How long ago the last update came."""
        self._age.set(seconds)

    def text(self) -> bytes:
        """All of it, in the text format of Prometheus."""
        return generate_latest(self._registry)
