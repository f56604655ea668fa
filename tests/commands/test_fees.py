"""`bot fee`."""

from __future__ import annotations

from pathlib import Path

from tests.commands.console import run
from tests.commands.test_applications import NUMBER, PAPER


def charge(house: Path, method: str) -> None:
    (house / "knowledge").mkdir()
    (house / "knowledge/settings.toml").write_text(f'[applications]\nfees = "{method}"\n', encoding="utf-8")


def test_a_fee_is_explained_and_by_default_not_charged(tmp_path: Path) -> None:
    done = run(tmp_path, "fee", "--pages", "120")
    assert [line.split() for line in done.stdout.splitlines()[:3]] == [
        ["第", "1至", "30页", "每页", "0元", "0元"],
        ["第", "31至100页", "每页", "10元", "700元"],
        ["第101至120页", "每页", "20元", "400元"],
    ]
    assert "共1100元（国办函〔2020〕109号" in done.stdout
    assert "不收费" in done.stdout


def test_a_case_is_charged_by_the_one_method_that_the_folder_states(tmp_path: Path) -> None:
    charge(tmp_path, "count")
    assert "不收费" not in run(tmp_path, "fee", "--count", "11").stdout
    refused = run(tmp_path, "fee", "--pages", "120")
    assert refused.exit_code == 2
    assert "counted by count" in " ".join(refused.stderr.split())
    assert run(tmp_path, "fee", "--pages", "1", "--count", "1").exit_code == 2
    assert run(tmp_path, "fee").exit_code == 2
    assert run(tmp_path, "fee", "--count", "9" * 20).exit_code == 2


def test_an_application_costs_what_its_place_in_the_month_costs(tmp_path: Path) -> None:
    for place in range(1, 12):
        number = f"{NUMBER[:-6]}{place:06d}"
        run(tmp_path, "applications", "register", *PAPER, "--on", "2025-03-03")
        if place == 1:
            early = run(tmp_path, "fee", number)
            assert (early.exit_code, "is not received yet" in early.stderr) == (2, True)
        run(tmp_path, "applications", "receive", number, "--on", "2025-03-03")
    done = run(tmp_path, "fee", number)
    assert "同一申请人这个月收到的第11件" in done.stdout
    assert "这一件：100元" in done.stdout
