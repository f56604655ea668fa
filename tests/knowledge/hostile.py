"""Readers that do to a reading process what a broken file may make a reader do; named by module, so that it finds them."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable
from datetime import date

from bot.knowledge.manuscript import Manuscript, Reading
from bot.knowledge.stated import Stated
from bot.model import Section


def _loop() -> None:
    while True:
        pass


def _allocate() -> None:
    hoard = []
    while True:
        hoard.append(bytes(10_000_000))


def _raise() -> None:
    raise KeyError("a citizen's words")


def _recurse() -> None:
    _recurse()


HOSTILE: dict[bytes, Callable[[], object]] = {
    b"loop": _loop,
    b"sleep": lambda: time.sleep(1000),
    b"allocate": _allocate,
    b"crash": lambda: ctypes.memset(0, 0, 1),
    b"exit": lambda: os._exit(3),
    b"raise": _raise,
    b"recurse": _recurse,
}


def read_hostile(data: bytes) -> Reading:
    """Do what the file says; anything else is its text, two words apart."""
    if data in HOSTILE:
        HOSTILE[data]()
    text = data.decode()
    if data == b"pid":
        text = f"进程{os.getpid()}。"
    elif data == b"secret":
        text = f"{sorted(name for name in os.environ if 'TOKEN' in name or 'BOT' in name)}。"
    stated = Stated(title="题", published_on=date(2018, 1, 1))
    return Reading((Manuscript(stated, (Section("1", (), text, 1),)),))
