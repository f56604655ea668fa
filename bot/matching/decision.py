"""Matches to a Decision: one answer, a few choices, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.language.normalise import fold
from bot.language.periods import years_in
from bot.matching.question import Analysis
from bot.model import Decision, Document, Match, Section, Snapshot, Verdict

MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Policy:
    """Floors of the decision, fitted on labelled questions.

    Attributes:
        answer: a match below it is no answer.
        choices: a match below it is not even offered.
        margin: by how much an answer's score exceeds the next one's of another passage.
    """

    answer: float = 0.4
    choices: float = 0.2
    margin: float = 0.06


def decide(analysis: Analysis, matches: Sequence[Match], policy: Policy, snapshot: Snapshot) -> Decision:
    """Choose between one answer, a few choices and none.

    Args:
        analysis: its periods and agencies are binding: a passage of another year or agency is never the answer.
        matches: best first, scores 0 to 1 of what the question could reach; may be empty.
        policy: floors for score and margin.
        snapshot: which years are published.

    Returns:
        `none` means that nothing published answers; its matches are the nearest there are.
    """
    if analysis.unknown_agency:
        name = fold(analysis.unknown_agency)
        fitting = [match for match in matches if name in fold(_whole(match.document, match.section))]
        if not fitting:
            return Decision(Verdict.NONE, tuple(matches), missing_agency=analysis.unknown_agency)
        matches = fitting
    if analysis.agencies:
        keys = {agency.key for agency in analysis.agencies}
        matches = _prefer(matches, lambda match: match.document.agency in keys)
        if not matches or matches[0].document.agency not in keys:
            return Decision(Verdict.NONE, tuple(matches), missing_agency=analysis.agencies[0].name)
    if analysis.years:
        return _decide_for_years(analysis, matches, policy, snapshot)
    if analysis.latest:
        newest = max((match.document.year or 0 for match in matches if match.score >= policy.choices), default=0)
        matches = _prefer(matches, lambda match: match.document.year == newest)
        rivals = [match for match in matches if match.document.year == newest] if newest else matches
        return _by_score(matches, rivals, policy)
    return _by_score(matches, matches, policy)


def _whole(document: Document, section: Section) -> str:
    return "\n".join((document.title, *section.headings, section.text))


def _prefer(matches: Iterable[Match], fits: Callable[[Match], bool]) -> list[Match]:
    """The fitting matches before the others, else in their order."""
    return sorted(matches, key=lambda match: not fits(match))


def speaks_for(match: Match, years: Iterable[int]) -> bool:
    """Whether a match is of one of the years: its document's, or named in the passage where the document has none."""
    if match.document.year is not None:
        return match.document.year in years
    return not set(years).isdisjoint(years_in(_whole(match.document, match.section)))


def _decide_for_years(analysis: Analysis, matches: Sequence[Match], policy: Policy, snapshot: Snapshot) -> Decision:
    years = analysis.years
    of_years = [match for match in matches if speaks_for(match, years)]
    # A standing text such as a guide is of no year; it may be what is meant, but it does not speak for the year that was named.
    standing = [match for match in matches if match.document.year is None and match not in of_years]
    keys = {agency.key for agency in analysis.agencies}
    published = {year for agency, year in snapshot.years if not keys or agency in keys}
    missing = tuple(year for year in years if year not in published)
    if len(years) > 1 and len({match.document.year for match in of_years}) > 1:
        return _one_a_year(of_years, matches, policy, missing)
    decision = _by_score(_prefer(matches, lambda match: match in of_years), of_years, policy)
    if decision.verdict is not Verdict.NONE:
        return replace(decision, missing_years=missing)
    others = tuple(sorted(published - set(years), reverse=True))
    if missing == years:
        # The nearest to what was asked is the same of another year, not a standing text.
        nearest = _prefer(matches, lambda match: match.document.year is not None)
        return Decision(Verdict.NONE, tuple(nearest), missing_years=missing, published_years=others)
    offered = _distinct([match for match in standing if match.score >= policy.answer])[:MOST_CHOICES]
    if offered:
        rest = [match for match in matches if match not in offered]
        return Decision(Verdict.CHOICES, (*offered, *rest), offered=len(offered))
    return decision


def _one_a_year(
    of_years: Sequence[Match], matches: Sequence[Match], policy: Policy, missing: tuple[int, ...]
) -> Decision:
    best: dict[int | None, Match] = {}
    for match in of_years:
        if match.score >= policy.choices:
            best.setdefault(match.document.year, match)
    offered = sorted(best.values(), key=lambda match: -(match.document.year or 0))[:MOST_CHOICES]
    if not offered:
        return Decision(Verdict.NONE, tuple(matches), missing_years=missing)
    rest = [match for match in matches if match not in offered]
    return Decision(Verdict.CHOICES, (*offered, *rest), offered=len(offered), missing_years=missing)


def _by_score(matches: Sequence[Match], rivals: Sequence[Match], policy: Policy) -> Decision:
    """Decide among the rivals; the other matches only follow them."""
    if not rivals or rivals[0].score < policy.choices:
        return Decision(Verdict.NONE, tuple(matches))
    distinct = _distinct(rivals)
    gap = distinct[0].score - distinct[1].score if len(distinct) > 1 else 1.0
    if distinct[0].score >= policy.answer and gap >= policy.margin:
        rest = [match for match in matches if match is not distinct[0]]
        return Decision(Verdict.ANSWER, (distinct[0], *rest), offered=1)
    offered = [match for match in distinct if match.score >= max(policy.choices, distinct[0].score * 0.6)][
        :MOST_CHOICES
    ]
    rest = [match for match in matches if match not in offered]
    return Decision(Verdict.CHOICES, (*offered, *rest), offered=len(offered))


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """Without those that say the same as a better one: a part of it, the whole that it is part of, or the same words."""
    kept: list[Match] = []
    for match in matches:
        if not any(_same_passage(match, better) for better in kept):
            kept.append(match)
    return kept


def _same_passage(one: Match, other: Match) -> bool:
    origin, other_origin = ((of.document.agency, of.document.year) for of in (one, other))
    if one.section.text == other.section.text and origin == other_origin:
        return True
    if one.document.id != other.document.id:
        return False
    return f"{one.section.id}.".startswith(f"{other.section.id}.") or f"{other.section.id}.".startswith(
        f"{one.section.id}."
    )
