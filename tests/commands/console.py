"""`bot` as somebody types it, in a house of the test's own."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import cli


def run(house: Path, *arguments: str, given: str = "") -> Result:
    """Run a command; what it needs beside its arguments stands in `house`."""
    environment = {
        "BOT_KNOWLEDGE": str(house / "knowledge"),
        "BOT_DATABASE_URL": f"sqlite:///{house / 'bot.db'}",
        "BOT_INDEX": str(house / "index"),
        "BOT_SECRET_FILE": str(house / "secret"),
        "BOT_TELEGRAM_TOKEN": "",
    }
    return CliRunner().invoke(cli, arguments, input=given, env=environment)
