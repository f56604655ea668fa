"""Files of labelled questions, in the form of a folder's own questions.csv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge import UnreadableFile
from bot.knowledge.tables import read_questions
from bot.model import Finding, GoldenQuestion


class QuestionsUnreadable(Exception):  # noqa: N818 - it names the mistake
    """A file of questions that cannot be used; the message names it, says why, and what to do."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the folder that they are asked of.

    Attributes:
        name: as it was given, to be shown and compared by.
        findings: rows that could not be read.
    """

    name: str
    knowledge: Path
    questions: tuple[GoldenQuestion, ...]
    findings: tuple[Finding, ...] = ()


def question_sets(given: Sequence[str], knowledge: Path) -> tuple[QuestionSet, ...]:
    """The sets that are named by FILE, or FOLDER:FILE where another folder is asked; without any, the folder's own.

    Raises:
        QuestionsUnreadable: a file is missing or is no such file.
    """
    return tuple(_question_set(name, knowledge) for name in given or [str(knowledge / "questions.csv")])


def _question_set(name: str, knowledge: Path) -> QuestionSet:
    folder, _, file = name.rpartition(":")
    if not folder or Path(name).is_file():
        folder, file = str(knowledge), name
    try:
        questions, findings = read_questions(Path(file).read_bytes())
    except OSError as error:
        remedy = "name a CSV file with the columns question,expect_document,expect_text,class"
        raise QuestionsUnreadable(f"{file}: {error.strerror}; {remedy}") from error
    except UnreadableFile as error:
        place = f"{file}:{error.line}" if error.line else file
        raise QuestionsUnreadable(f"{place}: {error.reason}; {error.remedy}") from error
    if not questions:
        raise QuestionsUnreadable(f"{file}: it holds no question; write one a row")
    return QuestionSet(name, Path(folder), questions, tuple(replace(finding, path=file) for finding in findings))
