"""Documents and passages as questions load them."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, func, select, tuple_

from bot.model import Document, Section, Status
from bot.store.rows import DOCUMENT, PASSAGE, to_document, to_section
from bot.store.tables import documents, sections

PUBLISHED = documents.c.status == Status.PUBLISHED.value

# Built once, for every question waits for them.
CHOSEN = select(*DOCUMENT).order_by(documents.c.id)
IDS: BindParameter[Any] = bindparam("documents", expanding=True)
OUTLINES = (
    select(sections.c.document_id, *PASSAGE)
    .where(sections.c.document_id.in_(IDS))
    .order_by(sections.c.document_id, sections.c.position)
)
PASSAGES = (
    select(*DOCUMENT, *PASSAGE)
    .join(sections, sections.c.document_id == documents.c.id)
    .where(
        PUBLISHED,
        tuple_(sections.c.document_id, sections.c.id).in_(bindparam("keys", expanding=True)),
    )
    .order_by(documents.c.id, sections.c.position)
)
# SQLite finds no list of pairs through an index; as a table it is gone through, and each pair is found at once.
WANTED = func.json_each(bindparam("keys")).table_valued("value", name="wanted")
PASSAGES_OF_SQLITE = (
    select(*DOCUMENT, *PASSAGE)
    .select_from(WANTED)
    .join(
        sections,
        and_(
            sections.c.document_id == func.json_extract(WANTED.c.value, "$[0]"),
            sections.c.id == func.json_extract(WANTED.c.value, "$[1]"),
        ),
    )
    .join(documents, documents.c.id == sections.c.document_id)
    .where(PUBLISHED)
    .order_by(documents.c.id, sections.c.position)
)


def load_passages(
    connection: Connection, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Document, Section]]:
    """Published passages by document id and section id, each with its document, which holds only the passages asked for."""
    wanted = list(set(keys))
    if connection.dialect.name == "sqlite":
        rows = connection.execute(PASSAGES_OF_SQLITE, {"keys": json.dumps(wanted)}).all()
    else:
        rows = connection.execute(PASSAGES, {"keys": wanted}).all()
    found: dict[tuple[str, str], tuple[Document, Section]] = {}
    for id_, group in groupby(rows, key=itemgetter(0)):
        passages = list(group)
        document = to_document(passages[0][: len(DOCUMENT)], [to_section(row[len(DOCUMENT) :]) for row in passages])
        found |= {(id_, section.id): (document, section) for section in document.sections}
    return found


def load_documents(connection: Connection, which: ColumnElement[bool], limit: int | None = None) -> list[Document]:
    """The documents of which a condition holds, by id, with all their passages; at most `limit` of them."""
    rows = connection.execute(CHOSEN.where(which).limit(limit)).all()
    # One more select instead of a join: a report's own row would come back once a section.
    found: dict[str, list[Section]] = {row[0]: [] for row in rows}
    if found:
        for passage in connection.execute(OUTLINES, {"documents": list(found)}):
            found[passage[0]].append(to_section(passage[1:]))
    return [to_document(row, found[row[0]]) for row in rows]
