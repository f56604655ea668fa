"""The end of a process that was asked to stop: soon, whatever still hangs."""

from __future__ import annotations

import os
import threading

LONGEST_SECONDS = 9.0
"""Whoever stops a process waits ten seconds, as Docker does, and then kills it."""


def end_in_time(seconds: float = LONGEST_SECONDS) -> None:
    """End this process with 0 if it has not ended by itself by then, as where a database no longer answers.

    Nothing is lost by it: what matters is on disk before anybody is told of it, and a kill would be all that follows.
    """
    timer = threading.Timer(seconds, os._exit, (0,))
    timer.daemon = True
    timer.start()
