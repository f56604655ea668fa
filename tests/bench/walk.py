"""The whole walk of a question, in CPU milliseconds, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.app import App
from bot.model import Verdict
from bot.recording import Answered
from tests.bench.house import settings_in
from tests.bench.questions import Asked, make_questions
from tests.bench.timing import Stopwatch

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of the questions that something answers, how many found it first, and how many among the first ten."""

    asked: int
    first: int
    ten: int

    @property
    def at_one(self) -> float:
        """recall@1."""
        return self.first / self.asked if self.asked else 0.0

    @property
    def at_ten(self) -> float:
        """recall@10."""
        return self.ten / self.asked if self.asked else 0.0


def count_ranks(questions: Sequence[Asked], found: Sequence[Sequence[tuple[str, str]]], kind: str = "") -> Ranks:
    """Count over the questions that something answers, or those of one kind."""
    places = [
        list(keys)[:10].index((asked.document, asked.section)) if (asked.document, asked.section) in keys[:10] else 10
        for asked, keys in zip(questions, found, strict=True)
        if asked.document and kind in ("", asked.kind)
    ]
    return Ranks(len(places), sum(place == 0 for place in places), sum(place < 10 for place in places))


@dataclass(frozen=True, slots=True)
class Walked:
    """What the walk took and found, question by question.

    Attributes:
        first: CPU milliseconds when a question is asked for the first time.
        warm: when it was asked before; the median of a few rounds.
        recorded: the same with the contact record; `recorded_wall` is by the clock on the wall, with the disk's share.
        found: keys of the matches, best first.
        verdicts: as decided.
    """

    first: list[float]
    warm: list[float]
    recorded: list[float]
    recorded_wall: list[float]
    found: list[list[tuple[str, str]]]
    verdicts: list[str]


def measure_walk(root: Path, questions: Sequence[Asked], sections: int) -> Walked:
    """Ask every question once, a few times more, and once with the record."""
    with App(settings_in(root)) as app:
        # Tables and imports that every process loads once belong to the start, which is measured by itself.
        for asked in make_questions(sections, 30, seed=2):
            app.ask(asked.text, record=True)
        first = [_ask(app, asked) for asked in questions]
        rounds = [[_ask(app, asked).milliseconds for asked in questions] for _ in range(ROUNDS)]
        recorded = [_ask(app, asked, record=True) for asked in questions]
    return Walked(
        first=[once.milliseconds for once in first],
        warm=[median(times) for times in zip(*rounds, strict=True)],
        recorded=[once.milliseconds for once in recorded],
        recorded_wall=[once.wall for once in recorded],
        found=[[(match.document.id, match.section.id) for match in once.answered.decision.matches] for once in first],
        verdicts=[once.answered.decision.verdict.value for once in first],
    )


def refused(questions: Sequence[Asked], walked: Walked) -> float:
    """The share of the questions about something else that get no answer."""
    verdicts = [verdict for asked, verdict in zip(questions, walked.verdicts, strict=True) if not asked.document]
    return sum(verdict != Verdict.ANSWER.value for verdict in verdicts) / len(verdicts)


@dataclass(frozen=True, slots=True)
class _Once:
    answered: Answered
    milliseconds: float
    wall: float


def _ask(app: App, asked: Asked, *, record: bool = False) -> _Once:
    watch = Stopwatch()
    answered = app.ask(asked.text, record=record)
    return _Once(answered, watch.cpu_seconds() * 1000, watch.seconds() * 1000)
