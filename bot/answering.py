"""The walk of a question: understood, searched, ranked, decided, put into words, put on record."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import courtesies, offers, replies
from bot.language.follow_up import FollowUp, read_follow_up
from bot.language.script import language_of
from bot.language.tokens import bigrams, characters, pinyin_bigrams
from bot.matching.decision import Policy
from bot.matching.explanation import Considered, Explanation, explain
from bot.matching.glossary import Glossary
from bot.matching.passage import find_focus
from bot.matching.question import Analysis, analyse
from bot.matching.ranking import Candidate, Weights, judge
from bot.matching.weighing import Weighed, weigh
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
    Section,
    Snapshot,
    Topic,
    Verdict,
)
from bot.search import Index, Sought, schema
from bot.store import Store

# As many are fetched and ranked; no more than ten are ever shown.
CANDIDATES, SHOWN = 20, 10
# A longer question than this is no question; what stands behind it is not read.
LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    Attributes:
        agency: key of the agency whose contact the reply gives; empty where it gives none.
        reference: of the contact record; None where the question was not put on record.
    """

    question: Question
    kind: RequestKind
    decision: Decision
    reply: Reply
    agency: str
    reference: str | None
    milliseconds: float


Key = tuple[str, str]
Passage = tuple[Document, Section]

# Passages kept in memory; at a few hundred bytes each they are what most questions are about.
KEPT = 4096
# Tokens whose counts are kept: the bigrams of everyday Chinese are fewer.
COUNTED = 100_000
# Sections up to which single characters are looked for too: docs/performance.md.
CHARACTERS_UP_TO = 20_000


@dataclass(frozen=True, slots=True)
class _Edition:
    """What analysis and replies need of one generation.

    Attributes:
        generations: of the store, and of the index, which may be behind.
        passages: those that were asked for, as published.
    """

    generations: tuple[Hashable, int]
    vocabulary: _IndexVocabulary
    snapshot: Snapshot
    glossary: Glossary
    passages: dict[Key, Passage] = field(default_factory=dict)


class _IndexVocabulary:
    """The index as matching looks at it; what was counted once is known for as long as the index stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._tokens = _Counts(index, schema.BIGRAMS)
        self._characters = _Counts(index, schema.CHARACTERS)
        self._sounds = _Counts(index, schema.PINYIN)

    @property
    def sections(self) -> int:
        return self._index.sections

    def tokens(self, tokens: Iterable[str]) -> Mapping[str, int]:
        # A lone character of a text is a bigram nowhere but where it stands alone.
        return {token: self._tokens[token] if len(token) > 1 else self._characters[token] for token in tokens}

    def sounds(self, sounds: Iterable[str]) -> Mapping[str, int]:
        return {sound: self._sounds[sound] for sound in sounds}


class _Counts(dict[str, int]):
    """In how many sections each token stands in a field."""

    def __init__(self, index: Index, name: str) -> None:
        super().__init__()
        self._index = index
        self._field = name

    def __missing__(self, token: str) -> int:
        if len(self) >= COUNTED:
            self.clear()
        count = self[token] = self._index.frequency(self._field, token)
        return count


class Answering:
    """Answers questions from one store and one index; threads may share it.

    Args:
        secret: what citizens' pseudonyms are made with; called for the first record.
        clock: the time now, in the agency's own zone.
        keep_current: called before each answer: brings the index to the store's generation, and says which that is,
            by a value that never comes again.
        policy: the floors of every decision.
        weights: what each feature of a match counts.
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
    ) -> None:
        self._store = store
        self._index = index
        self._secret = secret
        self._clock = clock
        self._policy = policy
        self._weights = weights or Weights()
        self._keep_current = keep_current
        self._edition: _Edition | None = None
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
            question: as received; what stands behind its first 500 characters is kept, and not read.
            origin: what tells a redelivered message, such as telegram:4711; it is answered again and recorded once.
            record: False leaves no trace.
            along: writes what belongs to the answer, such as the messages to send, in the record's transaction.
        """
        started = time.perf_counter()
        edition = self._current()
        analysis = _analyse(question, edition)
        language = question.language or language_of(question.text[:LONGEST_QUESTION])
        if analysis.kind.is_searched:
            decision = self._decide(analysis, edition)
            agency = _asked_agency(decision, analysis, edition.snapshot)
            keywords = tuple(concept.text for concept in analysis.concepts)
            reply = replies.compose_reply(decision, language, agency.contact if agency else None, keywords)
            reply = courtesies.lead_in(analysis.kind, reply, decision)
        else:
            decision = Decision(Verdict.NONE)
            agency = edition.snapshot.default_agency
            reply = replies.small_talk(analysis.kind, language, edition.snapshot)
        if question.understood:
            reply = replies.understood_as(question.understood, reply)
        milliseconds = (time.perf_counter() - started) * 1000
        key = agency.key if agency and reply.contact else ""
        answered = Answered(question, analysis.kind, decision, reply, key, None, milliseconds)
        if not record:
            return answered
        with self._store.together():
            answered = replace(answered, reference=self._record(answered, origin))
            if along:
                along(answered)
        return answered

    def _current(self) -> _Edition:
        """What is published now, loaded once for each generation."""
        generations = self._keep_current(), self._index.generation
        edition = self._edition
        if edition is None or edition.generations != generations:
            with self._turning:
                snapshot = self._store.disclosures.snapshot()
                edition = _Edition(generations, _IndexVocabulary(self._index), snapshot, Glossary(snapshot.glossary))
                self._edition = edition
        return edition

    def _decide(self, analysis: Analysis, edition: _Edition) -> Decision:
        considered = self._consider(analysis, edition)
        decision = considered.decide(self._policy)
        decision = replace(decision, matches=decision.matches[:SHOWN])
        if decision.verdict is Verdict.ANSWER:
            focus = find_focus(analysis, considered.weighed, decision.matches[0].section.text)
            return replace(decision, focus=focus)
        return decision

    def _consider(self, analysis: Analysis, edition: _Edition) -> Considered:
        weighed = weigh(analysis, edition.vocabulary)
        judged = judge(analysis, weighed, self._candidates(analysis, weighed, edition), self._weights)
        return Considered(analysis, edition.snapshot, weighed, judged)

    def consider(self, question: Question) -> Considered:
        """Read a question and find what it may be about, without a decision; small talk is about nothing."""
        edition = self._current()
        analysis = _analyse(question, edition)
        if not analysis.kind.is_searched:
            return Considered(analysis, edition.snapshot)
        return self._consider(analysis, edition)

    def explain(self, question: Question) -> Explanation:
        """Why a question gets the decision that it gets; nothing is recorded."""
        explanation = explain(self.consider(question), self._policy, self._weights)
        return replace(explanation, matches=explanation.matches[:SHOWN])

    def _candidates(self, analysis: Analysis, weighed: Sequence[Weighed], edition: _Edition) -> list[Candidate]:
        """What the index finds among what the question is bound to, and anywhere unless an answer can only be there."""
        sought = _sought(analysis, weighed, edition.vocabulary)
        bounds = _bounds(analysis, edition.snapshot, sought)
        hits = [hit for bound in bounds for hit in self._index.find(bound, CANDIDATES)]
        within = {(hit.document, hit.section) for hit in hits}
        if analysis.years and hits:
            # What speaks for no year may be what is meant, such as a guide; another year's figure never is.
            hits += self._index.find(replace(sought, undated=True), CANDIDATES)
        # Anywhere else only the best is of interest: it tells what could be reached.
        elsewhere = 1 if hits and (analysis.years or analysis.agencies) else CANDIDATES
        hits += self._index.find(sought, elsewhere)
        found = {(hit.document, hit.section): hit.score for hit in hits}
        best = max(found.values(), default=1.0)
        passages = self._passages(tuple(found), edition)
        return [
            Candidate(*passages[key], retrieval=score / best, bound=key in within)
            for key, score in found.items()
            if key in passages
        ]

    def _passages(self, keys: Collection[Key], edition: _Edition) -> dict[Key, Passage]:
        """Passages as published, from memory where they were asked for before at this generation."""
        kept = edition.passages
        found = {key: kept[key] for key in keys if key in kept}
        missing = [key for key in keys if key not in found]
        if missing:
            loaded = self._store.disclosures.find_sections(missing)
            found |= loaded
            if len(kept) + len(loaded) > KEPT:
                kept.clear()
            kept.update(loaded)
        return found

    def _record(self, answered: Answered, origin: str) -> str:
        question, decision = answered.question, answered.decision
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
            return replies.withdrawn(language, _default_contact(snapshot))
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

    def _quote(self, handle: str, section: str, language: Language, *, whole: bool) -> Reply:
        snapshot = self._current().snapshot
        document = self._store.disclosures.find_by_handle(handle)
        found = _section_of(document, section)
        if document is None or found is None:
            return replies.withdrawn(language, _default_contact(snapshot))
        agency = _agency_of(document, snapshot)
        match = Match(document, found, 1.0)
        return replies.quote_section(match, language, agency.contact if agency else None, whole=whole)

    def introduction(self, language: Language) -> Reply:
        """Who answers here, and what may be asked."""
        return replies.introduction(language, self._current().snapshot)

    def help(self, language: Language) -> Reply:
        """How to ask."""
        return replies.help_text(language, self._current().snapshot)

    def contact(self, language: Language) -> Reply:
        """Whom to ask."""
        return replies.contact_card(language, self._current().snapshot)

    def privacy(self, language: Language) -> Reply:
        """What is kept of a citizen's question."""
        return replies.privacy(language)

    def now(self) -> datetime:
        """The time now, for questions that come without one."""
        return self._clock()


def _analyse(question: Question, edition: _Edition) -> Analysis:
    text, today = (question.understood or question.text)[:LONGEST_QUESTION], question.asked_at.date()
    return analyse(text, edition.glossary, edition.snapshot.agencies, today, edition.vocabulary)


def _bounds(analysis: Analysis, snapshot: Snapshot, sought: Sought) -> list[Sought]:
    """What is sought, within each of the agencies and in the years that the question is bound to; none where it is free."""
    agencies = analysis.agencies or tuple(agency for agency in snapshot.agencies if agency.default)
    keys = [agency.key for agency in agencies]
    if snapshot.publishers <= {*keys, ""}:
        # Nobody else has published anything: to look within them is to look everywhere.
        keys = []
    years = analysis.years
    if analysis.latest and not years:
        years = tuple({max((year for agency, year in snapshot.years if not keys or agency in keys), default=0)} - {0})
    if not keys and not years:
        return []
    return [replace(sought, agency=key, years=years) for key in keys or ("",)]


def _sought(analysis: Analysis, weighed: Sequence[Weighed], vocabulary: _IndexVocabulary) -> Sought:
    """The tokens to look for: those of the question, and what documents say for them.

    What is said for a word that is published itself only adds to it; for one that is not, it stands in its place.
    """
    meant: dict[str, float] = {}
    for part in weighed:
        meant |= dict.fromkeys(bigrams(part.concept.meanings[:6]), 0.4 if part.published else 1.0)
    # Neighbours across an asking word still tell passages apart, by less.
    around, asked = analysis.surroundings, analysis.stretches
    # Single characters stand in half of all sections: they cost three quarters of a search, and tell little in a large folder.
    single = (around, asked) if vocabulary.sections <= CHARACTERS_UP_TO else ((), ())
    return Sought(
        characters=dict.fromkeys(characters(single[0]), 0.5) | dict.fromkeys(characters(single[1]), 1.0),
        bigrams=meant | dict.fromkeys(bigrams(around), 0.5) | dict.fromkeys(bigrams(asked), 1.0),
        pinyin=dict.fromkeys((*pinyin_bigrams(around), *analysis.sounds), 0.5)
        | {sound: 1.0 for part in weighed for sound in part.concept.sounds},
    )


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
