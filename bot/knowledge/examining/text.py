"""Everything that is looked for in a text: what must not go out, what is not finished, what does not add up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.examining.clocks import outdated_clock
from bot.knowledge.examining.figures import figures_in
from bot.knowledge.examining.marks import draft_title, placeholder, secrecy_mark
from bot.knowledge.examining.sums import wrong_sums
from bot.knowledge.file_options import excepted
from bot.knowledge.form_lines import table_3_in
from bot.knowledge.forms import imbalances
from bot.knowledge.lines import Line, Shape
from bot.knowledge.manuscript import Manuscript
from bot.language.personal import Personal, find_personal, masked
from bot.model import Document, Figure, Finding, Kind, Severity, Status

_NAMES = {
    Personal.IDENTITY: "an identity number 身份证号",
    Personal.CARD: "a bank card number 银行卡号",
    Personal.MOBILE: "a mobile number 手机号码",
    Personal.TELEPHONE: "a person's telephone 私人电话",
    Personal.ADDRESS: "a person's address 家庭住址",
}
_NOT_PUBLIC = "take the document out, or the mark if it does not hold any more"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a text was found to hold.

    Attributes:
        findings: without a path, in the order of their lines.
        figures: what it states that another document could state otherwise.
    """

    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = ()


def examine(document: Document, manuscript: Manuscript, published: Collection[str]) -> Examined:
    """Look a document's text through; a draft, which goes nowhere, is left alone.

    Args:
        document: what the manuscript was completed to.
        manuscript: the text with the line numbers of its file.
        published: telephone numbers of the agencies' own contacts, which are no one's personal data.
    """
    if document.status is not Status.PUBLISHED:
        return Examined()
    findings: list[Finding] = []
    if word := draft_title(document.title):
        reason = f'the title says that it is a draft ("{word}")'
        remedy = "publish the final text, or state status: draft"
        findings.append(Finding(Severity.ERROR, "", manuscript.line if manuscript.id else 0, reason, remedy, "draft"))
    day = document.formed_on or document.published_on
    for line in manuscript.lines:
        if line.text:
            findings.extend(_barred(line, published))
    for paragraph in manuscript.paragraphs:
        findings.extend(_doubtful(paragraph, document.kind, day))
    findings.extend(_unbalanced(manuscript.paragraphs))
    return Examined(
        tuple(excepted(finding, manuscript.stated.exceptions) for finding in findings),
        figures_in(manuscript.paragraphs),
    )


def _barred(line: Line, published: Collection[str]) -> Iterator[Finding]:
    """What must not go out."""
    for trace in find_personal(line.text):
        value = line.text[trace.start : trace.end]
        if _digits(value) not in map(_digits, published):
            reason = f"{_NAMES[trace.kind]} ({masked(value)})"
            remedy = f"take it out; if the law wants it published, state exceptions: {{{trace.kind}: why}}"
            yield Finding(Severity.ERROR, "", line.number, reason, remedy, trace.kind.value)
    if line.shape is not Shape.ROW and (word := secrecy_mark(line.text)):
        yield Finding(Severity.ERROR, "", line.number, f'a mark of secrecy ("{word}")', _NOT_PUBLIC, "secrecy")


def _unbalanced(paragraphs: Sequence[Line]) -> Iterator[Finding]:
    """Table 3 of the annual report (国办公开办函〔2021〕30号) has to balance, column by column: 一 + 二 = 三（七） + 四."""
    rows = [line for line in paragraphs if line.shape is Shape.ROW]
    table = table_3_in("\n".join(line.text for line in rows))
    for wrong in imbalances(table) if table else ():
        reason = (
            f"table 3 does not balance in {wrong.column}: 一 + 二 = {wrong.received}, 三（七） + 四 = {wrong.handled}"
        )
        remedy = "correct the figures of that column"
        yield Finding(Severity.WARNING, "", rows[wrong.place].number, reason, remedy, "unbalanced-table")


def _doubtful(line: Line, kind: Kind, day: date | None) -> Iterator[Finding]:
    """What is not finished, does not add up, or is outdated."""
    if word := placeholder(line.text):
        reason = f'something is not filled in yet ("{word}")'
        yield Finding(Severity.WARNING, "", line.number, reason, "write what belongs there", "placeholder")
    for wrong in wrong_sums(line.text):
        parts = " + ".join(f"{part:,}" for part in wrong.parts)
        reason = (
            f"the parts do not add up: {parts} = {sum(wrong.parts):,}, but the text says {wrong.total:,} {wrong.unit}"
        )
        yield Finding(Severity.WARNING, "", line.number, reason, "correct the total or its parts", "sum")
    if kind is Kind.GUIDE and (words := outdated_clock(line.text, day)):
        reason = f'a clock of the regulation before 2019-05-15 ("{words}")'
        remedy = "since then it is 20 working days and at most 20 more (article 33)"
        yield Finding(Severity.WARNING, "", line.number, reason, remedy, "old-clock")


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())
