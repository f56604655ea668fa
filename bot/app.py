"""Wires the rooms; the only file that knows them all."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import logging
import math
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.answering import Answered, Answering
from bot.applying.procedure import StepRefused
from bot.channels import ChannelRefused
from bot.desk.annual.register import ReportRefused
from bot.desk.applications import NoSuchApplication
from bot.desk.comparison import EvaluationUnreadable
from bot.desk.drafts import DraftThere, NotAccepted, write_draft
from bot.desk.earlier import NoSuchRevision, earlier
from bot.desk.evaluation import Outcome, ask_all
from bot.desk.fields import EntryRefused, read_field
from bot.desk.fitting import Sample, sample
from bot.desk.floors import FloorsUnwritable, load_policy
from bot.desk.golden import ask_golden, differences, remarks, right_answers
from bot.desk.questions import QuestionSet, QuestionsUnreadable
from bot.desk.register import Entry, enter
from bot.desk.rehearsal import rehearsal
from bot.desk.status import Standing, standing_of
from bot.intake import Intake
from bot.knowledge import (
    EVERYTHING,
    KnowledgeFolderMissing,
    Noticed,
    RetentionUnknown,
    Told,
    read_application_rules,
    read_office_hours,
    read_retention,
    read_workdays,
)
from bot.language.personal import find_personal
from bot.live import Live
from bot.matching.certainty import Policy
from bot.matching.explanation import Explanation
from bot.model import ApplicationRules, Changes, Channel, Finding, GoldenQuestion, Question, Retention, Stamp
from bot.nightly import Nightly
from bot.own_data import OwnData
from bot.publishing import (
    IndexUnavailable,
    Keeping,
    Published,
    publish_folder,
    read_changes,
    refresh_index,
    shown_name,
)
from bot.scans import Scans
from bot.search import Index
from bot.secret import read_secret
from bot.settings import BadSetting, Settings
from bot.store import CannotMerge, DatabaseUnavailable, Store, is_there, open_store
from bot.workdays import BEIJING, CalendarUnknown, Workdays

if TYPE_CHECKING:
    from bot.channels.health import Health
    from bot.channels.telegram import Bulletin, Drafting, Entered, Heard, Office

# What a person can mend; each says place, reason and remedy.
FORESEEABLE = (
    BadSetting, KnowledgeFolderMissing, DatabaseUnavailable, IndexUnavailable, ChannelRefused,
    QuestionsUnreadable, EvaluationUnreadable, FloorsUnwritable, NoSuchRevision,
    NoSuchApplication, StepRefused, CalendarUnknown,
    RetentionUnknown, EntryRefused, CannotMerge, NotAccepted, ReportRefused,
)  # fmt: skip

# How long an answer may come from what another process has since replaced.
STALE_SECONDS = 1.0

_log = logging.getLogger(__name__)


class App(AbstractContextManager["App"]):
    """The house at work: opens what a command needs, when it needs it, and closes it again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._checked = -math.inf
        self._looking = threading.Lock()
        self._catching_up = threading.Lock()
        self._claimed = threading.Lock()
        self._secret: bytes | None = None
        self._keeping = Keeping()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The open database.

        Raises:
            DatabaseUnavailable: it cannot be opened.
        """
        return open_store(self.settings.database_url.reveal())

    @cached_property
    def index(self) -> Index:
        """The search index as this worker's disk has it."""
        return Index(self.settings.index)

    @cached_property
    def policy(self) -> Policy:
        """The floors of every decision."""
        return load_policy()

    @cached_property
    def answering(self) -> Answering:
        """The walk of a question; before each answer it makes sure that the index is the store's."""
        return Answering(
            self.store, self.index, self.secret, now, self._keep_current, self.policy, keep_days=self._keep_days
        )

    def _keep_current(self) -> Stamp:
        """The store's generation, at most a second old, with the index brought up to it.

        One thread catches up; the others answer from the last good index, as all do where none can be written.
        Where there never was one there is no answer: it would be that nothing is published.
        """
        looked = self._look_at_generation()
        unable = self.index.answering is None
        if (looked or unable) and self._catching_up.acquire(blocking=unable):
            try:
                self.refresh()
            except IndexUnavailable as error:
                if self.index.answering is None:
                    raise
                _log.warning("answering from generation %d: %s", self.index.answering, error)
            finally:
                self._catching_up.release()
        return self._stamp

    def _look_at_generation(self) -> bool:
        """Read the store's generation, also while another thread catches up; False where that was done within the second."""
        with self._looking:
            if time.monotonic() - self._checked < STALE_SECONDS:
                return False
            self._stamp = self.store.disclosures.stamp()
            self._checked = time.monotonic()
            return True

    def refresh(self) -> None:
        """Bring the index to the store's generation: then the next question can be answered.

        Raises:
            DatabaseUnavailable: the database cannot be opened.
            IndexUnavailable: the index cannot be written.
        """
        refresh_index(self.store, self.index)

    def secret(self) -> bytes:
        """What citizens' pseudonyms are made with: written at the first start, the same for all workers of a database.

        Raises:
            BadSetting: the file cannot be used, or it is not the one that this database was started with.
        """
        with self._claimed:
            if self._secret is None:
                secret = read_secret(self.settings.secret_file)
                check = hmac.new(secret, b"check", hashlib.sha256).hexdigest()
                if not self.store.records.claim_secret(check):
                    raise BadSetting(
                        f"{self.settings.secret_file}: this database was started with another secret; copy the file "
                        "from the worker that started it, or set BOT_SECRET_FILE, so that a citizen keeps one pseudonym"
                    )
                self._secret = secret
        return self._secret

    def sync(self, noticed: Noticed = EVERYTHING, *, told: Told = lambda done, total: None) -> Published:
        """Publish the knowledge folder, or what was noticed to have changed in it since the last time."""
        # Whoever is asked meanwhile answers from the last good index, and does not wait for the one that is coming.
        published = publish_folder(
            self.settings.knowledge, self.store, self.index, now(),
            noticed=noticed, told=told, writing=self._catching_up, keeping=self._keeping,
        )  # fmt: skip
        self._checked = -math.inf
        if not published.changes.any or not published.golden:
            return published
        return replace(published, findings=(*published.findings, *self._check_golden(published.golden)))

    def preview(self, told: Told) -> Published:
        """What publishing the knowledge folder would do; nothing is written, not even a new database."""
        keeping = Keeping()
        stamp = keeping.catch_up(self.store) if is_there(self.settings.database_url.reveal()) else Stamp()
        changed = read_changes(self.settings.knowledge, now(), keeping, told=told)
        if stamp.generation:
            changes = self.store.disclosures.preview(changed.documents, changed.paths)
        else:
            changes = Changes(added=tuple(document.id for document in changed.documents))
        return Published(replace(changes, refused=changed.refused), changed.findings)

    def live(
        self, told: Callable[[Published, tuple[Finding, ...]], None], findings: Collection[Finding]
    ) -> AbstractContextManager[object]:
        """Publish what changes in the folder from now on, in the background; scans once their text is recognised."""
        return _live(self.settings.knowledge, self.sync, told, findings)

    @cached_property
    def intake(self) -> Intake:
        """Where citizens send their applications in."""
        return Intake(self.store, self.answering, self.application_rules, self.workdays)

    def application_rules(self) -> ApplicationRules:
        """How the folder's settings.toml wants applications handled."""
        return read_application_rules(self.settings.knowledge)

    def retention(self) -> Retention:
        """How long words are kept.

        Raises:
            RetentionUnknown: the folder's settings.toml does not say it beyond doubt.
        """
        return read_retention(self.settings.knowledge)

    def _keep_days(self) -> int:
        """For how many days words are kept, as citizens are told; the default while settings.toml has an error."""
        try:
            return self.retention().days
        except RetentionUnknown:
            return Retention().days

    def workdays(self) -> Workdays:
        """The working days, with what the folder's calendar.toml states."""
        return read_workdays(self.settings.knowledge)

    def nightly(self) -> AbstractContextManager[object]:
        """Erase in the background, every night, what was kept for as long as it may be."""
        return Nightly(self.store, self.retention, now)

    def status(self) -> Standing:
        """How the house stands."""
        settings = self.settings
        by = "webhook" if settings.telegram_webhook else "polling"
        return standing_of(self.store, self.index, by if settings.telegram_token else "off")

    def sync_if_empty(self) -> Published | None:
        """Publish the knowledge folder where nothing ever was."""
        return None if self.store.disclosures.generation() else self.sync()

    def ask(self, text: str, *, record: bool) -> Answered:
        """Answer one question from the command line."""
        return self.answering.answer(Question(text, Channel.COMMAND, now(), person()), record=record)

    def converse(self) -> None:
        """Serve the console."""
        from bot.channels.console import converse

        converse(self.answering, OwnData(self.store, self.intake, self._keep_days), person())

    def serve_telegram(self, stopping: Callable[[], None]) -> None:
        """Serve Telegram until told to stop, and say when that is."""
        from bot.channels.telegram import Setup, Staff, run_telegram

        settings = self.settings
        staff = (
            Staff(settings.staff_chat, self._office, self.enter_heard, self.draft_answer, self.due_bulletin)
            if settings.staff_chat
            else None
        )
        setup = Setup(
            answering=self.answering,
            store=self.store,
            token=settings.telegram_token.reveal(),
            secret=self.secret(),
            api_url=settings.telegram_api,
            webhook=settings.telegram_webhook,
            health=self._health(),
            intake=self.intake,
            staff=staff,
        )
        run_telegram(setup, stopping)

    def _office(self) -> Office:
        """When somebody is there, as the folder states it now."""
        from bot.channels.telegram import Office

        return Office(self.workdays(), read_office_hours(self.settings.knowledge))

    def enter_heard(self, heard: Heard, *, who: str, origin: str) -> Entered | None:
        """Put what staff heard and wrote down in their group into the register; None where its way is unknown."""
        from bot.channels.telegram import Entered

        at = now()
        try:
            entry = Entry(read_field("channel", heard.way), at, heard.question, heard.reply)
            entered = enter(self.store, entry, who=who, at=at, origin=origin)
        except EntryRefused:
            return None
        return Entered(entered.record.reference, bool(entered.masked))

    def draft_answer(self, reference: str, question: str, answer: str) -> Drafting:
        """Make what staff answered a draft of the knowledge folder."""
        from bot.channels.telegram import Drafting

        if find_personal(question) or find_personal(answer):
            return Drafting.PERSONAL
        try:
            write_draft(self.settings.knowledge, reference, question, answer)
        except DraftThere:
            return Drafting.THERE
        except NotAccepted as error:
            _log.warning("drafting: %s", error)
            return Drafting.UNWRITABLE
        return Drafting.WRITTEN

    def due_bulletin(self, at: datetime) -> Bulletin | None:
        """The draft of the bulletin that staff are to be sent at a moment; None where none is due, or none is wanted."""
        from bot.channels.telegram import Bulletin
        from bot.desk.annual.word import to_word
        from bot.desk.bulletin import bulletin_of, due_bulletin

        options = read_office_hours(self.settings.knowledge)
        here = at.astimezone(BEIJING)
        if not options.bulletin:
            return None
        span = due_bulletin(here, self.workdays(), options.opens, self.store.bulletins.last())
        if span is None:
            return None
        draft = bulletin_of(self.store, span, "", here.date())
        return Bulletin(span.first, draft.title, to_word(draft))

    def _health(self) -> Health | None:
        """A port for those who watch, where one is set."""
        if not (address := self.settings.health):
            return None
        from bot.channels.health import Health

        return Health(address, self.store, lambda: self.index.answering)

    def check(self, since: str = "") -> tuple[Finding, ...]:
        """The review and the golden questions on the folder as it stands, in a store and an index of their own.

        Args:
            since: a commit of the folder's history; the questions that the change since then affected are named too.

        Raises:
            NoSuchRevision: git knows no such commit of the folder.
        """
        path = self.settings.knowledge
        shown = self._shown_golden()
        with rehearsal(path, self.policy, now()) as stage:
            outcomes = ask_golden(stage.answering, stage.folder.golden, shown, now())
            before = self.store.disclosures.golden() if is_there(self.settings.database_url.reveal()) else {}
            found = (*stage.findings, *remarks(outcomes, before, shown))
            golden = stage.folder.golden
        if not since:
            return found
        with earlier(path, since) as copy, rehearsal(copy, self.policy, now()) as stage:
            return (*found, *differences(ask_golden(stage.answering, golden, shown, now()), outcomes, shown))

    def _shown_golden(self) -> str:
        return f"{shown_name(self.settings.knowledge)}/questions.csv"

    def _check_golden(self, golden: tuple[GoldenQuestion, ...]) -> tuple[Finding, ...]:
        """Ask the golden questions of what was just published; those that were answered rightly and no longer are."""
        shown = self._shown_golden()
        outcomes = ask_golden(self.answering, golden, shown, now())
        before = self.store.disclosures.golden()
        self.store.disclosures.keep_golden(right_answers(outcomes))
        return tuple(finding for finding in remarks(outcomes, before, shown) if finding.rule)

    def explain(self, text: str) -> Explanation:
        """Why a question from the command line gets the decision that it gets."""
        return self.answering.explain(Question(text, Channel.COMMAND, now()))

    def evaluate(self, asked: QuestionSet) -> tuple[Outcome, ...]:
        """What becomes of labelled questions on their folder as it stands."""
        with rehearsal(asked.knowledge, self.policy, now()) as stage:
            return ask_all(stage.answering, asked.questions, now())

    def sample(self, asked: QuestionSet) -> tuple[Sample, ...]:
        """Labelled questions, read and looked up on their folder as it stands."""
        with rehearsal(asked.knowledge, self.policy, now()) as stage:
            return sample(stage.answering, asked.questions, now())


def now() -> datetime:
    """The time now, in the machine's zone."""
    return datetime.now().astimezone()


@cache
def person() -> str:
    """Whoever sits at this machine; by number where it knows no name, as in a container under a user of its own."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


@contextmanager
def _live(
    folder: Path,
    publish: Callable[[Noticed], Published],
    told: Callable[[Published, tuple[Finding, ...]], None],
    findings: Collection[Finding],
) -> Iterator[None]:
    from bot.knowledge.readers.pdf import can_recognise

    def tell(published: Published, fresh: tuple[Finding, ...]) -> None:
        told(published, fresh)
        if can_recognise():
            scans.offer(published.findings)

    live = Live(folder, publish, tell, findings)
    with Scans(folder, live.publish_now) as scans, live:
        if can_recognise():
            scans.offer(findings)
        yield
