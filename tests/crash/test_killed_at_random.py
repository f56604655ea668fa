"""SIGKILL at moments that nobody chose, also inside tantivy and the database: store and index agree word by word after it."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import Secret
from tests.crash.children import PATIENCE_SECONDS, started, sync_forever
from tests.crash.states import builds, disagreements
from tests.houses import settings_in

pytestmark = pytest.mark.e2e

KILLS = 30
LONGEST_DELAY_SECONDS = 0.4


def disagreements_left(app: App) -> list[str]:
    """A database server finishes a commit whose sender is dead, and an answer may be a second older than that."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := disagreements(app)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def test_killed_over_and_over_it_finds_each_published_document_and_no_other(tmp_path: Path, database_url: str) -> None:
    """Each passage is found by the word that only it says, none by a word that it said before or that is withdrawn."""
    settings = replace(settings_in(tmp_path), database_url=Secret(database_url))
    dice = random.Random(1)
    generations = set()
    for kill in range(KILLS):
        with started(sync_forever, settings, kill * 100) as (process, pipe):
            # Every other one has published something, however busy the machine is.
            if kill % 2:
                assert pipe.poll(PATIENCE_SECONDS)
            time.sleep(dice.uniform(0.0, LONGEST_DELAY_SECONDS))
            process.kill()
            process.join(PATIENCE_SECONDS)
            assert process.exitcode == -signal.SIGKILL
        with App(settings) as app:
            assert disagreements_left(app) == []
            generations.add(app.store.disclosures.generation())
            if settings.knowledge.exists():
                app.sync()
                assert disagreements(app) == []
    assert len(generations) > KILLS / 3, "it was killed before it had done anything"
    assert builds(settings.index) == sorted(["CURRENT", (settings.index / "CURRENT").read_text(encoding="utf-8")])
