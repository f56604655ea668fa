"""Applications as citizens send them in: the dialogue with its draft on disk, what is published shown first, the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import replies
from bot.answering import Answering
from bot.applying import letters, wording
from bot.applying.dialogue import Ending, Move, Prompt, Turn, advance, ask
from bot.applying.draft import Draft, Stage
from bot.applying.procedure import take
from bot.applying.timing import answer_clock
from bot.clocks import Standing
from bot.model import (
    TOPIC_LASTS,
    Application,
    ApplicationRules,
    Arrival,
    Channel,
    Event,
    Language,
    Question,
    RequestKind,
    Step,
    Verdict,
)
from bot.recording import Answered
from bot.store import Store
from bot.workdays import Workdays

NOTED_BY = "bot"
_TOLD_APART = (RequestKind.PETITION, RequestKind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said back to an input.

    Attributes:
        prompt: what is asked next, or said at the end.
        ending: how the dialogue ended; None while it goes on.
        application: what was registered; None where nothing was.
    """

    prompt: Prompt
    ending: Ending | None = None
    application: Application | None = None


class Intake:
    """Takes applications in; threads may share it.

    Args:
        rules: how the folder's staff want applications handled, read anew for each dialogue.
        workdays: the calendar, read anew for each receipt.
    """

    def __init__(
        self,
        store: Store,
        answering: Answering,
        rules: Callable[[], ApplicationRules],
        workdays: Callable[[], Workdays],
    ) -> None:
        self._store = store
        self._answering = answering
        self._rules = rules
        self._workdays = workdays

    def citizen_key(self, channel: Channel, citizen: str) -> str:
        """The pseudonym under which a citizen's draft is kept."""
        return self._answering.citizen_key(channel, citizen)

    def draft(self, citizen_key: str) -> Draft | None:
        """The application that a citizen is filling in; None where there is none."""
        stored = self._store.application_drafts.of(citizen_key)
        return Draft.read(stored) if stored else None

    def is_open(self, citizen_key: str) -> bool:
        """Whether a citizen is filling in an application just now; one that was left alone for a while is not open."""
        since = self._answering.now() - TOPIC_LASTS
        return bool(citizen_key) and self._store.application_drafts.of(citizen_key, since) is not None

    def begin(
        self,
        citizen_key: str,
        channel: Channel,
        language: Language,
        arrival: Arrival = Arrival.ONLINE,
        along: Callable[[Prompt], None] = lambda prompt: None,
    ) -> Prompt:
        """Begin an application, or go on with the one that was left off; on disk when this returns.

        Args:
            citizen_key: the pseudonym.
            channel: that it comes in on.
            language: of the dialogue; one that was left off keeps its own.
            arrival: how it comes in.
            along: writes what belongs to the prompt, such as the message to send, in the draft's transaction.
        """
        known = self.draft(citizen_key)
        fresh = Draft(channel, language, arrival, with_identity=self._rules().identity)
        draft = replace(known, arrival=arrival) if known else fresh
        prompt = ask(draft)
        if known:
            prompt = replace(prompt, text=f"{wording.phrases(draft.language).resumed}\n\n{prompt.text}")
        with self._store.together():
            self._store.application_drafts.put(citizen_key, draft.stored(), self._answering.now())
            along(prompt)
        return prompt

    def hear(
        self,
        citizen_key: str,
        said: str | Move,
        *,
        stage: Stage | None = None,
        origin: str = "",
        along: Callable[[Heard], None] = lambda heard: None,
    ) -> Heard | None:
        """Take a citizen's input; what it leads to is on disk when this returns.

        Args:
            citizen_key: the pseudonym.
            said: words, or a move.
            stage: what it answers, where that is known: an old button changes nothing, and what is asked is asked again.
            origin: what tells a redelivered message; it registers nothing twice.
            along: writes what belongs to it, such as the message to send, in the same transaction.

        Returns:
            None where the citizen has no draft.
        """
        drafts = self._store.application_drafts
        while stored := drafts.of(citizen_key):
            # Looking up what is published takes a while, in which another worker may hear something of the citizen's too.
            turn = self._turn(Draft.read(stored), said, stage)
            with self._store.together():
                if drafts.hold(citizen_key, stored):
                    heard = self._led_to(turn, citizen_key, origin)
                    along(heard)
                    return heard
        return None

    def _turn(self, draft: Draft, said: str | Move, stage: Stage | None) -> Turn:
        if stage is not None and stage is not draft.stage:
            return Turn(draft)
        return advance(draft, said, lambda sought: self._published(sought, draft))

    def _led_to(self, turn: Turn, citizen_key: str, origin: str) -> Heard:
        language, drafts = turn.draft.language, self._store.application_drafts
        words = wording.phrases(language)
        if turn.ending:
            drafts.drop(citizen_key)
        if turn.ending is Ending.SENT:
            application = self._send(turn.draft, citizen_key, origin)
            return Heard(Prompt(self.receipt(application, language)), turn.ending, application)
        if turn.ending:
            return Heard(Prompt(words.cancelled if turn.ending is Ending.CANCELLED else words.published), turn.ending)
        drafts.put(citizen_key, turn.draft.stored(), self._answering.now())
        prompt = ask(turn.draft)
        return Heard(replace(prompt, text=f"{turn.problem}\n{prompt.text}") if turn.problem else prompt)

    def receipt(self, application: Application, language: Language) -> str:
        """The receipt of an application."""
        return letters.receipt(application, self._standing(application), self._contact(language), language)

    def state(self, number: str, language: Language) -> str | None:
        """How an application stands, without a word of who applied for what; None where there is no such number."""
        application = self._store.applications.find(number.strip().upper())
        if application is None:
            return None
        return letters.state(application, self._standing(application), self._contact(language), language)

    def states_of(self, citizen_key: str, language: Language) -> tuple[str, ...]:
        """How all that a citizen has sent in on a channel stands, oldest first; no contact with it."""
        theirs = self._store.applications.of_citizen(citizen_key)
        return tuple(letters.state(each, self._standing(each), "", language) for each in theirs)

    def _send(self, draft: Draft, citizen_key: str, origin: str) -> Application:
        now = self._answering.now()
        application = draft.application(citizen_key, now, NOTED_BY)
        application = self._store.applications.register(application, origin)
        if draft.arrival is Arrival.HANDED_IN and application.state is Step.REGISTERED:
            application = self._receive(application, now)
        return application

    def _receive(self, application: Application, now: datetime) -> Application:
        """What is handed in is received that day, by article 31."""
        event = Event(Step.RECEIVED, now.date(), now, NOTED_BY)
        workdays = self._workdays()
        received = self._store.applications.take(
            application.number, lambda stands: take(stands, event, workdays).events[-1]
        )
        return received or application

    def _standing(self, application: Application) -> Standing | None:
        clock = None if application.ended else answer_clock(application)
        return clock.stand(self._workdays(), self._answering.now().date()) if clock else None

    def _contact(self, language: Language) -> str:
        contact = self._answering.contact(language).contact
        return replies.contact_line(contact, language) if contact else ""

    def _published(self, sought: str, draft: Draft) -> str:
        """What is published on what is sought, and which procedure it belongs to where that is another one."""
        question = Question(sought, draft.channel, self._answering.now(), language=draft.language)
        answered = self._answering.answer(question, record=False)
        if answered.decision.verdict is Verdict.NONE and answered.kind not in _TOLD_APART:
            return ""
        return _shown(answered, draft.language)


def _shown(answered: Answered, language: Language) -> str:
    reply = answered.reply
    blocks = [reply.lead if answered.kind in _TOLD_APART else wording.phrases(language).nearest]
    if reply.quote:
        blocks.append(replies.quoted(reply.quote))
    if reply.choices:
        # Without numbers: those are what the options below are chosen by.
        blocks.append("\n".join(f"· {choice.label}" for choice in reply.choices))
    if reply.citation:
        blocks.append(replies.citation_line(reply.citation, language))
    return "\n\n".join(blocks)
