"""`bot run` beside answering: what it does by itself while it serves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.store import open_store
from tests.commands.console import run
from tests.houses import write_house
from tests.store.test_records import add


def test_a_start_makes_up_for_the_nights_that_were_missed(tmp_path: Path) -> None:
    write_house(tmp_path)
    (tmp_path / "knowledge/settings.toml").write_text("keep_days = 30\n", encoding="utf-8")
    now = datetime.now(UTC)
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        add(store, question="独一无二的旧问题", asked_at=now - timedelta(days=31))
        add(store, question="新问题", asked_at=now)
    assert run(tmp_path, "run", given="\n").exit_code == 0
    with open_store(f"sqlite:///{tmp_path / 'bot.db'}") as store:
        assert [record.question for record in store.records.all()] == ["", "新问题"]
        assert store.expiry.last_night() is not None
    assert "独一无二的旧问题".encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
