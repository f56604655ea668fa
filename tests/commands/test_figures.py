"""`bot stats`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.console import run
from tests.commands.test_citizens import record


def test_stats_count_the_records_of_the_time(tmp_path: Path) -> None:
    record(tmp_path, "a")
    for arguments, registered in (
        (("--year", "2026"), 1), (("--year", "2025"), 0), (("--month", "2026-03"), 1), (("--month", "2026-02"), 0),
        (("--from", "2026-03-01", "--to", "2026-03-03"), 1), (("--from", "2026-03-04", "--to", "2026-03-05"), 0),
    ):  # fmt: skip
        told = run(tmp_path, "stats", *arguments, "--format", "json")
        assert (told.exit_code, json.loads(told.stdout)["registered"]) == (0, registered), arguments


def test_stats_are_written_into_files(tmp_path: Path) -> None:
    record(tmp_path, "a")
    output, charts = tmp_path / "figures.xlsx", tmp_path / "charts"
    told = run(
        tmp_path, "stats", "--year", "2026", "--format", "xlsx", "--output", str(output), "--charts", str(charts)
    )
    assert (told.exit_code, told.stdout) == (0, "")
    assert output.read_bytes().startswith(b"PK")
    assert (charts / "channel.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--year", "2026", "--month", "2026-03"), "give one of"),
        (("--month", "3"), "write it as 2017-03"),
        (("--to", "2026-03-01"), "--to needs --from"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "comes before"),
        (("--format", "xlsx"), "needs --output"),
    ],
)
def test_what_cannot_be_counted_is_said(tmp_path: Path, arguments: tuple[str, ...], reason: str) -> None:
    told = run(tmp_path, "stats", *arguments)
    assert told.exit_code == 2
    assert reason in " ".join(told.stderr.replace("│", " ").split())


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    told = run(tmp_path, "stats", "--output", str(tmp_path / "none" / "figures.txt"))
    assert told.exit_code == 2
    assert "name a file in a folder that can be written" in told.stderr
