"""The tables of the truth, by what they speak of."""

from __future__ import annotations

from bot.store.tables.applications import (
    application_counters,
    application_drafts,
    application_events,
    application_words,
    applications,
    case_events,
    cases,
)
from bot.store.tables.columns import from_json, metadata, storable, to_json
from bot.store.tables.disclosures import agencies, document_versions, documents, files, generations, sections, terms
from bot.store.tables.facts import facts
from bot.store.tables.handovers import handover_links, handovers, sayings
from bot.store.tables.inquiries import allowances, blocks, feedback, record_events, records, reference_counters
from bot.store.tables.messages import asked, chats, inbox, moved_chats, outbox

__all__ = [
    "agencies",
    "allowances",
    "application_counters",
    "application_drafts",
    "application_events",
    "application_words",
    "applications",
    "asked",
    "blocks",
    "case_events",
    "cases",
    "chats",
    "document_versions",
    "documents",
    "facts",
    "feedback",
    "files",
    "from_json",
    "generations",
    "handover_links",
    "handovers",
    "inbox",
    "metadata",
    "moved_chats",
    "outbox",
    "record_events",
    "records",
    "reference_counters",
    "sayings",
    "sections",
    "storable",
    "terms",
    "to_json",
]
