"""A database that is restored from a backup: what answers is what stands in it, not what the index saw since."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import POSTGRESQL
from tests.e2e.test_cli import Bot
from tests.houses import ASK_PARKING, FILES, PARKING, PARKING_PASSAGE
from tests.knowledge.places import write_folder

pytestmark = [pytest.mark.e2e, pytest.mark.services]


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
