"""What matching needs to know of all that is published: how many sections there are, and in how many each token stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Protocol


class Vocabulary(Protocol):
    """The published text's tokens, as the index counts them."""

    @property
    def sections(self) -> int:
        """How many sections are published."""
        ...

    def count(self, token: str) -> int:
        """In how many sections a character bigram, lone character, Latin word or number stands."""
        ...

    def tokens(self, tokens: Iterable[str]) -> Mapping[str, int]:
        """The same of each of several."""
        ...

    def sounds(self, sounds: Iterable[str]) -> Mapping[str, int]:
        """In how many sections each pinyin bigram stands."""
        ...


def rarity(count: int, sections: int) -> float:
    """BM25's inverse document frequency: about 0 for what stands everywhere, ln(2n) for what stands nowhere."""
    return math.log(1 + (sections - count + 0.5) / (count + 0.5))
