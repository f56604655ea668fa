"""Two processes that sync at once, and one that looks on: whole states only, and in the end what stands in the folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import Secret, Settings
from tests.crash.children import CONTEXT, PATIENCE_SECONDS, run, started, sync, sync_often, sync_when_told, watch_states
from tests.crash.states import builds, cycle, disagreements, rows_of
from tests.crash.steps import READ
from tests.houses import settings_in

pytestmark = pytest.mark.e2e

TIMES = 15


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return replace(settings_in(tmp_path), database_url=Secret(database_url))


@pytest.mark.parametrize("shared", [True, False], ids=["one index folder", "a folder each"])
def test_two_that_sync_at_once_leave_the_folder_published_and_whoever_looks_sees_whole_states(
    settings: Settings, tmp_path: Path, *, shared: bool
) -> None:
    """The folder changes all the while; each change is one step, so each state is known."""
    cycle(settings.knowledge, 0)
    # The tables are made at once as well, by both.
    second = settings if shared else replace(settings, index=tmp_path / "second")
    syncing = [CONTEXT.Process(target=sync_often, args=(worker, TIMES)) for worker in (settings, second)]
    for process in syncing:
        process.start()
    with started(watch_states, settings) as (_, onlooker):
        assert onlooker.recv() == "ready"
        version = 0
        while any(process.is_alive() for process in syncing):
            version += 1
            cycle(settings.knowledge, version)
            syncing[version % 2].join(0.03)
        onlooker.send("stop")
        assert onlooker.poll(PATIENCE_SECONDS)
        stored, indexed = onlooker.recv()
    assert [process.exitcode for process in syncing] == [0, 0]
    known = {frozenset[str]()} | {rows_of(state) for state in range(8)}
    assert stored <= known
    assert indexed <= known
    assert len(indexed) > 2, "nothing happened while it looked on"

    assert run(sync, settings) == 0
    for worker in (settings, second):
        with App(worker) as app:
            assert disagreements(app) == []
            assert frozenset(document.id for document in app.store.disclosures.documents()) == rows_of(version)
        assert len(builds(worker.index)) == 2


def test_whoever_read_the_folder_earlier_and_publishes_later_undoes_nothing(settings: Settings) -> None:
    """Else a withdrawn document would be published again by a slow sync that began before it was withdrawn."""
    cycle(settings.knowledge, 1)
    assert run(sync, settings) == 0
    cycle(settings.knowledge, 2)
    with started(sync_when_told, settings) as (_, slow):
        slow.recv()
        cycle(settings.knowledge, 3)
        assert run(sync, settings) == 0
        published = published_now(settings)
        slow.send("go on")
        # Refused in the transaction: it reads the folder again, and nobody saw what it had read before.
        assert slow.recv() == READ
        assert published_now(settings) == published == (2, rows_of(3))
        slow.send("go on")
        assert slow.recv() == "done"
    with App(settings) as app:
        assert frozenset(document.id for document in app.store.disclosures.documents()) == rows_of(3)
        assert disagreements(app) == []


def published_now(settings: Settings) -> tuple[int, frozenset[str]]:
    """The store's generation, and ids of the documents."""
    with App(settings) as app:
        disclosures = app.store.disclosures
        return disclosures.generation(), frozenset(document.id for document in disclosures.documents())


def test_a_folder_deleted_by_one_while_another_writes_heals(settings: Settings) -> None:
    """Somebody clears the index folder while two work in it."""
    cycle(settings.knowledge, 0)
    syncing = [CONTEXT.Process(target=sync_often, args=(settings, TIMES)) for _ in range(2)]
    for process in syncing:
        process.start()
    version = 0
    while any(process.is_alive() for process in syncing):
        version += 1
        cycle(settings.knowledge, version)
        shutil.rmtree(settings.index, ignore_errors=True)
        syncing[version % 2].join(0.05)
    assert run(sync, settings) == 0
    with App(settings) as app:
        assert disagreements(app) == []
