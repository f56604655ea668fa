"""The walk of a question: understood, searched, ranked, decided, put into words, put on record."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import cards, courtesies, notices, offers, replies
from bot.language.follow_up import FollowUp, read_follow_up
from bot.language.personal import mask_personal, remove_masked
from bot.language.script import language_of
from bot.library import Library
from bot.matching.certainty import Policy
from bot.matching.explanation import Considered, Explanation, explain
from bot.matching.passage import find_focus
from bot.matching.question import Analysis, analyse
from bot.matching.ranking import judge
from bot.matching.scoring import Weights
from bot.matching.weighing import weigh
from bot.model import (
    Agency,
    AgencyContact,
    Decision,
    Document,
    Language,
    Match,
    Question,
    Reply,
    RequestKind,
    Resolution,
    Retention,
    Section,
    Snapshot,
    Topic,
    Verdict,
)
from bot.search import Index
from bot.store import Store

# No more matches than that are ever shown.
SHOWN = 10
# A longer question than this is no question; what stands behind it is not read.
LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    Attributes:
        agency: key of the agency that answers or was asked, whose contact a reply gives; empty where none is known.
        reference: of the contact record; None where the question was not put on record.
    """

    question: Question
    kind: RequestKind
    decision: Decision
    reply: Reply
    agency: str
    reference: str | None
    milliseconds: float


class Answering:
    """Answers questions from one store and one index; threads may share it.

    Args:
        secret: what citizens' pseudonyms are made with; called for the first record.
        clock: the time now, in the agency's own zone.
        keep_current: called before each answer: brings the index to the store's generation, and says which that is,
            by a value that never comes again.
        policy: the floors of every decision.
        weights: what each feature of a match counts.
        keep_days: for how many days words are kept, as citizens are told.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        secret: Callable[[], bytes],
        clock: Callable[[], datetime],
        keep_current: Callable[[], Hashable],
        policy: Policy,
        weights: Weights | None = None,
        keep_days: Callable[[], int] = lambda: Retention().days,
    ) -> None:
        self._store = store
        self._index = index
        self._secret = secret
        self._clock = clock
        self._policy = policy
        self._weights = weights or Weights()
        self._keep_days = keep_days
        self._keep_current = keep_current
        self._library: Library | None = None
        self._turning = threading.Lock()

    def answer(
        self,
        question: Question,
        *,
        origin: str = "",
        record: bool = True,
        along: Callable[[Answered], None] | None = None,
    ) -> Answered:
        """Answer a question and put it on record, committed before this returns.

        Args:
            question: as received; what stands behind its first 500 characters is kept, and not read. Personal data in it is
                masked before anything is searched or kept.
            origin: what tells a redelivered message, such as telegram:4711; it is answered again and recorded once.
            record: False leaves no trace.
            along: writes what belongs to the answer, such as the messages to send, in the record's transaction.
        """
        started = time.perf_counter()
        library = self._current()
        received, question = question, _without_personal(question)
        analysis = _analyse(question, library)
        language = question.language or language_of(question.text[:LONGEST_QUESTION])
        if analysis.kind.is_searched:
            decision = self._decide(analysis, library)
            agency = _asked_agency(decision, analysis, library.snapshot)
            keywords = tuple(concept.text for concept in analysis.concepts)
            reply = replies.compose_reply(decision, language, agency.contact if agency else None, keywords)
            reply = courtesies.lead_in(analysis.kind, reply, decision, question.channel)
        else:
            decision = Decision(Verdict.NONE)
            agency = library.snapshot.default_agency
            reply = notices.small_talk(analysis.kind, language, library.snapshot)
        if question.understood:
            reply = replies.understood_as(question.understood, reply)
        if question.text != received.text:
            reply = replies.masked(reply)
        milliseconds = (time.perf_counter() - started) * 1000
        key = agency.key if agency and (reply.contact or analysis.kind.is_searched) else ""
        answered = Answered(question, analysis.kind, decision, reply, key, None, milliseconds)
        return self._put_on_record(answered, origin, along) if record else answered

    def put_aside(
        self, question: Question, told: str, *, origin: str = "", along: Callable[[Answered], None] | None = None
    ) -> Answered:
        """Put a question on record that is not answered, as its writer asks too much at once; nothing is searched.

        Args:
            question: as received.
            told: what the citizen is told instead; empty where they have been told already.
            origin: as in `answer`.
            along: as in `answer`.
        """
        question = _without_personal(question)
        kind = _analyse(question, self._current()).kind
        reply = Reply(question.language or language_of(question.text[:LONGEST_QUESTION]), told)
        return self._put_on_record(
            Answered(question, kind, Decision(Verdict.LIMITED), reply, "", None, 0.0), origin, along
        )

    def _put_on_record(self, answered: Answered, origin: str, along: Callable[[Answered], None] | None) -> Answered:
        with self._store.together():
            answered = replace(answered, reference=self._record(answered, origin))
            if along:
                along(answered)
        return answered

    def _current(self) -> Library:
        """What is published now, loaded once for each generation."""
        generations = self._keep_current(), self._index.generation
        library = self._library
        if library is None or library.generations != generations:
            with self._turning:
                library = self._library = Library(self._store.disclosures, self._index, generations)
        return library

    def _decide(self, analysis: Analysis, library: Library) -> Decision:
        considered = self._consider(analysis, library)
        decision = considered.decide(self._policy)
        decision = replace(decision, matches=decision.matches[:SHOWN])
        if decision.verdict is Verdict.ANSWER:
            focus = find_focus(analysis, considered.weighed, decision.matches[0].section.text)
            return replace(decision, focus=focus)
        return decision

    def _consider(self, analysis: Analysis, library: Library) -> Considered:
        weighed = weigh(analysis, library.vocabulary)
        judged = judge(analysis, weighed, library.find(analysis, weighed), self._weights)
        return Considered(analysis, library.snapshot, weighed, judged)

    def consider(self, question: Question) -> Considered:
        """Read a question and find what it may be about, without a decision; small talk is about nothing."""
        library = self._current()
        analysis = _analyse(question, library)
        if not analysis.kind.is_searched:
            return Considered(analysis, library.snapshot)
        return self._consider(analysis, library)

    def explain(self, question: Question) -> Explanation:
        """Why a question gets the decision that it gets; nothing is recorded."""
        explanation = explain(self.consider(question), self._policy, self._weights)
        return replace(explanation, matches=explanation.matches[:SHOWN])

    def _record(self, answered: Answered, origin: str) -> str:
        question, decision = answered.question, answered.decision
        found = decision.matches[0].document if decision.verdict is Verdict.ANSWER else None
        record = self._store.records.add(
            channel=question.channel,
            citizen_key=citizen_key(self._secret(), question),
            question=question.text,
            asked_at=question.asked_at,
            kind=answered.kind,
            decision=decision.verdict,
            matches=tuple((match.document.id, match.section.id, round(match.score, 4)) for match in decision.matches),
            reply=replies.plain_text(answered.reply),
            milliseconds=answered.milliseconds,
            origin=origin,
            understood=question.understood,
            outcome=_outcome(answered),
            agency=answered.agency,
            category=found.category if found else "",
        )
        return record.reference

    def follow(self, question: Question, topic: Topic) -> FollowUp | None:
        """What words are taken for after what was spoken of last; None where they are a question of their own."""
        return read_follow_up(
            question.text,
            topic.question,
            len(topic.choices),
            self._current().snapshot.agencies,
            question.asked_at.date(),
            quoted=topic.passage is not None,
        )

    def citizen_key(self, question: Question) -> str:
        """The pseudonym that a question's record bears."""
        return citizen_key(self._secret(), question)

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
        agency = _agency_of(document, snapshot)
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

    def find_cards(self, question: Question, start: int, size: int) -> cards.Deck:
        """Published passages to quote elsewhere; nothing is recorded.

        Args:
            question: what is sought; the newest documents where it has no words.
            start: how many cards to pass over.
            size: how many to give.
        """
        language = question.language or language_of(question.text)
        if question.text:
            found = cards.matching(self.consider(question), self._policy, language)
            return cards.page_of(found, start, size)
        listed = self._store.listings.latest(size + 1, start)
        passages = self._store.disclosures.find_sections([(each.document, each.section) for each in listed])
        newest = [passages[key] for each in listed if (key := (each.document, each.section)) in passages]
        return cards.page_of(cards.newest((Match(*passage, 1.0) for passage in newest), language), 0, size)

    def _quote(self, handle: str, section: str, language: Language, *, whole: bool) -> Reply:
        snapshot = self._current().snapshot
        document = self._store.disclosures.find_by_handle(handle)
        found = _section_of(document, section)
        if document is None or found is None:
            return notices.withdrawn(language, _default_contact(snapshot))
        agency = _agency_of(document, snapshot)
        match = Match(document, found, 1.0)
        return replies.quote_section(match, language, agency.contact if agency else None, whole=whole)

    def introduction(self, language: Language) -> Reply:
        """Who answers here, and what may be asked."""
        return notices.introduction(language, self._current().snapshot)

    def help(self, language: Language) -> Reply:
        """How to ask."""
        return notices.help_text(language, self._current().snapshot)

    def contact(self, language: Language) -> Reply:
        """Whom to ask."""
        return notices.contact_card(language, self._current().snapshot)

    def privacy(self, language: Language) -> Reply:
        """What is kept of a citizen's question."""
        return notices.privacy(language, self._keep_days())

    def now(self) -> datetime:
        """The time now, for questions that come without one."""
        return self._clock()


def _outcome(answered: Answered) -> Resolution:
    """Choices and none leave an inquiry open; what asks for nothing has nothing to wait for."""
    done = answered.decision.verdict is Verdict.ANSWER or not answered.kind.is_searched
    return Resolution.ANSWERED if done else Resolution.OPEN


def _without_personal(question: Question) -> Question:
    """A question with its personal data masked: it answers nothing, and no record may hold it (个人信息保护法第六条)."""
    return replace(question, text=mask_personal(question.text), understood=mask_personal(question.understood))


def _analyse(question: Question, library: Library) -> Analysis:
    text, today = (question.understood or question.text)[:LONGEST_QUESTION], question.asked_at.date()
    return analyse(remove_masked(text), library.glossary, library.snapshot.agencies, today, library.vocabulary)


def _asked_agency(decision: Decision, analysis: Analysis, snapshot: Snapshot) -> Agency | None:
    """Whose contact a reply gives: of the passage that answers, else of the agency that was asked, else the default."""
    if decision.verdict is Verdict.ANSWER:
        return _agency_of(decision.matches[0].document, snapshot)
    return analysis.agencies[0] if analysis.agencies else snapshot.default_agency


def _default_contact(snapshot: Snapshot) -> AgencyContact | None:
    return snapshot.default_agency.contact if snapshot.default_agency else None


def _agency_of(document: Document, snapshot: Snapshot) -> Agency | None:
    return next((agency for agency in snapshot.agencies if agency.key == document.agency), snapshot.default_agency)


def _section_of(document: Document | None, section: str) -> Section | None:
    return next((part for part in document.sections if part.id == section), None) if document else None


def citizen_key(secret: bytes, question: Question) -> str:
    """A pseudonym that tells citizens of one channel apart and nobody who they are without the secret; empty for nobody."""
    if not question.citizen:
        return ""
    return hmac.new(secret, f"{question.channel}:{question.citizen}".encode(), hashlib.sha256).hexdigest()[:32]
