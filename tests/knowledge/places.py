"""Where the tests find real input, and how they write a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"


def shared(*parts: str) -> Path:
    """A path below the shared material; skips the test where that is not at hand."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path


def write_folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by their paths inside a folder called knowledge, and return it."""
    folder = root / "knowledge"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
