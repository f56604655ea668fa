"""The command line in Chinese: its help, and what is wrong with what was typed.

Docstrings, ``help=`` and errors are English, as all code; `bot/locale/commands.po` says them in Chinese, and `usage.po` what
Typer adds to them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from bot.language.widths import columns, padded
from bot.locale.phrasebook import Phrasebook

say = Phrasebook("findings.po", "usage.po", "commands.po").say
"""What a command has to say, in Chinese; what no translation is known of stays."""

# A word of another script is not parted, and no line begins with what closes a clause.
_UNIT = re.compile(r"(?:[!-~]+|.)[，。；：、）”！？]*")
_WIDEST_NAME = 24
_Function = TypeVar("_Function", bound=Callable[..., Any])


class _InChinese:
    """A command whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page into the formatter, which knows the width of the terminal."""
        formatter.write("\n".join(_page(ctx, formatter.width)))


class Command(_InChinese, TyperCommand):
    """A command that speaks Chinese."""


class Group(_InChinese, TyperGroup):
    """Commands below one name; as the first of all it says in Chinese what cannot be done."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show the help to whoever names no command."""
        if not args:
            typer.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run what was typed, and end the process with its exit code."""
        typed = (args, prog_name, complete_var)
        if not standalone_mode:
            return super().main(*typed, False, windows_expand_args, **extra)
        try:
            sys.exit(super().main(*typed, False, windows_expand_args, **extra))
        except typer.Abort:
            typer.echo("已取消", err=True)
            sys.exit(1)
        except typer.TyperException as error:
            if context := getattr(error, "ctx", None):
                typer.echo(f"{_usage(context)}\n写 {context.command_path} --help 看说明\n", err=True)
            typer.echo(f"错误：{_told(error.format_message())}", err=True)
            sys.exit(error.exit_code)


class Commands(typer.Typer):
    """A group to put commands into, all of which speak Chinese."""

    def __init__(self, *, help: str, name: str | None = None, epilog: str | None = None) -> None:
        super().__init__(
            name=name, help=help, epilog=epilog, cls=Group,
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
        )  # fmt: skip

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_Function], _Function]:
        """A decorator that puts a function into the group."""
        return super().command(name, **{"cls": Command, **settings})


def confirm(question: str) -> None:
    """Ask before what cannot be undone; anything but yes ends the command with exit code 1."""
    if typer.prompt(f"{question}（是、否）", default="否", err=True) not in {"是", "y", "Y", "yes"}:
        raise typer.Abort


def _page(ctx: Any, width: int) -> Iterator[str]:
    command = ctx.command
    yield _usage(ctx)
    yield from _paragraph(_told(command.help), width)
    records = [(each, record) for each in command.get_params(ctx) if (record := each.get_help_record(ctx))]
    arguments = [_argument(each, *record) for each, record in records if each.param_type_name == "argument"]
    options = [_option(each, *record) for each, record in records if each.param_type_name == "option"]
    yield from _section("参数", arguments, width)
    yield from _section("选项", options, width)
    for panel, rows in _panels(getattr(command, "commands", {})).items():
        yield from _section(panel, rows, width)
    yield from _paragraph(_told(command.epilog), width)


def _usage(ctx: Any) -> str:
    pieces = (piece.strip("{}") for piece in ctx.command.collect_usage_pieces(ctx))
    said = (re.sub(r"[A-Za-z_]+", lambda word: say(word[0]), piece) for piece in pieces)
    return " ".join(("用法：" + ctx.command_path, *said))


def _told(text: str | None) -> str:
    """A docstring or help in Chinese, however its lines are broken."""
    return say(" ".join((text or "").split()))


def _panels(commands: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Each command with the first sentence that is said of it, by the panel that it belongs to."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for name, command in commands.items():
        panel = say(command.rich_help_panel or "Commands")
        panels.setdefault(panel, []).append((name, _told(command.help).partition("。")[0]))
    return panels


def _argument(parameter: Any, _: str, told: str) -> tuple[str, str]:
    return say(parameter.metavar or parameter.name).strip("[]."), _with_limits(parameter, told)


def _option(parameter: Any, written: str, told: str) -> tuple[str, str]:
    option, _, value = written.partition(" ")
    return f"{option} {say(value)}".rstrip(), _with_limits(parameter, told)


def _with_limits(parameter: Any, told: str) -> str:
    """The help with what is added to it in brackets: whether it is required, what it is without, its bounds."""
    limits = told.removeprefix(parameter.help or "").strip().removeprefix("[").removesuffix("]")
    said = "，".join(map(say, limits.split("; "))) if limits else ""
    return _told(parameter.help) + (f"（{said}）" if said else "")


def _section(heading: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Names with what is said of them beside; below, where a name is long."""
    if not rows:
        return
    yield f"\n{heading}："
    widest = max((columns(name) for name, _ in rows if columns(name) <= _WIDEST_NAME), default=0)
    indent = " " * (widest + 4)
    for name, told in rows:
        first, *rest = _wrapped(told, width - len(indent))
        if columns(name) > widest:
            yield f"  {name}"
            yield indent + first
        else:
            yield f"  {padded(name, widest)}  {first}".rstrip()
        yield from (indent + line for line in rest)


def _paragraph(text: str, width: int) -> Iterator[str]:
    if text:
        yield ""
        yield from (f"  {line}" for line in _wrapped(text, width - 2))


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many columns, unless one word is wider."""
    lines = [""]
    for unit in _UNIT.findall(text):
        if lines[-1] and columns(lines[-1] + unit) > width:
            lines.append("")
        if lines[-1] or unit != " ":
            lines[-1] += unit
    return [line.rstrip() for line in lines]
