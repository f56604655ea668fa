"""A knowledge folder as it stands, published in a scratch database and index, so that questions can be tried on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Answering
from bot.knowledge import Folder, Reviewing, field_glossary, read_folder
from bot.knowledge.barring import bad_rows_of, blocked_paths, publishable
from bot.matching.certainty import Policy
from bot.matching.scoring import Weights
from bot.model import Finding
from bot.publishing import findings_of, refresh_index
from bot.search import Index
from bot.store import open_store


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a folder would answer if it were published now.

    Attributes:
        findings: what reading and review have to say of the folder.
    """

    folder: Folder
    findings: tuple[Finding, ...]
    answering: Answering


@contextmanager
def rehearsal(path: Path, policy: Policy, now: datetime, weights: Weights | None = None) -> Iterator[Rehearsal]:
    """Publish a folder where nobody else looks; it is gone with the context.

    Raises:
        KnowledgeFolderMissing: there is no such folder.
    """
    folder = read_folder(path)
    findings = findings_of(folder, path, now, Reviewing())
    documents = publishable(folder, blocked_paths(folder, findings), bad_rows_of(folder, findings))
    with TemporaryDirectory(prefix="bot-") as scratch, open_store(f"sqlite:///{scratch}/scratch.db") as store:
        store.disclosures.publish(documents, folder.agencies, (*field_glossary(), *folder.glossary), None, now)
        index = Index(Path(scratch) / "index")
        refresh_index(store, index)
        # What is not recorded needs no secret.
        answering = Answering(store, index, lambda: b"", lambda: now, store.disclosures.generation, policy, weights)
        yield Rehearsal(folder, findings, answering)
