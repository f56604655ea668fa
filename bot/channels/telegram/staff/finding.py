"""/find: records that staff look up in their group, a line each, without a word about who asked."""

from __future__ import annotations

from bot.channels.telegram.staff.wording import Wording
from bot.language.widths import trim
from bot.model import ContactRecord, Language, Selection
from bot.own_data import outcomes
from bot.store import Store
from bot.workdays import BEIJING

MOST = 5
"""Records shown, so that a group reads them at a glance."""

MOST_WORDS = 8
"""Words looked for; a database bounds how many conditions it takes."""

LONGEST_QUESTION = 60


def find_records(store: Store, written: str, said: Wording, language: Language) -> str:
    """The newest records that hold all these words, or have this reference, as text for the group."""
    words = tuple(written.split()[:MOST_WORDS])
    if not words:
        return said.how_to_find
    found = store.records.latest(limit=MOST, selection=Selection(words))
    return "\n".join(_line(store, record, said, language) for record in found) or said.nothing_found


def _line(store: Store, record: ContactRecord, said: Wording, language: Language) -> str:
    handover = store.handovers.find(record.reference)
    in_hands = (said.in_hands,) if handover and not handover.closed_at else ()
    question = said.erased_words if record.erased_at else trim(" ".join(record.question.split()), LONGEST_QUESTION)
    day = f"{record.asked_at.astimezone(BEIJING):%Y-%m-%d}"
    return " · ".join((f"{record.reference} {day}", outcomes(language)[record.outcome], *in_hands, question))
