"""What was made of each of many things, made anew only of those that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

_Source = TypeVar("_Source")
_Made = TypeVar("_Made")


class Kept(Generic[_Source, _Made]):
    """Keeps the last round's; sources that are the same objects as then are told apart from others at no cost.

    Not for two threads at once.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[_Source, _Made]] = {}
        self._under: object = None

    def through(
        self, sources: Iterable[tuple[str, _Source]], under: object, make: Callable[[_Source], _Made]
    ) -> Iterator[tuple[str, _Made]]:
        """Go through a round of (name, source), and keep what is made of each.

        Args:
            sources: each name once.
            under: what else decides what is made; where it is another one than in the last round, all are made anew.
            make: makes it of a source.
        """
        before = self._made if under == self._under else {}
        made = self._made = dict[str, tuple[_Source, _Made]]()
        self._under = under
        for name, source in sources:
            kept = before.get(name)
            if kept is None or kept[0] != source:
                kept = source, make(source)
            made[name] = kept
            yield name, kept[1]


__all__ = ["Kept"]
