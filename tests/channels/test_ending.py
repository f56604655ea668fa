"""A process that cannot end by itself ends all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

HANGING = """
import time
from bot.channels.ending import end_in_time
end_in_time(0.1)
time.sleep(60)
"""


@pytest.mark.e2e
def test_a_process_that_hangs_ends_in_time_without_an_error() -> None:
    assert subprocess.run([sys.executable, "-c", HANGING], check=False, timeout=30).returncode == 0
