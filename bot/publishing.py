"""The walk of a document: folder → reviewed Documents → store → index. What fails leaves the last good state live."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.knowledge import Reviewing, Told, field_glossary, git_authors, read_folder, read_workdays
from bot.model import Changes, Document, Finding, Folder, GoldenQuestion, Known, KnownFile, Severity, Stamp, Status
from bot.search import Index, IndexDamaged
from bot.store import Overtaken, Store


class IndexUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """The search index cannot be written; the message has the remedy."""

    def __init__(self, index: Index, reason: str) -> None:
        super().__init__(f"{index.root}: {reason}; make the folder writable and its disk have room, or set BOT_INDEX")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publishing did, and what reading and review found."""

    changes: Changes
    findings: tuple[Finding, ...]
    golden: tuple[GoldenQuestion, ...] = ()


def publish_folder(
    path: Path,
    store: Store,
    index: Index,
    now: datetime,
    *,
    moving: Collection[str] = (),
    told: Told = lambda done, total: None,
    writing: AbstractContextManager[object] | None = None,
    reviewing: Reviewing | None = None,
) -> Published:
    """Publish a knowledge folder: what may go out goes out, what may not keeps its last good version.

    Only what changed since the last publishing is read.

    Args:
        path: of the folder.
        store: where it is published, and what is known of it from the last time.
        index: brought up to it.
        now: when this happens.
        moving: paths inside the folder that are being written just now; what is published of them stays.
        told: hears how far the reading is.
        writing: entered while store and index are written, which may happen several times.
        reviewing: that of the last publishing, which knows what it found.

    Raises:
        KnowledgeFolderMissing: there is no such folder; nothing changes.
        IndexUnavailable: it is published, but the index could not follow.
    """
    while True:
        reading = read_changes(path, store.disclosures.known(), now, moving=moving, told=told, reviewing=reviewing)
        with writing or nullcontext():
            try:
                published = reading.publish(store, now)
            except Overtaken:
                # What another process published may come from a later state of the folder: it must not be undone.
                continue
            refresh_index(store, index)
            return published


@dataclass(frozen=True, slots=True)
class Changed:
    """A folder against what is known of it.

    Attributes:
        blocked: files, inside the folder, that may not go out.
        bad_rows: (file, line) of rows that are refused while the others of their file go out.
    """

    folder: Folder
    known: Known
    findings: tuple[Finding, ...]
    blocked: frozenset[str]
    bad_rows: tuple[tuple[str, int], ...]

    @property
    def refused(self) -> tuple[str, ...]:
        """Names of files, and rows as file:line."""
        return (*sorted(self.blocked), *(f"{name}:{line}" for name, line in self.bad_rows))

    @property
    def documents(self) -> Iterable[Document]:
        """Those that were read and may go out; can be gone through several times."""
        return publishable(self.folder, self.blocked, self.bad_rows)

    @property
    def kept_paths(self) -> frozenset[str]:
        """Files of which what is published stays, whatever is read of them."""
        # A row that cannot be read may be one that was published: its last good version stays.
        return self.folder.unchanged | self.blocked | {name for name, _ in self.bad_rows}

    def publish(self, store: Store, now: datetime) -> Published:
        """Write it to the store.

        Raises:
            Overtaken: something else was published since the folder began to be read.
        """
        folder, known = self.folder, self.known
        files = [self._noted(file) for file in folder.files]
        changes = store.disclosures.publish(
            self.documents,
            None if "agencies.toml" in self.blocked else folder.agencies,
            None if "glossary.csv" in self.blocked else (*field_glossary(), *folder.glossary),
            self.kept_paths,
            now,
            files=[file for file in files if (old := known.files.get(file.path)) is not file and old != file],
            forgotten=known.files.keys() - {file.path for file in files},
            since=known.stamp,
        )
        return Published(replace(changes, refused=self.refused), self.findings, folder.golden)

    def _noted(self, file: KnownFile) -> KnownFile:
        """A file that was read and may not go out, though it can be read, is to be read again when nothing bars it."""
        if file.path not in self.blocked or file.refused or file.path in self.folder.unchanged:
            return file
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        barring = [replace(finding, path="") for finding in errors if finding.path.partition("/")[2] == file.path]
        return replace(file, basis="", findings=tuple(dict.fromkeys((*file.findings, *barring))))


def read_changes(
    path: Path,
    known: Known,
    now: datetime,
    *,
    moving: Collection[str] = (),
    told: Told = lambda done, total: None,
    reviewing: Reviewing | None = None,
) -> Changed:
    """Read what changed in a folder, and review the whole of it.

    Raises:
        KnowledgeFolderMissing: there is no such folder.
    """
    folder = read_folder(path, known, moving=moving, told=told)
    findings = findings_of(folder, path, now, reviewing or Reviewing())
    blocked = blocked_paths(folder, findings, path)
    return Changed(folder, known, findings, blocked, bad_rows_of(folder, findings, path))


def findings_of(folder: Folder, path: Path, now: datetime, reviewing: Reviewing) -> tuple[Finding, ...]:
    """What reading and review have to say of a folder."""
    # The history is long to read, and only a folder that asks for reviewers needs to know who wrote what.
    authors = git_authors(path) if folder.options.require_review else {}
    remarks = reviewing.review(folder, now.date(), name=shown_name(path), workdays=read_workdays(path), authors=authors)
    return (*folder.findings, *remarks)


def shown_name(path: Path) -> str:
    """The folder's own name, with which findings begin their paths; also where it is reached by a link or as ``.``."""
    return path.resolve().name


def blocked_paths(folder: Folder, findings: tuple[Finding, ...], path: Path) -> frozenset[str]:
    """Files, inside the folder, that may not go out: unreadable ones, and those with an error that concerns them whole.

    A catalogue's bad row is refused by itself: its error names a line, and the rows beside it are fine.
    """
    if not (errors := _errors(findings, path)):
        return folder.refused
    whole_files = {card.path for card in folder.cards if card.path.startswith(f"{card.id}.")}
    catalogues = {card.path for card in folder.cards} - whole_files
    barred = {name for name, line in errors if name in whole_files or (name in catalogues and not line)}
    return folder.refused | barred


def bad_rows_of(folder: Folder, findings: tuple[Finding, ...], path: Path) -> tuple[tuple[str, int], ...]:
    """(file inside the folder, line) of every catalogue row that is refused while the others of its file go out."""
    if not (places := {(name, line) for name, line in _errors(findings, path) if line}):
        return ()
    catalogues = {card.path for card in folder.cards if not card.path.startswith(f"{card.id}.")}
    return tuple(sorted((name, line) for name, line in places if name in catalogues - folder.refused))


def _errors(findings: tuple[Finding, ...], path: Path) -> list[tuple[str, int]]:
    """(file inside the folder, line) of what an error concerns."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    prefix = f"{shown_name(path)}/"
    return [(finding.path.removeprefix(prefix), finding.line) for finding in errors]


def publishable(folder: Folder, blocked: frozenset[str], bad_rows: Collection[tuple[str, int]]) -> Iterable[Document]:
    """The folder's documents that go out: of status published, in files that nothing blocks, in rows that nothing bars."""
    return _Publishable(folder.documents, blocked, frozenset(bad_rows))


@dataclass(frozen=True, slots=True)
class _Publishable:
    """Those of some documents that go out; can be gone through several times."""

    documents: Sequence[Document]
    blocked: frozenset[str]
    bad_rows: frozenset[tuple[str, int]]

    def __iter__(self) -> Iterator[Document]:
        for document in self.documents:
            if document.status is not Status.PUBLISHED or document.path in self.blocked:
                continue
            if (document.path, document.sections[0].line) not in self.bad_rows:
                yield document


_refreshing = threading.Lock()


def refresh_index(store: Store, index: Index) -> bool:
    """Bring the index to the store's generation: by what changed where that is known, else by building it anew.

    Returns:
        Whether it had to be touched. Other threads and processes can answer from the last good one meanwhile.

    Raises:
        IndexUnavailable: it cannot be written; the last good one stays.
    """
    if _is_current(store, index):
        return False
    try:
        _catch_up(store, index)
    except (OSError, ValueError, IndexDamaged) as error:
        # Tantivy reports a full disk as a ValueError.
        raise IndexUnavailable(index, getattr(error, "strerror", None) or str(error)) from error
    return True


def _catch_up(store: Store, index: Index) -> None:
    with _refreshing, index.locked():
        index.reopen()
        stamp = store.disclosures.stamp()
        if _is_current(store, index):
            return
        if 0 < index.generation < stamp.generation and _is_of(store, index):
            changed, removed = store.disclosures.changed_since(index.generation)
            try:
                index.update(changed, removed, *stamp)
            except IndexDamaged:
                pass
            else:
                return
        index.rebuild(store.disclosures.documents(), stamp.generation, store.disclosures.identity(), stamp.token)


def _is_of(store: Store, index: Index) -> bool:
    """Whether the index was built from this database as it is, not from another, nor from one since restored."""
    stamp = Stamp(index.generation, index.token)
    return index.database == store.disclosures.identity() and store.disclosures.has_been(stamp)


def _is_current(store: Store, index: Index) -> bool:
    """Whether the index is there, of this generation, and of this database: another may have come to the same number."""
    return (
        (index.generation, index.token) == store.disclosures.stamp()
        and index.database == store.disclosures.identity()
        and index.stands()
    )
