"""A Selection of records as conditions of SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_

from bot.model import Selection
from bot.store.tables import records, storable


def conditions(selection: Selection) -> Iterator[ColumnElement[bool]]:
    """What a record has to fulfil to be among those that are wanted."""
    for word in map(storable, selection.words):
        texts = (records.c.question, records.c.understood, records.c.reply)
        yield or_(records.c.reference == word.upper(), *(text.icontains(word, autoescape=True) for text in texts))
    for column, wanted in (
        (records.c.channel, selection.channel),
        (records.c.kind, selection.kind),
        (records.c.outcome, selection.outcome),
    ):
        if wanted is not None:
            yield column == wanted.value
    if selection.agency:
        yield records.c.agency == selection.agency
    if selection.since is not None:
        yield records.c.asked_at >= selection.since
    if selection.until is not None:
        yield records.c.asked_at < selection.until
    if selection.due_by is not None:
        yield records.c.follow_up_on <= selection.due_by
