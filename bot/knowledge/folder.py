"""A knowledge folder into Documents and Findings: what changed is read, and a bad file never stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bot.knowledge.agencies import read_agencies
from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.limits import LIMITED
from bot.knowledge.options import read_calendar, read_options
from bot.knowledge.processes import ReadingProcesses
from bot.knowledge.readers import NOT_YET_READ, READERS, UnreadableFile, remedy_for
from bot.knowledge.reading import Basis, Task, basis_of, read_file, refused, too_large
from bot.knowledge.spool import Place, Spool, Spooled
from bot.knowledge.tables import read_glossary, read_questions
from bot.knowledge.walk import Found, walk
from bot.model import Agency, Card, Document, Finding, Folder, GoldenQuestion, Known, KnownFile, Options, Severity, Term

AGENCIES, GLOSSARY, QUESTIONS = "agencies.toml", "glossary.csv", "questions.csv"
SETTINGS, CALENDAR = "settings.toml", "calendar.toml"
SMALL = frozenset((AGENCIES, GLOSSARY, QUESTIONS, SETTINGS, CALENDAR))

HERE = 300
"""Texts up to which they are read by this process: starting others for them would take longer."""

_Content = TypeVar("_Content")
Told = Callable[[int, int], None]
"""Called with how many files are read, and of how many."""


class KnowledgeFolderMissing(Exception):  # noqa: N818 - it names the mistake
    """There is no folder at `path`; the message has the remedy."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: there is no such folder; create it, or set BOT_KNOWLEDGE to the folder with your documents"
        )
        self.path = path


def read_folder(
    path: Path, known: Known | None = None, *, moving: Collection[str] = (), told: Told = lambda done, total: None
) -> Folder:
    """Read a knowledge folder, or what changed in it.

    Args:
        path: of the folder.
        known: what is known of it; a file is left unread as long as neither it nor what it is read by has changed.
        moving: paths inside the folder that are being written just now; what is known of them stands.
        told: hears how far the reading is.

    Returns:
        Documents of every status in the order of their paths, the folder's own small files, and the remarks of reading,
        whose paths begin with the folder's name. Files that could not be read are in `refused`.

    Raises:
        KnowledgeFolderMissing: `path` is no folder.
    """
    if not path.is_dir():
        raise KnowledgeFolderMissing(path)
    return _Pass(path, known or Known(), frozenset(moving), told).read()


@dataclass
class _Pass:
    """One pass through a folder, and what there is to say about it.

    Attributes:
        files: every file by its name, as it stands after this pass.
        unchanged: names of those that were left unread.
        in_memory, on_disk: the documents of those that were read.
    """

    root: Path
    known: Known
    moving: frozenset[str]
    told: Told
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    files: dict[str, KnownFile] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    in_memory: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    on_disk: dict[str, Place] = field(default_factory=dict)
    spool: Spool = field(default_factory=Spool)

    def __post_init__(self) -> None:
        self.shown = self.root.resolve().name

    def read(self) -> Folder:
        found, barred = walk(self.root)
        for file in barred:
            self.keep(refused(file.name, file.reason, file.remedy))
            if file.is_folder:
                self.stand_by(name for name in self.known.files if name.startswith(f"{file.name}/"))
        small = {file.name: file for file in found if file.name in SMALL}
        agencies = self.read_small(small, AGENCIES, read_agencies)
        if agencies is None:
            # What is published of them serves on where the file cannot be read.
            agencies = self.known.agencies if AGENCIES in self.refused else ()
        glossary = self.read_small(small, GLOSSARY, read_glossary) or ()
        golden = self.read_small(small, QUESTIONS, read_questions) or ()
        options = self.read_small(small, SETTINGS, read_options) or Options()
        self.read_small(small, CALENDAR, read_calendar)
        if not agencies and AGENCIES not in self.refused:
            remedy = f"write {AGENCIES} with [key], name, phone, site and what else citizens need to reach you"
            self.remark(
                AGENCIES, Finding(Severity.WARNING, "", 0, "no agency is known, so replies name no contact", remedy)
            )
        self.read_changed([file for file in found if file.name not in small], basis_of(agencies))
        return replace(self.folder(agencies, glossary, golden), options=options)

    def remark(self, name: str, finding: Finding) -> None:
        self.findings.append(replace(finding, path=f"{self.shown}/{name}"))

    def keep(self, file: KnownFile) -> None:
        self.files[file.path] = file

    def stand_by(self, names: Iterator[str]) -> None:
        """Leave files as they are known, without a look at them; those that are not known do not exist yet."""
        for name in names:
            if file := self.known.files.get(name):
                self.keep(file)
                self.unchanged.add(name)

    def read_small(
        self, files: dict[str, Found], name: str, read: Callable[[bytes], tuple[_Content, tuple[Finding, ...]]]
    ) -> _Content | None:
        """One of the small files at the folder's top; None where it is absent or refused."""
        file = files.get(name)
        if file is None:
            self.refused |= {name} & self.files.keys()
            return None
        if file.size > LARGEST_BYTES:
            self.refuse(too_large(name, "", ""))
            return None
        try:
            content, findings = read(Path(file.path).read_bytes())
        except OSError as error:
            reason = f"the file cannot be read ({error.strerror})"
            self.refuse(refused(name, reason, "give the program the right to read it"))
        except UnreadableFile as error:
            finding = Finding(Severity.ERROR, "", error.line, error.reason, error.remedy)
            self.refuse(KnownFile(name, refused=True, findings=(finding,)))
        except RecursionError:
            self.refuse(refused(name, "its brackets are nested too deeply", "write it anew"))
        else:
            for finding in findings:
                self.remark(name, finding)
            return content
        return None

    def refuse(self, file: KnownFile) -> None:
        """Refuse one of the small files."""
        self.keep(file)
        self.refused.add(file.path)

    def read_changed(self, found: Sequence[Found], basis: Basis) -> None:
        self.stand_by(file.name for file in found if file.name in self.moving)
        tasks = [task for file in found if file.name not in self.moving and (task := self.task(file, basis))]
        done, total = 0, len(tasks)
        texts = [task for task in tasks if not task.limited]
        if len(texts) <= HERE:
            for done, task in enumerate(texts, 1):
                read = read_file(task, basis)
                if self.settle(read.file, same=read.same, moving=read.moving):
                    self.in_memory[task.name] = read.documents
                self.told(done, total)
            tasks = [task for task in tasks if task.limited]
        with ReadingProcesses(basis) as processes:
            for outcome in processes.read(tasks):
                if self.settle(outcome.file, same=outcome.same, moving=outcome.moving) and outcome.count:
                    self.on_disk[outcome.file.path] = self.spool.put(outcome.documents, outcome.count)
                done += 1
                self.told(done, total)

    def task(self, found: Found, basis: Basis) -> Task | None:
        """What there is to read of a file; None where it is known, or cannot be read."""
        name, suffix = found.name, _suffix(found.name)
        reader = READERS.get(suffix)
        known = self.known.files.get(name)
        is_known = known is not None and known.basis == basis.digest
        if known is not None and is_known and known.fingerprint == found.fingerprint:
            self.keep(known)
            self.unchanged.add(name)
        elif reader is None:
            self.keep(_unread(found, basis))
        elif found.size > LARGEST_BYTES:
            self.keep(too_large(name, found.fingerprint, basis.digest))
        else:
            hash_ = known.hash if known is not None and is_known else ""
            return Task(name, found.path, found.fingerprint, suffix, reader, hash_, suffix in LIMITED)
        return None

    def settle(self, file: KnownFile, *, same: bool, moving: bool) -> bool:
        """Take note of what came of a file; whether its documents are to be kept."""
        if moving:
            self.stand_by(iter((file.path,)))
        elif same:
            self.keep(replace(self.known.files[file.path], fingerprint=file.fingerprint))
            self.unchanged.add(file.path)
        else:
            self.keep(file)
            return True
        return False

    def folder(
        self, agencies: tuple[Agency, ...], glossary: tuple[Term, ...], golden: tuple[GoldenQuestion, ...]
    ) -> Folder:
        cards: dict[str, Card] = {}
        omitted: set[tuple[str, str]] = set()
        unknown: set[str] = set()
        order = sorted(self.files, key=lambda name: name.split("/"))
        for name in order:
            file = self.files[name]
            if file.refused:
                self.refused.add(name)
            for finding in file.unknown:
                # One remark for each unknown agency is enough: every row of a catalogue may name it.
                if finding.reason not in unknown:
                    unknown.add(finding.reason)
                    self.remark(name, finding)
            for card in file.cards:
                first = cards.setdefault(card.id, card)
                if first is not card:
                    omitted.add((name, card.id))
                    self.refuse_second(card, first, is_row=len(file.cards) > 1 or not name.startswith(f"{card.id}."))
            for finding in file.findings:
                self.remark(name, finding)
        return Folder(
            self.documents(order, omitted),
            agencies,
            glossary,
            golden,
            tuple(self.findings),
            frozenset(self.refused),
            tuple(cards.values()),
            tuple(self.files[name] for name in order),
            frozenset(self.unchanged),
        )

    def refuse_second(self, second: Card, first: Card, *, is_row: bool) -> None:
        reason = f'document id "{second.id}" is that of {first.path} as well'
        if is_row:
            finding = Finding(Severity.ERROR, "", second.line, reason, "give the row an id of its own")
        else:
            self.refused.add(second.path)
            finding = Finding(Severity.ERROR, "", 0, reason, "rename one of the files")
        self.remark(second.path, finding)
        # Should the first one go, this one is to be read.
        file = self.files[second.path]
        self.files[second.path] = replace(file, basis="", findings=tuple(dict.fromkeys((*file.findings, finding))))

    def documents(self, order: Sequence[str], omitted: Collection[tuple[str, str]]) -> Sequence[Document]:
        if not self.on_disk:
            return tuple(
                document
                for name in order
                for document in self.in_memory.get(name, ())
                if (name, document.id) not in omitted
            )
        places = dict(self.on_disk)
        for name, documents in self.in_memory.items():
            places[name] = self.spool.put_documents(documents)
        out = [(places[name], id_) for name, id_ in omitted if name in places]
        return Spooled(self.spool, [places[name] for name in order if name in places], out)


def _unread(found: Found, basis: Basis) -> KnownFile:
    """A file of a type that nothing reads."""
    suffix = _suffix(found.name)
    if suffix in NOT_YET_READ:
        reason = f"{suffix} files are not read"
        return refused(found.name, reason, remedy_for(suffix), print_=found.fingerprint, basis=basis.digest)
    reason = f"files of type {suffix}" if suffix else "files without a suffix"
    finding = Finding(Severity.NOTE, "", 0, f"{reason} are ignored", "")
    return KnownFile(found.name, found.fingerprint, "", basis.digest, findings=(finding,))


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].casefold()  # noqa: PTH122 - ten times as fast as a Path
