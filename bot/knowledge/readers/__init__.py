"""Readers: one module a format, from bytes to manuscripts. What a file is called decides which one reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.knowledge.manuscript import Manuscript, Reading, UnreadableFile
from bot.knowledge.readers.catalogue import read_catalogue
from bot.knowledge.readers.markdown import read_markdown
from bot.knowledge.readers.text import read_text

__all__ = ["NOT_YET_READ", "READERS", "Manuscript", "Reading", "UnreadableFile", "read_bytes", "remedy_for"]


# What reads the formats of others is large, and most processes never need it: each is imported with its first file.
def read_docx(data: bytes) -> Reading:
    """Word's files; see `docx.read_docx`."""
    from bot.knowledge.readers import docx

    return docx.read_docx(data)


def read_html(data: bytes) -> Reading:
    """Web pages; see `html.read_html`."""
    from bot.knowledge.readers import html

    return html.read_html(data)


def read_mhtml(data: bytes) -> Reading:
    """Web pages with their pictures; see `html.read_mhtml`."""
    from bot.knowledge.readers import html

    return html.read_mhtml(data)


def read_pdf(data: bytes) -> Reading:
    """PDFs; see `pdf.read_pdf`."""
    from bot.knowledge.readers import pdf

    return pdf.read_pdf(data)


def read_spreadsheet(data: bytes) -> Reading:
    """Workbooks; see `spreadsheet.read_spreadsheet`."""
    from bot.knowledge.readers import spreadsheet

    return spreadsheet.read_spreadsheet(data)


READERS: Mapping[str, Callable[[bytes], Reading]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".csv": read_catalogue,
    ".docx": read_docx,
    ".docm": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".mht": read_mhtml,
    ".mhtml": read_mhtml,
    ".xlsx": read_spreadsheet,
    ".xlsm": read_spreadsheet,
    ".xls": read_spreadsheet,
    ".ods": read_spreadsheet,
    ".pdf": read_pdf,
}
NOT_YET_READ = frozenset(
    f".{name}"
    for names in (
        "doc wps rtf odt ofd ppt pptx",
        "et xlsb",
        "jpg jpeg png tif tiff gif bmp",
    )
    for name in names.split()
)
# In what a program that opens such a file can save it.
_SAVE_AS = {".doc": ".docx", ".wps": ".docx", ".rtf": ".docx", ".odt": ".docx", ".et": ".xlsx", ".xlsb": ".xlsx"}


def remedy_for(suffix: str) -> str:
    """What staff can do with a file of a type that is not read; `suffix` with its dot, in lower case."""
    if name := _SAVE_AS.get(suffix):
        return f"open it in Word, WPS or LibreOffice and save it as {name}"
    return "save it as .docx, Markdown (.md), text (.txt) or CSV"


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
        raise UnreadableFile(f"files of type {suffix or 'none'} are not read", remedy_for(suffix.casefold()))
    return reader(data)
