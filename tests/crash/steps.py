"""The steps of a publishing, and how a process is watched as it takes them; only what a child does is wrapped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from bot.search import Index, schema
from bot.store import Disclosures
from bot.store.edition import Edition

Reached = Callable[[str], None]

READ = "the folder is read"
WRITTEN = "written to the store, not committed"
COMMITTED = "committed to the store"
LOCKED = "the index is locked"
BEGUN = "the index is about to be written"
DOCUMENT = "a document is in the index's writer"
UNCOMMITTED = "the index is not committed"
INDEXED = "the index is committed"
MERGED = "its segments are merged"
DRAFTED = "CURRENT is drafted"
NAMED = "CURRENT is named"
TURNED = "the new build answers"
HALF_DROPPED = "the old build is half dropped"
DROPPED = "the old builds are dropped"

IN_STORE = (READ, WRITTEN, COMMITTED)
IN_INDEX = (LOCKED, BEGUN, DOCUMENT, UNCOMMITTED, INDEXED, MERGED)

FIRST = (*IN_STORE, *IN_INDEX, DRAFTED, NAMED, TURNED, DROPPED)
UPDATE = (*IN_STORE, *IN_INDEX, TURNED, DROPPED)
REBUILD = (*IN_STORE, *IN_INDEX, DRAFTED, NAMED, TURNED, HALF_DROPPED, DROPPED)


def watch(reached: Reached) -> None:
    """Wrap this process's own functions, for good, so that each step is told when it is reached."""
    _wrap(Disclosures, "publish", reached, before=READ, after=COMMITTED)
    _wrap(Edition, "write", reached, after=WRITTEN)
    _wrap(Index, "update", reached, before=LOCKED)
    _wrap(Index, "rebuild", reached, before=LOCKED)
    _wrap(schema, "entries", reached, after=DOCUMENT)
    _wrap(Index, "_drop_others", reached, before=TURNED, after=DROPPED)
    _wrap(os, "replace", reached, before=DRAFTED, after=NAMED, where=lambda _, target: Path(target).name == "CURRENT")
    _watch_writer(reached)
    _watch_dropping(reached)


def _wrap(
    owner: Any,
    name: str,
    reached: Reached,
    before: str = "",
    after: str = "",
    where: Callable[..., bool] = lambda *_: True,
) -> None:
    function = getattr(owner, name)

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        told = where(*args)
        if told and before:
            reached(before)
        result = function(*args, **kwargs)
        if told and after:
            reached(after)
        return result

    setattr(owner, name, wrapped)


class _Watched:
    """Stands in for an object of tantivy's, whose types cannot be changed; passes on all but what is given."""

    def __init__(self, inner: Any, **instead: Any) -> None:
        self._inner = inner
        self.__dict__.update(instead)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _watch_writer(reached: Reached) -> None:
    write = Index._write

    def watched(self: Index, index: Any, *args: Any) -> None:
        def writer(*sizes: int) -> Any:
            inner = index.writer(*sizes)

            def commit() -> Any:
                reached(UNCOMMITTED)
                opstamp = inner.commit()
                reached(INDEXED)
                return opstamp

            return _Watched(inner, commit=commit)

        reached(BEGUN)
        write(self, _Watched(index, writer=writer), *args)  # type: ignore[arg-type]
        reached(MERGED)

    Index._write = watched  # type: ignore[assignment, method-assign]


def _watch_dropping(reached: Reached) -> None:
    rmtree = shutil.rmtree

    def watched(path: Path, *args: Any, **kwargs: Any) -> None:
        next(file for file in path.iterdir() if file.is_file()).unlink()
        reached(HALF_DROPPED)
        rmtree(path, *args, **kwargs)

    shutil.rmtree = watched  # type: ignore[assignment]
