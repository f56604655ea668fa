"""Settings from the environment or a ``.env`` file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it, says why, and what to write instead."""


class Secret:
    """A value that shows itself to nobody who does not ask for it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)" if self._value else "Secret()"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may be set from outside.

    Attributes:
        knowledge: BOT_KNOWLEDGE, the folder that staff keep.
        database_url: BOT_DATABASE_URL, of SQLite or PostgreSQL; may hold a password.
        index: BOT_INDEX, the folder of the search index, on this worker's own disk.
        secret_file: BOT_SECRET_FILE, what citizens' pseudonyms are made with; written at the first start.
        telegram_token: BOT_TELEGRAM_TOKEN; empty where Telegram is not served.
        telegram_api: BOT_TELEGRAM_API, the Bot API's base URL as python-telegram-bot takes it; empty for Telegram's own.
    """

    knowledge: Path
    database_url: Secret
    index: Path
    secret_file: Path
    telegram_token: Secret
    telegram_api: str


def load_settings(environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings: the environment first, then the ``.env`` file, then defaults.

    Raises:
        BadSetting: a value cannot be used.
    """
    values: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        values |= {key: value for key, value in dotenv_values(env_file).items() if value is not None}
    values |= os.environ if environment is None else environment

    def value(name: str, default: str = "") -> str:
        return values.get(name, "").strip() or default

    api = value("BOT_TELEGRAM_API")
    if api and not api.startswith(("http://", "https://")):
        raise BadSetting(f'BOT_TELEGRAM_API: "{api}" is no address; write one such as http://127.0.0.1:8081/bot')
    token = value("BOT_TELEGRAM_TOKEN")
    if token and ":" not in token:
        raise BadSetting("BOT_TELEGRAM_TOKEN: this is no bot token; copy it whole from @BotFather, it looks like 123456:ABC…")
    return Settings(
        knowledge=Path(value("BOT_KNOWLEDGE", "knowledge")),
        database_url=Secret(value("BOT_DATABASE_URL", "sqlite:///var/bot.db")),
        index=Path(value("BOT_INDEX", "var/index")),
        secret_file=Path(value("BOT_SECRET_FILE", "var/secret")),
        telegram_token=Secret(token),
        telegram_api=api,
    )
