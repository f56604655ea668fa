"""`bot bulletin`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.console import run
from tests.commands.test_citizens import record
from tests.houses import AGENCIES, PARKING
from tests.knowledge.places import write_folder


def test_bulletin_is_written_in_either_form(tmp_path: Path) -> None:
    record(tmp_path, "a")
    assert "2026年3月，登记公众来询1件" in run(tmp_path, "bulletin", "2026-03").stdout
    output = tmp_path / "bulletin.docx"
    told = run(tmp_path, "bulletin", "2026-03", "--output", str(output))
    assert (told.exit_code, told.stdout) == (0, "")
    assert output.read_bytes().startswith(b"PK")


def test_bulletin_of_one_agency_counts_what_it_was_asked(tmp_path: Path) -> None:
    """A record that names no agency is the default one's."""
    second = '\n[fgw]\nname = "随州市发展和改革委员会"\n'
    write_folder(tmp_path, {"agencies.toml": AGENCIES + second, "items/parking.md": PARKING})
    assert run(tmp_path, "sync").exit_code == 0
    record(tmp_path, "a")
    theirs = run(tmp_path, "bulletin", "2026-03", "--agency", "fgw").stdout
    assert "2026年3月，随州市发展和改革委员会登记公众来询0件" in theirs
    assert "随州市招商局登记公众来询1件" in run(tmp_path, "bulletin", "2026-03", "--agency", "zsj").stdout
    refused = run(tmp_path, "bulletin", "2026-03", "--agency", "gone")
    assert refused.exit_code == 2
    assert "写明一个：zsj、fgw" in refused.stderr


@pytest.mark.parametrize(("month", "reason"), [("2026", "write it as 2017-03"), ("9000-01", "has not begun")])
def test_month_that_cannot_be_told_of_is_refused(tmp_path: Path, month: str, reason: str) -> None:
    told = run(tmp_path, "bulletin", month)
    assert told.exit_code == 2
    assert reason in " ".join(told.stderr.replace("│", " ").split())
