"""Settings from the environment or a ``.env`` file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

TELEGRAM_PORTS = (443, 80, 88, 8443)

# What a proxy and starlette's routes both leave as it is.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._~-]+")


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
class Address:
    """Where to listen: an address of this machine, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings its updates.

    Attributes:
        url: the public address, which a proxy serves over HTTPS.
        listen: where the proxy hands them on, over HTTP.
    """

    url: str
    listen: Address

    @property
    def path(self) -> str:
        """The path of the public address, which the proxy is to leave as it is."""
        return urlsplit(self.url).path


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
        telegram_webhook: BOT_TELEGRAM_WEBHOOK and BOT_TELEGRAM_WEBHOOK_LISTEN; None where Telegram is asked for updates.
        health: BOT_HEALTH_LISTEN, where health, readiness and metrics are served; None where they are not.
        staff_chat: BOT_STAFF_CHAT, the group that questions are passed on to; 0 where there is none.
    """

    knowledge: Path
    database_url: Secret
    index: Path
    secret_file: Path
    telegram_token: Secret
    telegram_api: str
    telegram_webhook: Webhook | None = None
    health: Address | None = None
    staff_chat: int = 0


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
        telegram_webhook=_webhook(
            value("BOT_TELEGRAM_WEBHOOK"), value("BOT_TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:8080")
        ),
        health=read_address("BOT_HEALTH_LISTEN", health) if (health := value("BOT_HEALTH_LISTEN")) else None,
        staff_chat=_group(value("BOT_STAFF_CHAT")),
    )


def _group(number: str) -> int:
    """A group's number; 0 for none.

    Raises:
        BadSetting: it is no group's.
    """
    if number and not re.fullmatch(r"-[1-9][0-9]{0,18}", number, re.ASCII):
        raise BadSetting("BOT_STAFF_CHAT: this is no group's number; write it with its minus, such as -1001234567890")
    return int(number or 0)


def _webhook(url: str, listen: str) -> Webhook | None:
    """Where Telegram brings its updates; None where no address is set.

    Raises:
        BadSetting: Telegram would not take the address, or nothing can listen there.
    """
    if not url:
        return None
    remedy = "write the public one with a path of its own, such as https://bot.example.gov.cn/telegram"
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise BadSetting(f"BOT_TELEGRAM_WEBHOOK: this is no address; {remedy}") from None
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(f"BOT_TELEGRAM_WEBHOOK: this is no address that begins with https://; {remedy}")
    if len(parts.path) < 2 or not _PLAIN_PATH.fullmatch(parts.path):
        raise BadSetting(f"BOT_TELEGRAM_WEBHOOK: this has no path of letters, digits and signs alone; {remedy}")
    if port not in TELEGRAM_PORTS:
        raise BadSetting(f"BOT_TELEGRAM_WEBHOOK: Telegram comes to ports 443, 80, 88 and 8443 only, not {port}")
    return Webhook(url, read_address("BOT_TELEGRAM_WEBHOOK_LISTEN", listen))


def read_address(name: str, value: str) -> Address:
    """Read where to listen.

    Raises:
        BadSetting: it is not written as an address and a port.
    """
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting(f"{name}: this is no address and port; write them as 127.0.0.1:8080")
    return Address(host, int(port))


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
