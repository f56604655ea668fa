"""`bot apply`."""

from __future__ import annotations

from pathlib import Path

from tests.commands.console import run
from tests.houses import UNPUBLISHED, write_house

LINES = (UNPUBLISHED, "跳过", "skip", "1", "张三", "3", "0722-3312345")


def test_a_terminal_leads_through_to_the_receipt_and_tells_the_state(tmp_path: Path) -> None:
    write_house(tmp_path)
    done = run(tmp_path, "apply", given="\n".join((*LINES, "1", "")))
    assert done.exit_code == 0, done.output
    assert "（1/8） 申请公开政府信息" in done.stdout
    assert "  1. 自然人\n" in done.stdout
    assert "也可以输入：上一步 / 跳过 / 取消" in done.stdout
    number = done.stdout.partition("登记编号：")[2].partition("。")[0]
    told = run(tmp_path, "apply", "--state", number.lower())
    assert told.stdout.startswith(f"申请{number}：已登记，等待确认收到")


def test_input_that_ends_early_leaves_a_draft_to_go_on_with(tmp_path: Path) -> None:
    write_house(tmp_path)
    assert run(tmp_path, "apply", given="\n".join(LINES[:4])).exit_code == 1
    again = run(tmp_path, "apply", given="取消\n")
    assert again.exit_code == 0
    assert "接着上次没有填完的申请。" in again.stdout
    assert "已取消" in again.stdout


def test_an_unknown_number_is_told_with_what_numbers_look_like(tmp_path: Path) -> None:
    write_house(tmp_path)
    done = run(tmp_path, "apply", "--state", "7")
    assert done.exit_code == 1
    assert "SQ-2026-000001" in done.stderr
