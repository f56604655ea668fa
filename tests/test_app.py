"""The house at work: one secret, an index that keeps up, a check that writes nothing."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import freshness
from bot.app import App, person
from bot.language.script import language_of
from bot.model import Language, Severity, Verdict
from bot.notices import introduction
from bot.search import Index
from bot.secret import read_secret
from bot.settings import BadSetting, Settings
from tests.houses import (
    ASK_CANTEEN,
    ASK_PARKING,
    CANTEEN_PASSAGE,
    FILES,
    PARKING,
    PARKING_PASSAGE,
    UNPUBLISHED,
    settings_in,
    write_house,
)
from tests.knowledge.places import write_folder

SEED = Path(__file__).parents[1] / "knowledge"
SECRET_READER = """
import sys
from pathlib import Path
from bot.secret import read_secret

print("ready", flush=True)
sys.stdin.readline()
print(read_secret(Path(sys.argv[1])).decode())
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return write_house(tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[App]:
    """A published house."""
    with App(settings) as app:
        app.sync()
        yield app


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question looks whether the store has moved on."""
    monkeypatch.setattr(freshness, "STALE_SECONDS", 0.0)


def quoted(app: App, question: str) -> str:
    """The passage that answers a question; empty where none does."""
    quote = app.ask(question, record=False).reply.quote
    return quote.text if quote else ""


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "new/folder/secret"
    secret = read_secret(file)
    assert len(secret) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_secret(file) == secret
    assert [entry.name for entry in file.parent.iterdir()] == ["secret"]


def test_a_given_secret_is_read_without_touching_its_folder(tmp_path: Path) -> None:
    """A container's secrets are mounted read-only."""
    (tmp_path / "secret").write_text("0123456789" * 4 + "\n", encoding="ascii")
    before = tmp_path.stat().st_mtime_ns
    assert read_secret(tmp_path / "secret") == b"0123456789" * 4
    assert tmp_path.stat().st_mtime_ns == before


@pytest.mark.e2e
def test_processes_that_start_at_once_get_one_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SECRET_READER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    secrets = {process.communicate("go\n", timeout=30)[0] for process in started}
    assert secrets == {f"{file.read_text(encoding='ascii')}\n"}


def test_threads_that_start_at_once_get_one_secret(tmp_path: Path) -> None:
    found: set[bytes] = set()
    threads = [threading.Thread(target=lambda: found.add(read_secret(tmp_path / "secret"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1


def test_a_truncated_secret_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short", encoding="ascii")
    with pytest.raises(BadSetting, match="too short for a secret; put back"):
        read_secret(tmp_path / "secret")


def test_a_secret_that_cannot_be_made_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSetting, match="set BOT_SECRET_FILE"):
        read_secret(tmp_path / "file/secret")


def test_another_secret_than_the_databases_own_is_refused_with_a_remedy(app: App, tmp_path: Path) -> None:
    """Else one citizen would have two pseudonyms, and no one could tell later."""
    app.ask(ASK_PARKING, record=True)
    with (
        App(settings_in(tmp_path, key="other")) as other,
        pytest.raises(BadSetting, match=r"other: this database was started with another secret; copy the file"),
    ):
        other.ask(ASK_PARKING, record=True)
    assert len(app.store.records.latest()) == 1


def test_a_worker_with_the_same_secret_gives_the_same_pseudonym(app: App, tmp_path: Path) -> None:
    app.ask(ASK_PARKING, record=True)
    shutil.copy(tmp_path / "secret", tmp_path / "copy")
    with App(settings_in(tmp_path, key="copy", index="second")) as other:
        other.ask(ASK_PARKING, record=True)
    first, second = app.store.records.latest()
    assert first.citizen_key == second.citizen_key != ""
    # Without the secret nobody can compute it from a name.
    assert first.citizen_key != hashlib.sha256(f"command:{person()}".encode()).hexdigest()[:32]


def test_without_a_record_no_secret_is_needed(app: App) -> None:
    app.ask(ASK_PARKING, record=False)
    assert not app.settings.secret_file.exists()
    assert app.store.records.latest() == ()


def test_a_fresh_house_publishes_itself_once(settings: Settings) -> None:
    with App(settings) as app:
        assert app.sync_if_empty() is not None
        assert app.sync_if_empty() is None
        assert quoted(app, ASK_PARKING) == PARKING_PASSAGE


@pytest.mark.usefixtures("impatient")
def test_what_another_process_publishes_is_answered_from_then_on(app: App, tmp_path: Path) -> None:
    """Changed, added and withdrawn documents, on a worker with an index of its own."""
    assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
    write_folder(tmp_path, {"items/parking.md": PARKING.replace("5元", "8元")})
    (tmp_path / "knowledge/items/canteen.md").unlink()
    with App(settings_in(tmp_path, index="second")) as other:
        other.sync()
    assert quoted(app, ASK_PARKING) == PARKING_PASSAGE.replace("5元", "8元")
    assert quoted(app, ASK_CANTEEN) == ""


@pytest.mark.usefixtures("impatient")
def test_changed_contacts_are_named_from_then_on(app: App, tmp_path: Path) -> None:
    app.ask(ASK_PARKING, record=False)
    write_folder(tmp_path, {"agencies.toml": FILES["agencies.toml"].replace("12345", "12319")})
    with App(settings_in(tmp_path, index="second")) as other:
        other.sync()
    contact = app.ask(ASK_PARKING, record=False).reply.contact
    assert contact is not None
    assert contact.hotline == "12319"


@pytest.mark.usefixtures("impatient")
def test_one_thread_catches_up_while_the_others_answer_from_the_last_good_index(app: App, tmp_path: Path) -> None:
    """A large publishing must not make every citizen wait."""
    assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
    write_folder(tmp_path, {"items/canteen.md": FILES["items/canteen.md"].replace("7点", "8点")})
    with App(settings_in(tmp_path, index="second")) as other:
        other.sync()
    with Index(app.settings.index).locked():
        waiting = threading.Thread(target=quoted, args=(app, ASK_PARKING))
        waiting.start()
        while not app.freshness.catching_up.locked():
            time.sleep(0.01)
        assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
        assert waiting.is_alive()
    waiting.join(10)
    assert quoted(app, ASK_CANTEEN) == CANTEEN_PASSAGE.replace("7点", "8点")


@pytest.mark.usefixtures("impatient")
def test_an_index_that_cannot_be_written_keeps_answering_and_says_so(
    app: App, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
    write_folder(tmp_path, {"items/canteen.md": FILES["items/canteen.md"].replace("7点", "8点")})
    with App(settings_in(tmp_path, index="second")) as other:
        other.sync()
    # A folder in place of the lock is what even the root user cannot open for writing.
    (app.settings.index / ".lock").unlink(missing_ok=True)
    (app.settings.index / ".lock").mkdir()
    with caplog.at_level(logging.WARNING):
        assert quoted(app, ASK_PARKING) == PARKING_PASSAGE
    assert "answering from generation 1" in caplog.text


def test_a_check_finds_wrong_answers_and_writes_nothing(tmp_path: Path) -> None:
    golden = (
        "question,expect_document,expect_text,class\n"
        f"{ASK_PARKING},items/parking,5元,a\n"
        f"{UNPUBLISHED},items/parking,,b\n"
    )
    settings = write_house(tmp_path, FILES | {"questions.csv": golden})
    with App(settings) as app:
        errors = [finding for finding in app.check() if finding.severity is Severity.ERROR]
    assert [(finding.path, finding.line) for finding in errors] == [("knowledge/questions.csv", 3)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["knowledge"]


def test_a_check_looks_at_the_folder_and_not_at_what_is_published(app: App, tmp_path: Path) -> None:
    """Staff check before they publish."""
    golden = f"question,expect_document,expect_text,class\n{ASK_PARKING},items/parking,8元,a\n"
    write_folder(tmp_path, {"items/parking.md": PARKING.replace("5元", "8元"), "questions.csv": golden})
    assert [finding for finding in app.check() if finding.severity is Severity.ERROR] == []
    assert quoted(app, ASK_PARKING) == PARKING_PASSAGE


def test_health_is_an_index_at_the_stores_generation(app: App, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "index")
    with App(app.settings) as fresh:
        assert fresh.index.generation == 0
        fresh.refresh()
        assert fresh.index.generation == fresh.store.disclosures.generation() > 0


@pytest.mark.e2e
def test_a_person_without_a_name_goes_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run under a user that its machine has no name for."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    nameless = 61234
    code = f"import os; os.setuid({nameless}); from bot.app import person; print(person())"
    if os.getuid():
        pytest.skip("only root can become somebody else")
    done = subprocess.run([sys.executable, "-c", f"import bot.app; {code}"], capture_output=True, text=True, check=True)
    assert done.stdout == f"{nameless}\n"


@pytest.mark.parametrize("language", Language)
def test_the_examples_of_a_greeting_find_something_in_the_folder_that_ships(tmp_path: Path, language: Language) -> None:
    """Whoever tries what the bot suggests must not be told that nothing is published."""
    with App(replace(settings_in(tmp_path), knowledge=SEED)) as app:
        app.sync()
        lead = introduction(language, app.store.disclosures.snapshot()).lead
        signs = ("「", "」") if language is Language.HANT else ("“", "”")
        examples = [part.split(signs[1])[0] for part in lead.split(signs[0])[1:]]
        assert len(examples) == 3
        for example in examples:
            assert language_of(example) is language
            assert app.ask(example, record=False).decision.verdict is not Verdict.NONE, example
