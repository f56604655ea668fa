"""A passage to its sentences."""

from __future__ import annotations

import re

# Sentences end at 。！？；, at ; ! ? as typed on a Latin keyboard, and with the line; closing quotes stay with theirs.
_SENTENCE = re.compile('[^。！？；;!?\n]+(?:[。！？；;!?]+[”’」』）)"]*)?\n*|[。！？；;!?\n]+')


def sentences(text: str) -> list[str]:
    """The sentences of a passage in order; joined together again they are the passage to the letter."""
    return _SENTENCE.findall(text)
