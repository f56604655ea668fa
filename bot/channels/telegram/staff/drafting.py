"""/publish: a question and what staff answered, as a draft to be reviewed and published."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from bot.channels.telegram.staff.wording import Wording
from bot.model import Handover, Passage, Side
from bot.store import Store


class Drafting(StrEnum):
    """What became of it: written; refused for the personal data in it; a draft of it is there; it cannot be written."""

    WRITTEN = "written"
    PERSONAL = "personal"
    THERE = "there"
    UNWRITABLE = "unwritable"


class Draft(Protocol):
    """Writes a draft into the knowledge folder."""

    def __call__(self, reference: str, question: str, answer: str) -> Drafting:
        """Write it once for each reference."""


def draft_answer(store: Store, handover: Handover, said: Wording, draft: Draft) -> str:
    """Make a draft of a hand-over's question and answers; returns what staff are told."""
    record = store.records.find(handover.reference)
    answers = [
        saying.words
        for saying in store.handovers.sayings(handover.reference)
        if saying.side is Side.STAFF and saying.words and saying.passage is not Passage.FAILED
    ]
    if record is None or record.erased_at:
        return said.erased
    if not answers:
        return said.nothing_to_draft
    told = {
        Drafting.WRITTEN: said.drafted,
        Drafting.PERSONAL: said.draft_personal,
        Drafting.THERE: said.draft_there,
        Drafting.UNWRITABLE: said.draft_unwritable,
    }
    state = draft(handover.reference, record.understood or record.question, "\n\n".join(answers))
    return told[state].format(reference=handover.reference)
