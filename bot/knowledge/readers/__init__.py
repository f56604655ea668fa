"""Readers: one module a format, from bytes to manuscripts. What a file is called decides which one reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.knowledge.manuscript import Manuscript, Reading, UnreadableFile
from bot.knowledge.readers.catalogue import read_catalogue
from bot.knowledge.readers.markdown import read_markdown
from bot.knowledge.readers.pdf import read_pdf
from bot.knowledge.readers.text import read_text

__all__ = ["NOT_YET_READ", "READERS", "Manuscript", "Reading", "UnreadableFile", "read_bytes"]

READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".csv": read_catalogue,
    ".pdf": read_pdf,
}
NOT_YET_READ = frozenset(
    f".{name}"
    for names in (
        "doc docx wps rtf odt ofd html htm mht ppt pptx",
        "et xls xlsx ods",
        "jpg jpeg png tif tiff gif bmp",
    )
    for name in names.split()
)


def read_bytes(suffix: str, data: bytes) -> Reading:
    """Read a file's bytes by its suffix.

    Args:
        suffix: with its dot, in any case.
        data: the whole file.

    Raises:
        UnreadableFile: the content is broken, or nothing reads such files.
    """
    reader = READERS.get(suffix.casefold())
    if reader is None:
        raise UnreadableFile(
            f"files of type {suffix or 'none'} are not read", "save it as Markdown (.md), text (.txt) or CSV"
        )
    return reader(data)
