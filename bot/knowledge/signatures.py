"""What a file is by its first bytes, where its name says something else."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive, such as DOCX and XLSX are"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file, such as DOC and XLS are"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_TEXT = frozenset((".md", ".markdown", ".txt", ".csv", ".tsv", ".html", ".htm", ".xhtml", ".shtml"))
# What a suffix other than that of a text may begin with; such files are wrapped in several ways, and their readers know best.
_OWN: dict[str, tuple[str, ...]] = {".pdf": ("a PDF",), ".docx": ("a zip", "an old"), ".xlsx": ("a zip", "an old")}


def foreign(suffix: str, data: bytes) -> str:
    """What a file's content is, "a PDF", where that is not what its suffix says; empty where it may be.

    Args:
        suffix: with its dot, in lower case.
        data: the file, or its beginning.
    """
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "")
    if not kind or suffix in _TEXT:
        return kind
    return kind if suffix in _OWN and not kind.startswith(_OWN[suffix]) else ""
