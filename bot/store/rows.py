"""Between the frozen dataclasses of the house and the rows of its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from bot.model import (
    Agency,
    AgencyContact,
    Card,
    Channel,
    ContactRecord,
    Document,
    Figure,
    Finding,
    Kind,
    KnownFile,
    RecordEvent,
    RequestKind,
    Resolution,
    Section,
    Severity,
    Status,
    Term,
    Verdict,
    handle_of,
)
from bot.store.tables import documents, sections

DOCUMENT = tuple(documents.c[field.name] for field in fields(Document) if field.name != "sections")
"""What a document is made of, in the order of its fields."""

PASSAGE = (sections.c.id, sections.c.headings, sections.c.text, sections.c.line)
"""What a section is made of, in the order of its fields."""

CONTACT_FIELDS = frozenset(field.name for field in fields(AgencyContact))


def hash_of(document: Document) -> str:
    """Tells whether a document changed: SHA-256 of its canonical JSON, every field included."""
    canonical = json.dumps(_plain(document), default=_plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def document_row(document: Document, hash_: str, generation: int) -> dict[str, Any]:
    """The row of a document without its sections."""
    return {
        "id": document.id,
        "handle": handle_of(document.id),
        "title": document.title,
        "kind": document.kind.value,
        "agency": document.agency,
        "status": Status.PUBLISHED.value,
        "category": document.category,
        "year": document.year,
        "formed_on": document.formed_on,
        "published_on": document.published_on,
        "number": document.number,
        "index_number": document.index_number,
        "source": document.source,
        "reviewed_by": document.reviewed_by,
        "aliases": document.aliases,
        "inferred": document.inferred,
        "path": document.path,
        "contact": asdict(document.contact) if document.contact else {},
        "hash": hash_,
        "generation": generation,
        "withdrawn_at": None,
    }


def section_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of a document's sections, numbered as they stand."""
    return [
        {
            "document_id": document.id,
            "id": section.id,
            "position": position,
            "headings": section.headings,
            "text": section.text,
            "line": section.line,
        }
        for position, section in enumerate(document.sections)
    ]


def agency_rows(agencies: Iterable[Agency]) -> list[dict[str, Any]]:
    """The rows of agencies, numbered as they stand."""
    return [
        {
            "key": agency.key,
            "position": position,
            "aliases": agency.aliases,
            "is_default": agency.default,
            "founded": agency.founded,
            "contact": asdict(agency.contact),
        }
        for position, agency in enumerate(agencies)
    ]


def term_rows(glossary: Iterable[Term]) -> list[dict[str, Any]]:
    """The rows of a glossary, numbered as they stand."""
    return [
        {"position": position, "term": term.term, "synonyms": term.synonyms} for position, term in enumerate(glossary)
    ]


def to_document(row: Sequence[Any], sections: Iterable[Section]) -> Document:
    """Build a document from the columns of DOCUMENT."""
    # Unpacked, not asked by name: about twenty a question, and SQLAlchemy's rows answer slowly to names.
    id_, title, kind, agency, status, category, year, formed_on, published_on, *rest = row
    number, index_number, source, reviewed_by, aliases, inferred, path, contact = rest
    return Document(
        id=id_,
        title=title,
        kind=Kind(kind),
        agency=agency,
        sections=tuple(sections),
        status=Status(status),
        category=category,
        year=year,
        formed_on=formed_on,
        published_on=published_on,
        number=number,
        index_number=index_number,
        source=source,
        reviewed_by=reviewed_by,
        aliases=tuple(aliases),
        inferred=tuple(inferred),
        path=path,
        contact=_to_contact(contact) if contact else None,
    )


def to_section(row: Sequence[Any]) -> Section:
    """Build a section from the columns of PASSAGE."""
    id_, headings, text, line = row
    return Section(id=id_, headings=tuple(headings), text=text, line=line)


def to_agency(row: Row[Any]) -> Agency:
    """Build an agency from its row."""
    contact = _to_contact(row.contact)
    return Agency(row.key, contact, aliases=tuple(row.aliases), default=row.is_default, founded=row.founded)


def _to_contact(cells: Mapping[str, str]) -> AgencyContact:
    # A fact that another version knew and this one does not is left out, not fatal.
    return AgencyContact(**{name: value for name, value in cells.items() if name in CONTACT_FIELDS})


def to_term(row: Row[Any]) -> Term:
    """Build a glossary line from its row."""
    return Term(term=row.term, synonyms=tuple(row.synonyms))


def file_row(file: KnownFile) -> dict[str, Any]:
    """The row of a file as it was read."""
    return {
        "path": file.path,
        "fingerprint": file.fingerprint,
        "hash": file.hash,
        "basis": file.basis,
        "refused": file.refused,
        "cards": [_card_cells(card) for card in file.cards],
        "unknown": [_finding_cells(finding) for finding in file.unknown],
        "findings": [_finding_cells(finding) for finding in file.findings],
    }


def to_file(row: Sequence[Any]) -> KnownFile:
    """Build a file from the columns of its table."""
    path, fingerprint, hash_, basis, refused, cards, unknown, findings = row
    return KnownFile(
        path=path,
        fingerprint=fingerprint,
        hash=hash_,
        basis=basis,
        refused=refused,
        cards=tuple(map(_to_card, cards)),
        unknown=tuple(map(_to_finding, unknown)),
        findings=tuple(map(_to_finding, findings)),
    )


# Lists, not names and values: there is one for each document of the folder, and every publishing reads them all.
def _card_cells(card: Card) -> list[Any]:
    days = [day and day.isoformat() for day in (card.formed_on, card.published_on)]
    return [
        card.id,
        card.title,
        card.kind,
        card.agency,
        card.status,
        card.year,
        *days,
        card.inferred,
        card.path,
        card.line,
        card.digest,
        [[figure.measure, figure.unit, figure.value, figure.year, figure.line] for figure in card.figures],
        card.links,
        card.contact,
        card.reviewed_by,
        card.author,
    ]


def _to_card(cells: Sequence[Any]) -> Card:
    id_, title, kind, agency, status, year, formed_on, published_on, inferred, path, line, *seen = cells
    digest, figures, links, contact, reviewed_by, author = seen
    return Card(
        id_,
        title,
        Kind(kind),
        agency,
        Status(status),
        year,
        formed_on and date.fromisoformat(formed_on),
        published_on and date.fromisoformat(published_on),
        tuple(inferred),
        path,
        line,
        digest,
        tuple(Figure(*figure) for figure in figures),
        tuple((line, target) for line, target in links),
        contact,
        reviewed_by,
        author,
    )


def _finding_cells(finding: Finding) -> list[Any]:
    return [finding.severity, finding.line, finding.reason, finding.remedy, finding.rule]


def _to_finding(cells: Sequence[Any]) -> Finding:
    severity, line, reason, remedy, rule = cells
    return Finding(Severity(severity), "", line, reason, remedy, rule)


def to_record(row: Row[Any]) -> ContactRecord:
    """Build a contact record from its row."""
    return ContactRecord(
        reference=row.reference,
        channel=Channel(row.channel),
        citizen_key=row.citizen_key,
        question=row.question,
        asked_at=row.asked_at,
        kind=RequestKind(row.kind),
        decision=Verdict(row.decision) if row.decision else None,
        matches=tuple((document, section, score) for document, section, score in row.matches),
        reply=row.reply,
        milliseconds=row.milliseconds,
        understood=row.understood,
        edits=tuple((datetime.fromisoformat(at), text) for at, text in row.edits),
        outcome=Resolution(row.outcome),
        agency=row.agency,
        category=row.category,
        follow_up_on=row.follow_up_on,
        merged_into=row.merged_into,
        erased_at=row.erased_at,
    )


def to_event(row: Row[Any]) -> RecordEvent:
    """Build a record's event from its row."""
    return RecordEvent(row.reference, row.at, row.who, row.what, row.before, row.after, row.reason)
