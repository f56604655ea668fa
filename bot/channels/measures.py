"""What is counted while a channel works, for those who watch it: how much, how fast, how it ends; nothing of whom."""

from __future__ import annotations

from typing import Protocol


class Measures(Protocol):
    """Told of each step of an update; every word is one of a few, never a citizen's."""

    def received(self, update_id: int, kind: str) -> None:
        """An update was kept: message, callback_query and so on, or unreadable."""
        ...

    def decided(self, verdict: str, kind: str) -> None:
        """A question was decided on: what the decision came to, and what kind of request it was."""
        ...

    def composed(self, update_id: int) -> None:
        """What an update leads to is in the outbox."""
        ...

    def sent(self, origin: str) -> None:
        """A letter was taken; `origin` is what the outbox has, such as telegram:4711."""
        ...

    def refused(self, error: str) -> None:
        """A letter was not taken: the error's class."""
        ...


class Unmeasured:
    """Where nobody watches."""

    def received(self, update_id: int, kind: str) -> None:
        """Nothing."""

    def decided(self, verdict: str, kind: str) -> None:
        """Nothing."""

    def composed(self, update_id: int) -> None:
        """Nothing."""

    def sent(self, origin: str) -> None:
        """Nothing."""

    def refused(self, error: str) -> None:
        """Nothing."""
