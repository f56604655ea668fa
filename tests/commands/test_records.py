"""`bot records`, as staff type it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.console import run
from tests.houses import write_house


def add(house: Path, question: str, *options: str) -> str:
    """Enter a call; its reference."""
    done = run(house, "records", "add", question, "--channel", "phone", *options)
    assert done.exit_code == 0, done.stderr
    return done.stdout.split()[0]


def test_a_call_is_entered_corrected_and_its_log_tells_all(tmp_path: Path) -> None:
    reference = add(tmp_path, "停车怎么收费", "--at", "2026-03-01 09:30", "--reply", "每小时5元")
    assert reference == "ZX-2026-000001"
    corrected = run(tmp_path, "records", "correct", reference, "--set", "答复=每小时6元", "--reason", "涨价")
    assert corrected.exit_code == 0
    assert run(tmp_path, "records", "outcome", reference, "referred").stdout == f"{reference}  已告知其他机关\n"
    assert run(tmp_path, "records", "follow-up", reference, "2026-03-09").exit_code == 0
    log = run(tmp_path, "records", "log", reference.lower()).stdout.splitlines()
    assert [line.split("  ", 2)[2] for line in log] == [
        "登记",
        "答复：每小时5元 → 每小时6元（涨价）",
        "办理结果：人工已答复 → 已告知其他机关",
        "回访日期：（空） → 2026-03-09（回访）",
    ]
    shown = run(tmp_path, "records", "show", reference).stdout
    for line in ("渠道：电话", "时间：2026-03-01 09:30", "类别：咨询", "判定：", "毫秒：", "办理结果：已告知其他机关"):
        assert f"{line}\n" in shown


def test_records_are_found_by_words_and_filters(tmp_path: Path) -> None:
    parking = add(tmp_path, "停车怎么收费", "--at", "2026-03-01 23:59", "--follow-up", "2026-03-09")
    water = add(tmp_path, "水温", "--at", "2026-03-02", "--outcome", "referred")

    def found(*arguments: str) -> list[str]:
        return [line.split()[0] for line in run(tmp_path, "records", *arguments).stdout.splitlines()]

    assert found("list") == [water, parking]
    assert found("search", "停车", "收费") == found("list", "--to", "2026-03-01") == [parking]
    assert found("list", "--from", "2026-03-02") == found("list", "--outcome", "referred") == [water]
    assert found("list", "--due", "2026-03-09") == [parking]
    assert found("search", "停车", "--channel", "visit") == found("list", "--due", "2026-03-08") == []


def test_duplicates_are_merged_and_taken_apart_again(tmp_path: Path) -> None:
    first, second = add(tmp_path, "停车", "--at", "2026-03-01"), add(tmp_path, "停车", "--at", "2026-03-01")
    assert run(tmp_path, "records", "merge", first, second, "--reason", "同一来电").exit_code == 0
    assert f"(= {first})" in run(tmp_path, "records", "list").stdout
    again = run(tmp_path, "records", "merge", second, first)
    assert (again.exit_code, again.stderr) == (2, f"{second}：它自己已经合并；请合并到 {first}\n")
    assert run(tmp_path, "records", "unmerge", second).stdout == f"{second} 单独计数\n"
    assert run(tmp_path, "records", "unmerge", second).exit_code == 2


def test_a_citizens_telephone_does_not_get_into_the_register(tmp_path: Path) -> None:
    done = run(tmp_path, "records", "add", "13912345678问停车", "--channel", "phone")
    assert done.stderr == "警告：内容里的个人信息已遮挡；登记里不需要\n"
    assert "139******78问停车" in run(tmp_path, "records", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "停车"), "--channel phone"),
        (("add",), "请写明问了什么"),
        (("add", "停车", "--channel", "phone", "--at", "昨天"), "时间：昨天不是日期；请写成 2026-03-01"),
        (("correct", "ZX-2026-000001", "--set", "答复", "--reason", "x"), "请写成“项目=内容”"),
        (("correct", "ZX-2026-000001", "--set", "答复=x", "--reason", "x"), "没有这条登记"),
        (("outcome", "ZX-2026-000001", "open"), "没有这条登记"),
        (("log", "ZX-2026-000001"), "没有这条登记"),
        (("show", "ZX-2026-000001"), "没有这条登记"),
        (("unmerge", "ZX-2026-000001"), "没有这条登记"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_remedy(
    tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    done = run(tmp_path, "records", *arguments)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.e2e
def test_at_a_terminal_it_asks_for_everything(tmp_path: Path) -> None:
    """A real terminal: only there does it ask."""
    write_house(tmp_path)
    environment = os.environ | {
        "BOT_KNOWLEDGE": str(tmp_path / "knowledge"),
        "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "BOT_SECRET_FILE": str(tmp_path / "secret"),
        "PYTHONIOENCODING": "utf-8",
    }
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "bot", "records", "add"]
    with subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment) as asked:
        os.close(inside)
        os.write(terminal, "来访\n\n停车怎么收费\n每小时5元\n\n\n\n\n是\n".encode())
        shown = b""
        while b"ZX-" not in shown and select.select([terminal], [], [], 30)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
        assert asked.wait(30) == 0, shown.decode(errors="replace")
    os.close(terminal)
    line = run(tmp_path, "records", "list").stdout
    assert "来访      人工已答复      停车怎么收费" in line
