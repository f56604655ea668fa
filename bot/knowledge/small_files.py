"""The five small files at a folder's top: who publishes, what people say, what is expected, and how it is handled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.knowledge.agencies import read_agencies
from bot.knowledge.decoding import LARGEST_BYTES
from bot.knowledge.manuscript import UnreadableFile
from bot.knowledge.options import read_calendar, read_options
from bot.knowledge.reading import refused, too_large
from bot.knowledge.tables import read_glossary, read_questions
from bot.knowledge.walk import Found
from bot.model import Agency, Finding, GoldenQuestion, KnownFile, Options, Severity, Term

AGENCIES, GLOSSARY, QUESTIONS = "agencies.toml", "glossary.csv", "questions.csv"
SETTINGS, CALENDAR = "settings.toml", "calendar.toml"
SMALL = frozenset((AGENCIES, GLOSSARY, QUESTIONS, SETTINGS, CALENDAR))

_Content = TypeVar("_Content")


@dataclass(frozen=True, slots=True)
class SmallFiles:
    """What they say.

    Attributes:
        agencies: None where their file is there and cannot be read.
        remarks: each with the name of its file.
        refused: those that cannot be read.
    """

    agencies: tuple[Agency, ...] | None
    glossary: tuple[Term, ...]
    golden: tuple[GoldenQuestion, ...]
    options: Options
    remarks: tuple[Finding, ...]
    refused: tuple[KnownFile, ...]


def read_small_files(found: Mapping[str, Found], barred: Collection[str]) -> SmallFiles:
    """Read them.

    Args:
        found: those that are there, by their names.
        barred: names of those that are there and may not be read; why is said elsewhere.
    """
    reading = _Reading(found)
    agencies = reading.read(AGENCIES, read_agencies)
    glossary = reading.read(GLOSSARY, read_glossary) or ()
    golden = reading.read(QUESTIONS, read_questions) or ()
    options = reading.read(SETTINGS, read_options) or Options()
    reading.read(CALENDAR, read_calendar)
    is_lost = AGENCIES in barred or any(file.path == AGENCIES for file in reading.refused)
    if not agencies and not is_lost:
        remedy = f"write {AGENCIES} with [key], name, phone, site and what else citizens need to reach you"
        reason = "no agency is known, so replies name no contact"
        reading.remarks.append(Finding(Severity.WARNING, AGENCIES, 0, reason, remedy))
    known = None if is_lost else agencies or ()
    return SmallFiles(known, glossary, golden, options, tuple(reading.remarks), tuple(reading.refused))


@dataclass
class _Reading:
    found: Mapping[str, Found]
    remarks: list[Finding] = field(default_factory=list)
    refused: list[KnownFile] = field(default_factory=list)

    def read(self, name: str, read: Callable[[bytes], tuple[_Content, tuple[Finding, ...]]]) -> _Content | None:
        """What one of them says; None where it is absent or refused."""
        file = self.found.get(name)
        if file is None:
            return None
        if file.size > LARGEST_BYTES:
            self.refused.append(too_large(name, "", ""))
            return None
        try:
            content, findings = read(Path(file.path).read_bytes())
        except OSError as error:
            reason = f"the file cannot be read ({error.strerror})"
            self.refused.append(refused(name, reason, "give the program the right to read it"))
        except UnreadableFile as error:
            finding = Finding(Severity.ERROR, "", error.line, error.reason, error.remedy)
            self.refused.append(KnownFile(name, refused=True, findings=(finding,)))
        except RecursionError:
            self.refused.append(refused(name, "its brackets are nested too deeply", "write it anew"))
        else:
            self.remarks += (
                Finding(finding.severity, name, finding.line, finding.reason, finding.remedy, finding.rule)
                for finding in findings
            )
            return content
        return None


__all__ = ["SMALL", "SmallFiles", "read_small_files"]
