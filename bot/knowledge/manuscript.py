"""What a reader makes of a file before anything is inferred: manuscripts, and remarks on what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.knowledge.cleaning import clean, join_broken_lines
from bot.knowledge.grids import flatten_tables
from bot.knowledge.lines import Line
from bot.knowledge.outline import outline
from bot.knowledge.stated import Stated
from bot.knowledge.titles import take_title
from bot.language.normalise import remove_stray_pinyin
from bot.model import SIGN_OFF, Finding, Section


class UnreadableFile(Exception):  # noqa: N818 - it names the mistake
    """A file that cannot be read at all; `line` is 0 where no single line is to blame, `rule` that of its finding."""

    def __init__(self, reason: str, remedy: str, line: int = 0, rule: str = "") -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy
        self.line = line
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One document as written.

    Attributes:
        sections: as published; never empty.
        title_line: the title as the text shows it, empty where it shows none.
        opening: the first words of the text, from which the year or the agency may be told.
        signed_on: date of the sign-off below the text.
        signed_by: the public body named in the sign-off.
        id: 索引号 of a catalogue's row; one that begins with # is the row's within its file, whose path goes before it; empty
            where the file's path is the id.
        line: where it starts in its file.
        lines: the text as its file has it, sign-off included, cleaned of what a page adds; a catalogue's row has its cells.
        paragraphs: the same with broken lines joined and tables as rows.
        links: (line, target) of what the text links to.
    """

    stated: Stated
    sections: tuple[Section, ...]
    title_line: str = ""
    opening: str = ""
    signed_on: date | None = None
    signed_by: str = ""
    id: str = ""
    line: int = 1
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[Line, ...] = ()
    links: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; findings bear no path, since a reader sees only bytes."""

    manuscripts: tuple[Manuscript, ...]
    findings: tuple[Finding, ...] = ()


OPENING = 1000


def write_manuscript(stated: Stated, lines: tuple[Line, ...], links: tuple[tuple[int, str], ...] = ()) -> Manuscript:
    """Clean a text and split it into sections.

    Args:
        stated: what the front matter says.
        lines: the text below the front matter, as in the file, or what `blocks.to_lines` made of it.
        links: (line, target) of what it links to.

    Raises:
        UnreadableFile: nothing is left to publish.
    """
    cleaned = clean(tuple(_without_readings(line) for line in lines))
    title, body = take_title(cleaned.lines, stated.title)
    paragraphs = flatten_tables(join_broken_lines(body))
    sections = outline(paragraphs)
    if not sections:
        raise UnreadableFile("the file has no text", "write the text, or delete the file")
    if cleaned.sign_off:
        signed = "\n".join(line.text for line in cleaned.sign_off)
        sections = (*sections, Section(SIGN_OFF, (), signed, cleaned.sign_off[0].number))
    opening = "\n".join(line.text for line in body if line.text)[:OPENING]
    return Manuscript(
        stated,
        sections,
        title,
        opening,
        cleaned.signed_on,
        cleaned.signed_by,
        line=sections[0].line,
        lines=(*cleaned.lines, *cleaned.sign_off),
        paragraphs=paragraphs,
        links=links,
    )


def _without_readings(line: Line) -> Line:
    text = remove_stray_pinyin(line.text)
    return line if text == line.text else replace(line, text=text)
