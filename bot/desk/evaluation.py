"""How well labelled questions are answered: what became of each, and figures by class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import partial

from bot.answering import Answering
from bot.desk.golden import fits
from bot.model import Channel, Decision, GoldenQuestion, Match, Question, Verdict

ALL = "ALL"
# As deep as `bot ask --json` shows.
_DEEPEST = 10


class Grade(StrEnum):
    """What the citizen gets, by how good it is: RIGHT, OFFERED, MISSED, WRONG."""

    RIGHT = "right"
    OFFERED = "offered"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question.

    Attributes:
        place: of the first match that is the expected one, from 1; 0 where none of ten is.
        came: documents of the first three matches.
    """

    question: str
    label: str
    answerable: bool
    decision: Verdict
    place: int
    grade: Grade
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1; None where there is nothing to take a share of.

    Attributes:
        hit1, hit3, hit5: of the answerable questions, those with the expected match among the first, whatever the decision.
        mrr: mean of 1 / place of the expected match.
        answered: of the answerable questions, those that got an answer.
        right: of those answers, the expected ones.
        false: of the questions that must not be answered, those that were all the same.
    """

    n: int
    hit1: float | None
    hit3: float | None
    hit5: float | None
    mrr: float | None
    answered: float | None
    right: float | None
    false: float | None


NAMES: Mapping[str, str] = {
    field.name: {"hit1": "hit@1", "hit3": "hit@3", "hit5": "hit@5", "mrr": "MRR"}.get(field.name, field.name)
    for field in fields(Figures)
}
"""The figures by field, with the names that people know them by."""


def ask_all(answering: Answering, questions: Iterable[GoldenQuestion], now: datetime) -> tuple[Outcome, ...]:
    """Ask every question; nothing is recorded."""
    return tuple(
        outcome_of(
            expected,
            answering.answer(as_asked(expected, now), record=False).decision,
            partial(fits, expected=expected),
        )
        for expected in questions
    )


def as_asked(expected: GoldenQuestion, now: datetime) -> Question:
    """A labelled question as a citizen would send it: one line, as on standard input of `bot ask`."""
    return Question(expected.question.replace("\n", " "), Channel.COMMAND, now)


def outcome_of(expected: GoldenQuestion, decision: Decision, fitting: Callable[[Match], bool]) -> Outcome:
    """Hold a decision against what is expected; `fitting` says whether a match is that."""
    matches = decision.matches[:_DEEPEST]
    places = (place for place, match in enumerate(matches, 1) if expected.answerable and fitting(match))
    place = next(places, 0)
    grade = _grade(expected, decision, place)
    came = tuple(match.document.id for match in matches[:3])
    return Outcome(expected.question, expected.label, expected.answerable, decision.verdict, place, grade, came)


def _grade(expected: GoldenQuestion, decision: Decision, place: int) -> Grade:
    answered = decision.verdict is Verdict.ANSWER
    if not expected.answerable:
        return Grade.WRONG if answered else Grade.RIGHT
    if answered:
        return Grade.RIGHT if place == 1 else Grade.WRONG
    return Grade.OFFERED if 0 < place <= decision.offered else Grade.MISSED


def figures_of(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of some outcomes together."""
    asked = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    answers = [outcome for outcome in asked if outcome.decision is Verdict.ANSWER]
    return Figures(
        n=len(outcomes),
        hit1=_share(sum(outcome.place == 1 for outcome in asked), asked),
        hit3=_share(sum(0 < outcome.place <= 3 for outcome in asked), asked),
        hit5=_share(sum(0 < outcome.place <= 5 for outcome in asked), asked),
        mrr=_share(sum(1 / outcome.place for outcome in asked if outcome.place), asked),
        answered=_share(len(answers), asked),
        right=_share(sum(outcome.grade is Grade.RIGHT for outcome in answers), answers),
        false=_share(sum(outcome.decision is Verdict.ANSWER for outcome in others), others),
    )


def _share(count: float, among: Sequence[Outcome]) -> float | None:
    return round(count / len(among), 3) if among else None


def figures_by_class(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """The figures of each class in order of appearance, and of all at the end."""
    labels = dict.fromkeys(outcome.label for outcome in outcomes)
    by_class = {
        label: figures_of([outcome for outcome in outcomes if outcome.label == label])
        for label in labels
        if label != ALL
    }
    return by_class | {ALL: figures_of(outcomes)}


def misses_of(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Those whose first match is not the expected one, and those that must not be answered and were."""
    return tuple(
        outcome for outcome in outcomes if (outcome.place != 1 if outcome.answerable else outcome.grade is Grade.WRONG)
    )


def report(name: str, outcomes: Sequence[Outcome], misses: int) -> Iterator[str]:
    """The figures of a set by class, and the first of its misses, as lines."""
    yield name
    yield from table(figures_by_class(outcomes))
    missed = misses_of(outcomes)
    yield from map(miss_line, missed[:misses])
    if 0 < misses < len(missed):
        yield f"miss  … and {len(missed) - misses} more"


def table(by_class: Mapping[str, Figures]) -> list[str]:
    """The figures as lines, a class each."""
    lines = [_line("class", list(NAMES.values()))]
    for label, figures in by_class.items():
        lines.append(_line(label or "-", [shown(getattr(figures, name)) for name in NAMES]))
    return lines


def _line(label: str, cells: Sequence[str]) -> str:
    return f"{label:14} " + " ".join(f"{cell:>8}" for cell in cells)


def shown(figure: float | None) -> str:
    """A count whole, a share with three digits, nothing as a dash."""
    if figure is None:
        return "-"
    return str(figure) if isinstance(figure, int) else format(figure, ".3f")


def miss_line(outcome: Outcome) -> str:
    """A miss in one line: the question, what was decided, and the documents that came instead."""
    question = " ".join(outcome.question.split())
    return f"miss  {question}  {outcome.decision.value}  {', '.join(dict.fromkeys(outcome.came)) or '-'}"
