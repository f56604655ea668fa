"""SIGKILL at each step of a publishing: whoever starts next answers from one whole state."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from bot.search import Index
from bot.settings import Settings
from tests.crash import steps
from tests.crash.children import result_of, run, seen_afresh, steps_of_sync, sync, sync_and_look, sync_until
from tests.crash.states import LATER, NEW, NOTHING, OLD, State, builds, put
from tests.houses import settings_in

pytestmark = pytest.mark.e2e

CASES = [
    pytest.param(kind, step, id=f"{kind}: {step}")
    for kind, taken in (("first", steps.FIRST), ("update", steps.UPDATE), ("rebuild", steps.REBUILD))
    for step in taken
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that has published the old state."""
    root = tmp_path_factory.mktemp("template")
    put(root, OLD)
    assert run(sync, settings_in(root)) == 0
    return root


def prepared(kind: str, template: Path, root: Path) -> tuple[Settings, State]:
    """A house about to publish the new state, and what it has published so far."""
    if kind != "first":
        shutil.copytree(template, root, dirs_exist_ok=True)
    if kind == "rebuild":
        next((root / "index").glob("*/meta.json")).write_text("{", encoding="utf-8")
    put(root, NEW)
    return settings_in(root), NOTHING if kind == "first" else OLD


@pytest.mark.parametrize(
    ("kind", "taken"), [("first", steps.FIRST), ("update", steps.UPDATE), ("rebuild", steps.REBUILD)]
)
def test_a_publishing_takes_these_steps_and_no_other(
    kind: str, taken: tuple[str, ...], template: Path, tmp_path: Path
) -> None:
    """The table of steps says what is done, so that none is left out below."""
    settings, _ = prepared(kind, template, tmp_path)
    assert result_of(steps_of_sync, settings) == taken


@pytest.mark.parametrize(("kind", "step"), CASES)
def test_killed_at_a_step_it_answers_from_one_whole_state_and_heals(
    kind: str, step: str, template: Path, tmp_path: Path
) -> None:
    """What was committed to the store is answered, else what stood before; what was left behind goes with the next change."""
    settings, stood = prepared(kind, template, tmp_path)
    assert run(sync_until, settings, step) == -signal.SIGKILL

    seen = seen_afresh(settings)
    assert seen.answers == (stood if step in (steps.READ, steps.WRITTEN) else NEW).answers
    assert seen.agrees

    put(tmp_path, LATER)
    seen = result_of(sync_and_look, settings)
    assert seen.answers == LATER.answers
    assert seen.agrees
    assert builds(settings.index) == sorted(["CURRENT", (settings.index / "CURRENT").read_text(encoding="utf-8")])


def test_a_process_that_was_killed_holds_no_lock(template: Path, tmp_path: Path) -> None:
    """Neither ours nor tantivy's: both are held by the process, not by a file."""
    settings, _ = prepared("update", template, tmp_path)
    assert run(sync_until, settings, steps.UNCOMMITTED) == -signal.SIGKILL
    index = Index(settings.index)
    with index.locked():
        index.update([], [], 7)
    assert Index(settings.index).generation == 7
