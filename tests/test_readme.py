"""The README's transcript is what the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import cli

ROOT = Path(__file__).parents[1]
PROMPT = "您问："


def transcript() -> str:
    """The console block below the transcript's mark in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- transcript: bot run -->\n```console\n(.*?)```", text, re.DOTALL)
    assert found, "the README has lost its transcript"
    return found[1]


@pytest.mark.e2e
def test_transcript_is_what_the_shipped_folder_answers(tmp_path: Path) -> None:
    """Every question of the transcript, asked again, gets the reply that stands below it."""
    shown = transcript()
    questions = [line.removeprefix(PROMPT) for line in shown.splitlines() if line.startswith(PROMPT)]
    assert len(questions) >= 4
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    run = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=environment
        | {
            "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
            "BOT_INDEX": f"{tmp_path}/index",
            "BOT_SECRET_FILE": f"{tmp_path}/secret",
        },
        input="\n".join(questions),
        text=True,
        encoding="utf-8",
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert run.stdout.strip() == shown.strip()


def commands_of(text: str) -> dict[str, set[str]]:
    """The commands that a text tells to type, those of a group with the group's name, each with its options."""
    found: dict[str, set[str]] = {}
    groups = "|".join(group.name for group in cli.registered_groups if group.name)
    for command, rest in re.findall(rf"(?:`|^)bot ((?:{groups}) [a-z-]+|[a-z]+)([^`\n]*)", text, re.MULTILINE):
        found.setdefault(command, set()).update(re.findall(r"--[a-z-]+", rest))
    return found


DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    """With its options: what a reader is told to type is there."""
    for command, options in commands_of(document.read_text(encoding="utf-8")).items():
        known = options_of(command)
        assert known, f"{document.name} names bot {command}"
        assert sorted(options - known) == [], command


def options_of(command: str) -> set[str]:
    """The options of a command; none where there is no such command, for each has --help."""
    found: Any = get_command(cli)
    for name in command.split():
        found = getattr(found, "commands", {}).get(name)
        if found is None:
            return set()
    return {option for parameter in found.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }


def test_the_tour_shows_every_command() -> None:
    """What is there is told of."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = getattr(get_command(cli), "commands", {})
    assert {"run", "explain", "eval", "fit", "records"} <= set(commands)
    assert set(commands) <= {command.partition(" ")[0] for command in commands_of(text)}
