"""Refit the floors of a decision on labelled questions: the most answers that keep right and false within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from bot.answering import Answering
from bot.desk.evaluation import Figures, Grade, Outcome, as_asked, figures_of, outcome_of, shown
from bot.desk.golden import fits
from bot.matching.certainty import Policy
from bot.matching.explanation import Considered
from bot.model import GoldenQuestion, Match

STEP = 0.02
ANSWERS = tuple(round(0.2 + STEP * step, 2) for step in range(41))
CHOICES = tuple(round(0.1 + STEP * step, 2) for step in range(16))
MARGINS = tuple(round(STEP * step, 2) for step in range(41))
# What a higher floor of choices may cost: it spares choices to those whom nothing answers.
_OUT_OF_REACH = 0.02


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a fit must keep on every set: the share of answers that are right, and of the unanswerable that are answered."""

    right: float = 0.95
    false: float = 0.02


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled question, read and looked up once, for any number of policies to decide on.

    Attributes:
        fitting: places of the matches that are what is expected.
    """

    expected: GoldenQuestion
    considered: Considered
    fitting: frozenset[tuple[str, str]]

    def outcome(self, policy: Policy) -> Outcome:
        """What becomes of it under a policy."""
        decision = self.considered.decide(policy)
        return outcome_of(self.expected, decision, lambda match: _place(match) in self.fitting)


Samples = Mapping[str, Sequence[Sample]]
"""The samples of each set, by the set's name."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A policy, and the figures that it gives on each set."""

    policy: Policy
    figures: Mapping[str, Figures]

    def keeps(self, bounds: Bounds) -> bool:
        """Whether every set stays within the bounds."""
        return all(
            (figures.right is None or figures.right >= bounds.right)
            and (figures.false is None or figures.false <= bounds.false)
            for figures in self.figures.values()
        )

    @property
    def answered(self) -> float:
        """The mean of the sets' shares of answered questions, so that a large set does not outvote a small one."""
        shares = [figures.answered for figures in self.figures.values() if figures.answered is not None]
        return sum(shares) / len(shares) if shares else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit has found.

    Attributes:
        today: the floors in use.
        best: the floors to use: today's unless others within the bounds answer more; None where none keep the bounds.
        neighbours: the trials one step around the best, by floor, then margin.
    """

    today: Trial
    best: Trial | None
    neighbours: tuple[Trial, ...] = ()


def sample(answering: Answering, questions: Iterable[GoldenQuestion], now: datetime) -> tuple[Sample, ...]:
    """Read every question and look it up; nothing is recorded."""
    samples = []
    for expected in questions:
        considered = answering.consider(as_asked(expected, now))
        fitting = frozenset(_place(match) for match in considered.matches if fits(match, expected))
        samples.append(Sample(expected, considered, fitting))
    return tuple(samples)


def _place(match: Match) -> tuple[str, str]:
    return match.document.id, match.section.id


def try_out(samples: Samples, policy: Policy) -> Trial:
    """The figures that a policy gives."""
    figures = {name: figures_of([one.outcome(policy) for one in asked]) for name, asked in samples.items()}
    return Trial(policy, figures)


def fit_floors(samples: Samples, today: Policy, bounds: Bounds) -> Fit:
    """Try every pair of floor and margin, then the floors for choices; of equal ones the most cautious is taken."""
    now = try_out(samples, today)
    trials = [
        try_out(samples, replace(today, answer=answer, choices=min(answer, today.choices), margin=margin))
        for answer, margin in product(ANSWERS, MARGINS)
    ]
    # Whoever answers nothing is never wrong.
    kept = [trial for trial in trials if trial.answered and trial.keeps(bounds)]
    if not kept:
        return Fit(now, now if now.keeps(bounds) else None)
    best = max(kept, key=lambda trial: (round(trial.answered, 4), trial.policy.margin, trial.policy.answer))
    best = now if now.keeps(bounds) and now.answered >= best.answered else _with_choices(samples, best, bounds)
    return Fit(now, best, tuple(trial for trial in trials if _is_next_to(trial.policy, best.policy)))


def _with_choices(samples: Samples, trial: Trial, bounds: Bounds) -> Trial:
    """The trial with the highest floor for choices that leaves nearly as many expected passages within a citizen's reach."""
    policies = [replace(trial.policy, choices=floor) for floor in CHOICES if floor <= trial.policy.answer]
    reached = {policy: _reach(samples, policy) for policy in policies}
    most = max(reached.values(), default=0.0)
    for policy in reversed(policies):
        if reached[policy] >= most - _OUT_OF_REACH and (found := try_out(samples, policy)).keeps(bounds):
            return found
    return trial


def _reach(samples: Samples, policy: Policy) -> float:
    """The mean of the sets' shares of questions whose expected passage is the answer or among the choices."""
    shares = []
    for asked in samples.values():
        grades = [one.outcome(policy).grade for one in asked if one.expected.answerable]
        if grades:
            shares.append(sum(grade in (Grade.RIGHT, Grade.OFFERED) for grade in grades) / len(grades))
    return sum(shares) / len(shares) if shares else 0.0


def _is_next_to(one: Policy, other: Policy) -> bool:
    apart = abs(one.answer - other.answer), abs(one.margin - other.margin) / 2
    return max(apart) < 1.5 * STEP


def fit_table(found: Fit) -> Iterator[str]:
    """Today's floors, the best ones and their neighbours, with their figures on each set, as lines."""
    for number, name in enumerate(found.today.figures, 1):
        yield f"set {number}: {name}"
    yield f"{'':6} {'answer':>6} {'choices':>7} {'margin':>6}" + "".join(
        f"  | {number}: {'answered':>8} {'right':>6} {'false':>6}" for number in range(1, len(found.today.figures) + 1)
    )
    yield _row("today", found.today)
    if found.best:
        yield _row("best", found.best)
    for trial in found.neighbours:
        if found.best and (trial.policy.answer, trial.policy.margin) != (
            found.best.policy.answer,
            found.best.policy.margin,
        ):
            yield _row("", trial)


def _row(word: str, trial: Trial) -> str:
    policy = trial.policy
    return f"{word:6} {policy.answer:6.2f} {policy.choices:7.2f} {policy.margin:6.2f}" + "".join(
        f"  |    {shown(figures.answered):>8} {shown(figures.right):>6} {shown(figures.false):>6}"
        for figures in trial.figures.values()
    )
