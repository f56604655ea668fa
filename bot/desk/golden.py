"""标准问题: questions that staff expect a certain answer to, checked on every change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.answering import Answering
from bot.language.normalise import fold
from bot.model import Channel, Decision, Finding, GoldenQuestion, Match, Question, Severity, Verdict


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """What became of a golden question.

    Attributes:
        answered_by: id of the document that answers; empty where none does.
        finding: what is wrong with it; None where all is as expected.
    """

    expected: GoldenQuestion
    answered_by: str
    finding: Finding | None

    @property
    def is_right(self) -> bool:
        """Whether it is answered, and as expected."""
        return bool(self.answered_by) and self.finding is None


def ask_golden(
    answering: Answering, golden: Iterable[GoldenQuestion], path: str, now: datetime
) -> tuple[GoldenOutcome, ...]:
    """Ask every golden question; nothing is recorded.

    An answer must be the expected one, else it is an error at the question's line; offering it among the choices is a note,
    since the citizen still finds it.
    """
    outcomes = []
    for expected in golden:
        question = Question(expected.question, Channel.COMMAND, now)
        decision = answering.answer(question, record=False).decision
        answered_by = decision.matches[0].document.id if decision.verdict is Verdict.ANSWER else ""
        outcomes.append(GoldenOutcome(expected, answered_by, _judge(expected, decision, path)))
    return tuple(outcomes)


def right_answers(outcomes: Iterable[GoldenOutcome]) -> dict[str, str]:
    """Which document answers each question that is answered rightly."""
    return {outcome.expected.question: outcome.answered_by for outcome in outcomes if outcome.is_right}


def remarks(outcomes: Iterable[GoldenOutcome], before: Mapping[str, str], path: str) -> tuple[Finding, ...]:
    """What is to be said of the outcomes.

    Args:
        outcomes: of the golden questions as things stand.
        before: which document answered each question rightly until now; that one no longer does is an error.
        path: of the file with the questions, as it is shown.
    """
    found = []
    for outcome in outcomes:
        question, line = outcome.expected.question, outcome.expected.line
        if outcome.finding and question in before:
            now = f'"{outcome.answered_by}" answers it' if outcome.answered_by else "nothing answers it"
            reason = f'"{question}" was answered by "{before[question]}"; with this change {now}'
            remedy = f'add the question to the aliases of "{before[question]}", or correct the question'
            found.append(Finding(Severity.ERROR, path, line, reason, remedy, "golden"))
        elif outcome.finding:
            found.append(outcome.finding)
    return tuple(found)


def differences(before: Iterable[GoldenOutcome], after: Iterable[GoldenOutcome], path: str) -> tuple[Finding, ...]:
    """The questions that a change affected: what answered each, and what does now."""
    answered = {outcome.expected.question: outcome.answered_by for outcome in before}
    return tuple(
        Finding(
            Severity.NOTE,
            path,
            outcome.expected.line,
            f'"{outcome.expected.question}" was answered by {_named(was)}, now by {_named(outcome.answered_by)}',
            "",
        )
        for outcome in after
        if (was := answered.get(outcome.expected.question)) is not None and was != outcome.answered_by
    )


def _named(document: str) -> str:
    return f'"{document}"' if document else "nothing"


def _judge(expected: GoldenQuestion, decision: Decision, path: str) -> Finding | None:
    got = decision.matches[0].document.id if decision.matches else "nothing"
    if not expected.answerable:
        if decision.verdict is not Verdict.ANSWER:
            return None
        reason = f'"{expected.question}" must not be answered, but "{got}" answers it'
        return Finding(Severity.ERROR, path, expected.line, reason, "narrow the aliases or synonyms that lead there")
    wanted = expected.expect_document or f'a passage with "{expected.expect_text}"'
    if decision.verdict is Verdict.ANSWER and fits(decision.matches[0], expected):
        return None
    if any(fits(match, expected) for match in decision.matches[: decision.offered]):
        reason = f'"{expected.question}" is not answered by {wanted}, which is only offered as a choice'
        return Finding(Severity.NOTE, path, expected.line, reason, "add the question to that document's aliases")
    said = got if decision.verdict is Verdict.ANSWER else decision.verdict.value
    reason = f'"{expected.question}" is to be answered by {wanted}, but got {said}'
    return Finding(Severity.ERROR, path, expected.line, reason, "add the question to that document's aliases")


def fits(match: Match, expected: GoldenQuestion) -> bool:
    """Whether a match is what is expected: the document where one is named, and every | parted text in the passage."""
    if expected.expect_document and match.document.id != expected.expect_document:
        return False
    whole = _closed_up(" ".join((match.document.title, *match.section.headings, match.section.text)))
    return all(_closed_up(needle) in whole for needle in expected.expect_text.split("|") if needle)


def _closed_up(text: str) -> str:
    return fold(text).replace(" ", "")
