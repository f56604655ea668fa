"""The files of a folder: each that somebody meant to put there, with its fingerprint, and why some cannot be read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

_TEMPORARY_SUFFIXES = frozenset((".swp", ".swo", ".tmp", ".bak", ".part", ".crdownload"))
_LEFT_BY_SYSTEMS = frozenset(("thumbs.db", "desktop.ini", "icon\r", "__macosx"))
_PAGES = (".html", ".htm")
_OF_PAGES = ("_files", ".files", ".fld")
# What turns the direction of a text makes a name look like another one: ‮fdp.md shows as md.pdf.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file that may be read.

    Attributes:
        name: its path inside the folder, with forward slashes, composed (NFC) however the disk has it.
        path: where to open it.
        size: in bytes.
        fingerprint: its size, time and place on the disk; another one where any of them is.
        is_link: whether it is reached by a link inside the folder.
    """

    name: str
    path: str
    size: int
    fingerprint: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Barred:
    """Something in the folder that is not read; its name is as it can be shown."""

    name: str
    reason: str
    remedy: str
    is_folder: bool = False


def walk(root: Path, names: Collection[str] = ("",)) -> Iterator[Found | Barred]:
    """What there is in a folder, without hidden files and what editors leave behind.

    Args:
        root: the folder.
        names: what is looked at, spelled as on the disk: files, or folders with all that is in them; "" is the whole.

    Yields:
        In no order that holds; two files of one name where it is written in two ways.
    """
    real = root.resolve()
    if "" in names:
        yield from _entries(str(root), "", real)
        return
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for name in _outermost(names):
        folder, _, own = name.rpartition("/")
        wanted[folder].add(unicodedata.normalize("NFC", own))
    for folder, own_names in wanted.items():
        if _is_walked(root, folder):
            prefix = unicodedata.normalize("NFC", f"{folder}/") if folder else ""
            yield from _entries(str(root / folder), prefix, real, own_names)


def _outermost(names: Collection[str]) -> Iterator[str]:
    """Names without those inside a folder that is named itself."""
    named = set(names)
    for name in named:
        above = (name[:end] for end, sign in enumerate(name) if sign == "/")
        if not any(folder in named for folder in above):
            yield name


def _is_walked(root: Path, folder: str) -> bool:
    """Whether a walk of the whole would come to a folder."""
    path = root
    for part in folder.split("/") if folder else ():
        path /= part
        pages = {page.name for page in path.parent.glob("*.htm*")} if part.endswith(_OF_PAGES) else ()
        if (
            is_ignored(part)
            or _is_of_a_page(part, pages)
            or shown(part) != part
            or path.is_symlink()
            or not path.is_dir()
        ):
            return False
    return True


def _is_of_a_page(name: str, there: Collection[str]) -> bool:
    """Whether a folder holds what browsers and Word save with a web page: its pictures, styles and frames."""
    return any(
        name.endswith(ending) and any(name.removesuffix(ending) + suffix in there for suffix in _PAGES)
        for ending in _OF_PAGES
    )


def with_companions(names: Collection[str]) -> set[str]:
    """Names, and of each web page the folders that may have been saved with it."""
    stems = {name.removesuffix(suffix) for name in names for suffix in _PAGES if name.endswith(suffix)}
    return {*names, *(stem + ending for stem in stems for ending in _OF_PAGES)}


def _entries(folder: str, prefix: str, real: Path, only: Collection[str] | None = None) -> Iterator[Found | Barred]:
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError as error:
        reason = f"the folder cannot be read ({error.strerror})"
        yield Barred(prefix.rstrip("/"), reason, "give the program the right to read it", is_folder=True)
        return
    there = {entry.name for entry in entries if entry.name.endswith(_PAGES)}
    for entry in entries:
        if is_ignored(entry.name) or _is_of_a_page(entry.name, there):
            continue
        # Some systems write é as two characters; a document's path and id are the same wherever the folder lies.
        own = unicodedata.normalize("NFC", entry.name)
        if only is not None and own not in only:
            continue
        name = prefix + own
        if shown(name) != name:
            yield Barred(
                shown(name), "the name has characters that cannot be shown, or that turn it round", "rename it"
            )
        elif entry.is_symlink():
            yield from _linked(entry, name, real)
        elif entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{name}/", real)
        elif name != "README.md":
            yield _found(entry, name)


def _linked(entry: os.DirEntry[str], name: str, real: Path) -> Iterator[Found | Barred]:
    try:
        target = Path(entry.path).resolve(strict=True)
    except RuntimeError:
        yield Barred(name, "the link leads in a circle", "copy the file into the folder")
    except FileNotFoundError:
        yield Barred(name, "the link leads nowhere", "copy the file into the folder, or delete the link")
    except OSError as error:
        circular = error.errno is not None and "symbolic" in os.strerror(error.errno)
        reason = "the link leads in a circle" if circular else f"the link cannot be followed ({error.strerror})"
        yield Barred(name, reason, "copy the file into the folder")
    else:
        if not target.is_relative_to(real):
            yield Barred(name, "the link leads out of the folder", "copy the file into the folder")
        elif target.is_dir():
            yield Barred(name, "links to folders are not followed", "move the folder here", is_folder=True)
        else:
            yield _found(entry, name)


def _found(entry: os.DirEntry[str], name: str) -> Found | Barred:
    try:
        status = entry.stat()
    except OSError as error:
        return Barred(name, f"the file cannot be read ({error.strerror})", "give the program the right to read it")
    if not stat.S_ISREG(status.st_mode):
        return Barred(
            name, "this is a pipe, a socket or a device, and no file", "delete it, or copy its content to a file"
        )
    return Found(name, entry.path, status.st_size, fingerprint(status), entry.is_symlink())


def fingerprint(status: os.stat_result) -> str:
    """What tells whether a file may have changed without reading it."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def shown(name: str) -> str:
    """A name as it can be shown: what is no text, steers a terminal or turns the direction of writing is escaped."""
    if name.isprintable():
        return name
    # What is no UTF-8 on the disk arrives as lone surrogates (Cs), which no database or terminal takes.
    return "".join(
        sign.encode("unicode_escape").decode("ascii")
        if sign in _TURNING or unicodedata.category(sign) in ("Cs", "Cc", "Zl", "Zp")
        else sign
        for sign in name
    )


def is_ignored(name: str) -> bool:
    """Whether a file's or a folder's name is of the kind that systems and editors leave behind."""
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", "#"))
        or name.casefold() in _LEFT_BY_SYSTEMS
        or os.path.splitext(name)[1].casefold() in _TEMPORARY_SUFFIXES  # noqa: PTH122 - ten times as fast
    )
