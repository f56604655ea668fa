"""Notices when something in a folder has changed and come to rest, by the system's notices or by looking."""

from __future__ import annotations

import logging
import os
import threading
import time
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.knowledge.folder import Noticed
from bot.knowledge.walk import Found, is_ignored, walk

QUIET_SECONDS = 0.12
"""A file that has not changed for so long is taken to be whole."""

PATIENCE_SECONDS = 2.0
"""So long is waited for everything to come to rest; what is still being written then is left for later."""

LOOK_SECONDS = 300.0
"""How often the folder is looked through though nothing was noticed: notices get lost, on network drives all of them."""

MANY = 1_000
"""Changes at once from which the whole folder is looked through."""

_GATHER_MS, _MOST_MS, _WAKE_MS, _POLL_MS = 60, 1500, 500, 300

_log = logging.getLogger(__name__)


def watch_folder(root: Path, stop: threading.Event) -> Iterator[Noticed]:
    """What may have changed, each time that the folder should be read.

    Args:
        root: need not be there yet, and may be replaced by another folder, or a link to one.
        stop: ends it within half a second.
    """
    waiting: frozenset[str] = frozenset()
    looked = time.monotonic()
    for noticed in _noticed(root, stop):
        late = time.monotonic() - looked > LOOK_SECONDS
        if not (noticed or waiting or late):
            continue
        # Where there were many, the system may have lost some.
        whole = late or "" in noticed or len(noticed) > MANY
        names = noticed | waiting | ({""} if whole else set())
        waiting = _come_to_rest(root, names, stop)
        if stop.is_set():
            return
        yield Noticed(None if whole else names, frozenset(unicodedata.normalize("NFC", name) for name in waiting))
        if whole:
            looked = time.monotonic()


def _noticed(root: Path, stop: threading.Event) -> Iterator[frozenset[str]]:
    """What changed, and nothing about twice a second."""
    polling: bool | None = None
    while not stop.is_set():
        identity = _identity(root)
        if identity is None:
            stop.wait(_WAKE_MS / 1000)
            continue
        try:
            yield from _noticed_in(root, identity, stop, polling=polling)
        except OSError as error:
            # Also where the system has no notices left for us, or none for such a drive.
            _log.warning("%s: looked at all the time, for it cannot be watched (%s)", root.name, type(error).__name__)
            polling = True
            stop.wait(_WAKE_MS / 1000)


def _noticed_in(
    root: Path, identity: tuple[str, int], stop: threading.Event, *, polling: bool | None
) -> Iterator[frozenset[str]]:
    # Its import takes as long as all else that a start needs.
    from watchfiles import watch

    real = root.resolve()
    noticed = watch(
        real,
        watch_filter=None,
        debounce=_MOST_MS,
        step=_GATHER_MS,
        rust_timeout=_WAKE_MS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        force_polling=polling,
        poll_delay_ms=_POLL_MS,
        ignore_permission_denied=True,
    )
    # Whatever changed before the watch stood was not noticed: all of it may be new.
    unseen = frozenset({""})
    for changes in noticed:
        names = (os.path.relpath(path, real).replace(os.sep, "/") for _, path in changes)
        yield unseen | {name for name in names if not any(map(is_ignored, name.split("/")))}
        unseen = frozenset()
        if _identity(root) != identity:
            return


def _identity(root: Path) -> tuple[str, int] | None:
    try:
        return str(root.resolve()), root.stat().st_ino
    except OSError:
        return None


def _come_to_rest(root: Path, names: Collection[str], stop: threading.Event) -> frozenset[str]:
    """Wait until files stand still, and those that do not in the end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    before = _look(root, names)
    while True:
        stop.wait(QUIET_SECONDS)
        after = _look(root, names)
        moving = frozenset(name for name, _ in before.items() ^ after.items())
        if not moving or stop.is_set() or time.monotonic() > deadline:
            return moving
        before = after


def _look(root: Path, names: Collection[str]) -> dict[str, str]:
    """The fingerprint of each file of these names, or of all; spelled as on the disk, as they are watched."""
    there = (found for found in walk(root, names) if isinstance(found, Found))
    return {os.path.relpath(found.path, root).replace(os.sep, "/"): found.fingerprint for found in there}
