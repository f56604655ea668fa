"""XML in a ZIP archive, as office programs write it: opened within bounds, parsed without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.readers.marks import broken, too_large

Attributes = dict[str, str]
# A workbook of 20 MB expands about tenfold; a bomb a thousandfold.
_LARGEST_EXPANDED, _MOST_MEMBERS = 200_000_000, 2_000
_READ_AT_ONCE = 1 << 16
# What zipfile raises on damage is of many kinds: NotImplementedError for a strange compression, RuntimeError for a password …
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, RuntimeError, LookupError)


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """An archive whose members expand to what they say, and to no more than a workbook does.

    Raises:
        UnreadableFile: damaged, or too large; also where what is done with the archive finds damage.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_at_members(archive)
            yield archive
    except _DAMAGE as error:
        raise broken() from error


def _look_at_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _LARGEST_EXPANDED or len(members) > _MOST_MEMBERS:
        raise too_large()
    # Of two members of one name, another program may read the other one.
    if len({member.filename.casefold() for member in members}) < len(members):
        raise broken()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile("the workbook is encrypted", "take its password off and save it again")
    # A member that is longer than it says fails its checksum.
    for member in members:
        with archive.open(member) as stream:
            while stream.read(_READ_AT_ONCE):
                pass


def parse(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` for a member's elements, whose names and attributes come without their namespaces.

    Raises:
        KeyError: there is no such member.
        UnreadableFile: it declares a document type, which no office program does.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(path) as stream:
        parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    raise broken()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
