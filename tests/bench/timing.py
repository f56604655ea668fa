"""CPU time, percentiles, and processes of their own to measure in."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Stopwatch:
    """Time since it was made, by the clock on the wall and of this process's CPU."""

    def __init__(self) -> None:
        self._started, self._cpu_started = time.perf_counter(), time.process_time()

    def seconds(self) -> float:
        """By the clock on the wall."""
        return time.perf_counter() - self._started

    def cpu_seconds(self) -> float:
        """Of all threads of this process."""
        return time.process_time() - self._cpu_started


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def apart(function: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
    """Call a function in a process of its own, so that nothing of an earlier measurement is in memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()
