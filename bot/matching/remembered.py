"""What was worked out once, and is looked up from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """A function's values by what they are asked for; a look-up takes no call.

    Args:
        work_out: gives the value that is missing.
        most: when so many are remembered, all are forgotten; None where only one question is looked at.
    """

    def __init__(self, work_out: Callable[[_Key], _Value], most: int | None = None) -> None:
        super().__init__()
        self._work_out = work_out
        self._most = most

    def __missing__(self, key: _Key) -> _Value:
        if self._most is not None and len(self) >= self._most:
            self.clear()
        value = self[key] = self._work_out(key)
        return value
