"""Wires the rooms; the only file that knows them all."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.answering import Answering
from bot.desk.checking import check_folder, check_published
from bot.desk.evaluation import Outcome, ask_all
from bot.desk.fitting import Sample, sample
from bot.desk.floors import load_policy
from bot.desk.questions import QuestionSet
from bot.desk.rehearsal import rehearsal
from bot.desk.status import Standing, standing_of
from bot.freshness import Freshness
from bot.intake import Intake
from bot.knowledge import (
    EVERYTHING,
    Noticed,
    RetentionUnknown,
    Told,
    read_application_rules,
    read_folder_options,
    read_retention,
    read_workdays,
)
from bot.live import Live
from bot.matching.certainty import Policy
from bot.matching.explanation import Explanation
from bot.model import ApplicationRules, Changes, Channel, Finding, Question, Retention, Stamp
from bot.nightly import Nightly
from bot.own_data import OwnData
from bot.publishing import (
    Keeping,
    Published,
    publish_folder,
    read_changes,
)
from bot.recording import Answered
from bot.scans import Scans
from bot.search import Index
from bot.secret import SharedSecret
from bot.settings import Settings
from bot.store import Store, is_there, open_store
from bot.workdays import Workdays

if TYPE_CHECKING:
    from bot.channels.health import Health
    from bot.staffroom import Staffroom


class App(AbstractContextManager["App"]):
    """The house at work: opens what a command needs, when it needs it, and closes it again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
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
            self.store,
            self.index,
            self.secret,
            now,
            self.freshness.keep_current,
            self.policy,
            keep_days=self._keep_days,
        )

    @cached_property
    def freshness(self) -> Freshness:
        """What keeps this worker's index at the store's generation."""
        return Freshness(self.store, self.index)

    def refresh(self) -> None:
        """Bring the index to the store's generation: then the next question can be answered.

        Raises:
            DatabaseUnavailable: the database cannot be opened.
            IndexUnavailable: the index cannot be written.
        """
        self.freshness.refresh()

    @cached_property
    def secret(self) -> SharedSecret:
        """What citizens' pseudonyms are made with, the same for all workers of a database."""
        return SharedSecret(self.settings.secret_file, lambda check: self.store.records.claim_secret(check))

    def sync(self, noticed: Noticed = EVERYTHING, *, told: Told = lambda done, total: None) -> Published:
        """Publish the knowledge folder, or what was noticed to have changed in it since the last time."""
        # Whoever is asked meanwhile answers from the last good index, and does not wait for the one that is coming.
        published = publish_folder(
            self.settings.knowledge, self.store, self.index, now(),
            noticed=noticed, told=told, writing=self.freshness.catching_up, keeping=self._keeping,
        )  # fmt: skip
        self.freshness.outdate()
        if not published.changes.any or not published.golden:
            return published
        lost = check_published(self.settings.knowledge, self.answering, self.store, published.golden, now())
        return replace(published, findings=(*published.findings, *lost))

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
        stated = read_folder_options(settings.knowledge).files
        return standing_of(self.store, self.index, by if settings.telegram_token else "off", stated)

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
        from bot.channels.telegram import Setup, run_telegram

        settings = self.settings
        setup = Setup(
            answering=self.answering,
            store=self.store,
            token=settings.telegram_token.reveal(),
            secret=self.secret(),
            api_url=settings.telegram_api,
            webhook=settings.telegram_webhook,
            health=self._health(),
            intake=self.intake,
            staff=self.staffroom.staff(settings.staff_chat) if settings.staff_chat else None,
        )
        run_telegram(setup, stopping)

    @cached_property
    def staffroom(self) -> Staffroom:
        """What the staff's group can have done."""
        from bot.staffroom import Staffroom

        return Staffroom(self.settings.knowledge, self.store, now)

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
        before = self.store.disclosures.golden() if is_there(self.settings.database_url.reveal()) else {}
        return check_folder(self.settings.knowledge, self.policy, before, now(), since)

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
