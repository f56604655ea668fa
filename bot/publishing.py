"""The walk of a document: folder → reviewed Documents → store → index. What fails leaves the last good state live."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.knowledge import field_glossary, read_folder, review
from bot.model import Changes, Document, Finding, Folder, Severity, Status
from bot.search import Index, IndexDamaged
from bot.store import Store


class IndexUnavailable(Exception):  # noqa: N818 - it says what is the matter
    """The search index cannot be written; the message has the remedy."""

    def __init__(self, index: Index, reason: str) -> None:
        super().__init__(f"{index.root}: {reason}; make the folder writable and its disk have room, or set BOT_INDEX")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publishing did, and what reading and review found."""

    changes: Changes
    findings: tuple[Finding, ...]


def publish_folder(path: Path, store: Store, index: Index, now: datetime) -> Published:
    """Publish a knowledge folder: what may go out goes out, what may not keeps its last good version.

    Raises:
        KnowledgeFolderMissing: there is no such folder; nothing changes.
        IndexUnavailable: it is published, but the index could not follow.
    """
    generation = store.disclosures.generation()
    published = _publish_once(path, store, now)
    while published.changes.generation > generation + 1:
        # Another process published meanwhile, and may have read the folder after us: what it published must not be undone.
        generation = store.disclosures.generation()
        published = _publish_once(path, store, now)
    refresh_index(store, index)
    return published


def _publish_once(path: Path, store: Store, now: datetime) -> Published:
    folder = read_folder(path)
    findings = findings_of(folder, path, now)
    blocked = blocked_paths(folder, findings, path)
    bad_rows = bad_rows_of(folder, findings, path)
    changes = store.disclosures.publish(
        publishable(folder, blocked),
        None if "agencies.toml" in blocked else folder.agencies,
        None if "glossary.csv" in blocked else (*field_glossary(), *folder.glossary),
        # A row that cannot be read may be one that was published: its last good version stays.
        blocked | {name for name, _ in bad_rows},
        now,
    )
    refused = (*sorted(blocked), *(f"{name}:{line}" for name, line in bad_rows))
    return Published(replace(changes, refused=refused), findings)


def findings_of(folder: Folder, path: Path, now: datetime) -> tuple[Finding, ...]:
    """What reading and review have to say of a folder."""
    return (*folder.findings, *review(folder, now.date(), name=shown_name(path)))


def shown_name(path: Path) -> str:
    """The folder's own name, with which findings begin their paths; also where it is reached by a link or as ``.``."""
    return path.resolve().name


def blocked_paths(folder: Folder, findings: tuple[Finding, ...], path: Path) -> frozenset[str]:
    """Files, inside the folder, that may not go out: unreadable ones, and those with an error that concerns them whole.

    A catalogue's bad row is refused by itself: its error names a line, and the rows beside it are fine.
    """
    whole_file_errors = {
        finding.path.removeprefix(f"{shown_name(path)}/")
        for finding in findings
        if finding.severity is Severity.ERROR and not finding.line
    }
    documents = {document.path for document in folder.documents}
    return folder.refused | (whole_file_errors & documents)


def bad_rows_of(folder: Folder, findings: tuple[Finding, ...], path: Path) -> tuple[tuple[str, int], ...]:
    """(file inside the folder, line) of every catalogue row that is refused while the others of its file go out."""
    documents = {document.path for document in folder.documents}
    places = (
        (finding.path.removeprefix(f"{shown_name(path)}/"), finding.line)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.line
    )
    return tuple(sorted({(name, line) for name, line in places if name in documents - folder.refused}))


def publishable(folder: Folder, blocked: frozenset[str]) -> tuple[Document, ...]:
    """The folder's documents that go out: of status published, in files that nothing blocks."""
    return tuple(
        document
        for document in folder.documents
        if document.status is Status.PUBLISHED and document.path not in blocked
    )


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
        generation = store.disclosures.generation()
        if _is_current(store, index):
            return
        if 0 < index.generation < generation and index.database == store.disclosures.identity():
            changed, removed = store.disclosures.changed_since(index.generation)
            try:
                index.update(changed, removed, generation)
            except IndexDamaged:
                pass
            else:
                return
        index.rebuild(store.disclosures.documents(), generation, store.disclosures.identity())


def _is_current(store: Store, index: Index) -> bool:
    """Whether the index is there, of this generation, and of this database: another may have come to the same number."""
    return (
        index.generation == store.disclosures.generation()
        and index.database == store.disclosures.identity()
        and index.stands()
    )
