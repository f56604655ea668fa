"""How fast Telegram lets a bot write: 30 messages a second in all, one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

OVERALL_SECONDS = 1 / 30
CHAT_SECONDS = 1.0
GROUP_MESSAGES = 20
GROUP_SECONDS = 60.0
# A chat that nothing was written to for so long needs no memory.
CHATS_REMEMBERED = 10_000


class Pace:
    """Keeps to the limits; a chat that Telegram asked to leave alone is left alone by itself.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def wait(self, chat: int) -> float:
        """Seconds until a message may be sent to a chat; 0 where it may be now."""
        return max(self._next - self._clock(), self.rest(chat))

    def rest(self, chat: int) -> float:
        """Seconds until a chat may be written to as far as it alone is concerned, whatever goes to others."""
        now = self._clock()
        return max(0.0, self._chats.get(chat, 0.0) - now, self._group_wait(chat, now))

    def note(self, chat: int) -> None:
        """Count a message that is being sent."""
        now = self._clock()
        # Evenly, not in bursts; half a place may be caught up, or a slow machine would never reach the limit.
        self._next = max(self._next, now - OVERALL_SECONDS / 2) + OVERALL_SECONDS
        self._leave_alone(chat, now + CHAT_SECONDS)
        if chat < 0:
            self._groups.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(now)

    def hold(self, chat: int, seconds: float) -> None:
        """Leave a chat alone for so long."""
        self._leave_alone(chat, self._clock() + seconds)

    def hold_all(self, seconds: float) -> None:
        """Send nothing to anybody for so long."""
        self._next = max(self._next, self._clock() + seconds)

    def _group_wait(self, chat: int, now: float) -> float:
        sent = self._groups.get(chat)
        return sent[0] + GROUP_SECONDS - now if sent and len(sent) == GROUP_MESSAGES else 0.0

    def _leave_alone(self, chat: int, until: float) -> None:
        self._chats[chat] = max(until, self._chats.get(chat, 0.0))
        self._chats.move_to_end(chat)
        while len(self._chats) > CHATS_REMEMBERED:
            forgotten, _ = self._chats.popitem(last=False)
            self._groups.pop(forgotten, None)
