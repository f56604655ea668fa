"""What can be had without a question: passages behind buttons and links, lists of what is published, who answers here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable

from bot import notices, offers, replies
from bot.library import Library
from bot.model import Agency, AgencyContact, Document, Language, Match, Reply, Section, Snapshot
from bot.search import Index
from bot.store import Store


class Showing:
    """Shows what is published in one store; threads may share it.

    Args:
        store: with what is published.
        index: of it.
        keep_current: called before each reply: brings the index to the store's generation, and says which that is,
            by a value that never comes again.
        keep_days: for how many days words are kept, as citizens are told.
    """

    def __init__(
        self, store: Store, index: Index, keep_current: Callable[[], Hashable], keep_days: Callable[[], int]
    ) -> None:
        self._store = store
        self._index = index
        self._keep_current = keep_current
        self._keep_days = keep_days
        self._library: Library | None = None
        self._turning = threading.Lock()

    def show(self, handle: str, section: str, language: Language) -> Reply:
        """Quote the section that was picked among choices; say so where it is published no more."""
        return self._quote(handle, section, language, whole=False)

    def full_text(self, handle: str, section: str, language: Language, page: int | None = None) -> Reply:
        """全文: quote the whole of a section, or a page of it."""
        reply = self._quote(handle, section, language, whole=True)
        return reply if page is None else replies.page_of(reply, page)

    def open(self, handle: str, language: Language) -> Reply:
        """Quote the beginning of a document that a link led to; say so where it is published no more."""
        document = self._store.disclosures.find_by_handle(handle)
        return self._quote(handle, document.sections[0].id if document else "", language, whole=False)

    def related(self, handle: str, section: str, language: Language) -> Reply:
        """相关: offer the passages beside one, and the same of other years."""
        snapshot = self._current().snapshot
        document = self._store.disclosures.find_by_handle(handle)
        found = _section_of(document, section)
        if document is None or found is None:
            return notices.withdrawn(language, _default_contact(snapshot))
        near = offers.neighbours(document, section)
        years = self._store.listings.of_other_years(document)[: offers.MOST_OFFERED]
        others = self._store.disclosures.find_many(years)
        same = offers.same_in((others[id_] for id_ in years if id_ in others), found)
        agency = agency_of(document, snapshot)
        return offers.related([*near, *same], language, agency.contact if agency else None)

    def latest(self, language: Language) -> Reply:
        """Offer what was published last."""
        return offers.latest(self._store.listings.latest(offers.MOST_OFFERED), language)

    def browse(self, path: str, page: int, language: Language) -> offers.Shelf:
        """One step of a walk through what is published."""
        groups = self._store.listings.groups()
        step = offers.walk(path, groups)
        if step.group is None:
            return offers.shelf(step, groups, (), page, language)
        page = max(0, min(page, (step.group.documents - 1) // offers.SHELF))
        listed = self._store.listings.documents(step.group, offset=page * offers.SHELF, limit=offers.SHELF)
        return offers.shelf(step, groups, listed, page, language)

    def _quote(self, handle: str, section: str, language: Language, *, whole: bool) -> Reply:
        snapshot = self._current().snapshot
        document = self._store.disclosures.find_by_handle(handle)
        found = _section_of(document, section)
        if document is None or found is None:
            return notices.withdrawn(language, _default_contact(snapshot))
        agency = agency_of(document, snapshot)
        match = Match(document, found, 1.0)
        return replies.quote_section(match, language, agency.contact if agency else None, whole=whole)

    def not_there(self, number: int, offered: int, language: Language) -> Reply:
        """Say that a choice was not offered, or that nothing was quoted to show more of."""
        return notices.not_there(number, offered, language)

    def introduction(self, language: Language) -> Reply:
        """Who answers here, and what may be asked."""
        return notices.introduction(language, self._current().snapshot)

    def help(self, language: Language) -> Reply:
        """How to ask."""
        return notices.help_text(language, self._current().snapshot)

    def help_in_group(self, language: Language) -> Reply:
        """How to ask where everybody reads along."""
        return notices.help_in_group(language, self._current().snapshot)

    def contact(self, language: Language) -> Reply:
        """Whom to ask."""
        return notices.contact_card(language, self._current().snapshot)

    def privacy(self, language: Language) -> Reply:
        """What is kept of a citizen's question."""
        return notices.privacy(language, self.keep_days())

    def keep_days(self) -> int:
        """For how many days words are kept, as citizens are told."""
        return self._keep_days()

    def _current(self) -> Library:
        """What is published now, loaded once for each generation."""
        generations = self._keep_current(), self._index.generation
        library = self._library
        if library is None or library.generations != generations:
            with self._turning:
                library = self._library = Library(self._store.disclosures, self._index, generations)
        return library


def _default_contact(snapshot: Snapshot) -> AgencyContact | None:
    return snapshot.default_agency.contact if snapshot.default_agency else None


def agency_of(document: Document, snapshot: Snapshot) -> Agency | None:
    """Whose document it is; the default agency where staff have taken its own out of agencies.toml."""
    return next((agency for agency in snapshot.agencies if agency.key == document.agency), snapshot.default_agency)


def _section_of(document: Document | None, section: str) -> Section | None:
    return next((part for part in document.sections if part.id == section), None) if document else None
