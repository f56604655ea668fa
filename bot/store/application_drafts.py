"""Applications that citizens are still filling in: one a citizen, on disk after every step, gone once sent or given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.database import Database
from bot.store.tables import application_drafts

# Built once: every message asks for it.
STATE = select(application_drafts.c.state).where(application_drafts.c.citizen_key == bindparam("citizen_key"))
STATE_SINCE = STATE.where(application_drafts.c.updated_at >= bindparam("since"))


class ApplicationDrafts:
    """The drafts, by the citizen's pseudonym."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, citizen_key: str, state: Mapping[str, Any], now: datetime) -> None:
        """Keep a draft in place of the citizen's earlier one; `state` is what JSON takes."""
        values = {"state": dict(state), "updated_at": now}
        kept = self._database.insert(application_drafts).values(citizen_key=citizen_key, **values)
        with self._database.write() as connection:
            key = [application_drafts.c.citizen_key]
            connection.execute(kept.on_conflict_do_update(index_elements=key, set_=values))

    def of(self, citizen_key: str, since: datetime | None = None) -> Mapping[str, Any] | None:
        """A citizen's draft; None where there is none, or where it was not touched since a moment."""
        wanted = {"citizen_key": citizen_key, "since": since} if since else {"citizen_key": citizen_key}
        with self._database.read() as connection:
            state: Mapping[str, Any] | None = connection.scalar(STATE_SINCE if since else STATE, wanted)
        return state

    def hold(self, citizen_key: str, state: Mapping[str, Any]) -> bool:
        """Keep others from a citizen's draft until the open transaction ends.

        Returns:
            False where it is not in this state any more: somebody else has gone on with it, sent it or given it up.
        """
        with self._database.write() as connection:
            return bool(connection.scalar(STATE.with_for_update(), {"citizen_key": citizen_key}) == state)

    def drop(self, citizen_key: str) -> bool:
        """Erase a citizen's draft; returns whether there was one."""
        theirs = delete(application_drafts).where(application_drafts.c.citizen_key == citizen_key)
        with self._database.write() as connection:
            return connection.execute(theirs).rowcount > 0

    def drop_before(self, moment: datetime) -> int:
        """Erase the drafts that nobody has touched since; returns how many."""
        old = delete(application_drafts).where(application_drafts.c.updated_at < moment)
        with self._database.write() as connection:
            return connection.execute(old).rowcount
