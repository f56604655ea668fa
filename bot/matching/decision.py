"""Matches to a Decision: one answer, a few choices, or none."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from bot.language.normalise import fold
from bot.matching.binding import speaks_for, words_of
from bot.matching.certainty import Certainty, Found, Policy, Standard
from bot.matching.question import Analysis
from bot.model import Decision, Match, Snapshot, Verdict

MOST_CHOICES = 5
# A passage that answers who asks for an address is called so: 办公地址和电话, not 申请书交到哪里.
NAMES_IT = 0.6
# A word by itself tells nothing where every third section has it: 信息, or the city's name.
TELLING = 1.0


class Rule(StrEnum):
    """What a decision rests on."""

    FLOORS = "the floors for evidence and lead"
    FOREIGN_AGENCY = "the agency that is named is none of ours"
    SILENT_AGENCY = "the agency that is named has published nothing"
    EACH_AGENCY = "two agencies are meant: the best of each is offered"
    EACH_YEAR = "several years are named: the best of each is offered"
    ANOTHERS = "only another agency than the default one has published it, which is offered at most"
    MISSING_YEARS = "nothing is published of the years that are named"
    CONTACT = "a contact is asked for, and no passage bears its name: what the agency states of itself answers"
    BARE = "words by themselves that tell no passage from others: the best are offered"
    OTHER_TIMES = "nothing that speaks for the time that is named answers; the rest is offered at most"


class Ruling(NamedTuple):
    """A decision with its reasons.

    Attributes:
        of_agency: the matches that the agency binding lets through.
        rivals: those of them that the time binding lets through too; one of these may be the answer.
        certainty: of the first rival; None where it is not even offered, or scores were not compared.
    """

    decision: Decision
    rule: Rule
    of_agency: tuple[Match, ...] = ()
    rivals: tuple[Match, ...] = ()
    certainty: Certainty | None = None


def decide(
    analysis: Analysis,
    matches: Sequence[Match],
    policy: Policy,
    snapshot: Snapshot,
    found: Found,
) -> Decision:
    """Choose between one answer, a few choices and none.

    Args:
        analysis: its periods and agencies are binding: a passage of another year or agency is never the answer.
        matches: best first, scores 0 to 1 of what the question could reach; may be empty.
        policy: floors for evidence and lead.
        snapshot: which agencies and years are published.
        found: knows what speaks for a match beside its score.

    Returns:
        `none` means that nothing published answers; its matches are the nearest there are.
    """
    return rule_on(analysis, matches, policy, snapshot, found).decision


def rule_on(
    analysis: Analysis,
    matches: Sequence[Match],
    policy: Policy,
    snapshot: Snapshot,
    found: Found,
) -> Ruling:
    """Decide as `decide` does, and keep what it rests on."""
    tells = not analysis.bare or found.weight >= TELLING
    ruling = _rule_on(analysis, matches, Standard(policy, found, tells), snapshot)
    if not tells and ruling.rule is Rule.FLOORS and ruling.decision.verdict is Verdict.CHOICES:
        ruling = ruling._replace(rule=Rule.BARE)
    if analysis.details and not _names_it(ruling.decision, found):
        ruling = ruling._replace(decision=Decision(Verdict.NONE), rule=Rule.CONTACT)
    return ruling._replace(decision=_followed_by(ruling.decision, matches))


def _rule_on(analysis: Analysis, matches: Sequence[Match], standard: Standard, snapshot: Snapshot) -> Ruling:
    if analysis.unknown_agency:
        name = fold(analysis.unknown_agency)
        naming = [match for match in matches if name in words_of(match)]
        if not naming:
            return Ruling(Decision(Verdict.NONE, missing_agency=analysis.unknown_agency), Rule.FOREIGN_AGENCY)
        return _rule_for_time(analysis, naming, standard, snapshot, set())
    if analysis.agencies:
        return _rule_for_named(analysis, matches, standard, snapshot)
    if any(agency.default for agency in snapshot.agencies):
        return _rule_for_default(analysis, matches, standard, snapshot)
    return _rule_for_time(analysis, matches, standard, snapshot, set())


def _names_it(decision: Decision, found: Found) -> bool:
    """Whether an answer is called by what is asked for."""
    return decision.verdict is Verdict.ANSWER and found.grounds(decision.matches[0]).named >= NAMES_IT


def _rule_for_named(analysis: Analysis, matches: Sequence[Match], standard: Standard, snapshot: Snapshot) -> Ruling:
    keys = {agency.key for agency in analysis.agencies}
    if keys.isdisjoint(snapshot.publishers):
        return Ruling(Decision(Verdict.NONE, missing_agency=analysis.agencies[0].name), Rule.SILENT_AGENCY)
    theirs = [match for match in matches if match.document.agency in keys]
    if len({match.document.agency for match in theirs if standard.is_offered(match)}) > 1:
        # Two agencies were named, or one name that two share: neither may stand for the other.
        fitting = [match for match in theirs if not analysis.periods or speaks_for(match, analysis.periods)]
        if fitting:
            decision = _one_of_each(fitting, standard, lambda match: match.document.agency)
            return Ruling(decision, Rule.EACH_AGENCY, tuple(theirs), tuple(fitting))
    return _rule_for_time(analysis, theirs, standard, snapshot, keys)


def _rule_for_default(analysis: Analysis, matches: Sequence[Match], standard: Standard, snapshot: Snapshot) -> Ruling:
    """The default agency answers where nobody is named; what only another one has published is offered, never the answer."""
    keys = {agency.key for agency in snapshot.agencies if agency.default}
    own = [match for match in matches if match.document.agency in {*keys, ""}]
    ruling = _rule_for_time(analysis, own, standard, snapshot, keys)
    if ruling.decision.verdict is not Verdict.NONE or ruling.decision.missing_years:
        return ruling
    others = _rule_for_time(analysis, matches, standard, snapshot, set())
    if others.decision.verdict is Verdict.NONE:
        return ruling
    return others._replace(decision=replace(others.decision, verdict=Verdict.CHOICES), rule=Rule.ANOTHERS)


def _rule_for_time(
    analysis: Analysis, matches: Sequence[Match], standard: Standard, snapshot: Snapshot, keys: set[str]
) -> Ruling:
    if analysis.periods:
        return _rule_for_periods(analysis, matches, standard, snapshot, keys)
    rivals = matches
    if analysis.latest:
        newest = max((match.document.year or 0 for match in matches if standard.is_offered(match)), default=0)
        if newest:
            rivals = [match for match in matches if match.document.year == newest]
    return _rule_by_score(rivals, standard, matches)


def _rule_for_periods(
    analysis: Analysis, matches: Sequence[Match], standard: Standard, snapshot: Snapshot, keys: set[str]
) -> Ruling:
    years = analysis.years
    of_period = [match for match in matches if speaks_for(match, analysis.periods)]
    published = {year for agency, year in snapshot.years if not keys or agency in keys}
    missing = tuple(year for year in years if year not in published)
    if len(years) > 1 and len({match.document.year for match in of_period}) > 1:
        newest_first = sorted(of_period, key=lambda match: -(match.document.year or 0))
        decision = replace(
            _one_of_each(newest_first, standard, lambda match: match.document.year), missing_years=missing
        )
        return Ruling(decision, Rule.EACH_YEAR, tuple(matches), tuple(of_period))
    ruling = _rule_by_score(of_period, standard, matches)
    if ruling.decision.verdict is not Verdict.NONE:
        return ruling._replace(decision=replace(ruling.decision, missing_years=missing)) if missing else ruling
    if missing == years:
        others = tuple(sorted(published - set(years), reverse=True))
        # The nearest to what was asked is the same of another year, not a standing text.
        nearest = sorted(matches, key=lambda match: match.document.year is None)
        decision = Decision(Verdict.NONE, tuple(nearest), missing_years=missing, published_years=others)
        return ruling._replace(decision=decision, rule=Rule.MISSING_YEARS)
    # A standing text such as a guide may be what is meant, but it does not speak for the period that was named; nor does
    # the report of a whole year for one of its months.
    near = [match for match in matches if match.document.year is None or match.document.year in years]
    offered = _distinct([match for match in near if standard.could_answer(match)])[:MOST_CHOICES]
    if not offered:
        return ruling
    decision = Decision(Verdict.CHOICES, tuple(offered), offered=len(offered))
    return ruling._replace(decision=decision, rule=Rule.OTHER_TIMES)


def _one_of_each(matches: Iterable[Match], standard: Standard, trait: Callable[[Match], Hashable]) -> Decision:
    """The best match of each kind, in the order of the matches, to choose from."""
    best: dict[Hashable, Match] = {}
    for match in matches:
        kind = trait(match)
        if standard.is_offered(match) and (kind not in best or match.score > best[kind].score):
            best[kind] = match
    offered = tuple(best.values())[:MOST_CHOICES]
    return Decision(Verdict.CHOICES if offered else Verdict.NONE, offered, offered=len(offered))


def _rule_by_score(rivals: Sequence[Match], standard: Standard, of_agency: Sequence[Match]) -> Ruling:
    decision, certainty = _by_score(rivals, standard)
    return Ruling(decision, Rule.FLOORS, tuple(of_agency), tuple(rivals), certainty)


def _by_score(rivals: Sequence[Match], standard: Standard) -> tuple[Decision, Certainty | None]:
    if not rivals or not standard.is_offered(rivals[0]):
        return Decision(Verdict.NONE, tuple(rivals)), None
    distinct = _distinct(rivals)
    certainty = standard.certainty(distinct)
    if standard.answers(certainty):
        return Decision(Verdict.ANSWER, tuple(rivals), offered=1), certainty
    floor = max(standard.policy.choices, distinct[0].score * 0.6)
    offered = tuple(match for match in distinct if match.score >= floor and standard.is_offered(match))[:MOST_CHOICES]
    return Decision(Verdict.CHOICES, offered, offered=len(offered)), certainty


def _followed_by(decision: Decision, matches: Sequence[Match]) -> Decision:
    """A decision with the matches that it left out behind its own, in their order."""
    known = {id(match) for match in decision.matches}
    rest = tuple(match for match in matches if id(match) not in known)
    return replace(decision, matches=(*decision.matches, *rest))


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """Without those that say the same as a better one: a part of it, the whole that it is part of, or the same words."""
    kept: list[Match] = []
    said: set[tuple[str, int | None, str, str]] = set()
    places: dict[str, list[str]] = {}
    for match in matches:
        says, place = _says(match), f"{match.section.id}."
        of_document = places.setdefault(match.document.id, [])
        if says in said or any(place.startswith(other) or other.startswith(place) for other in of_document):
            continue
        said.add(says)
        of_document.append(place)
        kept.append(match)
    return kept


def _says(match: Match) -> tuple[str, int | None, str, str]:
    return (match.document.agency, match.document.year, match.section.name, match.section.text)
