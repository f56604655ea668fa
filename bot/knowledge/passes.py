"""Passes through a knowledge folder: what changed is read, and a bad file never stops the others."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.folder import EVERYTHING, Folder, Noticed
from bot.knowledge.holdings import Holdings
from bot.knowledge.limits import LIMITED
from bot.knowledge.processes import ReadingProcesses
from bot.knowledge.readers import NOT_YET_READ, READERS, remedy_for
from bot.knowledge.reading import Basis, Task, basis_of, read_file, refused, too_large
from bot.knowledge.small_files import SMALL, SmallFiles, read_small_files
from bot.knowledge.walk import Barred, Found, shown, walk, with_companions
from bot.model import Finding, KnownFile, Severity

HERE = 300
"""Texts up to which they are read by this process: starting others for them would take longer."""

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
    path: Path,
    holdings: Holdings | None = None,
    *,
    noticed: Noticed = EVERYTHING,
    told: Told = lambda done, total: None,
) -> Folder:
    """Read a knowledge folder, or what changed in it.

    Args:
        path: of the folder.
        holdings: what is known of it, and is brought up to it; a file is left unread as long as neither it nor what it is
            read by has changed.
        noticed: what is looked at.
        told: hears how far the reading is.

    Raises:
        KnowledgeFolderMissing: `path` is no folder.
    """
    if not path.is_dir():
        raise KnowledgeFolderMissing(path)
    return _Pass(path, holdings or Holdings(), noticed, told).read()


@dataclass
class _Pass:
    """One pass through a folder.

    Attributes:
        barred: what is there and may not be read, by its name as it is shown.
        small: the small files that are there.
    """

    root: Path
    holdings: Holdings
    noticed: Noticed
    told: Told
    barred: dict[str, Barred] = field(default_factory=dict)
    small: dict[str, Found] = field(default_factory=dict)

    def read(self) -> Folder:
        noticed = self.noticed.names if self.holdings.basis else None
        names = None if noticed is None else with_companions(noticed)
        # Some have to be looked at each time, whether or not something was noticed.
        always = {*SMALL, *self.holdings.restless, *self.holdings.linked}
        self.look(None if names is None else names | always)
        small = read_small_files(self.small, self.barred)
        # What is published of them serves on where the file cannot be read.
        agencies = self.holdings.agencies if small.agencies is None else small.agencies
        basis = basis_of(agencies)
        if names is not None and basis.digest != self.holdings.basis:
            names = None
            self.look(names)
        self.drop_missing(names)
        self.bar(small)
        self.holdings.found.drop(self.noticed.moving)
        self.read_changed(basis)
        self.refuse_seconds()
        self.holdings.basis = basis.digest
        return Folder(
            self.root.resolve().name,
            self.holdings,
            agencies,
            small.glossary,
            small.golden,
            small.options,
            small.remarks,
        )

    def look(self, names: Collection[str] | None) -> None:
        """See what is there, of these names or all."""
        self.holdings.found.clear()
        self.barred.clear()
        self.small.clear()
        if names is None:
            self.holdings.linked.clear()
        for entry in walk(self.root, ("",) if names is None else names):
            if isinstance(entry, Barred):
                self.barred[entry.name] = entry
            elif entry.name in SMALL:
                self.small[entry.name] = entry
            else:
                if self.holdings.found.add(entry):
                    reason = "two files have this name, written in two ways"
                    self.barred[entry.name] = Barred(entry.name, reason, "rename one of them")
                if entry.is_link:
                    self.holdings.linked.add(entry.name)

    def drop_missing(self, names: Collection[str] | None) -> None:
        """Let go of the files that are not there any more, of these names or all."""
        found = self.holdings.found
        if names is None:
            missing = found.missing()
        else:
            held = {shown(unicodedata.normalize("NFC", name)) for name in names}
            missing = [file for name in held for file in self.holdings.within(name) if not found.has(file)]
            # A folder that could not be read was held as a file, and now can be.
            missing += [name for name in self.holdings.restless if not found.has(name) and (self.root / name).is_dir()]
        # Their documents are not withdrawn for a permission that was set wrongly, or a drive that went away.
        closed = tuple(f"{barred.name}/" for barred in self.barred.values() if barred.is_folder)
        for name in missing:
            if name not in self.barred and name not in SMALL and not name.startswith(closed):
                self.holdings.drop(name)

    def bar(self, small: SmallFiles) -> None:
        """Refuse what may not be read, and the small files that cannot be."""
        out = [refused(each.name, each.reason, each.remedy) for each in self.barred.values()]
        for file in (*out, *small.refused):
            self.put(file)
        for name in SMALL - self.barred.keys() - {file.path for file in small.refused}:
            self.holdings.drop(name)
        self.holdings.found.drop(self.barred)

    def read_changed(self, basis: Basis) -> None:
        changed = self.holdings.found.changed(basis.digest)
        done = total = texts = 0
        for found, hash_ in changed:
            if task := _task(found, hash_):
                total += 1
                texts += not task.limited
            else:
                self.put(_unread(found, basis))
        tasks = (task for found, hash_ in changed if (task := _task(found, hash_)))
        if texts <= HERE:
            for found, hash_ in changed:
                if (task := _task(found, hash_)) and not task.limited:
                    read = read_file(task, basis)
                    if self.settle(read.file, same=read.same, moving=read.moving):
                        self.holdings.documents.put_documents(task.name, read.documents)
                    done += 1
                    self.told(done, total)
            tasks = (task for task in tasks if task.limited)
        with ReadingProcesses(basis) as processes:
            for outcome in processes.read(tasks):
                if self.settle(outcome.file, same=outcome.same, moving=outcome.moving):
                    self.holdings.documents.put(outcome.file.path, outcome.documents, outcome.count)
                done += 1
                self.told(done, total)

    def settle(self, file: KnownFile, *, same: bool, moving: bool) -> bool:
        """Take note of what came of a file; whether its documents are to be kept."""
        if same and not moving:
            self.holdings.touch(file.path, file.fingerprint)
        if same or moving:
            return False
        self.put(file)
        return True

    def put(self, file: KnownFile) -> None:
        if self.holdings.get(file.path) != file:
            self.holdings.put(file)

    def refuse_seconds(self) -> None:
        """Refuse the documents that have the id of an earlier one: rows by themselves, others with their file."""
        cards = self.holdings.cards
        # Of all ids of the folder: they are gone through once.
        ids = cards.repeated_ids()
        for second, first in cards.repeated(ids):
            reason = f'document id "{second.id}" is that of {first.path} as well'
            remedy = "give the row an id of its own" if second.is_row else "rename one of the files"
            finding = Finding(Severity.ERROR, "", second.line if second.is_row else 0, reason, remedy)
            file = self.holdings.get(second.path)
            if file and finding not in file.findings:
                # Should the first one go, this one is to be read.
                self.holdings.put(replace(file, basis="", findings=(*file.findings, finding)))
        cards.part_seconds(ids)


def _task(found: Found, hash_: str) -> Task | None:
    """What there is to read of a file; None where it cannot be read."""
    suffix = _suffix(found.name)
    reader = READERS.get(suffix)
    if reader is None or found.size > LARGEST_BYTES:
        return None
    return Task(found.name, found.path, found.fingerprint, suffix, reader, hash_, suffix in LIMITED)


def _unread(found: Found, basis: Basis) -> KnownFile:
    """A file that is too large, or of a type that nothing reads."""
    suffix = _suffix(found.name)
    if suffix in READERS:
        return too_large(found.name, found.fingerprint, basis.digest)
    if suffix in NOT_YET_READ:
        reason = f"{suffix} files are not read"
        return refused(found.name, reason, remedy_for(suffix), print_=found.fingerprint, basis=basis.digest)
    reason = f"files of type {suffix}" if suffix else "files without a suffix"
    finding = Finding(Severity.NOTE, "", 0, f"{reason} are ignored", "")
    return KnownFile(found.name, found.fingerprint, "", basis.digest, findings=(finding,))


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].casefold()  # noqa: PTH122 - ten times as fast as a Path
