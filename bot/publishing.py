"""The walk of a document: folder → reviewed Documents → store → index. What fails leaves the last good state live."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.knowledge import (
    EVERYTHING,
    Folder,
    Holdings,
    Noticed,
    Reviewing,
    Told,
    field_glossary,
    git_authors,
    read_folder,
    read_workdays,
)
from bot.knowledge.barring import bad_rows_of, blocked_paths, publishable
from bot.model import Changes, Document, Finding, GoldenQuestion, Severity, Stamp
from bot.search import Index, IndexDamaged
from bot.store import Overtaken, Store


class IndexUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """The search index cannot be written; the message has the remedy."""

    def __init__(self, index: Index, reason: str) -> None:
        super().__init__(f"{index.root}: {reason}; make the folder writable and its disk have room, or set BOT_INDEX")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publishing did.

    Attributes:
        findings: what reading and review found, but for notes.
    """

    changes: Changes
    findings: tuple[Finding, ...]
    golden: tuple[GoldenQuestion, ...] = ()


class Keeping:
    """What a process that goes on keeps from one publishing of a folder to the next. Not for two threads at once."""

    def __init__(self) -> None:
        self.holdings = Holdings()
        self.reviewing = Reviewing()

    def catch_up(self, store: Store) -> Stamp:
        """Know of the folder what the store does; looked up again only after another process has published.

        What another has only noted of a file, which leaves the stamp as it is, is not seen here; at worst that file is
        read once more.
        """
        stamp = store.disclosures.stamp()
        if self.holdings.stamp != stamp:
            self.holdings.fill(stamp, store.disclosures.known_files(), store.disclosures.agencies())
        return stamp

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What is read and, where something fails, not published is read again next time."""
        try:
            yield
        except BaseException:
            self.holdings.forget()
            raise


def publish_folder(
    path: Path,
    store: Store,
    index: Index,
    now: datetime,
    *,
    noticed: Noticed = EVERYTHING,
    told: Told = lambda done, total: None,
    writing: AbstractContextManager[object] | None = None,
    keeping: Keeping | None = None,
) -> Published:
    """Publish a knowledge folder: what may go out goes out, what may not keeps its last good version.

    Only what changed since the last publishing is read.

    Args:
        path: of the folder.
        store: where it is published, and what is known of it from the last time.
        index: brought up to it.
        now: when this happens.
        noticed: what is looked at; what is published of what is still being written stays.
        told: hears how far the reading is.
        writing: entered while store and index are written, which may happen several times.
        keeping: that of the last publishing.

    Raises:
        KnowledgeFolderMissing: there is no such folder; nothing changes.
        IndexUnavailable: it is published, but the index could not follow.
    """
    keeping = keeping or Keeping()
    while True:
        stamp = keeping.catch_up(store)
        try:
            with keeping.at_work():
                reading = read_changes(path, now, keeping, noticed=noticed, told=told)
            with writing or nullcontext():
                with keeping.at_work():
                    published = reading.publish(store, now, stamp)
                refresh_index(store, index)
                return published
        except Overtaken:
            # What another process published may come from a later state of the folder: it must not be undone.
            continue


@dataclass(frozen=True, slots=True)
class Changed:
    """A folder against what is known of it.

    Attributes:
        findings: of reading and review, but for notes.
        blocked: files, inside the folder, that may not go out.
        bad_rows: (file, line) of rows that are refused while the others of their file go out.
    """

    folder: Folder
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
    def paths(self) -> tuple[str, ...]:
        """Files whose documents these are: of what is published of them, nothing else stays."""
        # A row that cannot be read may be one that was published: its last good version stays.
        held = self.blocked | {name for name, _ in self.bad_rows}
        holdings = self.folder.holdings
        return (*(name for name in holdings.documents.names if name not in held), *holdings.gone)

    def publish(self, store: Store, now: datetime, since: Stamp) -> Published:
        """Write it to the store.

        Raises:
            Overtaken: something else was published since the folder began to be read.
        """
        folder, holdings = self.folder, self.folder.holdings
        self._note_barred()
        changes = store.disclosures.publish(
            self.documents,
            None if "agencies.toml" in self.blocked else folder.agencies,
            None if "glossary.csv" in self.blocked else (*field_glossary(), *folder.glossary),
            self.paths,
            now,
            files=holdings.unnoted,
            forgotten=holdings.gone,
            since=since,
        )
        holdings.settle(changes.stamp or since, folder.agencies)
        return Published(replace(changes, refused=self.refused), self.findings, folder.golden)

    def _note_barred(self) -> None:
        """A file that was read and may not go out, though it can be read, is to be read again when nothing bars it."""
        holdings = self.folder.holdings
        prefix = f"{self.folder.name}/"
        barring: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.severity is Severity.ERROR:
                barring[finding.path.removeprefix(prefix)].append(replace(finding, path=""))
        for name in self.blocked.intersection(holdings.documents.names):
            file = holdings.get(name)
            if file and not file.refused:
                findings = tuple(dict.fromkeys((*file.findings, *barring[name])))
                noted = replace(file, basis="", findings=findings)
                if noted != file:
                    holdings.put(noted)


def read_changes(
    path: Path,
    now: datetime,
    keeping: Keeping,
    *,
    noticed: Noticed = EVERYTHING,
    told: Told = lambda done, total: None,
) -> Changed:
    """Read what changed in a folder, and review it.

    Raises:
        KnowledgeFolderMissing: there is no such folder.
    """
    folder = read_folder(path, keeping.holdings, noticed=noticed, told=told)
    findings = findings_of(folder, path, now, keeping.reviewing, notes=False)
    blocked = blocked_paths(folder, findings)
    return Changed(folder, findings, blocked, bad_rows_of(folder, findings))


def findings_of(
    folder: Folder, path: Path, now: datetime, reviewing: Reviewing, *, notes: bool = True
) -> tuple[Finding, ...]:
    """What reading and review have to say of a folder, with or without notes."""
    # The history is long to read, and only a folder that asks for reviewers needs to know who wrote what.
    authors = git_authors(path) if folder.options.require_review else {}
    remarks = reviewing.review(folder, now.date(), workdays=read_workdays(path), authors=authors, notes=notes)
    return (*folder.remarks(notes=notes), *remarks)


def shown_name(path: Path) -> str:
    """The folder's own name, with which findings begin their paths; also where it is reached by a link or as ``.``."""
    return path.resolve().name


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
    # Its first asker settles it, which is no mere reading.
    identity = store.disclosures.identity()
    # At one moment, so that an index is never without what went and not yet with what came for it.
    with _refreshing, index.locked(), store.at_one_moment():
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
        index.rebuild(store.disclosures.documents(), stamp.generation, identity, stamp.token)


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
