"""The house that is measured: folder, database and index of the made-up reports in one scratch folder."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import App
from bot.knowledge import field_glossary, read_folder
from bot.settings import Secret, Settings
from tests.bench.corpus import make_report, make_reports, write_folder
from tests.bench.timing import Stopwatch


def settings_in(root: Path) -> Settings:
    """Settings that keep everything under `root`."""
    return Settings(
        knowledge=root / "knowledge",
        database_url=Secret(f"sqlite:///{root / 'bot.db'}"),
        index=root / "index",
        secret_file=root / "secret",
        telegram_token=Secret(""),
        telegram_api="",
    )


def environment_of(root: Path) -> dict[str, str]:
    """The same for a process of its own."""
    settings = settings_in(root)
    return {
        "BOT_KNOWLEDGE": str(settings.knowledge),
        "BOT_DATABASE_URL": settings.database_url.reveal(),
        "BOT_INDEX": str(settings.index),
        "BOT_SECRET_FILE": str(settings.secret_file),
        "BOT_TELEGRAM_TOKEN": "",
    }


@dataclass(frozen=True, slots=True)
class Synced:
    """What the first sync of a folder took, and what it left on disk; `peak` is the process's largest size in memory."""

    sections: int
    seconds: float
    cpu_seconds: float
    index_bytes: int
    database_bytes: int
    peak: int


def measure_sync(root: Path) -> Synced:
    """Publish the folder for the first time."""
    with App(settings_in(root)) as app:
        watch = Stopwatch()
        published = app.sync()
        synced = _synced(root, app, watch)
        if published.changes.refused:
            raise ValueError(f"refused: {published.changes.refused[:3]}")
        return synced


def _synced(root: Path, app: App, watch: Stopwatch) -> Synced:
    seconds, cpu_seconds = watch.seconds(), watch.cpu_seconds()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    database_bytes = sum(path.stat().st_size for path in root.glob("bot.db*"))
    return Synced(app.index.sections, seconds, cpu_seconds, size_of(root / "index"), database_bytes, peak)


def measure_publishing(root: Path, sections: int) -> tuple[Synced, tuple[float, float]]:
    """Publish as many sections without a folder, which at a million takes longer to write than all that is measured.

    Returns:
        The whole of it, and seconds and CPU seconds of building the index from the database.
    """
    write_folder(root / "knowledge", 0)
    agencies = read_folder(root / "knowledge").agencies
    documents = [report.document for report in make_reports(sections)]
    with App(settings_in(root)) as app:
        watch = Stopwatch()
        app.store.disclosures.publish(documents, agencies, field_glossary(), None, datetime.now().astimezone())
        documents.clear()
        building = Stopwatch()
        app.refresh()
        built = building.seconds(), building.cpu_seconds()
        return _synced(root, app, watch), built


def measure_rebuild(root: Path) -> tuple[float, float]:
    """Seconds and CPU seconds of building the index anew from the database."""
    with App(settings_in(root)) as app:
        index, disclosures = app.index, app.store.disclosures
        watch = Stopwatch()
        with index.locked():
            index.rebuild(
                disclosures.documents(), disclosures.generation(), disclosures.identity(), disclosures.stamp().token
            )
        return watch.seconds(), watch.cpu_seconds()


@dataclass(frozen=True, slots=True)
class Change:
    """How long it took from a changed file to an answer that quotes it."""

    seconds: float
    cpu_seconds: float


def measure_changes(root: Path, times: int = 3) -> list[Change]:
    """Change one file, sync and ask in one running process, a few times; the first is that of a process just begun."""
    report = make_report(0)
    path = root / "knowledge" / f"{report.document.id}.md"
    with App(settings_in(root)) as app:
        return [_change(app, path, report.facts[0].project, report.document.year or 0, 1000 + n) for n in range(times)]


def _change(app: App, path: Path, project: str, year: int, figure: int) -> Change:
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("## 一、")
    heading, _, passage = rest.partition("\n\n")
    watch = Stopwatch()
    path.write_text(f"{head}{mark}{heading}\n\n{year}年,{project}接待外国记者{figure}人次。{passage}", encoding="utf-8")
    app.sync()
    question = f"{year}年{project}接待外国记者多少人次"
    while f"{figure}人次" not in _quoted(app, question):
        if watch.seconds() > 60:
            raise TimeoutError(f"{question} is not answered by {figure}")
        time.sleep(0.01)
    return Change(watch.seconds(), watch.cpu_seconds())


def _quoted(app: App, question: str) -> str:
    matches = app.ask(question, record=False).decision.matches
    return matches[0].section.text if matches else ""


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
