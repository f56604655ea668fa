"""The suggestions that staff were shown last, so that their numbers hold until they are shown others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from bot.model import Advice, Suggestion
from bot.store import facts
from bot.store.database import Database
from bot.store.tables import from_json, to_json

SUGGESTED = "suggestions"


class Insights:
    """Suggestions; they hold references instead of words, so that erasing a record erases its words here too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, suggestions: Iterable[Suggestion]) -> None:
        """Keep what is shown in the place of what was shown before."""
        with self._database.write() as connection:
            facts.note(self._database, connection, SUGGESTED, to_json([asdict(one) for one in suggestions]))

    def find(self, number: int) -> Suggestion | None:
        """What was shown by this number last."""
        kept = from_json(facts.read(self._database, SUGGESTED) or "[]")
        found = next((one for one in kept if one["number"] == number), None)
        return Suggestion(**found | {"advice": Advice(found["advice"])}) if found else None
