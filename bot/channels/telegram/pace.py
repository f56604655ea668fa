"""How fast Telegram lets a bot write: 30 messages a second in all, one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

OVERALL_SECONDS = 1 / 30
CHAT_SECONDS = 1.0
GROUP_MESSAGES = 20
GROUP_SECONDS = 60.0


class Pace:
    """Keeps to the limits; a chat that Telegram asked to leave alone is left alone by itself.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = 0.0
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}

    def wait(self) -> float:
        """Seconds until a message may be sent to anybody; 0 where it may be now."""
        return max(0.0, self._next - self._clock())

    def resting(self) -> Mapping[int, float]:
        """The chats that may not be written to now, whatever goes to others, each with the seconds until it may."""
        now = self._clock()
        # What is over needs no memory.
        self._chats = {chat: until for chat, until in self._chats.items() if until > now}
        self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + GROUP_SECONDS > now}
        seconds = {chat: until - now for chat, until in self._chats.items()}
        for chat, sent in self._groups.items():
            if len(sent) == GROUP_MESSAGES and (left := sent[0] + GROUP_SECONDS - now) > 0:
                seconds[chat] = max(left, seconds.get(chat, 0.0))
        return seconds

    def note(self, chat: int) -> None:
        """Count a message that is being sent."""
        now = self._clock()
        # Evenly, not in bursts; half a place may be caught up, or a slow machine would never reach the limit.
        self._next = max(self._next, now - OVERALL_SECONDS / 2) + OVERALL_SECONDS
        self.hold(chat, CHAT_SECONDS)
        if chat < 0:
            self._groups.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(now)

    def hold(self, chat: int, seconds: float) -> None:
        """Leave a chat alone for so long."""
        self._chats[chat] = max(self._clock() + seconds, self._chats.get(chat, 0.0))

    def hold_all(self, seconds: float) -> None:
        """Send nothing to anybody for so long."""
        self._next = max(self._next, self._clock() + seconds)
