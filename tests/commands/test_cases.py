"""`bot cases`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.commands.console import run

YEAR = date.today().year  # noqa: DTZ011 - as the command reads the clock
FIRST = f"AJ-{YEAR}-000001"


def test_cases_are_entered_decided_and_counted(tmp_path: Path) -> None:
    assert run(tmp_path, "cases", "add", "review", "--on", "2025-03-01", "--note", "不服答复").stdout.startswith(FIRST)
    run(tmp_path, "cases", "add", "complaint", "--on", "2025-03-02")
    assert "结果维持" in run(tmp_path, "cases", "decide", FIRST.lower(), "upheld", "--on", "2025-05-01").stdout
    lines = run(tmp_path, "cases", "table", "2025").stdout.splitlines()
    figures = {line.split()[0]: line.split()[1:] for line in lines}
    assert figures["行政复议"] == ["1", "0", "0", "0", "1"]
    assert figures["未经复议直接起诉"] == ["0", "0", "0", "0", "0"]
    assert figures["投诉举报"] == ["0", "0", "0", "1", "1"]
    assert lines.index("另外计数，不在表四") == 4
    assert len(run(tmp_path, "cases", "list").stdout.splitlines()) == 2
    assert "2025-05-01  结果维持" in run(tmp_path, "cases", "show", FIRST).stdout


def test_a_note_keeps_nobodys_telephone(tmp_path: Path) -> None:
    done = run(tmp_path, "cases", "add", "review", "--on", "2025-03-01", "--note", "联系13912345678")
    assert "139******78" in done.stdout
    assert "--note里的个人信息已遮挡" in done.stderr
    decided = run(tmp_path, "cases", "decide", FIRST, "upheld", "--on", "2025-05-01", "--note", "电话13912345678")
    assert "--note里的个人信息已遮挡" in decided.stderr
    assert "13912345678" not in run(tmp_path, "cases", "show", FIRST).stdout


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "cases", "add", "lawsuit", "--on", "2025-03-01")
    for arguments, said in (
        (("add", "review", "--about", "SQ-1999-000001"), "没有这件申请"),
        (("add", "review", "--on", "2999-01-01"), "还没有到"),
        (("decide", FIRST, "upheld", "--on", "2025-02-01"), "早于提出的"),
        (("show", "AJ-1999-000001"), "没有这件案件"),
    ):
        done = run(tmp_path, "cases", *arguments)
        assert done.exit_code == 2
        assert said in " ".join(done.stderr.split())
