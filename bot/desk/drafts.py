"""Drafts in the knowledge folder: what may be published once somebody has looked at it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from shutil import copymode

from bot.desk.files import whole_file

DRAFTS = "drafts"


class NotAccepted(Exception):  # noqa: N818 - it says what is the matter
    """What cannot be written into the folder, with the reason and the remedy."""


class DraftThere(NotAccepted):
    """A draft of that name is there already."""


def write_draft(folder: Path, name: str, title: str, text: str) -> Path:
    """Write a draft that no sync publishes until its status is taken away.

    Args:
        folder: the knowledge folder.
        name: of the file, without its suffix; one draft each.
        title: one line.
        text: the paragraphs below the front matter.

    Returns:
        The file that was written.

    Raises:
        DraftThere: nothing is overwritten.
        NotAccepted: it cannot be written.
    """
    path = folder / DRAFTS / f"{name}.md"
    if path.exists():
        raise DraftThere(f"{path}: it is there already; write it, or remove it")
    line = " ".join(title.split()).replace("\\", "").replace('"', "”")
    write_whole(path, f'---\ntitle: "{line}"\nstatus: draft\n---\n\n{text}\n'.encode())
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file of the folder whole or not at all, for whoever could use it before.

    Raises:
        NotAccepted: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as draft:
            draft.write_bytes(data)
            with suppress(FileNotFoundError):
                copymode(path, draft)
    except OSError as error:
        raise NotAccepted(f"{path}: {error.strerror}; make its folder writable") from error
