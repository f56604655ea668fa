"""A Bot API for each test, all on one server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram import pace, refusals
from tests.botapi import BotApi, Server
from tests.channels.telegram.fakes import TO_CLOSE
from tests.channels.telegram.house import House, house
from tests.channels.telegram.staffed import GROUP, STAFF, office


@pytest.fixture(scope="session")
def botapi_server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def api(botapi_server: Server) -> Iterator[BotApi]:
    with BotApi(botapi_server) as api:
        yield api


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Telegram's limits are tested where they are kept; here they would only cost time."""
    monkeypatch.setattr(pace, "CHAT_SECONDS", 0.0)
    monkeypatch.setattr(pace, "OVERALL_SECONDS", 0.0005)
    yield
    TO_CLOSE.close()


@pytest.fixture
def at(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house with a group of staff that has topics."""
    monkeypatch.setattr(refusals, "LONGEST_PAUSE_SECONDS", 0.01)
    api.state.chats[STAFF] = dict(GROUP)
    with house(api, tmp_path, STAFF, office) as running:
        yield running
