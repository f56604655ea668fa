"""An explanation for whoever asks why: what was understood, what was found and by what, and what decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.language.periods import Period
from bot.language.script import language_of
from bot.matching.decision import Rule
from bot.matching.explanation import Explanation, Holding, Reasons
from bot.matching.question import Analysis
from bot.matching.scoring import Features
from bot.matching.weighing import Weighed

# A pipe has no width; nothing is to be cut off in it.
_WIDE = 240
# A passage that holds less of a concept is not said to hold it.
_NAMELESS = 0.005


def print_explanation(explanation: Explanation, question: str, file: TextIO) -> None:
    """Write an explanation: tables on a terminal, the same as plain text elsewhere."""
    console = Console(file=file, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(file=file, highlight=False, width=_WIDE, color_system=None)
    console.print(_understood(explanation, question))
    if not explanation.considered.analysis.kind.is_searched:
        console.print("\nsmall talk: nothing is searched for")
        return
    if explanation.considered.analysis.news:
        console.print("\nthe newest documents are offered: nothing is searched for")
        return
    console.print()
    console.print(_concepts(explanation.considered.weighed))
    console.print()
    console.print(_passages(explanation))
    console.print()
    console.print(_scores(explanation))
    console.print()
    for line in decided(explanation):
        console.print(Text(line))


def _plain_table(*headings: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(headings), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return table


def _understood(explanation: Explanation, question: str) -> Table:
    analysis = explanation.considered.analysis
    table = _plain_table()
    for name, value in (
        ("question", question),
        ("read as", analysis.text),
        ("language", language_of(question).value),
        ("kind", analysis.kind.value),
        ("periods", "; ".join(map(_period, analysis.periods)) or "none named"),
        ("latest", _latest(analysis)),
        ("agency", _agencies(explanation)),
        ("figure", _figure(analysis)),
        ("time", "asked for" if analysis.wants_time else "not asked for"),
        ("contact", ", ".join(sorted(analysis.details)) or "not asked for"),
    ):
        table.add_row(Text(name, style="dim"), Text(value))
    return table


def _period(period: Period) -> str:
    named = period.text.strip()
    return f"{named} = {period.first} to {period.last}"


def _agencies(explanation: Explanation) -> str:
    analysis = explanation.considered.analysis
    if analysis.unknown_agency:
        return f"{analysis.unknown_agency}, which is none of ours"
    if analysis.agencies:
        return ", ".join(f"{agency.name} ({agency.key})" for agency in analysis.agencies)
    default = [agency for agency in explanation.considered.snapshot.agencies if agency.default]
    return f"none named; by default {default[0].name} ({default[0].key})" if default else "none named"


def _latest(analysis: Analysis) -> str:
    if analysis.news:
        return "whatever was published last is asked for"
    return "asked for" if analysis.latest else "not asked for"


def _figure(analysis: Analysis) -> str:
    if analysis.unit is None:
        return "not asked for"
    return f"asked for in {analysis.unit}" if analysis.unit else "asked for in any unit"


def _concepts(weighed: Sequence[Weighed]) -> Table:
    """Pinyin stands in them cut into syllables."""
    headings = ("concept", "weight", "share", "published", "what documents may say for it")
    table = _plain_table(*headings, right=("weight", "share"))
    total = sum(part.weight for part in weighed) or 1.0
    for part in weighed:
        published = "yes" if part.published and not part.mistyped else "in part" if part.published else "no"
        aside = " (said aside)" if part.concept.aside else ""
        table.add_row(
            Text(part.concept.text + aside),
            f"{part.weight:.2f}",
            f"{part.weight / total:.2f}",
            published,
            Text("、".join(part.concept.meanings) or "-"),
        )
    return table


def _passages(explanation: Explanation) -> Table:
    table = _plain_table("", "score", "passage", "barred by", "holds", right=("", "score"))
    for number, reasons in enumerate(explanation.matches, 1):
        match = reasons.judged.match
        holdings = [_held(holding) for holding in reasons.holdings if holding.share >= _NAMELESS]
        table.add_row(
            str(number),
            f"{match.score:.3f}",
            Text(f"{_place(reasons)} {match.section.name}".rstrip()),
            reasons.barred.value if reasons.barred else "-",
            Text("; ".join(holdings) or "-"),
        )
    return table


def _held(holding: Holding) -> str:
    return f"{holding.concept.text} {holding.share:.2f} by {', '.join(holding.manners)}"


def _scores(explanation: Explanation) -> Table:
    """Each feature with what of the score is due to it, below its weight."""
    headings = (*Features._fields, "outdone")
    table = _plain_table("", *headings, right=("", *headings))
    weights = explanation.weights
    of_features = (getattr(weights, "unwanted" if name == "wanted" else name) for name in headings)
    table.add_row("", *(f"×{weight:g}" for weight in of_features), style="dim")
    for number, reasons in enumerate(explanation.matches, 1):
        judged = reasons.judged
        cells = (_cell(getattr(judged.features, name), getattr(judged.shares, name)) for name in Features._fields)
        table.add_row(str(number), *cells, _share(judged.outdone) or "-")
    return table


def _cell(feature: float, share: float) -> str:
    return f"{feature:.2f} {_share(share):5}"


def _share(share: float) -> str:
    """+.220; empty for what would be shown as nothing."""
    return f"{share:+.3f}".replace("0.", ".", 1) if abs(share) >= 0.0005 else ""


def decided(explanation: Explanation) -> Iterator[str]:
    """The decision, and what it rests on, as lines."""
    ruling, policy = explanation.ruling, explanation.policy
    decision = ruling.decision
    places = [_place(reasons) for reasons in explanation.matches[: decision.offered]]
    yield f"decision  {decision.verdict.value}" + (f": {', '.join(places)}" if places else "")
    if ruling.rivals or ruling.rule is not Rule.FLOORS:
        yield f"because   {ruling.rule.value}"
    else:
        yield f"because   {'no match fits the agency and the time' if decision.matches else 'nothing is found'}"
    if decision.missing_years:
        yield f"          nothing is published of {', '.join(map(str, decision.missing_years))}"
    if decision.missing_agency:
        yield f"          nothing is published by {decision.missing_agency}"
    if not ruling.rivals:
        return
    score = ruling.rivals[0].score
    floors = (("an answer", policy.score), ("choices", policy.choices))
    yield f"score     {score:.3f} {', '.join(f'{_against(score, floor)} for {what}' for what, floor in floors)}"
    if explanation.considered.echoes(ruling.rivals[0]):
        yield "          and only sounds like a part of the question, so that it is not offered"
    if ruling.certainty is None:
        return
    evidence, lead = ruling.certainty
    if lead.gap == 1.0:
        yield "gap       nothing that is found says something else"
    else:
        yield f"gap       {lead.gap:.3f} to what says something else {_against(lead.gap, policy.gap)} for an answer"
    for name, parts, floor in (("evidence", evidence, policy.answer), ("lead", lead, policy.margin)):
        made_of = " ".join(f"{part} {share:+.3f}" for part, share in zip(parts._fields, parts, strict=True))
        yield f"{name:9} {sum(parts):.3f} {_against(sum(parts), floor)} for an answer: {made_of}"


def _place(reasons: Reasons) -> str:
    match = reasons.judged.match
    return f"{match.document.id}#{match.section.id}"


def _against(value: float, floor: float) -> str:
    return f"{'reaches' if value >= floor else 'is below'} the {floor:.2f}"
