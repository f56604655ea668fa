"""Files that are made to harm: each is refused by name, in little time and memory, and nothing else is lost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.houses import FILES
from tests.knowledge.places import write_folder
from tests.knowledge.printed import written
from tests.knowledge.test_pdf import encrypted
from tests.knowledge.test_spreadsheet import bomb, with_entities
from tests.knowledge.test_word_archive import BOMB, document, with_text
from tests.knowledge.word_files import paragraph

pytestmark = pytest.mark.e2e

MEMORY_BYTES = 512_000_000
CIRCLE = written(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
HUGE = 500_000_000
# Runs a command, then tells what it and each process that it waited for needed: bytes at most, seconds of CPU.
MEASURED = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]))
sys.exit(code)
"""


def word_bomb() -> bytes:
    """A text part of 600 MB, packed piece by piece: a child's memory begins with what its parent needed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


def test_each_hostile_file_is_refused_by_name_and_the_others_are_read(tmp_path: Path) -> None:
    hostile = {
        "entities.docx": (with_text(document(paragraph("&b;" * 1000), BOMB)), "it has a document type"),
        "bomb.docx": (word_bomb(), "too large when unpacked"),
        "bomb.xlsx": (bomb(), "too large to be a catalogue"),
        "entities.ods": (with_entities(), "the workbook is damaged"),
        "loop.pdf": (CIRCLE, "page 1 of the PDF is broken"),
        "password.pdf": (encrypted("secret"), "protected by a password"),
        "nul.md": (b"a\0b", "NUL bytes"),
        "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not what its name says"),
        "huge.pdf": (b"", "larger than 20 MB"),
        "huge.csv": (b"", "larger than 20 MB"),
    }
    folder = write_folder(tmp_path, {**FILES, **{name: content for name, (content, _) in hostile.items()}})
    for name in ("huge.pdf", "huge.csv"):
        os.truncate(folder / name, HUGE)
    # Through a process that needs little: what one needs at most begins with what the one that started it needs.
    checking = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, "-m", "bot", "check", "--format", "json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert checking.returncode == 1
    *lines, used = checking.stdout.splitlines()
    most_bytes, seconds = json.loads(used)
    findings = [json.loads(line) for line in lines]
    reasons = {Path(found["path"]).name: found["reason"] for found in findings if found["severity"] == "error"}
    assert reasons.keys() == hostile.keys()
    assert {name: reason for name, (_, reason) in hostile.items() if reason not in reasons[name]} == {}
    assert most_bytes < MEMORY_BYTES
    assert seconds < 10 * len(hostile)
