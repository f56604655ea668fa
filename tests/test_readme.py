"""The README's transcript is what the program prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROMPT = "您问："


def transcript() -> str:
    """The console block below the transcript's mark in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- transcript: bot run -->\n```console\n(.*?)```", text, re.DOTALL)
    assert found, "the README has lost its transcript"
    return found[1]


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


def test_every_command_of_the_tour_exists() -> None:
    """What the README tells to type is there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"`bot ([a-z]+)", text))
    assert {"run", "ask", "sync", "check", "records"} <= commands
    for command in sorted(commands):
        help_text = subprocess.run(
            [sys.executable, "-m", "bot", command, "--help"], capture_output=True, cwd=ROOT, check=False
        )
        assert help_text.returncode == 0, f"README names bot {command}"
