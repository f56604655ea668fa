"""The archive that a .docx is: its text part and the parts beside it, read within bounds."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element

from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.word.tree import BrokenXml, parse

LARGEST_PART = 32_000_000
MOST_ENTRIES = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANEW = "open it in Word or WPS and save it anew as .docx"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What else offices rename to .docx, by how it begins.
_OTHERS = (
    (b"{\\rtf", "is RTF under another name"),
    (b"%PDF", "is a PDF under another name"),
    (b"<", "is a web page or XML under another name"),
)
_OTHER_ARCHIVES = (
    ("xl/workbook.xml", "is a spreadsheet under another name", "rename it to .xlsx"),
    ("ppt/presentation.xml", "is a presentation under another name", "save its text as .docx"),
    ("content.xml", "is an OpenDocument text under another name", _ANEW),
    ("ofd.xml", "is an OFD under another name", "save its text as .docx"),
)


class Archive:
    """The parts of one file, each parsed when it is asked for."""

    def __init__(self, data: bytes) -> None:
        """Open a file's bytes.

        Raises:
            UnreadableFile: it is no .docx, is protected, or is damaged.
        """
        _refuse_others(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGED as error:
            raise UnreadableFile("the file is damaged (no archive as .docx files are)", _ANEW) from error
        if len(self._zip.filelist) > MOST_ENTRIES:
            raise UnreadableFile("the file has too many parts", _ANEW)
        # Some writers part folders with \ and some do not keep to the case that they refer to.
        self._entries = {_key(entry.filename): entry for entry in self._zip.filelist}
        self._left = 2 * LARGEST_PART
        self._main = self._find_main()
        self._related = self._relations(_relations_of(self._main), posixpath.dirname(self._main))

    def text(self) -> Element:
        """The part that holds the text.

        Raises:
            UnreadableFile: it is damaged or too large.
        """
        try:
            return self._parse(self._main)
        except BrokenXml as error:
            raise UnreadableFile(f"the text of the file is damaged ({error})", _ANEW) from error

    def beside(self, kind: str) -> Element | None:
        """A part that the text refers to: styles, numbering, footnotes, endnotes; None where there is none.

        Raises:
            BrokenXml: it is damaged.
            UnreadableFile: it is too large.
        """
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        name = next((name for name in (self._related.get(kind, ""), usual) if name in self._entries), "")
        return self._parse(name) if name else None

    def title(self) -> str:
        """The title among the properties, empty where there is none or the properties are damaged."""
        try:
            properties = self._parse("docprops/core.xml") if "docprops/core.xml" in self._entries else None
        except BrokenXml:
            return ""
        return (properties.findtext("title") or "") if properties is not None else ""

    def _find_main(self) -> str:
        main = self._relations("_rels/.rels", "").get("officedocument", "")
        for name, reason, remedy in _OTHER_ARCHIVES:
            if main == name or (main not in self._entries and name in self._entries):
                raise UnreadableFile(f"the file {reason}", remedy)
        for name in (main, "word/document.xml"):
            if name in self._entries:
                return name
        raise UnreadableFile("the file has no text part (word/document.xml)", _ANEW)

    def _relations(self, name: str, folder: str) -> dict[str, str]:
        """Kind of each related part to its name; a damaged list is as good as none, for most names are the usual ones."""
        try:
            relations = self._parse(name) if name in self._entries else None
        except BrokenXml:
            relations = None
        related: dict[str, str] = {}
        for relation in relations if relations is not None else ():
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2].casefold()
                related.setdefault(kind, _key(posixpath.join("/", folder, relation.get("Target", ""))))
        return related

    def _parse(self, name: str) -> Element:
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise UnreadableFile("the file is protected by a password", "save it without")
        if entry.compress_type not in _PLAIN_METHODS:
            raise BrokenXml("it is packed in a way that office programs do not use")
        limit = min(LARGEST_PART, self._left)
        try:
            with self._zip.open(entry) as part:
                content = part.read(limit + 1)
        except _DAMAGED as error:
            raise BrokenXml("it cannot be unpacked") from error
        if len(content) > limit:
            raise UnreadableFile("the file is too large when unpacked", "split it")
        self._left -= len(content)
        return parse(content)


def _refuse_others(data: bytes) -> None:
    if not data:
        raise UnreadableFile("the file is empty", "write the text, or delete the file")
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("the file is larger than 20 MB", "split it")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("the file is protected by a password", "save it without")
        raise UnreadableFile(
            "the file is an old .doc under another name", "open it in Word or WPS and save it as .docx"
        )
    begins = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, reason in _OTHERS:
        if begins.startswith(sign):
            raise UnreadableFile(f"the file {reason}", _ANEW)


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")
