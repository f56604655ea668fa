"""`bot` as a process of its own in a folder of its own, run as a shell would run it."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# A new interpreter takes a second of processor time to import everything; a fork of one that has takes none of it.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.app", "bot.cli"])
# What an interpreter reads of its environment when it starts, before a fork could be told.
_READ_AT_START = ("PYTHON", "LC_")
_SECONDS = 60


@dataclass
class Bot:
    """`bot`, run in a folder with a `knowledge` folder in it and nothing set."""

    folder: Path
    set: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Everything that is set."""
        return {key: value for key, value in os.environ.items() if not key.startswith("BOT_")} | self.set

    def start(self, *arguments: str | bytes, **options: Any) -> subprocess.Popen[bytes]:
        """Start a command in an interpreter of its own."""
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **options)

    def run(self, *arguments: str | bytes, given: str | bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run a command to its end; what it printed is decoded as UTF-8, strictly."""
        typed = given.encode() if isinstance(given, str) else given
        if any(name.startswith(_READ_AT_START) for name in self.set):
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            process = self.start(*arguments, **pipes)
            out, err = process.communicate(typed, timeout=_SECONDS)
            code = process.returncode
        else:
            code, out, err = _run_forked(self.folder, self.environment, list(map(os.fsdecode, arguments)), typed)
        return subprocess.CompletedProcess(arguments, code, out.decode(), err.decode())

    def ask(self, *questions: str) -> list[dict[str, Any]]:
        """The objects of `bot ask --json`, one a question."""
        done = self.run("ask", "--json", given="".join(f"{question}\n" for question in questions))
        assert (done.returncode, done.stderr) == (0, "")
        return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def _run_forked(
    folder: Path, environment: Mapping[str, str], arguments: Sequence[str], given: bytes
) -> tuple[int, bytes, bytes]:
    """Run a command in a fork; its exit code, and what it wrote to standard output and standard error."""
    with TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("in", "out", "err")]
        streams[0].write_bytes(given)
        process = _FORKS.Process(target=_become, args=(folder, environment, arguments, streams))
        process.start()
        process.join(_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        code = process.exitcode
        process.close()
        assert code is not None
        _, out, err = (stream.read_bytes() if stream.exists() else b"" for stream in streams)
        return code, out, err


def _become(folder: Path, environment: Mapping[str, str], arguments: Sequence[str], streams: Sequence[Path]) -> None:
    """Turn the fork into `bot`: its folder, environment, arguments and streams, then what the command's script calls."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, (stream, flags) in enumerate(
        zip(streams, (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT), strict=True)
    ):
        opened = os.open(stream, flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["bot", *arguments]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(descriptor, mode, encoding="utf-8", closefd=False) for descriptor, mode in enumerate("rww")
    )
    from bot.cli import main

    main()
