"""A Bot API for each test, all on one server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.botapi import BotApi, Server


@pytest.fixture(scope="session")
def botapi_server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def api(botapi_server: Server) -> Iterator[BotApi]:
    with BotApi(botapi_server) as api:
        yield api
