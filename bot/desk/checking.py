"""The golden questions on a folder as it stands, and on what was just published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.answering import Answering
from bot.desk.earlier import earlier
from bot.desk.golden import ask_golden, differences, remarks, right_answers
from bot.desk.rehearsal import rehearsal
from bot.matching.certainty import Policy
from bot.model import Finding, GoldenQuestion
from bot.publishing import shown_name
from bot.store import Store


def check_folder(
    path: Path, policy: Policy, before: Mapping[str, str], now: datetime, since: str = ""
) -> tuple[Finding, ...]:
    """The review and the golden questions on a folder, in a store and an index of their own.

    Args:
        path: of the folder.
        policy: the floors of every decision.
        before: which document answered each golden question rightly when the folder was last published.
        now: when the questions are asked.
        since: a commit of the folder's history; the questions that the change since then affected are named too.

    Raises:
        KnowledgeFolderMissing: there is no such folder.
        NoSuchRevision: git knows no such commit of it.
    """
    shown = _shown(path)
    with rehearsal(path, policy, now) as stage:
        golden = stage.folder.golden
        outcomes = ask_golden(stage.answering, golden, shown, now)
        found = (*stage.findings, *remarks(outcomes, before, shown))
    if not since:
        return found
    with earlier(path, since) as copy, rehearsal(copy, policy, now) as stage:
        return (*found, *differences(ask_golden(stage.answering, golden, shown, now), outcomes, shown))


def check_published(
    path: Path, answering: Answering, store: Store, golden: tuple[GoldenQuestion, ...], now: datetime
) -> tuple[Finding, ...]:
    """Ask the golden questions of what was just published; those that were answered rightly and no longer are."""
    shown = _shown(path)
    outcomes = ask_golden(answering, golden, shown, now)
    before = store.disclosures.golden()
    store.disclosures.keep_golden(right_answers(outcomes))
    return tuple(finding for finding in remarks(outcomes, before, shown) if finding.rule)


def _shown(path: Path) -> str:
    return f"{shown_name(path)}/questions.csv"
