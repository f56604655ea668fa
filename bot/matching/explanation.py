"""Why a question got its decision: what ranking and decision hand out, put together for whoever wants to see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.matching.certainty import Grounds, Policy
from bot.matching.concepts import Concept
from bot.matching.decision import Ruling, decide, rule_on
from bot.matching.probe import Probe
from bot.matching.question import Analysis
from bot.matching.ranking import Candidate, Judged, echoes, held_in
from bot.matching.scoring import Weights
from bot.matching.weighing import Weighed
from bot.model import Decision, Match, Snapshot


@dataclass(frozen=True, slots=True)
class Considered:
    """A question as read, and what was found for it, before anything is decided: any policy may decide on it."""

    analysis: Analysis
    snapshot: Snapshot
    probe: Probe = field(default_factory=lambda: Probe(()))
    judged: tuple[Judged, ...] = ()

    @property
    def weighed(self) -> Sequence[Weighed]:
        """The question's concepts with their weights."""
        return self.probe.weighed

    @property
    def matches(self) -> tuple[Match, ...]:
        """What was found, best first."""
        return tuple(judged.match for judged in self.judged)

    def decide(self, policy: Policy) -> Decision:
        """Decide by a policy."""
        return decide(self.analysis, self.matches, policy, self.snapshot, self)

    def rule_on(self, policy: Policy) -> Ruling:
        """Decide by a policy, and keep what the decision rests on."""
        return rule_on(self.analysis, self.matches, policy, self.snapshot, self)

    def grounds(self, match: Match) -> Grounds:
        """What speaks for one of the matches beside its score."""
        features = self._judged(match).features
        return Grounds(features.named, features.sentence, features.retrieval)

    def echoes(self, match: Match) -> bool:
        """Whether one of the matches only sounds like a part of the question."""
        return echoes(self.analysis, self.probe, self._judged(match))

    @property
    def weight(self) -> float:
        """How rare what the question asks for is, all its concepts together."""
        return sum(part.weight for part in self.weighed)

    def breadth(self, match: Match) -> float:
        """How many of the question's neighbours one of the matches holds."""
        return self.probe.breadth(self._judged(match).own)

    def _judged(self, match: Match) -> Judged:
        return next(one for one in self.judged if one.match is match)


class Manner(StrEnum):
    """How a passage holds a concept: by its characters, turned round or scattered ones included, or in another way."""

    CHARACTER = "character"
    SOUND = "sound"
    LIKENESS = "likeness of sound"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a concept, from 0 to 1, a passage holds, and by what."""

    concept: Concept
    share: float
    manners: tuple[Manner, ...]


class Bar(StrEnum):
    """Why a match may not be the answer, whatever its score."""

    AGENCY = "agency"
    TIME = "year"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a match stands where it stands; `holdings` are of the concepts that it holds any of."""

    judged: Judged
    holdings: tuple[Holding, ...]
    barred: Bar | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question got its decision.

    Attributes:
        matches: in the order of the decision: what may answer first, then what is barred.
    """

    considered: Considered
    ruling: Ruling
    matches: tuple[Reasons, ...]
    policy: Policy
    weights: Weights


def explain(considered: Considered, policy: Policy, weights: Weights) -> Explanation:
    """Put together why a question got its decision; every number is the one that decided."""
    ruling = considered.rule_on(policy)
    judged = {id(one.match): one for one in considered.judged}
    of_agency, rivals = ({id(match) for match in matches} for matches in (ruling.of_agency, ruling.rivals))
    reasons = []
    for match in ruling.decision.matches:
        candidate = Candidate(match.document, match.section, judged[id(match)].features.retrieval)
        holdings = (_holding(part, candidate, weights) for part in considered.weighed)
        bar = Bar.AGENCY if id(match) not in of_agency else Bar.TIME if id(match) not in rivals else None
        reasons.append(Reasons(judged[id(match)], tuple(held for held in holdings if held.share), bar))
    return Explanation(considered, ruling, tuple(reasons), policy, weights)


def _holding(part: Weighed, candidate: Candidate, weights: Weights) -> Holding:
    """How a concept is held: what each way adds to those before it."""
    plain = replace(part, meanings=(), mistyped=False)
    ways = (
        (Manner.CHARACTER, held_in(plain, candidate, weights, by_sound=False)),
        (Manner.SOUND, held_in(plain, candidate, weights)),
        (Manner.LIKENESS, held_in(replace(plain, mistyped=part.mistyped), candidate, weights)),
        (Manner.MEANING, held_in(part, candidate, weights)),
    )
    share, manners = 0.0, []
    for manner, found in ways:
        if found > share:
            share = found
            manners.append(manner)
    return Holding(part.concept, share, tuple(manners))
