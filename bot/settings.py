"""Settings from the environment or a ``.env`` file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values


class BadSetting(ValueError):  # noqa: N818 - it names the mistake
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

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
        telegram_api: BOT_TELEGRAM_API, the Bot API's base URL as python-telegram-bot takes it; empty for Telegram's.
    """

    knowledge: Path
    database_url: Secret
    index: Path
    secret_file: Path
    telegram_token: Secret
    telegram_api: str


def load_settings(environment: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings: the environment first, then the ``.env`` file, then defaults.

    A variable that is set to nothing counts as unset, so that one in the file can be switched off.

    Args:
        environment: in place of the process's own.
        env_file: need not be there.

    Raises:
        BadSetting: the file or a value cannot be used.
    """
    values = read_env_file(env_file) if env_file is not None else {}
    values |= os.environ if environment is None else environment

    def value(name: str, default: str = "") -> str:
        return values.get(name, "").strip() or default

    api = value("BOT_TELEGRAM_API")
    if api and not api.startswith(("http://", "https://")):
        # Not quoted: whoever mixed up two lines has written the token here.
        raise BadSetting("BOT_TELEGRAM_API: this is no address; write one such as http://127.0.0.1:8081/bot")
    token = value("BOT_TELEGRAM_TOKEN")
    if token and ":" not in token:
        raise BadSetting("BOT_TELEGRAM_TOKEN: this is no bot token; copy it whole from @BotFather, such as 123456:ABC…")
    return Settings(
        knowledge=Path(value("BOT_KNOWLEDGE", "knowledge")),
        database_url=Secret(value("BOT_DATABASE_URL", "sqlite:///var/bot.db")),
        index=Path(value("BOT_INDEX", "var/index")),
        secret_file=Path(value("BOT_SECRET_FILE", "var/secret")),
        telegram_token=Secret(token),
        telegram_api=api,
    )


def read_env_file(path: Path) -> dict[str, str]:
    """Read the assignments of a ``.env`` file; none where there is no such file.

    Raises:
        BadSetting: it cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        # Windows editors begin it with a byte order mark.
        values = dotenv_values(path, encoding="utf-8-sig")
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror}; make it readable, or remove it") from error
    except UnicodeDecodeError as error:
        raise BadSetting(f"{path}: this is no UTF-8 text; save it as UTF-8") from error
    return {name: value for name, value in values.items() if value is not None}
