"""What of a folder may not go out, and the documents that may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.folder import Folder
from bot.model import Card, Document, Finding, Severity, Status


def blocked_paths(folder: Folder, findings: tuple[Finding, ...]) -> frozenset[str]:
    """Files, inside the folder, that may not go out: unreadable ones, and those with an error that concerns them whole.

    A catalogue's bad row is refused by itself: its error names a line, and the rows beside it are fine.
    """
    barred = {name for name, line, cards in _errors(folder, findings) if _bars_whole(cards, line)}
    return folder.refused | barred


def bad_rows_of(folder: Folder, findings: tuple[Finding, ...]) -> tuple[tuple[str, int], ...]:
    """(file inside the folder, line) of every catalogue row that is refused while the others of its file go out."""
    refused = folder.refused
    rows = {
        (name, line)
        for name, line, cards in _errors(folder, findings)
        if line and name not in refused and any(card.is_row for card in cards)
    }
    return tuple(sorted(rows))


def _bars_whole(cards: tuple[Card, ...], line: int) -> bool:
    return any(not card.is_row for card in cards) or (bool(cards) and not line)


def _errors(folder: Folder, findings: tuple[Finding, ...]) -> Iterator[tuple[str, int, tuple[Card, ...]]]:
    """(file inside the folder, line, cards of the file) of what each error concerns."""
    for finding in findings:
        if finding.severity is Severity.ERROR:
            name = finding.path.removeprefix(f"{folder.name}/")
            yield name, finding.line, folder.holdings.cards.of_file(name)


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
