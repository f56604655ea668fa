"""The command line: a table of contents of the commands."""

from __future__ import annotations

import sys
from io import TextIOWrapper

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
from bot.commands.speaking import Commands

cli = Commands(
    name="bot",
    help="Answers the public's questions about what an agency has disclosed, in the agency's own words.",
    epilog="Where to start: docs/operating.md to run it, docs/knowledge.md to fill its folder.",
)
_PUBLIC, _PUBLISHED = "For the public", "What is published"
_DESK, _RUNNING = "Inquiries and applications", "Running it"

for command in (run, chat, ask, apply):
    cli.command(rich_help_panel=_PUBLIC)(command)
for command in (sync, check, recognise, history, explain):
    cli.command(rich_help_panel=_PUBLISHED)(command)
cli.command("eval", rich_help_panel=_PUBLISHED)(evaluate)
cli.command(rich_help_panel=_PUBLISHED)(fit)
for name, group in (("records", records), ("applications", applications), ("cases", cases)):
    cli.add_typer(group, name=name, rich_help_panel=_DESK)
for command in (clock, fee, insights, stats, bulletin, report):
    cli.command(rich_help_panel=_DESK)(command)
for name, group in (("citizens", citizens), ("privacy", privacy)):
    cli.add_typer(group, name=name, rich_help_panel=_DESK)
for command in (status, health, backup, restore):
    cli.command(rich_help_panel=_RUNNING)(command)


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
