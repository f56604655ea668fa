"""Scans are recognised while the bot serves, and published when they are."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from bot.app import App
from bot.model import Finding, Severity
from bot.scans import Scans
from tests.houses import write_house
from tests.knowledge.test_pdf import scanned

# What `bot recognise` does, without the extra: it keeps a text under the file's hash, and tells its progress.
RECOGNISE = """
import hashlib, json, pathlib, sys
path = pathlib.Path(sys.argv[1])
kept = pathlib.Path("var/ocr", hashlib.sha256(path.read_bytes()).hexdigest() + ".json")
kept.parent.mkdir(parents=True, exist_ok=True)
kept.write_text(json.dumps({"1": [[50, 100, 350, 114, "泊位收费每小时七元。", 0.99]]}))
print("1 of 1 pages", file=sys.stderr)
"""


@pytest.mark.e2e
def test_a_scan_answers_once_its_text_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = write_house(
        tmp_path, {"agencies.toml": '[a]\nname = "甲局"\nphone = "1"\n', "items/scan.pdf": scanned()}
    )
    with App(settings) as app:
        first = app.sync()
        assert first.changes.refused == ("items/scan.pdf",)
        assert [finding.rule for finding in first.findings if finding.severity is Severity.ERROR] == ["scan"]
        published = []
        with Scans(
            settings.knowledge, lambda: published.append(app.sync()), (sys.executable, "-c", RECOGNISE)
        ) as scans:
            scans.offer(first.findings)
            scans.offer(first.findings)
            deadline = time.monotonic() + 20
            while not published and time.monotonic() < deadline:
                time.sleep(0.02)
        (second,) = published
        assert second.changes.added == ("items/scan",)
        assert "泊位收费每小时七元" in app.ask("泊位收费每小时多少", record=False).decision.matches[0].section.text


@pytest.mark.e2e
def test_what_cannot_be_recognised_stops_nothing_behind_it(tmp_path: Path) -> None:
    done = []
    command = (sys.executable, "-c", "import sys; sys.exit('bad' in sys.argv[1])")
    with Scans(tmp_path, lambda: done.append(1), command) as scans:
        scans.offer(
            Finding(Severity.ERROR, f"knowledge/{name}.pdf", 0, "a scan", "", "scan") for name in ("bad", "good")
        )
        deadline = time.monotonic() + 20
        while not done and time.monotonic() < deadline:
            time.sleep(0.02)
    assert done == [1]


@pytest.mark.e2e
def test_ending_does_not_wait_for_a_long_recognition(tmp_path: Path) -> None:
    started = time.monotonic()
    with Scans(tmp_path, lambda: None, (sys.executable, "-c", "import time; time.sleep(60)")) as scans:
        scans.offer([Finding(Severity.ERROR, "knowledge/a.pdf", 0, "a scan", "", "scan")])
        while scans._running is None:
            time.sleep(0.01)
    assert time.monotonic() - started < 20
