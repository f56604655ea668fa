"""The month's bulletin as a file, for staff to finish and pass on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin to be sent.

    Attributes:
        month: the first day of the month that it is of.
        title: what it is called; its file bears that name.
        content: a Word file.
    """

    month: date
    title: str
    content: bytes


Due = Callable[[datetime], Bulletin | None]
"""The bulletin that is due at a moment; None where none is, or where nobody turned them on."""
