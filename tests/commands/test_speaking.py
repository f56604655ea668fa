"""Whoever types commands reads Chinese: their help, and what is wrong with what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from babel.messages.pofile import read_po
from typer.testing import CliRunner

import bot
from bot.cli import cli
from bot.language.widths import columns
from tests.commands.console import run
from tests.test_locale import placeholders

PACKAGE = Path(bot.__file__).parent
WIDTH = 80
# Two English words beside each other, unless they are typed or stand for a name.
_PROSE = re.compile(r"\b[A-Za-z']{2,} [a-z']{2,}\b")


def catalogue(name: str) -> dict[str, str]:
    with (PACKAGE / "locale" / f"{name}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, abort_invalid=True) if message.id}


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group with how it is called."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


ALL = dict(commands(typer.main.get_command(cli)))


def joined(text: str | None) -> str:
    return " ".join((text or "").split())


def help_texts() -> set[str]:
    parameters = [each for command in ALL.values() for each in command.params]
    panels = {command.rich_help_panel for command in ALL.values() if command.rich_help_panel}
    texts = {joined(text) for command in ALL.values() for text in (command.help, command.epilog) if text}
    return texts | panels | {joined(each.help) for each in parameters}


def page(path: tuple[str, ...]) -> str:
    return CliRunner().invoke(cli, [*path, "--help"], env={"COLUMNS": str(WIDTH)}).stdout


def test_every_help_text_has_its_chinese() -> None:
    assert help_texts() - {text for text, said in catalogue("commands").items() if said} == set()


def test_every_parameter_says_what_it_is() -> None:
    assert [(path, each.name) for path, command in ALL.items() for each in command.params if not each.help] == []


def test_no_translation_has_lost_its_text() -> None:
    """What commands no longer say leaves the catalogue as well."""
    assert set(catalogue("commands")) - help_texts() == set()


@pytest.mark.parametrize("name", ["commands", "usage"])
def test_translations_keep_the_placeholders(name: str) -> None:
    differing = [text for text, said in catalogue(name).items() if placeholders(text) != placeholders(said)]
    assert differing == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_page_of_help_is_chinese_and_fits_the_terminal(path: tuple[str, ...]) -> None:
    shown = page(path)
    assert shown.startswith("用法：bot ")
    typed = re.sub(r"`[^`]*`|用法：.*|<[^>]*>", "", shown)
    assert _PROSE.findall(typed) == []
    too_wide = [line for line in shown.splitlines() if columns(line) > WIDTH]
    assert [line for line in too_wide if "<" not in line] == []


@pytest.mark.parametrize("path", [path for path, command in ALL.items() if hasattr(command, "commands")], ids=" ".join)
def test_every_command_stands_whole_on_one_line(path: tuple[str, ...]) -> None:
    lines = page(path).splitlines()
    for name, command in ALL[path].commands.items():
        told = catalogue("commands")[joined(command.help)].partition("。")[0]
        assert [line for line in lines if re.fullmatch(rf"  {name} +{re.escape(told)}", line)], name


def test_the_first_page_groups_commands_and_says_where_to_start() -> None:
    shown = page(())
    assert re.findall(r"^(\S+)：$", shown, re.MULTILINE) == ["选项", "对外服务", "公开内容", "咨询与申请", "运行"]
    assert "docs/operating.md" in shown
    assert "docs/knowledge.md" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("synk", "没有“synk”这个命令；是不是要写 'sync'？"),
        ("xyz", "没有“xyz”这个命令"),
        ("--nope", "没有 --nope 这个选项"),
        ("ask --jsom", "没有 --jsom 这个选项；是不是要写 --json？"),
        ("fee --count x", "“--count”写得不对：这里要写整数"),
        ("fit --right x", "“--right”写得不对：这里要写数字"),
        ("fee --count -1", "“--count”写得不对：不能小于 0"),
        ("fee --count 9999999", "“--count”写得不对：不能大于 100000"),
        ("clock", "没有写“日期”"),
        ("clock 1", "“日期”写得不对：“1”不是日期；请写成 2026-03-01"),
        ("cases add", "没有写“种类”；可以写的有：review, lawsuit,"),
        ("cases add x", "“种类”写得不对：没有“x”；可以写的有 'review', 'lawsuit',"),
        ("applications extend a", "没有写 --approved-by"),
        ("applications answer a", "没有写 --outcome；可以写的有：granted,"),
        ("recognise /nowhere", "“文件”写得不对：没有“/nowhere”这个文件"),
        ("recognise /", "“文件”写得不对：“/”是文件夹；请写文件"),
        ("health 1 2", "多写了 1 2"),
    ],
)
def test_what_is_wrong_with_what_was_typed_is_said_in_chinese(tmp_path: Path, typed: str, said: str) -> None:
    done = run(tmp_path, *typed.split())
    assert done.exit_code == 2
    assert done.stdout == ""
    usage, hint, _, error, *_ = done.stderr.splitlines()
    assert usage.startswith("用法：bot ")
    assert re.fullmatch("写 bot .*--help 看说明", hint)
    assert error.startswith(f"错误：{said}")


@pytest.mark.parametrize(
    ("typed", "said"), [("ask --json=3 a", "--json 后面不能写内容"), ("fee --count", "--count 后面要写内容")]
)
def test_an_option_that_is_not_written_whole_is_told_of_in_chinese(tmp_path: Path, typed: str, said: str) -> None:
    """Typer knows no command where an option cannot be parsed, so that nothing else is said."""
    done = run(tmp_path, *typed.split())
    assert (done.exit_code, done.stderr) == (2, f"错误：{said}\n")


@pytest.mark.parametrize("group", ["", "records"])
def test_who_names_no_command_gets_the_help(tmp_path: Path, group: str) -> None:
    done = run(tmp_path, *group.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("用法：bot")


def test_what_cannot_be_undone_is_asked_in_chinese(tmp_path: Path) -> None:
    done = run(tmp_path, "restore", "copy.db", given="否\n")
    assert done.exit_code == 1
    assert "（是、否）" in done.stderr
    assert done.stderr.endswith("已取消\n")
