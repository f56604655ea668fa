"""How long words are kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """How long words are kept before the nightly run erases them; numbers, times and counts stay for good.

    Attributes:
        days: what citizens wrote and were told, from when they asked.
        application_years: who applied for what, from when the application was closed.
    """

    days: int = 365
    application_years: int = 10
