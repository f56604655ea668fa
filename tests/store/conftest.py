"""An open store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store import Store, open_store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A fresh store, once of each kind."""
    with open_store(database_url) as opened:
        yield opened
