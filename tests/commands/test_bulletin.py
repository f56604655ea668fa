"""`bot bulletin`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.console import run
from tests.commands.test_citizens import record


def test_bulletin_is_written_in_either_form(tmp_path: Path) -> None:
    record(tmp_path, "a")
    assert "2026年3月，登记公众来询1件" in run(tmp_path, "bulletin", "2026-03").stdout
    output = tmp_path / "bulletin.docx"
    told = run(tmp_path, "bulletin", "2026-03", "--output", str(output))
    assert (told.exit_code, told.stdout) == (0, "")
    assert output.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("month", "reason"), [("2026", "write it as 2017-03"), ("9000-01", "has not begun")])
def test_month_that_cannot_be_told_of_is_refused(tmp_path: Path, month: str, reason: str) -> None:
    told = run(tmp_path, "bulletin", month)
    assert told.exit_code == 2
    assert reason in " ".join(told.stderr.replace("│", " ").split())
