"""The file that citizens' pseudonyms and the seals of buttons are made with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.settings import BadSetting


def read_secret(path: Path) -> bytes:
    """Read the secret, or make one where there is none; only its owner may read the file.

    Raises:
        BadSetting: the file cannot be read or written, or is too short to be one.
    """
    try:
        # Where it is given, such as a container's secret, its folder may be read-only.
        if not path.exists():
            _make_secret(path)
        secret = path.read_bytes().strip()
    except OSError as error:
        remedy = "make it readable and its folder writable, or set BOT_SECRET_FILE"
        raise BadSetting(f"{path}: {error.strerror}; {remedy}") from error
    if len(secret) < 32:
        remedy = "put back the file that was there, or remove it to make a new one"
        raise BadSetting(f"{path}: too short for a secret; {remedy}")
    return secret


def _make_secret(path: Path) -> None:
    """Make it complete under another name first: two processes may start at once, and one of them wins the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
