"""`bot clock`."""

from __future__ import annotations

from pathlib import Path

from tests.commands.console import run


def test_a_clock_explains_itself_day_by_day(tmp_path: Path) -> None:
    done = run(tmp_path, "clock", "2025-01-10", "--days", "20", "--explain")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0].split() == ["2025-01-11", "周六", "周末"]
    assert "2025-01-26  周日   11  调休上班" in lines
    assert "2025-01-28  周二       法定节假日" in lines
    assert lines[-2:] == ["2025-02-13  周四   20  工作日", "2025-01-10的次日起20个工作日：最后一天是2025-02-13"]


def test_without_a_length_the_law_in_force_on_that_day_gives_it(tmp_path: Path) -> None:
    assert "最后一天是2017-10-17" in run(tmp_path, "clock", "2017-09-20").stdout
    assert "期限：30个工作日" in run(tmp_path, "clock", "2017-09-20", "--extended").stdout
    corrected = run(tmp_path, "clock", "2025-01-10", "--term", "correction").stdout
    assert "期限：7个工作日（政府信息公开条例第三十条）" in corrected


def test_time_that_is_not_counted_is_shown_as_such(tmp_path: Path) -> None:
    done = run(tmp_path, "clock", "2025-06-02", "--days", "2", "--pause", "2025-06-03..2025-06-05", "--explain")
    assert "2025-06-04  周三       不计入期限" in done.stdout
    assert done.stdout.endswith("最后一天是2025-06-06\n")


def test_the_way_of_receipt_decides_the_day_of_receipt(tmp_path: Path) -> None:
    done = run(tmp_path, "clock", "2025-01-10", "--by", "online", "--confirmed", "2025-01-13")
    assert done.stdout.startswith("收到日：2025-01-13（互联网，政府信息公开条例第三十一条）")
    refused = run(tmp_path, "clock", "2025-01-10", "--by", "fax")
    assert refused.exit_code == 2
    assert "--confirmed" in refused.stderr


def test_a_year_without_a_calendar_is_not_known_until_staff_state_it(tmp_path: Path) -> None:
    done = run(tmp_path, "clock", "2032-12-30", "--days", "2")
    assert done.exit_code == 1
    assert "还不知道：2032年" in done.stderr
    assert "knowledge/calendar.toml" in done.stderr
    (tmp_path / "knowledge").mkdir()
    stated = '[2032]\noff = []\n[2033]\noff = ["2033-01-01..2033-01-03"]\n'
    (tmp_path / "knowledge" / "calendar.toml").write_text(stated, encoding="utf-8")
    assert run(tmp_path, "clock", "2032-12-30", "--days", "2").stdout.endswith("最后一天是2033-01-04\n")


def test_only_the_time_to_answer_can_be_extended(tmp_path: Path) -> None:
    done = run(tmp_path, "clock", "2025-01-10", "--term", "correction", "--extended")
    assert done.exit_code == 2
    assert "only the time to answer can be extended" in " ".join(done.stderr.split())


def test_a_pause_that_cannot_be_read_is_refused_with_how_to_write_it(tmp_path: Path) -> None:
    for written in ("gibberish", "2025-06-05..2025-06-03", "2025-06-05.."):
        done = run(tmp_path, "clock", "2025-06-02", "--pause", written)
        assert done.exit_code == 2
        assert written in done.stderr
