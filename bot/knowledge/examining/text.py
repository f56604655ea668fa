"""Everything that is looked for in a text: what must not go out, what is not finished, what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.examining.clocks import outdated_clock
from bot.knowledge.examining.figures import Figure, figures_in
from bot.knowledge.examining.marks import draft_title, placeholder, secrecy_mark
from bot.knowledge.examining.sums import wrong_sums
from bot.knowledge.lines import Line, Shape
from bot.language.personal import Personal, find_personal, masked
from bot.model import Finding, Kind, Severity

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


def examine(title: str, kind: Kind, day: date | None, lines: Sequence[Line], published: Iterable[str]) -> Examined:
    """Look a document's text through.

    Args:
        title: the document's, as published.
        kind: old clocks are looked for in guides alone.
        day: when it was formed or published; a guide without a day counts as current.
        lines: its text with the line numbers of its file.
        published: telephone numbers of the agencies' own contacts, which are no one's personal data.
    """
    findings: list[Finding] = []
    if word := draft_title(title):
        reason = f'the title says that it is a draft ("{word}")'
        findings.append(
            Finding(Severity.ERROR, "", 0, reason, "publish the final text, or state status: draft", "draft")
        )
    own = frozenset(_digits(number) for number in published)
    for line in lines:
        findings.extend(_remarks(line, own, kind, day))
    return Examined(tuple(findings), figures_in(lines))


def _remarks(line: Line, own: frozenset[str], kind: Kind, day: date | None) -> Iterator[Finding]:
    for trace in find_personal(line.text):
        value = line.text[trace.start : trace.end]
        if _digits(value) not in own:
            reason = f"{_NAMES[trace.kind]} ({masked(value)})"
            remedy = "take it out; if the law wants it published, state exceptions in the front matter with the reason"
            yield Finding(Severity.ERROR, "", line.number, reason, remedy, trace.kind.value)
    if line.shape is not Shape.ROW and (word := secrecy_mark(line.text)):
        yield Finding(Severity.ERROR, "", line.number, f'a mark of secrecy ("{word}")', _NOT_PUBLIC, "secrecy")
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
