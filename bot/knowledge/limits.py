"""What the reading of one file may take, and which files are read under these limits in a process of their own."""

from __future__ import annotations

LIMITED = frozenset(
    (
        ".doc", ".docx", ".docm", ".wps", ".rtf", ".odt", ".ofd", ".pdf", ".htm", ".html", ".xhtml", ".shtml", ".mht", ".mhtml",
        ".et", ".xls", ".xlsx", ".xlsm", ".ods", ".ppt", ".pptx", ".jpg", ".jpeg", ".png", ".tif", ".tiff",
    )
)  # fmt: skip
"""Suffixes of formats whose files come from elsewhere and whose readers, made by others, may loop or break on them."""

MEMORY_BYTES = 512_000_000
"""Of address space, the program itself included."""

SECONDS = 10
"""By the clock on the wall, and of CPU."""

START_SECONDS = 60
"""By the clock on the wall, for a reading process to be there; it is nice to all else that a busy machine has to do."""

TEXT_SECONDS = 60
"""For a large text, which our own readers read; they take their time, and do not loop."""
