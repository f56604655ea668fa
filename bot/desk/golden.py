"""标准问题: questions that staff expect a certain answer to, checked on every change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.answering import Answering
from bot.language.normalise import fold
from bot.model import Channel, Decision, Finding, GoldenQuestion, Match, Question, Severity, Verdict


def check_golden(
    answering: Answering, golden: Iterable[GoldenQuestion], path: str, now: datetime
) -> tuple[Finding, ...]:
    """Ask every golden question; each that is not answered as expected is an error at its line. Nothing is recorded.

    An answer must be the expected one; offering it among the choices is a note, since the citizen still finds it.
    """
    findings = []
    for expected in golden:
        question = Question(expected.question, Channel.COMMAND, now)
        decision = answering.answer(question, record=False).decision
        if finding := _judge(expected, decision, path):
            findings.append(finding)
    return tuple(findings)


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
