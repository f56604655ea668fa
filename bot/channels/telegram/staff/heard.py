"""/log: what staff heard on the telephone, in a letter or from a visitor, as they write it down in their group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

_FORM = re.compile(r"(?P<way>[^\s:：,，|｜]+)[\s:：,，]+(?P<question>[^|｜]*)(?:[|｜](?P<reply>.*))?", re.DOTALL)
"""来电 停车怎么收费 | 已说明; the bar as either keyboard writes it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An inquiry that staff heard.

    Attributes:
        way: how it came, in their word: 来电, 来信, 来访.
        question: what was asked; not empty.
        reply: what was answered; empty where nothing was yet.
    """

    way: str
    question: str
    reply: str


@dataclass(frozen=True, slots=True)
class Entered:
    """An inquiry that stands in the register.

    Attributes:
        reference: its number.
        masked: whether personal data was found in it, and masked.
    """

    reference: str
    masked: bool


class Enter(Protocol):
    """Puts an inquiry into the register."""

    def __call__(self, heard: Heard, *, who: str, origin: str) -> Entered | None:
        """Enter it once, however often its origin comes.

        Args:
            heard: what staff heard.
            who: the name that they go by.
            origin: which message it was.

        Returns:
            None where its way is none by which inquiries come to staff.
        """


def read_heard(written: str) -> Heard | None:
    """What stands behind /log; None where it does not say how it came or what was asked."""
    found = _FORM.fullmatch(written.strip())
    if not found or not (question := found["question"].strip()):
        return None
    return Heard(found["way"], question, (found["reply"] or "").strip())
