"""A database that is restored from a backup: what answers is what stands in it, not what the index saw since."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.store import open_store
from tests.conftest import POSTGRESQL
from tests.e2e.command import Bot
from tests.houses import ASK_PARKING, FILES, PARKING, PARKING_PASSAGE
from tests.knowledge.places import write_folder

pytestmark = pytest.mark.e2e


def test_backup_of_a_bot_that_is_answering_goes_back_whole_once_nothing_runs(tmp_path: Path) -> None:
    """All that was told before the backup is in it, and nothing is half in it."""
    write_folder(tmp_path, FILES)
    bot, backup = Bot(tmp_path), tmp_path / "backup.db"
    assert bot.run("sync").returncode == 0
    asking = bot.start("ask", "--json", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert asking.stdin
    assert asking.stdout
    with asking:
        # More than is answered by the time the copy is made.
        feeder = threading.Thread(target=asking.stdin.write, args=(f"{ASK_PARKING}\n".encode() * 3000,))
        feeder.start()
        before = [json.loads(asking.stdout.readline())["record"] for _ in range(20)]
        reader = threading.Thread(target=asking.stdout.read)
        reader.start()
        assert bot.run("backup", str(backup)).returncode == 0
        assert asking.poll() is None
        refused = bot.run("restore", str(backup), "--yes")
        assert (refused.returncode, "stop `bot run`" in refused.stderr) == (2, True)
        asking.kill()
        feeder.join()
        reader.join()
    assert bot.run("restore", str(backup), "--yes").returncode == 0
    with open_store(f"sqlite:///{tmp_path / 'var/bot.db'}") as store:
        kept = [record.reference for record in store.records.all()]
    year = before[0][3:7]
    assert kept == [f"ZX-{year}-{place:06d}" for place in range(1, len(kept) + 1)]
    assert set(before) <= set(kept)
    (answer,) = bot.ask(ASK_PARKING)
    assert answer["record"] == f"ZX-{year}-{len(kept) + 1:06d}"


@pytest.mark.services
def test_what_came_after_the_backup_is_no_longer_answered(tmp_path: Path, postgresql_url: str) -> None:
    """The restored database comes to the same number of generations as the index, with other documents."""
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")
    write_folder(tmp_path, FILES)
    bot = Bot(tmp_path, {"BOT_DATABASE_URL": postgresql_url})
    assert bot.run("sync").returncode == 0
    dump = tmp_path / "backup.sql"
    schema = unquote(postgresql_url).rpartition("search_path=")[2]
    run("pg_dump", "--clean", "--if-exists", f"--schema={schema}", f"--file={dump}", POSTGRESQL)
    write_folder(
        tmp_path, {"items/parking.md": PARKING.replace("5元", "8元"), "items/pool.md": "# 泳池\n\n水温28度。\n"}
    )
    assert bot.run("sync").returncode == 0
    (late,) = bot.ask(ASK_PARKING)
    assert "8元" in late["quote"]

    run("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}", POSTGRESQL)
    (restored,) = bot.ask(ASK_PARKING)
    assert restored["quote"] == PARKING_PASSAGE
    write_folder(tmp_path, {"items/parking.md": PARKING.replace("5元", "9元")})
    (tmp_path / "knowledge/items/pool.md").unlink()
    assert bot.run("sync").returncode == 0
    again, pool = bot.ask(ASK_PARKING, "泳池水温多少度")
    assert "9元" in again["quote"]
    assert pool["decision"] == "none"


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
