"""Who wrote a file, as the history of its folder has it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 30


def git_authors(folder: Path) -> Mapping[str, str]:
    """The name of whoever changed each file last, by its path inside the folder; empty where git knows nothing of it."""
    command = [
        "git",
        "-c",
        "core.quotepath=off",
        "log",
        "--format=%x00%an",
        "--name-only",
        "--relative",
        "-z",
        "--",
        ".",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - git itself, without a shell
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    authors: dict[str, str] = {}
    for commit in done.stdout.decode("utf-8", "replace").split("\0\0"):
        name, _, files = commit.lstrip("\0\n").partition("\0")
        for file in files.strip("\0\n").split("\0"):
            authors.setdefault(file.strip("\n"), name.strip())
    authors.pop("", None)
    return authors
