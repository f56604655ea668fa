"""The folder as it was at an earlier commit of its own history."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 60


class NoSuchRevision(Exception):  # noqa: N818 - it names the mistake
    """The folder has no such commit; the message has the remedy."""

    def __init__(self, folder: Path, revision: str, reason: str) -> None:
        super().__init__(
            f"{folder}: no commit {revision} ({reason}); name one that git log shows, in a folder that git keeps"
        )


@contextmanager
def earlier(folder: Path, revision: str) -> Iterator[Path]:
    """A copy of the folder at a commit, gone with the context.

    Raises:
        NoSuchRevision: git does not know it, or does not keep the folder.
    """
    if revision.startswith("-"):
        raise NoSuchRevision(folder, revision, "it begins with a dash")
    command = ["git", "archive", "--format=tar", revision, "."]
    try:
        done = subprocess.run(  # noqa: S603 - git itself, without a shell
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoSuchRevision(folder, revision, type(error).__name__) from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise NoSuchRevision(folder, revision, reason)
    with TemporaryDirectory(prefix="bot-") as place, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        copy = Path(place, folder.resolve().name)
        archive.extractall(copy, filter="data")
        yield copy
