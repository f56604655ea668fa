"""What might be done about what the public asks and does not find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Advice(StrEnum):
    """Add an alias to what is published, or publish something."""

    ALIAS = "alias"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was suggested, as it was shown last.

    Attributes:
        number: by which it can be accepted.
        reference: of the record whose words stand for the question.
        document: id of the one that the alias is for; empty for what is to be published.
        count: how often it was asked.
    """

    number: int
    advice: Advice
    reference: str
    document: str
    count: int
