"""Several processes on one disk: one writes at a time, and readers always have an answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.search import Index
from tests.search.documents import built, document, keys, sought

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
DOCUMENTS = [document(f"d{number}", "收费标准" if number == 7 else "公开目录") for number in range(50)]

# Says that it is ready, waits for the word, and rebuilds over and over.
REBUILD = """
import sys
from pathlib import Path
from bot.search import Index
from tests.search.test_processes import DOCUMENTS

index = Index(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for generation in range(int(sys.argv[2]), int(sys.argv[3])):
    with index.locked():
        index.rebuild(DOCUMENTS, generation)
"""


@contextmanager
def rebuilding(root: Path, *spans: tuple[int, int]) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes of their own that rebuild once for each generation of their span, all let go at once."""
    with ExitStack() as stack:
        processes = []
        for first, last in spans:
            command = [sys.executable, "-c", REBUILD, str(root), str(first), str(last)]
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            processes.append(stack.enter_context(process))
            stack.callback(process.kill)
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        yield processes


def test_two_that_rebuild_at_once_leave_one_good_index(tmp_path: Path) -> None:
    with rebuilding(tmp_path, (1, 6), (101, 106)) as processes:
        assert [process.wait(timeout=60) for process in processes] == [0, 0]
    index = Index(tmp_path)
    assert index.generation in (5, 105)
    assert index.sections == len(DOCUMENTS)
    assert keys(index.find(sought("收费标准"), 1)) == ["d7#1"]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [(tmp_path / "CURRENT").read_text()]


def test_a_reader_keeps_answering_while_another_rebuilds(tmp_path: Path) -> None:
    built(tmp_path, DOCUMENTS)
    steady, turning = Index(tmp_path), Index(tmp_path)
    seen = set()
    with rebuilding(tmp_path, (2, 12)) as (process,):
        while process.poll() is None:
            turning.reopen()
            seen.add(turning.generation)
            for reader in (steady, turning):
                assert keys(reader.find(sought("收费标准"), 1)) == ["d7#1"]
    assert process.returncode == 0
    assert 0 not in seen
    assert steady.generation == 1
    turning.reopen()
    assert turning.generation == 11
