"""How much one citizen may ask for; what is beyond it is answered later or by nobody, but never lost."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.store import Store
from bot.workdays import BEIJING

WINDOW = timedelta(minutes=5)
MOST_MESSAGES = 30
"""Messages and presses of one citizen within the window: one every ten seconds, more than anybody reads the answers to."""

MOST_PASSED_ON = 3
"""Questions of one citizen that staff are asked on one day: each costs a person's time."""

MOST_OWN = 6
"""Of what is everybody's right, so many beyond the limit: to see what is kept, to have it erased, to give up an application."""

MOST_SEARCHES = 150
"""Inline queries of one citizen within the window: Telegram asks anew at nearly every letter."""

CITIZENS_REMEMBERED = 10_000


class Windows:
    """Counts by sender, each within a window that begins with their first; what is longest silent makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._windows: OrderedDict[int, tuple[datetime, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._windows)

    def excess(self, sender: int, at: datetime) -> int:
        """Count one more; returns the how-manieth beyond the most of its window it is, 0 within it."""
        since, count = self._windows.pop(sender, (at, 0))
        if at >= since + WINDOW:
            since, count = at, 0
        self._windows[sender] = since, count + 1
        if len(self._windows) > CITIZENS_REMEMBERED:
            self._windows.popitem(last=False)
        return max(0, count + 1 - self._most)

    def is_full(self, sender: int, at: datetime) -> bool:
        """Whether the sender is beyond the most of the window that stands; counts nothing."""
        since, count = self._windows.get(sender, (at, 0))
        return at < since + WINDOW and count > self._most


class Limiter:
    """Counts what citizens send.

    Messages are counted in this process's memory: who floods across a restart gains one window. Questions for staff are
    counted in the database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._messages = Windows(MOST_MESSAGES)
        self._own = Windows(MOST_OWN)
        self._searches = Windows(MOST_SEARCHES)
        self._albums: OrderedDict[int, str] = OrderedDict()

    def excess(self, sender: int, at: datetime, album: str = "") -> int:
        """Count a message or a press; an album counts once, however many messages it is.

        Args:
            sender: who sent it, as Telegram knows them.
            at: when they did. After an outage that is long ago, and what piled up over hours is no flood.
            album: which one a message is a piece of.

        Returns:
            The how-manieth beyond the limit of its window it is; 0 within the limit.
        """
        if album and self._albums.get(sender) == album:
            # Beyond the limit whoever sent it was told so at the first piece.
            return 2 if self._messages.is_full(sender, at) else 0
        if album:
            self._albums[sender] = album
            self._albums.move_to_end(sender)
            if len(self._albums) > CITIZENS_REMEMBERED:
                self._albums.popitem(last=False)
        return self._messages.excess(sender, at)

    def may_have(self, sender: int, now: datetime) -> bool:
        """Count something beyond the limit that is everybody's right; False where that too comes too often."""
        return not self._own.excess(sender, now)

    def may_search(self, sender: int, now: datetime) -> bool:
        """Count an inline query; False beyond the limit of its window."""
        return not self._searches.excess(sender, now)

    def pass_on(self, citizen_key: str, now: datetime) -> bool:
        """Count a question that a citizen wants passed on to staff; False where it is beyond the limit of the day.

        Args:
            citizen_key: the citizen's pseudonym.
            now: which day that is, by the agency's clock.
        """
        day = now.astimezone(BEIJING).date()
        return self._store.allowances.use(citizen_key, "pass_on", day) <= MOST_PASSED_ON
