"""The walk of a question: understood, searched, ranked, decided, put into words, put on record."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime

from bot import cards, courtesies, notices, offers, replies
from bot.language.follow_up import FollowUp, read_follow_up
from bot.language.personal import mask_personal, remove_masked
from bot.language.script import language_of
from bot.library import Library
from bot.matching.certainty import Policy
from bot.matching.explanation import Considered, Explanation, explain
from bot.matching.passage import find_focus
from bot.matching.probe import Probe
from bot.matching.question import Analysis, analyse
from bot.matching.ranking import judge
from bot.matching.scoring import Weights
from bot.matching.weighing import weigh
from bot.model import (
    Agency,
    Channel,
    Decision,
    Language,
    Listed,
    Match,
    Question,
    Reply,
    Retention,
    Snapshot,
    Topic,
    Verdict,
)
from bot.recording import Answered, Recording
from bot.search import Index
from bot.showing import Showing, agency_of
from bot.store import Store

# No more matches than that are ever shown.
SHOWN = 10
# A longer question than this is no question; what stands behind it is not read.
LONGEST_QUESTION = 500


class Answering(Showing):
    """Answers questions, beside showing what needs none; threads may share it.

    Args:
        store: with what is published, and the register.
        index: of what is published.
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
        super().__init__(store, index, keep_current, keep_days)
        self._recording = Recording(store, secret)
        self._clock = clock
        self._policy = policy
        self._weights = weights or Weights()

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
        told = False
        if analysis.kind.is_searched:
            decision = self._decide(analysis, library)
            agency = _asked_agency(decision, analysis, library.snapshot)
            told = decision.verdict is Verdict.NONE and notices.states_details(analysis.details, agency)
            reply = _put(decision, analysis, agency, language, library.snapshot)
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
        answered = Answered(question, analysis.kind, decision, reply, key, None, milliseconds, told)
        return self._recording.put(answered, origin, along) if record else answered

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
        return self._recording.put(
            Answered(question, kind, Decision(Verdict.LIMITED), reply, "", None, 0.0), origin, along
        )

    def _decide(self, analysis: Analysis, library: Library) -> Decision:
        if analysis.news and (newest := self._newest(offers.MOST_OFFERED)):
            return Decision(Verdict.CHOICES, newest, offered=len(newest))
        considered = self._consider(analysis, library)
        decision = considered.decide(self._policy)
        decision = replace(decision, matches=decision.matches[:SHOWN])
        if decision.verdict is Verdict.ANSWER:
            focus = find_focus(analysis, considered.probe, decision.matches[0].section.text)
            return replace(decision, focus=focus)
        return decision

    def _newest(self, limit: int, start: int = 0) -> tuple[Match, ...]:
        """The first passages of what was published last."""
        listed = self._store.listings.latest(limit, start)
        passages = self._store.disclosures.find_sections([(each.document, each.section) for each in listed])
        return tuple(
            Match(*passages[key], 1.0) for each in listed if (key := (each.document, each.section)) in passages
        )

    def _consider(self, analysis: Analysis, library: Library) -> Considered:
        weighed = weigh(analysis, library.vocabulary)
        probe = Probe(weighed)
        judged = judge(analysis, probe, library.find(analysis, weighed), self._weights)
        return Considered(analysis, library.snapshot, probe, judged)

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

    def citizen_key(self, channel: Channel, citizen: str) -> str:
        """The pseudonym that a citizen's records bear; empty for nobody."""
        return self._recording.citizen_key(channel, citizen)

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
        return cards.page_of(cards.newest(self._newest(size + 1, start), language), 0, size)

    def now(self) -> datetime:
        """The time now, for questions that come without one."""
        return self._clock()


def _without_personal(question: Question) -> Question:
    """A question with its personal data masked: it answers nothing, and no record may hold it (个人信息保护法第六条)."""
    return replace(question, text=mask_personal(question.text), understood=mask_personal(question.understood))


def _analyse(question: Question, library: Library) -> Analysis:
    text, today = (question.understood or question.text)[:LONGEST_QUESTION], question.asked_at.date()
    return analyse(remove_masked(text), library.glossary, library.snapshot.agencies, today, library.usage)


def _put(
    decision: Decision, analysis: Analysis, agency: Agency | None, language: Language, snapshot: Snapshot
) -> Reply:
    """What a decision comes to, in words."""
    if analysis.details and decision.verdict is Verdict.NONE:
        return notices.details_asked(analysis.details, language, agency, snapshot)
    if analysis.news and decision.verdict is Verdict.CHOICES:
        newest = tuple(_listed(match) for match in decision.matches)
        return offers.latest(newest, language, agency.contact if agency else None)
    return replies.compose_reply(decision, language, agency.contact if agency else None, analysis.keywords)


def _listed(match: Match) -> Listed:
    document = match.document
    return Listed(
        document.id, match.section.id, document.title, document.year, document.published_on or document.formed_on
    )


def _asked_agency(decision: Decision, analysis: Analysis, snapshot: Snapshot) -> Agency | None:
    """Whose contact a reply gives: of the passage that answers, else of the agency that was asked, else the default."""
    if decision.verdict is Verdict.ANSWER:
        return agency_of(decision.matches[0].document, snapshot)
    return analysis.agencies[0] if analysis.agencies else snapshot.default_agency
