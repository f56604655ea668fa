"""A knowledge folder into Documents and Findings: every file is read, and a bad one never stops the others."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from bot.knowledge.agencies import read_agencies
from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.inference import complete
from bot.knowledge.readers import NOT_YET_READ, READERS, Reading, UnreadableFile, read_bytes, remedy_for
from bot.knowledge.tables import read_glossary, read_questions
from bot.model import Agency, Document, Finding, Folder, Severity

AGENCIES, GLOSSARY, QUESTIONS = "agencies.toml", "glossary.csv", "questions.csv"
_Content = TypeVar("_Content")
_TEMPORARY_SUFFIXES = frozenset((".swp", ".swo", ".tmp", ".bak", ".part", ".crdownload"))


class KnowledgeFolderMissing(Exception):  # noqa: N818 - it names the mistake
    """There is no folder at `path`; the message has the remedy."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: there is no such folder; create it, or set BOT_KNOWLEDGE to the folder with your documents"
        )
        self.path = path


def read_folder(path: Path) -> Folder:
    """Read a knowledge folder.

    Returns:
        Documents of every status in the order of their paths, the folder's own small files, and the remarks of reading,
        whose paths begin with the folder's name. Files that could not be read are in `refused`.

    Raises:
        KnowledgeFolderMissing: `path` is no folder.
    """
    if not path.is_dir():
        raise KnowledgeFolderMissing(path)
    walk = _Walk(path)
    files = dict(walk.files())
    agencies = walk.read_small(files, AGENCIES, read_agencies) or ()
    glossary = walk.read_small(files, GLOSSARY, read_glossary) or ()
    golden = walk.read_small(files, QUESTIONS, read_questions) or ()
    if not agencies and AGENCIES not in walk.refused:
        remedy = f"write {AGENCIES} with [key], name, phone, site and what else citizens need to reach you"
        walk.remark(
            AGENCIES, Finding(Severity.WARNING, "", 0, "no agency is known, so replies name no contact", remedy)
        )
    documents = walk.documents(files, agencies)
    return Folder(documents, agencies, glossary, golden, tuple(walk.findings), frozenset(walk.refused))


@dataclass
class _Walk:
    """One pass through a folder, and what there is to say about it."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def remark(self, name: str, finding: Finding) -> None:
        shown = f"{self.root.resolve().name}/{name}"
        self.findings.append(replace(finding, path=shown))

    def refuse(self, name: str, reason: str, remedy: str, line: int = 0) -> None:
        self.refused.add(name)
        self.remark(name, Finding(Severity.ERROR, "", line, reason, remedy))

    def files(self) -> Iterator[tuple[str, Path]]:
        """(path inside the folder, file) of every file that somebody meant to put there, sorted."""
        real = self.root.resolve()
        found: list[Path] = []
        for top, folders, names in os.walk(self.root, onerror=self._unreadable_folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found.extend(Path(top, name) for name in names if not _is_ignored(name))
        for file in sorted(found, key=lambda file: file.relative_to(self.root).parts):
            name = file.relative_to(self.root).as_posix()
            if name == "README.md" or not file.is_file():
                continue
            if not _is_showable(name):
                self.refuse(ascii(name), "the file's name has characters that cannot be shown", "rename it")
            elif not file.resolve().is_relative_to(real):
                self.refuse(name, "the link leads out of the folder", "copy the file into the folder")
            else:
                yield name, file

    def _unreadable_folder(self, error: OSError) -> None:
        name = Path(error.filename).relative_to(self.root).as_posix()
        self.refuse(name, f"the folder cannot be read ({error.strerror})", "give the program the right to read it")

    def bytes_of(self, name: str, file: Path) -> bytes | None:
        """A file's content; None where it was refused."""
        try:
            if file.stat().st_size > LARGEST_BYTES:
                self.refuse(name, "the file is larger than 20 MB", "split it")
                return None
            return file.read_bytes()
        except OSError as error:
            self.refuse(name, f"the file cannot be read ({error.strerror})", "give the program the right to read it")
            return None

    def read_small(
        self, files: dict[str, Path], name: str, read: Callable[[bytes], tuple[_Content, tuple[Finding, ...]]]
    ) -> _Content | None:
        """One of the small files at the folder's top, taken out of `files`; None where it is absent or refused."""
        file = files.pop(name, None)
        data = self.bytes_of(name, file) if file else None
        if data is None:
            return None
        try:
            content, findings = read(data)
        except UnreadableFile as error:
            self.refuse(name, error.reason, error.remedy, error.line)
            return None
        for finding in findings:
            self.remark(name, finding)
        return content

    def documents(self, files: dict[str, Path], agencies: tuple[Agency, ...]) -> tuple[Document, ...]:
        documents: dict[str, Document] = {}
        unknown: set[str] = set()
        for name, file in files.items():
            for manuscript in (reading := self._read(name, file)).manuscripts:
                completed = complete(manuscript, PurePosixPath(unicodedata.normalize("NFC", name)), agencies)
                document = completed.document
                if first := documents.get(document.id):
                    self._refuse_second(name, document, first, manuscript.line if manuscript.id else 0)
                    continue
                documents[document.id] = document
                for finding in completed.findings:
                    # One remark for each unknown agency is enough: a catalogue may name it in a thousand rows.
                    if finding.reason not in unknown:
                        unknown.add(finding.reason)
                        self.remark(name, finding)
            for finding in reading.findings:
                self.remark(name, finding)
        return tuple(documents.values())

    def _refuse_second(self, name: str, second: Document, first: Document, line: int) -> None:
        reason = f'document id "{second.id}" is that of {first.path} as well'
        if line:
            self.remark(name, Finding(Severity.ERROR, "", line, reason, "give the row an id of its own"))
        else:
            self.refuse(name, reason, "rename one of the files")

    def _read(self, name: str, file: Path) -> Reading:
        suffix = file.suffix.casefold()
        if suffix not in READERS:
            if suffix in NOT_YET_READ:
                self.refuse(name, f"{suffix} files are not read", remedy_for(suffix))
            else:
                reason = f"files of type {suffix}" if suffix else "files without a suffix"
                self.remark(name, Finding(Severity.NOTE, "", 0, f"{reason} are ignored", ""))
            return Reading(())
        data = self.bytes_of(name, file)
        if data is None:
            return Reading(())
        try:
            return read_bytes(suffix, data)
        except UnreadableFile as error:
            self.refuse(name, error.reason, error.remedy, error.line)
            return Reading(())


def _is_showable(name: str) -> bool:
    # What is no UTF-8 on the disk arrives as lone surrogates (Cs), which no database or terminal takes.
    return not any(unicodedata.category(sign) in ("Cs", "Cc") for sign in name)


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or Path(name).suffix.casefold() in _TEMPORARY_SUFFIXES
