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
    ".tsv": read_catalogue,
    ".docx": read_docx,
    ".docm": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".shtml": read_html,
    ".mht": read_mhtml,
    ".mhtml": read_mhtml,
    ".xlsx": read_spreadsheet,
    ".xlsm": read_spreadsheet,
    ".xls": read_spreadsheet,
    ".ods": read_spreadsheet,
    ".pdf": read_pdf,
}
# By what a person can do with them.
_TEXTS = frozenset(
    f".{name}" for names in ("doc dot dotx dotm wps wpt wbk rtf odt ott", "uof uot pages") for name in names.split()
)
_TABLES = frozenset(f".{name}" for names in ("et ett xlsb xlt xltx xltm uos", "numbers fods") for name in names.split())
_ARCHIVES = frozenset(f".{name}" for names in ("zip rar 7z tar gz tgz", "bz2 xz") for name in names.split())
_OTHERS = frozenset(
    f".{name}"
    for names in (
        "ofd ceb cebx sep gd gw xps oxps caj epub",
        "ppt pptx pps ppsx dps odp key",
        "eml msg",
        "jpg jpeg png tif tiff gif bmp webp heic",
    )
    for name in names.split()
)
NOT_YET_READ = _TEXTS | _TABLES | _ARCHIVES | _OTHERS
"""Suffixes of what may hold words for the public, and is refused, so that nobody wonders why they are not found."""


def remedy_for(suffix: str) -> str:
    """What staff can do with a file of a type that is not read; `suffix` with its dot, in lower case."""
    if suffix in _ARCHIVES:
        return "unpack it, and put what is in it into the folder"
    if suffix in _TEXTS | _TABLES:
        return f"open it in Word, WPS or LibreOffice and save it as {'.docx' if suffix in _TEXTS else '.xlsx'}"
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
