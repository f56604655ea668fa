"""`bot applications`: an application led from its entry to its end by staff."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import Result

from bot.applying.procedure import COMMANDS
from bot.commands.applications import applications
from bot.model import Step
from bot.store import open_store
from tests.commands.console import run
from tests.houses import FILES, write_house

NUMBER = f"SQ-{date.today().year}-000001"  # noqa: DTZ011 - as the command reads the clock
PAPER = (
    "--kind", "company", "--name", "某某公司", "--contact", "随州市解放路1号", "--sought", "滨河路改造的补偿标准",
    "--arrival", "signed-post",
)  # fmt: skip


def office(house: Path, *arguments: str) -> Result:
    return run(house, "applications", *arguments)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """One application, registered and received on 3 March 2025."""
    assert office(tmp_path, "register", *PAPER, "--on", "2025-03-03").exit_code == 0
    assert office(tmp_path, "receive", NUMBER, "--on", "2025-03-03").exit_code == 0
    return tmp_path


def test_every_step_of_a_whole_way_is_noted_and_shown(house: Path) -> None:
    way = (
        ("ask-correction", "--until", "2025-03-19", "--reason", "写明地段", "--on", "2025-03-04"),
        ("corrected", "--on", "2025-03-10"),
        ("consult", "--on", "2025-03-11", "--reason", "涉及某公司"),
        ("not-heard", "--on", "2025-04-02"),
        ("extend", "--approved-by", "王主任", "--reason", "量大，已书面告知", "--on", "2025-04-03"),
        ("answer", "--outcome", "partly-granted", "--reason", "商业秘密已遮挡", "--on", "2025-04-10"),
        ("close", "--on", "2025-04-11"),
    )
    for command, *arguments in way:
        done = office(house, command, NUMBER.lower(), *arguments)
        assert done.exit_code == 0, done.output
        if command == "ask-correction":
            assert "告知补正        补正到2025-03-19为止  " in done.stdout
    shown = office(house, "show", NUMBER, "--explain").stdout
    for text in (
        "申请人：某某公司", "所要的信息：滨河路改造的补偿标准", "来件：信函，签收的邮寄", "到2025-03-19为止", "王主任批准",
        "部分公开（区分处理的，只计这一情形，不计其他情形）  商业秘密已遮挡", "现在可以：take-back", "不计入期限",
    ):  # fmt: skip
        assert text in shown
    with open_store(f"sqlite:///{house / 'bot.db'}") as store:
        application = store.applications.find(NUMBER)
    assert application
    assert [event.step for event in application.events] == [
        Step.REGISTERED, Step.RECEIVED, Step.CORRECTION_ASKED, Step.CORRECTED, Step.CONSULTING, Step.NOT_HEARD,
        Step.EXTENDED, Step.ANSWERED, Step.CLOSED,
    ]  # fmt: skip
    assert office(house, "list").stdout == ""
    assert office(house, "list", "--all").stdout.startswith(NUMBER)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("corrected", NUMBER), "现在是“收到”，不能接着记“补正到达”。现在可以：ask-correction,"),
        (("extend", NUMBER, "--approved-by", "王", "--reason", "告知"), "答复期限到2025-03-31为止"),
        (("answer", NUMBER, "--outcome", "state-secret"), "为什么没有全部公开"),
        (("answer", NUMBER, "--outcome", "granted", "--on", "2999-01-01"), "还没有到"),
        (("close", "SQ-1999-000001"), "没有这件申请"),
    ],
)
def test_a_wrong_step_is_refused_with_why_and_what_is_possible(
    house: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = office(house, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_what_a_refusal_names_as_possible_is_what_staff_type() -> None:
    named = [command.name for command in applications.registered_commands]
    assert named[: len(COMMANDS)] == list(COMMANDS.values())
    assert set(COMMANDS) == set(Step) - {Step.REGISTERED}


def test_a_clock_that_stands_still_names_no_last_day(house: Path) -> None:
    office(house, "consult", NUMBER, "--on", "2025-03-05", "--reason", "涉及某公司")
    shown = office(house, "show", NUMBER, "--explain").stdout
    assert shown.splitlines()[-1] == "2025-03-03的次日起20个工作日：中止计算，最后一天还不知道"


def test_a_wrong_entry_is_taken_back_by_command(house: Path) -> None:
    office(house, "answer", NUMBER, "--outcome", "granted", "--on", "2025-03-10")
    assert office(house, "take-back", NUMBER, "--reason", "应为部分公开").exit_code == 0
    assert (
        office(house, "answer", NUMBER, "--outcome", "other", "--reason", "并案", "--on", "2025-03-10").exit_code == 0
    )
    shown = office(house, "show", NUMBER).stdout
    assert "撤销误记        应为部分公开" in shown
    assert shown.count("  答复  ") == 2


def test_what_is_late_is_listed_with_how_late_and_the_exit_code_says_so(house: Path) -> None:
    done = office(house, "overdue")
    assert done.exit_code == 1
    assert "2025-03-31" in done.stdout
    assert re.search(r"收到            最迟2025-03-31，已过[0-9]+个工作日  ", done.stdout)
    assert office(house, "answer", NUMBER, "--outcome", "granted").exit_code == 0
    assert office(house, "overdue").exit_code == 0


def test_reminders_are_printed_as_of_a_day(house: Path) -> None:
    assert office(house, "remind", "--on", "2025-03-24").stdout == f"{NUMBER} 还有5个工作日，最迟2025-03-31答复\n"
    assert office(house, "remind", "--on", "2025-03-25").stdout == ""


def test_the_state_for_the_citizen_names_nobody(house: Path) -> None:
    write_house(house, FILES)
    told = office(house, "state", NUMBER).stdout
    assert told.startswith(f"申请{NUMBER}：已收到，正在办理")
    assert "某某公司" not in told
    assert office(house, "state", "SQ-1999-000001").exit_code == 2


def test_erasing_leaves_the_steps_and_no_trace_of_the_words_in_the_file(house: Path) -> None:
    (house / "knowledge").mkdir()
    (house / "knowledge/settings.toml").write_text("[applications]\nkeep_years = 1\n", encoding="utf-8")
    office(house, "withdraw", NUMBER, "--on", "2025-03-05", "--reason", "电话告知不再需要")
    office(house, "close", NUMBER, "--on", "2025-03-06")
    done = office(house, "erase")
    assert done.exit_code == 0
    assert f"已删除  {NUMBER}" in done.stdout
    shown = office(house, "show", NUMBER).stdout
    assert "已按保存期限删除" in shown
    assert "撤回" in shown
    for file in house.glob("bot.db*"):
        data = file.read_bytes()
        assert "某某公司".encode() not in data
        assert "电话告知不再需要".encode() not in data
