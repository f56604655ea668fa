"""The command line: a table of contents of the commands."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from bot.commands.applications import applications
from bot.commands.applying import apply
from bot.commands.asking import ask
from bot.commands.backup import backup, restore
from bot.commands.cases import cases
from bot.commands.citizens import citizens
from bot.commands.clocks import clock
from bot.commands.desk import evaluate, explain, fit
from bot.commands.fees import fee
from bot.commands.figures import insights, stats
from bot.commands.folder import check, history, recognise, status, sync
from bot.commands.privacy import privacy
from bot.commands.records import records
from bot.commands.reports import bulletin, report
from bot.commands.serving import chat, health, run

cli = typer.Typer(
    name="bot", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Answers the public's questions about what an agency has disclosed, in the agency's own words.",
)  # fmt: skip
for command in (run, chat, ask, sync, recognise, check, status, history, explain):
    cli.command()(command)
cli.command("eval")(evaluate)
for command in (fit, apply, clock, fee, stats, insights, bulletin, report, backup, restore, health):
    cli.command()(command)
cli.add_typer(records, name="records")
cli.add_typer(privacy, name="privacy")
cli.add_typer(applications, name="applications")
cli.add_typer(cases, name="cases")
cli.add_typer(citizens, name="citizens")


def main() -> None:
    """The ``bot`` command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A machine without a UTF-8 locale must read and write Chinese all the same; a bad byte must not stop a run.
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper):
        # A lone carriage return is garbage within a line, not the end of one.
        sys.stdin.reconfigure(newline="\n")
    cli()
