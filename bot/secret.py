"""The file that citizens' pseudonyms and the seals of buttons are made with."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from bot.settings import BadSetting


class SharedSecret:
    """The secret that all workers of one database have: written at the first start, read when it is first called for.

    Args:
        path: of the file.
        claim: notes in the database what tells the secret without giving it away; False where that is another's.
    """

    def __init__(self, path: Path, claim: Callable[[str], bool]) -> None:
        self._path = path
        self._claim = claim
        self._secret: bytes | None = None
        self._reading = threading.Lock()

    def __call__(self) -> bytes:
        """The secret.

        Raises:
            BadSetting: the file cannot be used, or it is not the one that the database was started with.
        """
        with self._reading:
            if self._secret is None:
                secret = read_secret(self._path)
                if not self._claim(hmac.new(secret, b"check", hashlib.sha256).hexdigest()):
                    raise BadSetting(
                        f"{self._path}: this database was started with another secret; copy the file "
                        "from the worker that started it, or set BOT_SECRET_FILE, so that a citizen keeps one pseudonym"
                    )
                self._secret = secret
        return self._secret


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
