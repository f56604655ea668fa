"""The review of a folder that was read: what staff should know before citizens do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.knowledge.agencies import CONTACT_FIELDS
from bot.knowledge.consistency import dead_links, duplicates, misdated
from bot.knowledge.contradictions import Contradictions
from bot.knowledge.folder import Folder
from bot.knowledge.holdings.remarks import About
from bot.language.normalise import fold
from bot.model import Agency, Card, Finding, Kind, Severity, Status
from bot.workdays import Workdays

_REACHED_BY = ("address", "phone", "fax", "email", "site", "portal", "hotline")


class Reviewing:
    """Reviews a folder, again and again: only what changed since is looked at anew.

    Not for two threads at once.
    """

    def __init__(self) -> None:
        self._contradictions = Contradictions()
        self._under: object = None
        self._shape = 0

    def review(
        self,
        folder: Folder,
        today: date,
        *,
        workdays: Workdays | None = None,
        authors: Mapping[str, str] | None = None,
        notes: bool = True,
    ) -> tuple[Finding, ...]:
        """Look a folder through.

        Args:
            folder: as `read_folder` left it.
            today: dates after it are in the future.
            workdays: the calendar; without it, what is published.
            authors: who wrote each file, by its path inside the folder, where the file does not say so itself.
            notes: whether what only explains is wanted; there may be one for each document.

        Returns:
            Remarks of the review alone, those on small files first; what reading remarked is in `folder.findings`. A
            well-kept folder gets notes at most.
        """
        self._look_through(folder, today, workdays or Workdays())
        remarks, prefix = folder.holdings.remarks, f"{folder.name}/"
        found = (
            *_review_agencies(folder.agencies, f"{prefix}agencies.toml"),
            *_review_glossary(folder, f"{prefix}glossary.csv"),
            *_review_golden(folder, f"{prefix}questions.csv"),
            *remarks.tell((About.FIELDS,), prefix, notes=notes),
            *_review_options(folder, f"{prefix}settings.toml"),
            *_unreviewed(folder, authors or {}),
            *(replace(finding, path=f"{prefix}{finding.path}") for finding in duplicates(folder.holdings.cards)),
            *(replace(finding, path=f"{prefix}{finding.path}") for finding in self._contradictions.told()),
            *remarks.tell((About.DATES, About.LINKS), prefix, notes=notes),
        )
        return tuple(finding for finding in found if notes or finding.severity is not Severity.NOTE)

    def _look_through(self, folder: Folder, today: date, workdays: Workdays) -> None:
        """Remark on what is new, or on everything where something else decides what there is to remark on."""
        holdings, cards, remarks = folder.holdings, folder.holdings.cards, folder.holdings.remarks
        founded = {agency.key: agency.founded for agency in folder.agencies if agency.founded}
        under = today, bool(folder.agencies), founded, workdays
        if holdings.reviewer is not self:
            self._contradictions, self._shape = Contradictions(), -1
        if holdings.reviewer is not self or under != self._under:
            cards.review_anew()
        holdings.reviewer, self._under = self, under
        remarks.clear(About.FIELDS, About.DATES, About.LINKS, which="NOT reviewed")
        remarks.add(
            (about, name, finding)
            for name, found in cards.unreviewed()
            for about, findings in (
                (About.FIELDS, _review_file(found, today, has_agencies=bool(folder.agencies))),
                (About.DATES, misdated(found, founded, workdays)),
                (About.LINKS, dead_links(found, holdings.has)),
            )
            for finding in findings
        )
        if holdings.shape != self._shape:
            # What a link leads to may have come, or gone.
            self._shape = holdings.shape
            remarks.clear(About.LINKS, which="linking")
            remarks.add(
                (About.LINKS, name, finding)
                for name, found in cards.linking()
                for finding in dead_links(found, holdings.has)
            )
        self._contradictions.compare(cards)
        cards.reviewed()


def _review_agencies(agencies: Sequence[Agency], path: str) -> Iterator[Finding]:
    for agency in agencies:
        empty = [field for field in CONTACT_FIELDS if not getattr(agency.contact, field)]
        if all(field in empty for field in _REACHED_BY):
            reason = f'agency "{agency.key}" has nothing to reach it by'
            yield Finding(Severity.WARNING, path, 0, reason, f"state one of {', '.join(_REACHED_BY)}")
        elif empty:
            reason = f'agency "{agency.key}" states no {", ".join(empty)}'
            yield Finding(Severity.NOTE, path, 0, reason, "replies leave them out")


def _review_glossary(folder: Folder, path: str) -> Iterator[Finding]:
    counts = Counter(fold(term.term) for term in folder.glossary)
    for term, count in counts.items():
        if count > 1:
            yield Finding(Severity.WARNING, path, 0, f'term "{term}" has {count} rows', "put its synonyms in one row")


def _review_golden(folder: Folder, path: str) -> Iterator[Finding]:
    asked: dict[str, int] = {}
    for golden in folder.golden:
        expected = golden.expect_document
        card = folder.holdings.cards.find(expected) if expected else None
        if expected and card is None:
            reason = f'golden question expects document "{expected}", which is not there'
            yield Finding(
                Severity.ERROR,
                path,
                golden.line,
                reason,
                "write the id of a document: its path without suffix, or its 索引号",
            )
        elif card and card.status is not Status.PUBLISHED:
            reason = f'golden question expects document "{expected}", which is {card.status.value}'
            yield Finding(Severity.WARNING, path, golden.line, reason, "publish the document, or take the question out")
        first = asked.setdefault(fold(golden.question), golden.line)
        if first != golden.line:
            yield Finding(Severity.NOTE, path, golden.line, f"golden question repeats line {first}", "keep one")


def _review_options(folder: Folder, path: str) -> Iterator[Finding]:
    for name in folder.options.files:
        if not folder.holdings.has(name):
            reason = f'settings are stated of "{name}", which is not in the folder'
            yield Finding(Severity.WARNING, path, 0, reason, "correct the path, or take them out")


def _unreviewed(folder: Folder, authors: Mapping[str, str]) -> Iterator[Finding]:
    """Where the folder asks for it, what nobody but its author has read does not go out (article 17)."""
    if not folder.options.require_review:
        return
    for card in folder.cards:
        author = card.author or authors.get(card.path, "")
        stated = folder.options.files.get(card.path)
        reviewer = card.reviewed_by or (stated.reviewed_by if stated else "")
        if card.status is not Status.PUBLISHED or (reviewer and fold(reviewer) != fold(author)):
            continue
        reason = f"reviewed by its author, {author}" if reviewer else "not reviewed"
        remedy = "have somebody else read it and state reviewed_by 审核人"
        line = card.line if card.is_row else 0
        yield Finding(Severity.ERROR, f"{folder.name}/{card.path}", line, reason, remedy, "review")


def _review_file(cards: Sequence[Card], today: date, *, has_agencies: bool) -> Iterator[Finding]:
    kept = [card for card in cards if card.status is not Status.WITHDRAWN]
    for severity, reason, remedy, found in _remarks(kept, today, has_agencies):
        yield Finding(severity, "", _line(kept, found), _of(reason, kept, found), remedy)


def _remarks(cards: Sequence[Card], today: date, has_agencies: bool) -> Iterator[tuple[Severity, str, str, list[Card]]]:
    """(severity, reason, remedy, the documents concerned) of one file."""
    # Where no agency is known at all, reading has said so once.
    if has_agencies and (found := [card for card in cards if not card.agency]):
        yield Severity.WARNING, "no agency", "state agency 机关, or mark one agency default = true", found
    if found := [card for card in cards if _is_undated(card)]:
        yield Severity.NOTE, "no date", "state date 日期", found
    if found := [card for card in cards if _is_future(card, today)]:
        yield Severity.WARNING, "a date in the future", "check the date", found
    by_fields: dict[tuple[str, ...], list[Card]] = defaultdict(list)
    for card in cards:
        if card.inferred:
            by_fields[card.inferred].append(card)
    for fields, found in by_fields.items():
        yield Severity.NOTE, f"inferred {_values(fields, found)}", "state in the file what is inferred wrongly", found


def _is_undated(card: Card) -> bool:
    # A guide holds until it is replaced; nobody misses its date.
    return card.kind is not Kind.GUIDE and card.published_on is None and card.formed_on is None


def _is_future(card: Card, today: date) -> bool:
    return any(day > today for day in (card.published_on, card.formed_on) if day)


def _values(fields: Sequence[str], found: Sequence[Card]) -> str:
    if len(found) > 1:
        return ", ".join(fields)
    return ", ".join(f"{field} {getattr(found[0], field)}" for field in fields)


def _line(cards: Sequence[Card], found: Sequence[Card]) -> int:
    """A catalogue's remark points at the first row concerned; a file's own at the file."""
    return found[0].line if len(cards) > 1 else 0


def _of(reason: str, cards: Sequence[Card], found: Sequence[Card]) -> str:
    if len(cards) == 1:
        return reason
    return f"{reason}: {found[0].id}" if len(found) == 1 else f"{reason}: {len(found)} of {len(cards)} rows"
